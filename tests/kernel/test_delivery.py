"""Events are delivered in batches, and a batch does what its events would do one by one."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from sokoni.kernel import jobs, outbox
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.ids import new_id
from sokoni.kernel.jobs import Work
from sokoni.kernel.worker import Worker
from tests.support.statements import counted

FAR = datetime(2999, 1, 1, tzinfo=UTC)


class Arrived(outbox.Event, frozen=True):
    topic: ClassVar = "test.arrived"
    parcel_id: UUID
    number: int

    @property
    def aggregate_id(self) -> UUID:
        return self.parcel_id


class Left(Arrived, frozen=True):
    topic: ClassVar = "test.left"


class Weigh(jobs.Task, frozen=True):
    name: ClassVar = "test.weigh"
    number: int


gate: list[tuple[str, int]] = []
cracked: set[int] = set()


@outbox.subscribe_batch(Arrived, kind="test.scales")
async def weigh(tx: WriteSession, events: Sequence[Arrived]) -> None:
    for event in events:
        await jobs.enqueue(tx, Weigh(number=event.number), run_at=FAR)
        if event.number in cracked:
            raise RuntimeError("cracked")
    gate.extend(("in", event.number) for event in events)


@outbox.subscribe_batch(Left, kind="test.gate")
async def wave(tx: WriteSession, events: Sequence[Left]) -> None:
    gate.extend(("out", event.number) for event in events)


@pytest.fixture(autouse=True)
def forget() -> None:
    gate.clear()
    cracked.clear()


def of_one_shard(number: int) -> UUID:
    return UUID(int=number * outbox.SHARDS)


async def publish(db: Database, *events: outbox.Event) -> None:
    async with db.transaction() as tx:
        for event in events:
            outbox.publish(tx, event)


async def weighed(db: Database) -> list[int]:
    async with db.reading() as session:
        found = await session.scalars(
            text("SELECT CAST(args->>'number' AS integer) AS number FROM kernel.jobs ORDER BY 1")
        )
        return list(found)


async def test_a_hundred_events_take_as_many_statements_as_one(
    db: Database, worker: Worker
) -> None:
    await publish(db, *(Left(parcel_id=of_one_shard(each), number=each) for each in range(100)))

    with counted(db) as statements:
        assert await worker.deliver() == 100

    # shard, events, effects, mark; and a last look that finds nothing
    assert len(statements) == 5, statements
    assert gate == [("out", number) for number in range(100)]


async def test_one_bad_event_does_not_take_its_batch_down(db: Database, worker: Worker) -> None:
    cracked.add(7)
    await publish(db, *(Arrived(parcel_id=of_one_shard(each), number=each) for each in range(50)))

    await worker.deliver()

    assert await weighed(db) == [number for number in range(50) if number != 7]
    async with db.reading() as session:
        effects = await session.scalar(text("SELECT count(*) FROM kernel.effects"))
        late = await session.execute(
            text("SELECT payload->>'number', attempts FROM kernel.outbox WHERE state = 'pending'")
        )
        assert effects == 49
        assert [tuple(row) for row in late] == [("7", 1)]

    cracked.clear()
    async with db.transaction() as tx:
        await tx.execute(text("UPDATE kernel.outbox SET next_try_at = now()"))
    await worker.deliver()
    assert await weighed(db) == list(range(50))


async def test_an_event_that_comes_again_does_not_act_again(db: Database, worker: Worker) -> None:
    await publish(db, *(Left(parcel_id=of_one_shard(each), number=each) for each in range(3)))
    await worker.deliver()
    async with db.transaction() as tx:
        await tx.execute(text("UPDATE kernel.outbox SET state = 'pending'"))
        outbox.publish(tx, Left(parcel_id=of_one_shard(3), number=3))

    assert await worker.deliver() == 4

    assert gate == [("out", number) for number in range(4)]
    async with db.reading() as session:
        states = await session.scalars(text("SELECT state FROM kernel.outbox"))
        assert list(states) == ["sent"] * 4


async def test_what_happened_to_one_thing_keeps_its_order_across_topics(
    db: Database, worker: Worker
) -> None:
    parcels = [of_one_shard(each) for each in range(10)]
    for number, parcel in enumerate(parcels):
        await publish(
            db,
            Left(parcel_id=parcel, number=number),
            Arrived(parcel_id=parcel, number=number),
            Left(parcel_id=parcel, number=number),
        )

    await worker.deliver()

    for number in range(10):
        assert [way for way, parcel in gate if parcel == number] == ["out", "in", "out"]


async def test_four_workers_weigh_each_of_a_thousand_parcels_once(
    app: FastAPI, db: Database
) -> None:
    await publish(db, *(Arrived(parcel_id=new_id(), number=each) for each in range(1000)))
    workers = [Worker(work=Work(app.state.resources), number=number) for number in range(4)]

    went = await asyncio.gather(*(worker.deliver() for worker in workers))

    assert sum(went) == 1000
    assert await weighed(db) == list(range(1000))
