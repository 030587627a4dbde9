"""`sokoni smoke`: does the shop sell? Walked through over HTTP, as a buyer does."""

from typing import TYPE_CHECKING, Annotated

import typer

from sokoni.apps.cli import root
from sokoni.apps.cli.root import app

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sokoni.apps.smoke import Visitor

smoke = typer.Typer(
    no_args_is_help=True,
    help="Walk through a shop as a buyer does: does it show its goods, and does it sell?",
)
app.add_typer(smoke, name="smoke", rich_help_panel="Look after")

BaseUrl = Annotated[
    str | None, typer.Option(help="A running shop; this machine's at PORT without it.")
]
InProcess = Annotated[
    bool, typer.Option("--in-process", help="No port: on this installation's database.")
]
ApiKey = Annotated[str | None, typer.Option(help="Where guests need one: the CHECKOUT_API_KEY.")]


@smoke.command(
    epilog="Example: [bold]sokoni smoke catalog --base-url https://shop.example[/bold]. "
    "Exit code 0: all is well. 1: something is not, and it says what."
)
def catalog(*, base_url: BaseUrl = None, in_process: InProcess = False) -> None:
    """List, look at a product, search, and look at the categories."""
    from sokoni.apps.smoke import look_around  # noqa: PLC0415

    _walk(look_around, base_url=base_url, inside=in_process)


@smoke.command(
    epilog="Example: [bold]sokoni smoke checkout --in-process[/bold]. Exit code 0: it was sold and "
    "paid. 1: it was not. Where the money would be real, nothing is bought."
)
def checkout(
    *, base_url: BaseUrl = None, in_process: InProcess = False, api_key: ApiKey = None
) -> None:
    """Buy something as a guest with a test card, and find the order again."""
    from sokoni.apps.smoke import buy  # noqa: PLC0415

    _walk(buy, base_url=base_url, inside=in_process, api_key=api_key)


def _walk(
    walk: "Callable[[Visitor], Awaitable[None]]",
    *,
    base_url: str | None,
    inside: bool,
    api_key: str | None = None,
) -> None:
    import asyncio  # noqa: PLC0415

    from sokoni.apps.smoke import SmokeFailed, at_url, in_process  # noqa: PLC0415

    if inside and base_url:
        root.fail("Say either --base-url or --in-process, not both.")
    settings = root.settings()

    async def from_outside() -> None:
        where = base_url or f"http://127.0.0.1:{settings.port}"
        async with at_url(where, say=_say, api_key=api_key) as visitor:
            await walk(visitor)

    async def from_inside(database_url: str) -> None:
        async with in_process(settings, database_url=database_url, say=_say) as visitor:
            await walk(visitor)

    try:
        if inside:
            with root.open_database(settings) as opened:
                asyncio.run(from_inside(opened.url))
        else:
            asyncio.run(from_outside())
    except SmokeFailed as failure:
        root.fail(str(failure))
    typer.echo("All is well.")


def _say(sentence: str) -> None:
    typer.secho("✓ ", fg=typer.colors.GREEN, nl=False)
    typer.echo(sentence)
