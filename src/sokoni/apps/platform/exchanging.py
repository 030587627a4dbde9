"""Products in and out as files, from the command line: in this process, on the database."""

import getpass
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from sokoni.apps.runtime import running
from sokoni.exchange import flows, queries, service
from sokoni.exchange.errors import NotAProductFile
from sokoni.exchange.flows import Progress
from sokoni.exchange.models import Import
from sokoni.exchange.queries import PictureCounts, Told
from sokoni.exchange.reading import facts_of
from sokoni.exchange.service import ImportOptions
from sokoni.kernel.clock import Clock
from sokoni.kernel.currencies import EXPONENTS
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.errors import Invalid
from sokoni.kernel.settings import Settings
from sokoni.kernel.storage import Storage
from sokoni.markets import queries as markets

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Imported:
    """How an import ended: `went_on_after` products of an earlier try, the start of its report."""

    found: Import
    went_on_after: int
    problems: list[Told]
    has_more: bool
    pictures: PictureCounts


async def import_products(
    settings: Settings,
    *,
    url: str,
    path: Path,
    options: ImportOptions,
    told: Callable[[Progress], None],
) -> Imported:
    """Import the file, or go on with an import of it that broke off. Raises SokoniError.

    Without a currency in the options, plain prices are in the store's own.
    """
    if options.currency and options.currency not in EXPONENTS:
        raise Invalid(f"{options.currency!r} is not a currency code; write it like EUR.")
    facts = facts_of(path)
    if facts.size == 0:
        raise NotAProductFile(f"{path} is empty.")
    async with running(settings, database_url=url, pool_size=2) as resources:
        db, clock = resources.get(Database), resources.get(Clock)
        storage = resources.get(Storage)
        wanted = options
        if not wanted.currency:
            wanted = msgspec.structs.replace(wanted, currency=await _own_currency(db, settings))

        async def begin(tx: WriteSession) -> service.Begun:
            await service.check_location(tx, name=wanted.location)
            return await service.begin(
                tx,
                filename=path.name,
                digest=facts.digest,
                size=facts.size,
                options=wanted,
                actor=f"cli:{getpass.getuser()}",
                now=clock.now(),
            )

        begun = await db.run(begin)
        with path.open("rb") as file:
            found = await flows.import_file(
                db, storage, import_id=begun.id, file=file, now=clock.now, told=told
            )
        async with db.reading() as session:
            report = await queries.problems(session, begun.id, limit=SHOWN)
            pictures = await queries.picture_counts(session, begun.id)
    return Imported(
        found, begun.products_done, report.items, report.next_cursor is not None, pictures
    )


async def export_products(settings: Settings, *, url: str, path: Path) -> int:
    """Write all products into the file; how many bytes. A half-written file is never left."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    written = 0
    async with running(settings, database_url=url, pool_size=2) as resources:
        db = resources.get(Database)
        currency = await _own_currency(db, settings)
        pieces = flows.export_products(db, resources.get(Storage), currency=currency)
        try:
            with unfinished.open("wb") as file:
                async for piece in pieces:
                    written += file.write(piece)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    return written


async def _own_currency(db: Database, settings: Settings) -> str:
    async with db.reading() as session:
        return await markets.currency(session, otherwise=settings.default_currency)
