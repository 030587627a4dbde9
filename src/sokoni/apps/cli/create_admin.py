"""`sokoni create-admin`: somebody who may do everything."""

from typing import Annotated

import typer

from sokoni.apps.cli import root
from sokoni.apps.cli.root import app


@app.command(
    rich_help_panel="Look after",
    epilog="Examples: [bold]sokoni create-admin[/bold] asks for what it needs · "
    "[bold]sokoni create-admin --email you@example.com --promote[/bold] makes an existing "
    "account an administrator and leaves its password.",
)
def create_admin(
    *,
    email: Annotated[str, typer.Option(prompt="E-mail address", help="Who it is.")],
    password: Annotated[
        str | None,
        typer.Option(help="Asked for when left out, which keeps it out of the shell's history."),
    ] = None,
    name: Annotated[str | None, typer.Option(help="A name to show.")] = None,
    promote: Annotated[
        bool, typer.Option("--promote", help="The account exists: make it an administrator.")
    ] = False,
) -> None:
    """Make an administrator, who may do everything."""
    import asyncio  # noqa: PLC0415

    from sokoni.apps.platform import administrators  # noqa: PLC0415
    from sokoni.kernel.errors import SokoniError  # noqa: PLC0415

    with root.open_database(root.settings()) as opened:
        try:
            address = administrators.checked_email(email)
            if promote:
                asyncio.run(administrators.promote(opened.url, email=address))
            else:
                chosen: str = password or typer.prompt(
                    "Password", hide_input=True, confirmation_prompt=True
                )
                asyncio.run(
                    administrators.create(opened.url, email=address, password=chosen, name=name)
                )
        except SokoniError as error:
            root.fail(error.detail)
    typer.echo(f"{address} is an administrator.")
