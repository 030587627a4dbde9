"""`sokoni import-products` and `export-products`: products as files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self

import typer

from sokoni.apps.cli import root
from sokoni.apps.cli.root import app

if TYPE_CHECKING:
    from rich.console import Console

    from sokoni.apps.platform.exchanging import Imported
    from sokoni.exchange.flows import Progress

PANEL = "Data"


@app.command(
    rich_help_panel=PANEL,
    epilog="Examples: [bold]sokoni import-products products.csv --dry-run[/bold] says what would "
    "happen · [bold]sokoni import-products products.csv --currency TZS[/bold]. A command that "
    "broke off goes on where it stopped when it is given again; a dry run begins anew. "
    "Exit code 0: all rows are in. 1: some were refused; the report says which, and why.",
)
def import_products(
    file: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, readable=True, help="Shopify's product CSV."),
    ],
    *,
    currency: Annotated[
        str | None, typer.Option(help="Of 'Variant Price'. Without it: DEFAULT_CURRENCY.")
    ] = None,
    stock: Annotated[
        Literal["create", "replace"],
        typer.Option(help="Quantities set the stock of new variants only, or of all."),
    ] = "create",
    location: Annotated[
        str | None, typer.Option(help="Where quantities go. Without it: the first location.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check everything, write nothing.")
    ] = False,
    with_pictures: Annotated[
        bool, typer.Option("--with-pictures/--no-pictures", help="Fetch the pictures afterwards.")
    ] = True,
) -> None:
    """Import products from a CSV file of Shopify's format, or of export-products."""
    import asyncio  # noqa: PLC0415

    from sokoni.apps.platform import exchanging  # noqa: PLC0415
    from sokoni.exchange.models import StockMode  # noqa: PLC0415
    from sokoni.exchange.service import ImportOptions  # noqa: PLC0415
    from sokoni.kernel.db import lost_race, unavailable  # noqa: PLC0415
    from sokoni.kernel.errors import SokoniError  # noqa: PLC0415

    settings, console = root.settings(), root.console()
    options = ImportOptions(
        currency=(currency or "").upper(),
        stock=StockMode(stock),
        location=location,
        dry_run=dry_run,
        with_pictures=with_pictures,
    )
    with root.open_database(settings) as opened, _Bar(console, file) as bar:
        try:
            imported = asyncio.run(
                exchanging.import_products(
                    settings, url=opened.url, path=file, options=options, told=bar.move
                )
            )
        except SokoniError as error:
            root.fail(error.detail)
        except Exception as error:
            if unavailable(error) or lost_race(error):
                root.fail("The database is busy. Give the same command again: it goes on.")
            raise
    if imported.found.rows_done or not imported.found.error:
        _tell(console, imported, dry_run=dry_run)
    if imported.found.error:
        root.fail(imported.found.error)
    if imported.found.rows_refused:
        raise typer.Exit(1)


@app.command(
    rich_help_panel=PANEL,
    epilog="Example: [bold]sokoni export-products products.csv[/bold]. The file imports again "
    "without loss, here and in a new shop.",
)
def export_products(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="The file to write.")],
) -> None:
    """Write all products into a CSV file of Shopify's format, with columns of our own."""
    import asyncio  # noqa: PLC0415

    from sokoni.apps.platform import exchanging  # noqa: PLC0415

    settings = root.settings()
    with root.open_database(settings) as opened:
        try:
            written = asyncio.run(
                exchanging.export_products(settings, url=opened.url, path=file.absolute())
            )
        except OSError as error:
            root.fail(f"{file} cannot be written: {error.strerror}")
    typer.echo(f"Wrote {file}: {written:,} bytes.")


class _Bar:
    """A progress bar over the bytes of the file."""

    def __init__(self, console: "Console", file: Path) -> None:
        from rich import progress  # noqa: PLC0415

        self._progress = progress.Progress(
            progress.TextColumn("{task.description}"),
            progress.BarColumn(),
            progress.TaskProgressColumn(),
            progress.TimeRemainingColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._task = self._progress.add_task(file.name, total=file.stat().st_size)

    def move(self, progress: "Progress") -> None:
        self._progress.update(
            self._task,
            completed=progress.bytes_done,
            description=f"{progress.products_done:,} products",
        )

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._progress.stop()


def _tell(console: "Console", imported: "Imported", *, dry_run: bool) -> None:
    from rich.markup import escape  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    found, colours = imported.found, {"error": "red", "warning": "yellow"}
    if imported.went_on_after:
        console.print(f"Went on after {imported.went_on_after:,} products of an earlier try.")
    for problem in imported.problems:
        place = " · ".join(
            part
            for part in (
                f"row {problem.row}" if problem.row else "",
                problem.column,
                problem.handle,
            )
            if part
        )
        colour = colours[problem.severity]
        console.print(f"[{colour}]{problem.severity}[/] {escape(place)}: {escape(problem.message)}")
    if imported.has_more:
        console.print("… and more: GET /api/v1/admin/imports has the whole report.")
    table = Table(title="Would be" if dry_run else None, show_header=False, box=None)
    for name, count in (
        ("products created", found.products_created),
        ("products updated", found.products_updated),
        ("products unchanged", found.products_unchanged),
        ("products refused", found.products_refused),
        ("rows read", found.rows_done),
        ("rows refused", found.rows_refused),
    ):
        table.add_row(name, f"{count:,}")
    console.print(table)
    if pictures := imported.pictures.queued:
        follow = "picture follows" if pictures == 1 else "pictures follow"
        console.print(f"{pictures:,} {follow} in the background (worker).")
