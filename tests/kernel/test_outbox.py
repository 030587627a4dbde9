"""Events are delivered at least once, in order per aggregate, and each effect counts once."""

from typing import ClassVar
from uuid import UUID

from sqlalchemy import text

from sokoni.kernel import outbox
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.ids import new_id
from sokoni.kernel.worker import Worker


class Rang(outbox.Event, frozen=True):
    topic: ClassVar = "test.rang"
    bell_id: UUID
    times: int

    @property
    def aggregate_id(self) -> UUID:
        return self.bell_id


heard: list[int] = []


@outbox.subscribe(Rang, kind="test.ear")
async def hear(tx: WriteSession, event: Rang) -> None:
    heard.append(event.times)
    if event.times == 13 and heard.count(13) < 3:
        raise RuntimeError("unlucky")


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
    unlucky, other = new_id(), new_id()
    await publish(db, unlucky, 12, 13, 14)
    await publish(db, other, 1)

    await worker.until_idle()
    assert sorted(set(heard)) == [1, 12, 13]

    async with db.transaction() as tx:
        await tx.execute(text("UPDATE kernel.outbox SET next_try_at = now()"))
    await worker.until_idle()
    assert heard[-2:] == [13, 14]
