"""`sokoni reindex`: write anew what is derived from the products."""

import typer

from sokoni.apps.cli import root
from sokoni.apps.cli.root import app


@app.command(
    rich_help_panel="Look after",
    epilog="Example: [bold]sokoni reindex[/bold], after a new version that says so, or after "
    "products were changed by SQL. The shop may go on selling meanwhile.",
)
def reindex() -> None:
    """Write the ready rows of all products and the vocabulary of search anew. Safe to repeat."""
    import asyncio  # noqa: PLC0415

    from sokoni.apps.platform import reindexing  # noqa: PLC0415

    with root.open_database(root.settings()) as opened:
        done = asyncio.run(reindexing.reindex(opened.url))
    typer.echo(
        f"Wrote {done.products} products in {done.listings} listings. "
        f"Search knows {done.words} words."
    )
