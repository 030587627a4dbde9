"""Files in and out for tests: `run_import(db, storage, data)`, `export(db, storage)`."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path

from sqlalchemy import text

from sokoni.exchange import flows, queries, service
from sokoni.exchange.models import Import
from sokoni.exchange.queries import Snapshot, Told
from sokoni.exchange.service import ImportOptions
from sokoni.kernel.db import Database
from sokoni.kernel.storage import Storage

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FILES = Path(__file__).parent / "files"
EUR = ImportOptions(currency="EUR")


@dataclass(frozen=True, slots=True)
class Ended:
    """An import that came to its end, and its report."""

    found: Import
    report: list[Told]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Products created, updated, unchanged, refused."""
        found = self.found
        return (
            found.products_created,
            found.products_updated,
            found.products_unchanged,
            found.products_refused,
        )

    @property
    def errors(self) -> list[tuple[int | None, str | None, str]]:
        return [(each.row, each.column, each.message) for each in self.report if _is_error(each)]

    @property
    def warnings(self) -> list[tuple[int | None, str | None, str]]:
        return [
            (each.row, each.column, each.message) for each in self.report if not _is_error(each)
        ]


def _is_error(told: Told) -> bool:
    return told.severity == "error"


def table(header: Sequence[str], *rows: Sequence[object]) -> bytes:
    """A CSV file; rows may be shorter than the header."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


async def run_import(
    db: Database, storage: Storage, data: bytes, *, options: ImportOptions = EUR, **changes: object
) -> Ended:
    """Import the bytes as a command does."""
    chosen = ImportOptions(**{**options.as_json(), **changes})
    async with db.transaction() as tx:
        begun = await service.begin(
            tx,
            filename="products.csv",
            digest=sha256(data).hexdigest(),
            size=len(data),
            options=chosen,
            actor="test",
            now=NOW,
        )
    found = await flows.import_file(
        db, storage, import_id=begun.id, file=BytesIO(data), now=lambda: NOW
    )
    async with db.reading() as session:
        report = await queries.problems(session, begun.id, limit=1000)
    return Ended(found, report.items)


async def export(db: Database, storage: Storage, *, currency: str = "EUR") -> bytes:
    return b"".join(
        [piece async for piece in flows.export_products(db, storage, currency=currency)]
    )


async def product(db: Database, slug: str) -> Snapshot:
    async with db.reading() as session:
        return (await queries.snapshots(session, slugs=[slug]))[slug]


async def empty_shop(db: Database) -> None:
    """Delete products, categories, brands and locations, as a new shop has none."""
    async with db.transaction() as tx:
        for name in (
            "inventory.movements",
            "inventory.stock_levels",
            "inventory.locations",
            "catalog.products",
            "catalog.categories",
            "catalog.brands",
        ):
            await tx.execute(text(f"DELETE FROM {name}"))
