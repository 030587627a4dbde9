"""Reads on the bare driver: connections that break are replaced, and nobody waits for ever."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest
from sqlalchemy import text

from sokoni.kernel import reads
from sokoni.kernel.db import Database
from sokoni.kernel.reads import DatabaseBusy, Reads, numbered
from sokoni.kernel.settings import asyncpg_url

NAME = "reads-under-test"


@pytest.fixture
async def two(database_url: str) -> AsyncIterator[Reads]:
    """Reads with two connections."""
    made = Reads(
        asyncpg_url(database_url),
        size=2,
        server_settings={"application_name": NAME, "statement_timeout": "300"},
    )
    yield made
    await made.close()


async def cut(db: Database) -> None:
    """End the connections of the reads from the server's side."""
    async with db.reading() as session:
        found = await session.scalars(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE application_name = :name"
            ),
            {"name": NAME},
        )
        assert set(found) == {True}


def test_names_become_numbers_and_casts_stay() -> None:
    sql = "SELECT :b::text, ':', CAST(:a AS int), :b LIMIT :a + 1"

    assert numbered(sql) == ("SELECT $1::text, ':', CAST($2 AS int), $1 LIMIT $2 + 1", ("b", "a"))


async def test_a_statement_gives_its_rows(two: Reads) -> None:
    rows = await two.rows("SELECT n, :word AS word FROM generate_series(1, :n) AS n", VALUES)

    assert [(row["n"], row["word"]) for row in rows] == [(1, "x"), (2, "x")]


VALUES = {"word": "x", "n": 2}


async def test_a_connection_that_was_cut_is_replaced_unnoticed(two: Reads, db: Database) -> None:
    await two.rows("SELECT 1", {})
    await cut(db)

    assert (await two.rows("SELECT 7 AS seven", {}))[0]["seven"] == 7


async def test_a_statement_cut_while_it_runs_is_asked_again(two: Reads, db: Database) -> None:
    await two.rows("SELECT 1", {})
    asked = asyncio.gather(*(two.rows("SELECT pg_sleep(0.15), 3 AS three", {}) for _ in range(2)))
    await asyncio.sleep(0)
    await cut(db)

    assert [rows[0]["three"] for rows in await asked] == [3, 3]


async def test_more_readers_than_connections_wait_their_turn(two: Reads) -> None:
    rows = await asyncio.gather(*(two.rows("SELECT CAST(:n AS int) AS n", {"n": n}) for n in NINE))

    assert [row[0]["n"] for row in rows] == list(NINE)


NINE = range(9)


async def test_who_waits_too_long_for_a_connection_is_told_to_come_back(
    two: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reads, "WAIT_SECONDS", 0.02)
    slow = [asyncio.create_task(two.rows("SELECT pg_sleep(0.2)", {})) for _ in range(2)]
    await asyncio.sleep(0)

    with pytest.raises(DatabaseBusy):
        await two.rows("SELECT 1", {})
    await asyncio.gather(*slow)
    assert await two.rows("SELECT 1", {})


async def test_a_reader_who_leaves_takes_no_connection_along(two: Reads) -> None:
    for _ in range(4):
        leaving = asyncio.create_task(two.rows("SELECT pg_sleep(5)", {}))
        await asyncio.sleep(0)
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving

    assert await asyncio.gather(*(two.rows("SELECT 1", {}) for _ in range(4)))


async def test_an_error_of_the_statement_is_raised_and_the_connection_stays(two: Reads) -> None:
    pid = "SELECT pg_backend_pid() AS pid"
    before = (await two.rows(pid, {}))[0]["pid"]

    with pytest.raises(asyncpg.QueryCanceledError):
        await two.rows("SELECT pg_sleep(2)", {})
    with pytest.raises(asyncpg.DataError):
        await two.rows("SELECT CAST(:n AS int)", {"n": "no number"})

    assert (await two.rows(pid, {}))[0]["pid"] == before
