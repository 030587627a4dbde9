"""`sokoni create-admin`: somebody who may do everything."""

import sys
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
    email: Annotated[str | None, typer.Option(help="Who it is. Asked for when left out.")] = None,
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

    try:
        address = administrators.checked_email(email or _asked("E-mail address", "--email"))
        chosen = "" if promote else password or _asked("Password", "--password", secret=True)
        with root.open_database(root.settings()) as opened:
            if promote:
                asyncio.run(administrators.promote(opened.url, email=address))
            else:
                asyncio.run(
                    administrators.create(opened.url, email=address, password=chosen, name=name)
                )
    except SokoniError as error:
        root.fail(error.detail)
    typer.echo(f"{address} is an administrator.")


def _asked(what: str, option: str, *, secret: bool = False) -> str:
    """What somebody types; without a terminal, and with nothing piped in, what is missing."""
    try:
        typed: str = typer.prompt(what, hide_input=secret, confirmation_prompt=secret)
    except typer.Abort:
        if sys.stdin.isatty():
            raise
        typer.echo()
        root.fail(f"{option} is missing, and there is no terminal to ask at.")
    return typed
