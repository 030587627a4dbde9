"""A file into the shop, a batch of products per transaction.

Each batch's transaction also moves the import on, so a run that broke off goes on after its last
batch: it reads the file again from the start, for doubles of SKUs, and skips what is done. A dry
run undoes each batch and writes its report in a transaction of its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from tempfile import TemporaryFile
from typing import BinaryIO, cast
from uuid import UUID

from sokoni.exchange import queries, service
from sokoni.exchange.addresses import in_storage
from sokoni.exchange.columns import Column, Layout
from sokoni.exchange.errors import ImportTaken
from sokoni.exchange.models import Import, ImportStatus, Severity
from sokoni.exchange.options import ImportOptions, options_of
from sokoni.exchange.problems import Problem
from sokoni.exchange.reading import Group, ProductFile
from sokoni.exchange.service import Batch, Outcome, Run
from sokoni.exchange.variants import sku_of
from sokoni.inventory import queries as stock
from sokoni.kernel import crash
from sokoni.kernel.db import Database, ReadSession, WriteSession, lost_race, unavailable
from sokoni.kernel.errors import SokoniError, Unavailable
from sokoni.kernel.storage import Storage

MOST_PRODUCTS = 250
MOST_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is."""

    bytes_done: int
    products_done: int


class _Undo(Exception):
    """Ends the transaction of a dry run; carries what it found."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


async def run_stored(
    db: Database, storage: Storage, *, import_id: UUID, now: Callable[[], datetime]
) -> None:
    """Carry out the import of an uploaded file; nothing happens if it has ended.

    Raises what a later try may get over; an error of ours ends the import before it is raised.
    """
    async with db.transaction() as tx:
        await service.start(tx, import_id=import_id, now=now())
    with TemporaryFile() as spooled:
        file = cast("BinaryIO", spooled)
        number = 0
        async with db.reading() as session:
            while data := await queries.chunk(session, import_id, number=number):
                file.write(data)
                number += 1
        file.seek(0)
        try:
            await import_file(db, storage, import_id=import_id, file=file, now=now)
        except Exception as failure:
            if not (isinstance(failure, SokoniError) or lost_race(failure) or unavailable(failure)):
                await _end_broken(db, import_id, failure, now=now())
            raise


async def import_file(
    db: Database,
    storage: Storage,
    *,
    import_id: UUID,
    file: BinaryIO,
    now: Callable[[], datetime],
    told: Callable[[Progress], None] = lambda _: None,
) -> Import:
    """Import the open file from where the import is; the import as it then is.

    What is wrong with the file as a whole ends the import as failed. Raises `ImportTaken` beside a
    twin, and `Unavailable` or a database error when it can go on later.
    """
    async with db.reading() as session:
        found = await queries.import_by(session, import_id)
    if found.status is not ImportStatus.RUNNING:
        return found
    error = None
    try:
        await _import(db, storage, found, file=file, now=now, told=told)
    except (ImportTaken, Unavailable) as failure:
        return await _ended_meanwhile(db, import_id, failure)
    except SokoniError as failure:
        error = failure.detail
    status = ImportStatus.FAILED if error else ImportStatus.DONE
    async with db.transaction() as tx:
        await service.end(tx, import_id=import_id, status=status, error=error, now=now())
        return await queries.import_by(tx, import_id)


async def _end_broken(db: Database, import_id: UUID, failure: Exception, *, now: datetime) -> None:
    error = f"An error of ours ({type(failure).__name__}) stopped it; what went in stays."
    async with db.transaction() as tx:
        await service.end(tx, import_id=import_id, status=ImportStatus.FAILED, error=error, now=now)


async def _ended_meanwhile(db: Database, import_id: UUID, failure: SokoniError) -> Import:
    """The import, if somebody cancelled it; else the failure stands."""
    async with db.reading() as session:
        found = await queries.import_by(session, import_id)
    if found.status is ImportStatus.RUNNING:
        raise failure
    return found


async def _import(
    db: Database,
    storage: Storage,
    found: Import,
    *,
    file: BinaryIO,
    now: Callable[[], datetime],
    told: Callable[[Progress], None],
) -> None:
    options = options_of(found.options)
    products = ProductFile(file, mapping=options.mapping)
    run = Run(
        import_id=found.id,
        options=options,
        actor=found.actor,
        first_row_of_sku=lambda sku, row: products.first_row_of_sku(sku, row=row),
        address_of=in_storage(storage),
    )
    reading = _Reading(products, done=found.products_done)
    if reading.done == 0:
        async with db.reading() as session:
            reading.problems = await _of_file(session, products.layout, run.options)
    for batch in reading.batches():
        begun = reading.done
        await _apply(db, run, batch, begun=begun, bytes_done=products.bytes_done, now=now)
        crash.point("after-import-batch")
        reading.done = begun + len(batch.groups)
        told(Progress(products.bytes_done, reading.done))


async def _apply(
    db: Database,
    run: Run,
    batch: Batch,
    *,
    begun: int,
    bytes_done: int,
    now: Callable[[], datetime],
) -> None:
    async def move_on(tx: WriteSession, outcome: Outcome) -> None:
        await service.advance(
            tx,
            import_id=run.import_id,
            products_done=begun,
            bytes_done=bytes_done,
            outcome=outcome,
        )

    async def apply(tx: WriteSession) -> None:
        outcome = await service.apply_batch(tx, run=run, batch=batch, now=now())
        if run.options.dry_run:
            raise _Undo(outcome)
        await move_on(tx, outcome)

    try:
        await db.run(apply)
    except _Undo as undone:
        async with db.transaction() as tx:
            await move_on(tx, undone.outcome)


@dataclass
class _Reading:
    """The file, batch by batch, without the products that are done."""

    products: ProductFile
    done: int
    problems: list[Problem] = field(default_factory=list)
    counts_untracked: bool = False

    def batches(self) -> Iterator[Batch]:
        """Batches of at most so many products, or rows if one product has not more."""
        groups: list[Group] = []
        rows, done_before = 0, self.done
        for number, group in enumerate(self.products.groups()):
            if number < done_before:
                self._skip(group)
                continue
            if groups and (len(groups) == MOST_PRODUCTS or rows + group.size > MOST_ROWS):
                yield self._batch(groups)
                groups, rows = [], 0
            self._look_for_untracked(group)
            groups.append(group)
            rows += group.size
        if groups or self.problems:
            yield self._batch(groups)

    def _batch(self, groups: list[Group]) -> Batch:
        problems, self.problems = tuple(self.problems), []
        return Batch(groups=tuple(groups), problems=problems)

    def _skip(self, group: Group) -> None:
        for row in group.rows:
            if sku := sku_of(row):
                self.products.first_row_of_sku(sku, row=row.number)
            self.counts_untracked = True  # told by the try that broke off

    def _look_for_untracked(self, group: Group) -> None:
        """Say once that a quantity counts although Shopify would not look at it."""
        layout = self.products.layout
        if self.counts_untracked or not layout.has(Column.TRACKER):
            return
        for row in group.rows:
            if row.raw(Column.QUANTITY) and not row.raw(Column.TRACKER):
                message = "is empty from here on: the quantities beside it are taken as stock"
                column = layout.name(Column.TRACKER)
                warning = Problem(row.number, column, message, group.handle, Severity.WARNING)
                self.problems.append(warning)
                self.counts_untracked = True
                return


async def _of_file(session: ReadSession, layout: Layout, options: ImportOptions) -> list[Problem]:
    """What is to be said of the file's columns."""
    found = []
    if layout.ignored:
        found.append(f"These columns mean nothing here: {', '.join(layout.ignored)}.")
    if layout.doubled:
        found.append(f"Only the first of columns alike counts: {', '.join(layout.doubled)}.")
    if layout.prices and layout.has(Column.PRICE) and options.currency not in layout.prices:
        name = layout.name(Column.PRICE)
        found.append(f"{name!r} is taken as {options.currency}; choose another currency if not.")
    known = {place.name for place in await stock.locations(session)}
    if new := sorted(layout.stocks.keys() - known):
        found.append(f"These stock locations are new, and are opened: {', '.join(new)}.")
    return [Problem(1, None, message, severity=Severity.WARNING) for message in found]
