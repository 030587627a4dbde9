"""The catalogue's `in_stock` follows the levels, whatever the order of events."""

from uuid import UUID

import pytest
from sqlalchemy import text

from sokoni.inventory import service
from sokoni.inventory.service import LevelRefused
from sokoni.kernel.db import Database
from sokoni.kernel.ids import new_id
from sokoni.kernel.worker import Worker
from tests.catalog.factories import create, simple
from tests.inventory.books import broken
from tests.inventory.factories import LATER, NOW, available, location, reserve, stock, stocked
from tests.support.statements import counted


async def flags(db: Database, variant_id: UUID) -> tuple[bool, bool]:
    """Of the variant, and of its product's row in lists."""
    async with db.reading() as session:
        row = await session.execute(
            text(
                "SELECT v.in_stock, l.in_stock FROM catalog.variants AS v"
                " JOIN catalog.listings AS l ON l.product_id = v.product_id WHERE v.id = :id"
            ),
            {"id": variant_id},
        )
        first, second = row.one()
        return first, second


async def lamp_with(db: Database, *, units: int) -> UUID:
    variant_id = (await create(db, simple("Lamp"))).variants[0].id
    async with db.transaction() as tx:
        await stock(tx, variant_id, units=units)
    return variant_id


async def test_the_last_unit_taken_and_given_back_is_told(db: Database, worker: Worker) -> None:
    lamp = await lamp_with(db, units=3)
    assert await flags(db, lamp) == (True, True)
    await worker.deliver()

    await reserve(db, {lamp: 2})
    assert await worker.deliver() == 0

    last = await reserve(db, {lamp: 1})
    await worker.deliver()
    assert await flags(db, lamp) == (False, False)

    async with db.transaction() as tx:
        await service.release(tx, reservation_id=last, now=NOW)
    await worker.deliver()
    assert await flags(db, lamp) == (True, True)


async def test_events_in_any_order_leave_the_flag_right(db: Database, worker: Worker) -> None:
    lamp = await lamp_with(db, units=1)
    for _ in range(3):
        one = await reserve(db, {lamp: 1})
        async with db.transaction() as tx:
            await service.release(tx, reservation_id=one, now=NOW)
    order_id = new_id()
    await reserve(db, {lamp: 1}, order_id=order_id)
    async with db.transaction() as tx:
        await service.commit(tx, order_id=order_id, now=NOW)

    await worker.deliver()
    assert await flags(db, lamp) == (False, False)

    async with db.transaction() as tx:
        await service.restock(tx, order_id=order_id, now=NOW)
    await worker.deliver()
    assert await flags(db, lamp) == (True, True)


async def test_an_expired_hold_brings_the_product_back(db: Database, worker: Worker) -> None:
    lamp = await lamp_with(db, units=1)
    await reserve(db, {lamp: 1})
    await worker.deliver()
    async with db.transaction() as tx:
        assert await service.release_expired(tx, now=LATER) == 1
    assert await flags(db, lamp) == (False, False)

    await worker.deliver()
    assert await flags(db, lamp) == (True, True)


async def test_an_adjustment_is_seen_at_once(db: Database) -> None:
    lamp = await lamp_with(db, units=1)
    async with db.transaction() as tx:
        place = await location(tx)
        await service.adjust(tx, variant_id=lamp, location_id=place, delta=-1, now=NOW)
    assert await flags(db, lamp) == (False, False)


async def test_a_closed_location_takes_its_products_with_it(db: Database, worker: Worker) -> None:
    lamp = await lamp_with(db, units=1)
    async with db.transaction() as tx:
        place = await location(tx)
        await service.change_location(
            tx, place, fields={"is_active": False}, version=None, actor="system", now=NOW
        )
    await worker.until_idle()
    assert await flags(db, lamp) == (False, False)

    async with db.transaction() as tx:
        await service.change_location(
            tx, place, fields={"is_active": True}, version=None, actor="system", now=NOW
        )
    await worker.until_idle()
    assert await flags(db, lamp) == (True, True)


async def test_setting_stock_makes_levels_and_replaces_only_when_told(db: Database) -> None:
    lamp, rug = await stocked(db, units=5), await stocked(db, units=5)
    await reserve(db, {rug: 4})
    async with db.transaction() as tx:
        place = await location(tx)
        wanted = {(lamp, place): 9, (rug, place): 2}
        assert await service.set_stock(tx, wanted, now=NOW) == []
    assert (await available(db, lamp), await available(db, rug)) == (5, 1)

    async with db.transaction() as tx:
        refused = await service.set_stock(tx, wanted, now=NOW, replace=True)
    assert refused == [LevelRefused(variant_id=rug, location_id=place, wanted=2, reserved=4)]
    assert (await available(db, lamp), await available(db, rug)) == (9, 1)
    assert await broken(db) == []


@pytest.mark.parametrize("count", [1, 40])
async def test_an_import_sets_stock_in_a_fixed_number_of_statements(
    db: Database, count: int
) -> None:
    variants = [
        (await create(db, simple(f"Lamp {number}"))).variants[0].id for number in range(count)
    ]
    async with db.transaction() as tx:
        place = await location(tx)
        with counted(db) as statements:
            await service.set_stock(tx, {(one, place): 3 for one in variants}, now=NOW)
    assert len(statements) == 9, statements
    assert await flags(db, variants[-1]) == (True, True)
