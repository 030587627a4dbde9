"""An import that broke off goes on where it stopped, and two at once do nothing twice."""

import asyncio
import os
import sys
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import text

from sokoni.exchange import flows, queries, service
from sokoni.exchange.errors import ImportTaken
from sokoni.exchange.models import Import
from sokoni.kernel.crash import KILLED
from sokoni.kernel.db import Database
from sokoni.kernel.storage import Storage
from tests.exchange.factories import EUR, NOW, run_import

ROWS = "".join(f"mug-{i},Mug {i},MUG-{i},5,3\n" for i in range(600))
DATA = f"Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty\n{ROWS}".encode()


async def command(file: Path, database_url: str, **env: str) -> tuple[int, str]:
    """`sokoni import-products`, in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sokoni.apps.cli",
        "import-products",
        str(file),
        env={
            **os.environ,
            "DATABASE_URL": database_url,
            "ENVIRONMENT": "test",
            "DEFAULT_CURRENCY": "EUR",
            "FILE_STORAGE_DIR": str(file.parent / "media"),
            **env,
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, output.decode()


async def counts(db: Database) -> tuple[int, int, int]:
    """Products, movements of stock, units."""
    async with db.reading() as session:
        row = (
            await session.execute(
                text(
                    "SELECT (SELECT count(*) FROM catalog.products),"
                    " (SELECT count(*) FROM inventory.movements),"
                    " (SELECT coalesce(sum(on_hand), 0) FROM inventory.stock_levels)"
                )
            )
        ).one()
        return int(row[0]), int(row[1]), int(row[2])


async def test_a_killed_command_goes_on_after_its_last_batch(
    db: Database, database_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "mugs.csv"
    file.write_bytes(DATA)

    killed, _ = await command(file, database_url, CRASH_AT="after-import-batch")
    half = await counts(db)
    code, output = await command(file, database_url)

    assert (killed, half) == (KILLED, (250, 250, 750))
    assert code == 0, output
    assert "Went on after 250 products of an earlier try." in output
    assert await counts(db) == (600, 600, 1800)
    async with db.reading() as session:
        (found,) = (await queries.imports(session, cursor=None, limit=10)).items
    assert (found.status, found.rows_done, found.rows_total) == ("done", 600, 600)
    assert (found.products_created, found.products_unchanged) == (600, 0)


class _PowerCut(Exception):
    """Ends a run between two batches."""


def _cut(_progress: flows.Progress) -> None:
    raise _PowerCut


async def begun(db: Database, *, digest: str = "mugs") -> service.Begun:
    async with db.transaction() as tx:
        return await service.begin(
            tx,
            filename="mugs.csv",
            digest=digest,
            size=len(DATA),
            options=EUR,
            actor="test",
            now=NOW,
        )


async def cut_off(db: Database, storage: Storage, data: bytes) -> service.Begun:
    """An import that has written one batch."""
    started = await begun(db)
    with pytest.raises(_PowerCut):
        await flows.import_file(
            db, storage, import_id=started.id, file=BytesIO(data), now=lambda: NOW, told=_cut
        )
    return started


async def test_going_on_still_knows_the_skus_that_went_before(
    db: Database, storage: Storage
) -> None:
    data = DATA + b"twin,Twin,MUG-3,5,3\n"
    started = await cut_off(db, storage, data)
    again = await begun(db)

    await flows.import_file(db, storage, import_id=again.id, file=BytesIO(data), now=lambda: NOW)

    assert (again.id, again.products_done) == (started.id, 250)
    async with db.reading() as session:
        (told,) = (await queries.problems(session, started.id, limit=10)).items
    assert (told.row, told.message) == (602, "'MUG-3' is the SKU of row 5 too")


async def test_another_file_is_another_import(db: Database, storage: Storage) -> None:
    started = await cut_off(db, storage, DATA)

    other = await begun(db, digest="cups")

    assert other.id != started.id
    assert other.products_done == 0


async def test_of_two_at_once_each_batch_goes_in_once(db: Database, storage: Storage) -> None:
    started = await begun(db)

    async def one() -> Import:
        return await flows.import_file(
            db, storage, import_id=started.id, file=BytesIO(DATA), now=lambda: NOW
        )

    ends = await asyncio.gather(one(), one(), return_exceptions=True)
    last = await one()

    assert any(isinstance(each, ImportTaken) for each in ends)
    assert (last.status, last.products_created, last.rows_done) == ("done", 600, 600)
    assert await counts(db) == (600, 600, 1800)


async def test_a_cancelled_import_stops_after_its_batch(db: Database, storage: Storage) -> None:
    started = await begun(db)
    cancelled: list[asyncio.Task[None]] = []

    async def cancel() -> None:
        async with db.transaction() as tx:
            await service.cancel_import(tx, import_id=started.id, now=NOW)

    ended = await flows.import_file(
        db,
        storage,
        import_id=started.id,
        file=BytesIO(DATA),
        now=lambda: NOW,
        told=lambda _: cancelled.append(asyncio.ensure_future(cancel())),
    )
    await asyncio.gather(*cancelled, return_exceptions=True)

    assert ended.status == "cancelled"
    assert ended.products_done < 600
    assert (await counts(db))[0] == ended.products_done


async def test_two_dry_runs_of_a_file_at_once_each_tell_the_whole(
    db: Database, storage: Storage
) -> None:
    first, second = await asyncio.gather(
        run_import(db, storage, DATA, dry_run=True), run_import(db, storage, DATA, dry_run=True)
    )

    assert first.found.id != second.found.id
    assert first.counts == second.counts == (600, 0, 0, 0)
    assert await counts(db) == (0, 0, 0)
