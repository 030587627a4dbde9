"""A key is given back, forgotten or answered for others by nobody but the try that has it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from sokoni.kernel.clock import SystemClock
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.idempotency import Answer, claim, finish, forget, let_go, recall, reclaim
from sokoni.kernel.idempotent_flow import abandoned
from sokoni.kernel.ids import new_id
from sokoni.kernel.keyed import Keyed

NOW = SystemClock().now()
SECOND = timedelta(seconds=1)
MINE = Keyed(
    scope="guest",
    method="POST",
    path="/things",
    key="k1",
    fingerprint=b"body",
    worker=1 << 40,
    now=NOW,
)
TWINS = {
    "another process": replace(MINE, worker=MINE.worker + 1),
    "this process, later": replace(MINE, now=NOW + 21 * SECOND),
}
DONE = Answer(status=201, headers={}, body=b"{}")

GiveUp = Callable[[WriteSession, Keyed], Awaitable[None]]


async def claimed(db: Database, keyed: Keyed = MINE, *, order_id: UUID | None = None) -> None:
    async with db.transaction() as tx:
        await claim(tx, keyed, order_id=order_id)


async def record(db: Database) -> list[tuple[str, int | None, datetime]]:
    async with db.reading() as reading:
        found = await reading.execute(
            text("SELECT state, worker, claimed_at FROM kernel.idempotency_keys")
        )
        return [(row.state, row.worker, row.claimed_at) for row in found]


async def waiting_for_nobody(db: Database, *, now: datetime = NOW) -> list[UUID]:
    """The orders of the keys that somebody else would answer."""
    async with db.transaction() as tx:
        return [one.order_id for one in await abandoned(tx, paths=["/things"], now=now)]


@pytest.mark.parametrize("give_up", [forget, let_go])
@pytest.mark.parametrize("twin", TWINS.values(), ids=TWINS.keys())
async def test_a_try_that_a_twin_has_taken_over_gives_up_nothing(
    db: Database, give_up: GiveUp, twin: Keyed
) -> None:
    await claimed(db)
    async with db.transaction() as tx:
        await reclaim(tx, twin)

    async with db.transaction() as tx:
        await give_up(tx, MINE)

    assert await record(db) == [("in_progress", twin.worker, twin.now)]


async def test_the_first_answer_stays_when_a_try_that_was_overtaken_finishes_late(
    db: Database,
) -> None:
    late = replace(DONE, status=200, body=b"late")
    await claimed(db)
    async with db.transaction() as tx:
        await reclaim(tx, TWINS["another process"])
        await finish(tx, TWINS["another process"], DONE)

    async with db.transaction() as tx:
        await finish(tx, MINE, late)

    async with db.transaction() as tx:
        assert await recall(tx, MINE) == DONE


async def test_a_key_is_abandoned_a_minute_after_it_was_made(db: Database) -> None:
    order_id = new_id()
    await claimed(db, order_id=order_id)

    assert await waiting_for_nobody(db, now=NOW + 60 * SECOND) == []
    assert await waiting_for_nobody(db, now=NOW + 61 * SECOND) == [order_id]


async def test_a_key_that_was_just_taken_over_is_not_abandoned(db: Database) -> None:
    order_id = new_id()
    await claimed(db, order_id=order_id)
    async with db.transaction() as tx:
        await reclaim(tx, replace(MINE, now=NOW + 50 * SECOND))

    assert await waiting_for_nobody(db, now=NOW + 70 * SECOND) == []
    assert await waiting_for_nobody(db, now=NOW + 71 * SECOND) == [order_id]


async def test_a_key_that_is_answered_or_has_no_order_is_not_abandoned(db: Database) -> None:
    await claimed(db, order_id=new_id())
    await claimed(db, replace(MINE, key="k2"))
    async with db.transaction() as tx:
        await finish(tx, MINE, DONE)

    assert await waiting_for_nobody(db, now=NOW + 61 * SECOND) == []


async def test_of_two_who_look_for_abandoned_keys_one_finds_each(db: Database) -> None:
    order_id, late = new_id(), NOW + 61 * SECOND
    await claimed(db, order_id=order_id)

    async with db.transaction() as tx:
        found = await abandoned(tx, paths=["/things"], now=late)
        assert [one.order_id for one in found] == [order_id]
        assert await waiting_for_nobody(db, now=late) == []
