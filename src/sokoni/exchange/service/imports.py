"""The import's own row: made, started, moved on, ended; and its report.

Progress moves by one conditional update from where the batch began, in the batch's transaction.
"""

import hashlib
from collections.abc import AsyncIterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePath
from uuid import UUID

from sqlalchemy import delete, insert, update

from sokoni.audit import service as audit
from sokoni.exchange import queries
from sokoni.exchange.errors import ImportEnded, ImportTaken
from sokoni.exchange.models import Import, ImportChunk, ImportStatus, Severity
from sokoni.exchange.models import Problem as ProblemRow
from sokoni.exchange.options import ImportOptions
from sokoni.exchange.problems import Problem
from sokoni.exchange.service.batches import Outcome
from sokoni.exchange.tasks import RunImport
from sokoni.kernel import jobs
from sokoni.kernel.db import WriteSession
from sokoni.kernel.errors import NotFound
from sokoni.kernel.ids import encode, new_id

LIVING = (ImportStatus.QUEUED, ImportStatus.RUNNING)
LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Begun:
    """An import that a command reads; `products_done` of them an earlier try has done."""

    id: UUID
    products_done: int


async def create_import(
    tx: WriteSession,
    *,
    filename: str,
    pieces: AsyncIterable[bytes],
    options: ImportOptions,
    actor: str,
    now: datetime,
) -> Import:
    """Keep the file and queue its import."""
    made = Import(
        id=new_id(),
        filename=_plain_name(filename),
        digest="",
        status=ImportStatus.QUEUED,
        options=options.as_json(),
        has_file=True,
        bytes_total=0,
        actor=actor,
        created_at=now,
    )
    tx.add(made)
    await tx.flush()
    digest, size, number = hashlib.sha256(), 0, 0
    async for data in pieces:
        row = {"import_id": made.id, "number": number, "data": data}
        await tx.execute(insert(ImportChunk).values(row))
        digest.update(data)
        size, number = size + len(data), number + 1
    made.digest, made.bytes_total = digest.hexdigest(), size
    await tx.flush()
    await tx.refresh(made)
    await jobs.enqueue(tx, RunImport(import_id=made.id), dedup_key=f"import:{made.id}")
    await _record(tx, made, "import.created", now=now)
    return made


async def begin(
    tx: WriteSession,
    *,
    filename: str,
    digest: str,
    size: int,
    options: ImportOptions,
    actor: str,
    now: datetime,
) -> Begun:
    """Begin to import a file that the caller reads; or go on with a try that broke off.

    A dry run always begins: it has lost nothing, and another one may be at it right now.
    """
    if not options.dry_run:
        earlier = await queries.unfinished(tx, digest=digest, options=options.as_json())
        if earlier is not None:
            return Begun(earlier.id, earlier.products_done)
    made = Import(
        id=new_id(),
        filename=_plain_name(filename),
        digest=digest,
        status=ImportStatus.RUNNING,
        options=options.as_json(),
        has_file=False,
        bytes_total=size,
        actor=actor,
        created_at=now,
        started_at=now,
    )
    tx.add(made)
    await tx.flush()
    await _record(tx, made, "import.created", now=now)
    return Begun(made.id, 0)


async def start(tx: WriteSession, *, import_id: UUID, now: datetime) -> None:
    """Note that a worker has begun; nothing happens if one had before."""
    await tx.execute(
        update(Import)
        .where(Import.id == import_id, Import.status == ImportStatus.QUEUED)
        .values(status=ImportStatus.RUNNING, started_at=now)
    )


async def advance(
    tx: WriteSession, *, import_id: UUID, products_done: int, bytes_done: int, outcome: Outcome
) -> None:
    """Move on from `products_done` by a batch, with its report.

    `ImportTaken` when somebody else has moved it, or it has ended: the batch must be undone.
    """
    tally = outcome.tally
    moved = await tx.scalar(
        update(Import)
        .where(
            Import.id == import_id,
            Import.status == ImportStatus.RUNNING,
            Import.products_done == products_done,
        )
        .values(
            bytes_done=bytes_done,
            products_done=products_done + tally.products,
            rows_done=Import.rows_done + tally.rows,
            rows_refused=Import.rows_refused + tally.rows_refused,
            products_created=Import.products_created + tally.created,
            products_updated=Import.products_updated + tally.updated,
            products_unchanged=Import.products_unchanged + tally.unchanged,
            products_refused=Import.products_refused + tally.refused,
        )
        .returning(Import.id)
    )
    if moved is None:
        raise ImportTaken
    await _report(tx, import_id, outcome.problems)


async def end(
    tx: WriteSession,
    *,
    import_id: UUID,
    status: ImportStatus,
    now: datetime,
    error: str | None = None,
) -> bool:
    """End a living import and let its file go; False if it has ended already."""
    ended = await tx.scalar(
        update(Import)
        .where(Import.id == import_id, Import.status.in_(LIVING))
        .values(
            status=status,
            error=error,
            finished_at=now,
            rows_total=Import.rows_done if status is ImportStatus.DONE else None,
            bytes_done=Import.bytes_total if status is ImportStatus.DONE else Import.bytes_done,
        )
        .returning(Import.id)
    )
    if ended is None:
        return False
    await tx.execute(delete(ImportChunk).where(ImportChunk.import_id == import_id))
    found = await queries.import_by(tx, import_id)
    await _record(tx, found, f"import.{status}", now=now)
    return True


async def cancel_import(tx: WriteSession, *, import_id: UUID, now: datetime) -> Import:
    """Stop an import after the batch that is being written. `NotFound`, `ImportEnded`."""
    if not await end(tx, import_id=import_id, status=ImportStatus.CANCELLED, now=now):
        found = await tx.get(Import, import_id)
        if found is None:
            raise NotFound
        raise ImportEnded(f"It is {found.status} already; products that went in stay.")
    return await queries.import_by(tx, import_id)


async def warn(
    tx: WriteSession, *, import_id: UUID, row: int, column: str, handle: str, message: str
) -> None:
    """Add a warning to the report."""
    await _report(tx, import_id, [Problem(row, column, message, handle, Severity.WARNING)])


async def _report(tx: WriteSession, import_id: UUID, problems: Sequence[Problem]) -> None:
    rows = [
        {
            "import_id": import_id,
            **{
                name: value.replace("\0", " ") if isinstance(value, str) else value
                for name, value in asdict(problem).items()
            },
            "severity": problem.severity,
        }
        for problem in problems
    ]
    if rows:
        await tx.execute(insert(ProblemRow), rows)


async def _record(tx: WriteSession, found: Import, action: str, *, now: datetime) -> None:
    facts = {
        "filename": found.filename,
        "status": found.status,
        "options": found.options,
        "created": found.products_created,
        "updated": found.products_updated,
        "refused": found.products_refused,
    }
    await audit.record(
        tx,
        actor=found.actor,
        action=action,
        subject=encode("imp", found.id),
        after=facts,
        now=now,
    )


def _plain_name(filename: str) -> str:
    """The name alone, fit to be shown."""
    name = PurePath(filename.replace("\\", "/")).name
    return "".join(letter for letter in name if letter.isprintable())[:LONGEST_NAME] or "file"
