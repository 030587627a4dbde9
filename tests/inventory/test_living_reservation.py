"""An order holds or has bought its units once, whoever else is asking for it."""

import asyncio
from uuid import UUID

import pytest

from sokoni.inventory import queries, service
from sokoni.inventory.errors import AlreadyReserved
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.ids import new_id
from tests.inventory.books import broken
from tests.inventory.factories import LATER, NOW, reserve, stocked
from tests.support.locks import somebody_waits
from tests.support.waiting import wait_until


async def numbers(db: Database, variant_id: UUID) -> list[tuple[int, int]]:
    """On hand and reserved, by location."""
    async with db.reading() as session:
        found = await queries.levels(session, variant_ids=[variant_id])
    return [(level.on_hand, level.reserved) for level in found]


async def test_an_order_reserves_again_only_after_a_release(db: Database) -> None:
    lamp, order_id = await stocked(db, units=5), new_id()
    await reserve(db, {lamp: 1}, order_id=order_id)

    with pytest.raises(AlreadyReserved):
        await reserve(db, {lamp: 1}, order_id=order_id)

    async with db.transaction() as tx:
        await service.release(tx, order_id=order_id, now=NOW)
    await reserve(db, {lamp: 3}, order_id=order_id)
    assert await numbers(db, lamp) == [(5, 3)]
    assert await broken(db) == []


async def test_a_twin_that_began_before_the_first_was_committed_is_refused(db: Database) -> None:
    lamp, order_id = await stocked(db, units=5), new_id()

    async def twin() -> None:
        async def work(tx: WriteSession) -> None:
            await service.reserve(tx, lines={lamp: 1}, until=LATER, now=NOW, order_id=order_id)

        await db.run(work)

    async with db.transaction() as tx:
        await service.reserve(tx, lines={lamp: 1}, until=LATER, now=NOW, order_id=order_id)
        second = asyncio.create_task(twin())
        await wait_until(lambda: somebody_waits(db), what="the twin waits for the level")

    with pytest.raises(AlreadyReserved):
        await second
    assert await numbers(db, lamp) == [(5, 1)]
    assert await broken(db) == []
