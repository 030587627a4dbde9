"""`sokoni seed`: data to begin with."""

from typing import TYPE_CHECKING, Annotated

import typer

from sokoni.apps.cli import root
from sokoni.apps.cli.root import app

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sokoni.apps.seed.demo import Progress
    from sokoni.kernel.resources import Resources

seed = typer.Typer(
    no_args_is_help=True,
    help="Load data to begin with. All of it is safe to repeat: what is there stays.",
)
app.add_typer(seed, name="seed", rich_help_panel="Data")


@seed.command(epilog="Example: [bold]sokoni seed reference[/bold], in a new shop of your own.")
def reference() -> None:
    """Load regions with their taxes and shipping options, and a category tree."""
    from sokoni.apps.seed import seed_reference  # noqa: PLC0415

    _run(lambda resources, _: seed_reference(resources))


@seed.command(epilog="Example: [bold]sokoni seed demo[/bold]. Never in production.")
def demo() -> None:
    """Load the demo shop: 60 products with photographs, two warehouses, three people."""
    from sokoni.apps.seed import seed_demo  # noqa: PLC0415

    if root.settings().is_production:
        root.fail("The demo's passwords are known to everybody: it is not loaded in production.")
    _run(lambda resources, progress: seed_demo(resources, progress=progress))


@seed.command(epilog="Example: [bold]sokoni seed load --products 10000 --orders 5000[/bold].")
def load(
    *,
    products: Annotated[
        int, typer.Option(min=0, max=5_000_000, help="How many products there shall be.")
    ] = 1000,
    orders: Annotated[
        int, typer.Option(min=0, max=5_000_000, help="How many paid orders there shall be.")
    ] = 0,
) -> None:
    """Load products, and paid orders of them, for measurements."""
    from sokoni.apps.seed import seed_load  # noqa: PLC0415

    _run(
        lambda resources, progress: seed_load(
            resources, products=products, orders=orders, progress=progress
        )
    )


def _run(work: "Callable[[Resources, Progress], Awaitable[None]]") -> None:
    """Do the work on this installation's database, with a progress bar."""
    import asyncio  # noqa: PLC0415

    from rich.progress import Progress as Bar  # noqa: PLC0415

    from sokoni.apps.runtime import running  # noqa: PLC0415

    settings = root.settings()

    async def seeding(url: str, bar: Bar) -> None:
        task = bar.add_task("Seeding", total=None)
        async with running(settings, database_url=url, pool_size=4) as resources:
            await work(resources, lambda done, total: bar.update(task, completed=done, total=total))
        bar.update(task, total=1, completed=1)

    with root.open_database(settings) as opened, Bar(console=root.console()) as bar:
        asyncio.run(seeding(opened.url, bar))
    typer.echo("Seeded.")
