"""Signals hurry others along; what is lost on the way is said again, or everything is stale."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from structlog.testing import capture_logs

from sokoni.kernel.db import Database
from sokoni.kernel.settings import asyncpg_url
from sokoni.kernel.signals import Signals, changed, host_of
from tests.support.waiting import wait_until


@asynccontextmanager
async def listening(url: str) -> AsyncIterator[tuple[Signals, list[frozenset[str]]]]:
    """Another process: its signals, and the tags it heard of."""
    heard: list[frozenset[str]] = []
    db = Database(asyncpg_url(url), pool_size=1)
    signals = Signals(db, url)
    signals.on_stale(heard.append)
    await signals.start()
    try:
        yield signals, heard
    finally:
        await signals.stop()
        await db.close()


async def test_tags_of_a_commit_are_heard_elsewhere_and_those_of_an_undone_one_are_not(
    app: FastAPI, db: Database, database_url: str
) -> None:
    async with listening(database_url) as (_, heard):
        heard.clear()

        async def undone() -> None:
            async with db.transaction() as tx:
                changed(tx, "never")
                raise LookupError

        await asyncio.gather(undone(), return_exceptions=True)
        async with db.transaction() as tx:
            changed(tx, "products", "product:1")

        async def is_heard() -> bool:
            return any("product:1" in tags for tags in heard)

        await wait_until(is_heard, within=2, what="the tags")
        assert frozenset().union(*heard) == {"products", "product:1"}


async def test_a_process_that_ends_right_after_its_commit_is_heard(
    app: FastAPI, database_url: str
) -> None:
    async with listening(database_url) as (_, heard):
        heard.clear()
        db = Database(asyncpg_url(database_url), pool_size=1)
        signals = Signals(db, database_url)
        await signals.start()
        async with db.transaction() as tx:
            changed(tx, "markets")
        await signals.stop()
        await db.close()

        async def is_heard() -> bool:
            return any("markets" in tags for tags in heard)

        await wait_until(is_heard, within=2, what="the tag")


async def test_after_a_signal_the_next_one_waits_and_speaks_for_all_that_comes_meanwhile(
    app: FastAPI, db: Database, database_url: str
) -> None:
    def is_heard(tag: str) -> Callable[[], Awaitable[bool]]:
        async def look() -> bool:
            return any(tag in tags for tags in heard)

        return look

    async with listening(database_url) as (_, heard):
        busy = Database(asyncpg_url(database_url), pool_size=1)
        signals = Signals(busy, database_url, breath=60)
        await signals.start()
        async with busy.transaction() as tx:
            changed(tx, "first")
        await wait_until(is_heard("first"), within=2, what="the first tag")
        for tag in ("second", "third"):
            async with busy.transaction() as tx:
                changed(tx, tag)
        async with db.transaction() as tx:
            changed(tx, "of-another-process")
        await wait_until(is_heard("of-another-process"), within=2, what="another's tag")
        assert not await is_heard("second")()
        async with asyncio.timeout(5):
            await signals.stop()
        await busy.close()
        await wait_until(is_heard("third"), within=2, what="the last word")
    assert any({"second", "third"} <= tags for tags in heard)


async def test_many_tags_arrive_in_pieces_that_fit(
    app: FastAPI, db: Database, database_url: str
) -> None:
    wanted = {f"product:{number:036d}" for number in range(1000)}
    async with listening(database_url) as (_, heard):
        heard.clear()
        async with db.transaction() as tx:
            changed(tx, *wanted)

        async def all_heard() -> bool:
            return frozenset().union(*heard) == wanted

        await wait_until(all_heard, within=2, what="all tags")


async def test_after_a_lost_connection_everything_is_stale(db: Database, database_url: str) -> None:
    async with listening(database_url) as (signals, heard):
        assert heard == [frozenset("*")]
        async with db.transaction() as tx:
            cut = await tx.scalar(
                text(
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_locks"
                    " WHERE locktype = 'advisory' AND ((classid::bigint << 32) | objid::bigint)"
                    " = :number"
                ),
                {"number": signals.number},
            )
        assert cut == 1

        async def is_back() -> bool:
            return heard == [frozenset("*")] * 2

        await wait_until(is_back, within=10, what="the new connection")


async def test_a_living_process_holds_its_number(db: Database, database_url: str) -> None:
    mine = text("SELECT pg_try_advisory_xact_lock(:number)")
    async with listening(database_url) as (signals, _):

        async def is_marked() -> bool:
            async with db.transaction() as tx:
                return not await tx.scalar(mine, {"number": signals.number})

        await wait_until(is_marked, within=2, what="the mark of life")

    async def is_free() -> bool:
        async with db.transaction() as tx:
            return bool(await tx.scalar(mine, {"number": signals.number}))

    await wait_until(is_free, within=5, what="the end")


async def test_what_could_not_be_said_is_said_later(app: FastAPI, database_url: str) -> None:
    async with listening(database_url) as (_, heard):
        heard.clear()
        speaking = Database(asyncpg_url(database_url), pool_size=1)
        signals = Signals(speaking, database_url)
        sending = asyncio.create_task(signals._send())
        right, speaking._reads = speaking._reads, None  # type: ignore[assignment]
        async with speaking.transaction() as tx:
            changed(tx, "late")

        async def was_tried() -> bool:
            return not signals._pending.is_set() or "late" in signals._stale

        await wait_until(was_tried, within=2, what="the try")
        speaking._reads = right

        async def is_heard() -> bool:
            return frozenset({"late"}) in heard

        await wait_until(is_heard, within=5, what="the late signal")
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        await speaking.close()


async def test_a_database_that_is_away_is_told_once_in_a_while_by_host_and_without_password(
    app: FastAPI, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []

    async def refuse(url: str) -> None:
        tries.append(url)
        raise ConnectionRefusedError("Connect call failed")

    monkeypatch.setattr("sokoni.kernel.signals._connect", refuse)
    signals = Signals(db, "postgresql://shop:hunter2@db.example:6432/shop?sslmode=require")
    with capture_logs() as told:
        starting = asyncio.create_task(signals.start())

        async def tried_thrice() -> bool:
            return len(tries) >= 3

        await wait_until(tried_thrice, within=5, what="the third try")
        await signals.stop()
        starting.cancel()

    assert [(line["log_level"], line["event"], line["host"]) for line in told] == [
        ("warning", "database away, trying again", "db.example:6432")
    ]
    assert "hunter2" not in str(told)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("postgresql://shop:hunter2@db.example/shop", "db.example:5432"),
        ("postgresql://shop@/shop?host=/run/postgresql&port=5433", "/run/postgresql"),
        ("postgresql://shop@[::1]:5433/shop", "::1:5433"),
    ],
)
def test_a_server_is_named_by_its_host(url: str, host: str) -> None:
    assert host_of(url) == host
