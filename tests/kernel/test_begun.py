"""What is cancelled at its BEGIN or COMMIT poisons no connection, and leaves nobody in the dark."""

import asyncio
from typing import Any

import pytest
from asyncpg.transaction import Transaction
from sqlalchemy import text
from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_connection as Adapted
from sqlalchemy.exc import IntegrityError

from sokoni.kernel import writes
from sokoni.kernel.db import Database
from sokoni.kernel.settings import asyncpg_url

WORD = writes.Statement("SELECT :word::text AS word")
MARK = text("UPDATE kernel.schedules SET last_error = 'kept' WHERE name = 'begun'")
PLAN = text("INSERT INTO kernel.schedules (name, next_run_at) VALUES ('begun', now())")
READ = text("SELECT last_error FROM kernel.schedules WHERE name = 'begun'")


@pytest.fixture
async def single(db: Database, database_url: str) -> Any:
    """A database with one connection, so that the next one asking gets the last one's."""
    made = Database(asyncpg_url(database_url), pool_size=1)
    async with made.transaction() as tx:
        await WORD.rows(tx, {"word": "first"})
    yield made
    await made.close()


async def _cancelled_at_begin(single: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction whose BEGIN reached the server, and was cancelled before it was known."""
    start: Any = Adapted._start_transaction

    async def begin(adapted: Any) -> None:
        await start(adapted)
        adapted._transaction = None  # as if the answer had not come yet
        await asyncio.sleep(60)

    with monkeypatch.context() as patch:
        patch.setattr(Adapted, "_start_transaction", begin)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1), single.transaction() as tx:
                await WORD.rows(tx, {"word": "never"})


async def test_what_is_committed_after_a_cancelled_begin_stays(
    single: Database, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with db.transaction() as tx:
        await tx.execute(PLAN)
    await _cancelled_at_begin(single, monkeypatch)
    async with single.transaction() as tx:
        await tx.execute(MARK)
    async with db.reading() as reading:
        assert await reading.scalar(READ) == "kept"


async def test_a_connection_with_an_open_transaction_is_not_used(
    single: Database, db: Database
) -> None:
    async with single.engine.connect() as connection:
        raw: Any = await connection.get_raw_connection()
        driver = raw.driver_connection
    await driver.execute("BEGIN")
    async with single.reading() as reading:
        other: Any = await (await reading.connection()).get_raw_connection()
        assert other.driver_connection is not driver
    assert driver.is_closed()


async def test_a_statement_that_is_cancelled_takes_its_connection_with_it(
    single: Database, db: Database
) -> None:
    sleeps = writes.Statement("SELECT pg_sleep(60) WHERE :yes")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1), single.transaction() as tx:
            await sleeps.rows(tx, {"yes": True})
    async with single.transaction() as tx:
        assert (await WORD.rows(tx, {"word": "again"}))[0]["word"] == "again"


async def test_who_waits_for_a_commit_hears_of_one_that_was_cancelled_meanwhile(
    single: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    single.after_commit.append(lambda tx: told.append(tx.info["what"]))

    async def plan(what: str) -> None:
        async with single.transaction() as tx:
            tx.info["what"] = what
            await tx.execute(PLAN)

    planning = asyncio.create_task(plan("planned"))
    commit: Any = Transaction.commit

    async def cancelled_meanwhile(transaction: Any) -> None:
        planning.cancel()
        await commit(transaction)

    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "commit", cancelled_meanwhile)
        with pytest.raises(asyncio.CancelledError):
            await planning
    with pytest.raises(IntegrityError):
        await plan("planned before")
    assert told == ["planned"]
