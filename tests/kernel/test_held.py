"""A transaction's connection goes back to the pool without a transaction, however it ends."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import text

from sokoni.kernel import held, writes
from sokoni.kernel.db import Database, WriteSession, unavailable
from sokoni.kernel.settings import asyncpg_url

NOTE = writes.Statement("INSERT INTO kernel.effects (dedup_key, kind) VALUES (:key, 'test')")
SLEEP = writes.Statement("SELECT pg_sleep(5)")
BROKEN = writes.Statement("SELECT 1 / 0")
NOTES = text("SELECT dedup_key FROM kernel.effects WHERE kind = 'test' ORDER BY dedup_key")


class Undone(Exception):
    """Raised on purpose."""


@pytest.fixture
async def single(db: Database, database_url: str) -> AsyncIterator[Database]:
    """With one connection: whoever keeps it, or leaves something open on it, stops everybody."""
    opened = Database(asyncpg_url(database_url), pool_size=1)
    yield opened
    await opened.close()


async def _note(db: Database, key: str) -> bool:
    """Write in a transaction; tells whether SQLAlchemy had a part in it."""
    async with db.transaction() as tx:
        await NOTE.rows(tx, {"key": key})
    return bool(tx.info[held.HELD].is_shared)


async def _notes(db: Database) -> list[Any]:
    async with db.reading() as reading:
        return list(await reading.scalars(NOTES))


async def test_statements_on_the_driver_alone_need_no_session(single: Database) -> None:
    assert await _note(single, "a") is False
    assert await _notes(single) == ["a"]


async def test_a_transaction_of_both_kinds_is_one(single: Database) -> None:
    async def both(tx: WriteSession) -> None:
        await NOTE.rows(tx, {"key": "undone"})
        assert list(await tx.scalars(NOTES)) == ["undone"]
        raise Undone

    with pytest.raises(Undone):
        await single.run(both)
    assert await _notes(single) == []


async def _raise(tx: WriteSession) -> None:
    await NOTE.rows(tx, {"key": "undone"})
    raise Undone


async def _fail(tx: WriteSession) -> None:
    await NOTE.rows(tx, {"key": "undone"})
    await BROKEN.rows(tx, {})


async def _wait(tx: WriteSession) -> None:
    await NOTE.rows(tx, {"key": "undone"})
    await SLEEP.rows(tx, {})


async def _wait_beside_sqlalchemy(tx: WriteSession) -> None:
    await tx.execute(text("INSERT INTO kernel.effects (dedup_key, kind) VALUES ('no', 'test')"))
    await SLEEP.rows(tx, {})


@pytest.mark.parametrize("work", [_raise, _fail, _wait, _wait_beside_sqlalchemy])
async def test_the_next_transaction_is_one_of_its_own(single: Database, work: Any) -> None:
    with pytest.raises(BaseException):  # noqa: B017, PT011 - how it ends is not the point
        async with asyncio.timeout(0.2):
            await single.run(work)

    await _note(single, "kept")
    assert await _notes(single) == ["kept"]


async def test_a_commit_that_is_cancelled_comes_to_be(single: Database) -> None:
    asked = asyncio.Event()

    async def write() -> None:
        async with single.transaction() as tx:
            await NOTE.rows(tx, {"key": "kept"})
            asked.set()

    writing = asyncio.create_task(write())
    await asked.wait()
    writing.cancel()
    await asyncio.wait({writing})

    await _note(single, "next")
    assert await _notes(single) == ["kept", "next"]


async def test_a_connection_that_was_closed_in_the_pool_is_replaced(single: Database) -> None:
    async with single.transaction() as tx:
        driver = await tx.info[held.HELD].driver()
    driver.terminate()

    await _note(single, "kept")
    assert await _notes(single) == ["kept"]


@pytest.fixture
async def hanging_up() -> AsyncIterator[Database]:
    """A database whose server closes every connection as soon as it is there."""

    async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    opened = Database(asyncpg_url(f"postgresql://shop@127.0.0.1:{port}/shop?sslmode=disable"))
    async with server:
        yield opened
        await opened.close()


@pytest.mark.parametrize(
    "by", [lambda tx: NOTE.rows(tx, {"key": "a"}), lambda tx: tx.scalars(NOTES)]
)
async def test_a_database_that_hangs_up_is_unavailable_whoever_asks_it(
    hanging_up: Database, by: Callable[[WriteSession], Awaitable[Any]]
) -> None:
    with pytest.raises(Exception) as raised:  # noqa: PT011 - which one is what is asked
        await hanging_up.run(by)

    assert unavailable(raised.value)
