"""Events are delivered at least once, in order per aggregate, and each effect counts once."""

import asyncio
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy import text

from sokoni.kernel import outbox
from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.ids import new_id
from sokoni.kernel.jobs import Work
from sokoni.kernel.worker import Worker


class Rang(outbox.Event, frozen=True):
    topic: ClassVar = "test.rang"
    bell_id: UUID
    times: int

    @property
    def aggregate_id(self) -> UUID:
        return self.bell_id


class Fell(outbox.Event, frozen=True):
    topic: ClassVar = "test.fell"
    bell_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        return self.bell_id


heard: list[int] = []
unlucky: set[int] = set()


@outbox.subscribe(Rang, kind="test.ear")
async def hear(tx: WriteSession, event: Rang) -> None:
    heard.append(event.times)
    if event.times in unlucky:
        raise RuntimeError("unlucky")
    if event.times < 0:
        raise RuntimeError("hopeless")


async def publish(db: Database, bell_id: UUID, *times: int) -> None:
    async with db.transaction() as tx:
        for number in times:
            outbox.publish(tx, Rang(bell_id=bell_id, times=number))


async def test_events_of_one_aggregate_are_delivered_once_and_in_order(
    db: Database, worker: Worker
) -> None:
    heard.clear()
    await publish(db, new_id(), 1, 2, 3)

    await worker.until_idle()
    await worker.until_idle()

    assert heard == [1, 2, 3]
    async with db.reading() as session:
        kinds = (await session.scalars(text("SELECT kind FROM kernel.effects"))).all()
        states = (await session.scalars(text("SELECT DISTINCT state FROM kernel.outbox"))).all()
    assert kinds == ["test.ear"] * 3
    assert states == ["sent"]


async def test_a_failing_event_holds_back_its_own_aggregate_only(
    db: Database, worker: Worker
) -> None:
    heard.clear()
    unlucky.add(13)
    one, other = new_id(), new_id()
    await publish(db, one, 12, 13, 14)
    await publish(db, other, 1)

    await worker.until_idle()
    assert sorted(set(heard)) == [1, 12, 13]

    unlucky.clear()
    async with db.transaction() as tx:
        await tx.execute(text("UPDATE kernel.outbox SET next_try_at = now()"))
    await worker.until_idle()
    assert heard[-2:] == [13, 14]


async def test_two_workers_side_by_side_keep_the_order_and_deliver_once(
    app: FastAPI, db: Database
) -> None:
    heard.clear()
    ids = [new_id() for _ in range(8)]
    for times in range(100, 120):
        for place, bell_id in enumerate(ids):
            await publish(db, bell_id, times * 10 + place)
    workers = [Worker(work=Work(app.state.resources), number=number) for number in (1, 2)]

    await asyncio.gather(*(worker.until_idle() for worker in workers))
    await workers[0].until_idle()

    assert len(heard) == len(set(heard)) == 160
    for place in range(8):
        of_one = [times for times in heard if times % 10 == place]
        assert of_one == sorted(of_one)


async def test_an_event_that_keeps_failing_becomes_a_dead_letter_and_lets_the_next_pass(
    db: Database, worker: Worker, clock: ShiftedClock
) -> None:
    heard.clear()
    await publish(db, new_id(), -1, 7)
    for _ in range(12):
        await worker.until_idle()
        clock.advance(timedelta(minutes=6))

    assert set(heard[:-1]) == {-1}
    assert heard[-1] == 7
    async with db.reading() as session:
        found = await session.execute(text("SELECT state, attempts FROM kernel.outbox ORDER BY id"))
        assert [tuple(row) for row in found] == [("dead", 10), ("sent", 0)]


async def test_an_event_that_nobody_hears_is_logged_as_an_effect(
    db: Database, worker: Worker
) -> None:
    async with db.transaction() as tx:
        outbox.publish(tx, Fell(bell_id=new_id()))
    await worker.until_idle()
    async with db.reading() as session:
        assert await session.scalar(text("SELECT kind FROM kernel.effects")) == "log"
