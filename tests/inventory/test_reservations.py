"""Stock is never oversold: one verb, one statement, all lines or none."""

import asyncio
from collections.abc import Mapping
from uuid import UUID

import pytest

from sokoni.inventory import queries, service
from sokoni.inventory.errors import (
    AlreadyReturned,
    InsufficientStock,
    ReservationCommitted,
    ReservationExpired,
)
from sokoni.inventory.models import StockLevel
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.errors import NotFound
from sokoni.kernel.ids import encode, new_id
from tests.inventory.books import broken
from tests.inventory.factories import (
    LATER,
    NOW,
    available,
    location,
    reserve,
    stock,
    stocked,
    variant,
)
from tests.support.locks import somebody_waits
from tests.support.statements import counted
from tests.support.waiting import wait_until


async def levels(db: Database, variant_id: UUID) -> list[tuple[str, int, int]]:
    async with db.reading() as session:
        found = await queries.levels(session, variant_ids=[variant_id])
    return [(level.location_name, level.on_hand, level.reserved) for level in found]


async def moves(db: Database, variant_id: UUID) -> list[tuple[str, int, int]]:
    async with db.reading() as session:
        page = await queries.movements(session, variant_id=variant_id, limit=100, cursor=None)
    return [(move.reason, move.d_on_hand, move.d_reserved) for move in reversed(page.items)]


async def test_twenty_buyers_of_five_lamps(db: Database) -> None:
    lamp = await stocked(db, units=5)

    buyers = [reserve(db, {lamp: 1}) for _ in range(20)]
    results = await asyncio.gather(*buyers, return_exceptions=True)

    assert sum(isinstance(result, UUID) for result in results) == 5
    assert sum(isinstance(result, InsufficientStock) for result in results) == 15
    assert await available(db, lamp) == 0
    assert await broken(db) == []


async def test_this_bench_oversells_without_the_guard(db: Database) -> None:
    lamp = await stocked(db, units=5)
    async with db.transaction() as tx:
        place = await location(tx)

    async def naive_reserve() -> bool:
        async with db.transaction() as tx:
            level = await tx.get_one(StockLevel, (lamp, place))
            await asyncio.sleep(0.01)
            level.reserved += 1
            return level.reserved <= level.on_hand

    sold = await asyncio.gather(*(naive_reserve() for _ in range(20)))
    assert sum(sold) > 5


async def test_a_missing_item_leaves_the_whole_basket_and_the_transaction_usable(
    db: Database,
) -> None:
    lamp, rug = await stocked(db, units=4), await stocked(db, units=1)

    async with db.transaction() as tx:
        with pytest.raises(InsufficientStock) as refusal:
            await service.reserve(tx, lines={lamp: 2, rug: 3}, until=LATER, now=NOW)
        await service.reserve(tx, lines={lamp: 1}, until=LATER, now=NOW)

    assert refusal.value.members["lines"] == [
        {"variant_id": encode("var", rug), "requested": 3, "available": 1}
    ]
    assert await levels(db, lamp) == [("Warehouse", 4, 1)]
    assert await levels(db, rug) == [("Warehouse", 1, 0)]
    assert await broken(db) == []


async def test_a_variant_that_was_never_stocked_has_nothing(db: Database) -> None:
    with pytest.raises(InsufficientStock) as refusal:
        await reserve(db, {new_id(): 1})
    assert [line["available"] for line in refusal.value.members["lines"]] == [0]


async def test_crossed_baskets_queue_and_do_not_deadlock(db: Database) -> None:
    lamp, rug = await stocked(db, units=200), await stocked(db, units=200)

    async def buy(lines: Mapping[UUID, int]) -> None:
        async with db.transaction() as tx:
            await service.reserve(tx, lines=lines, until=LATER, now=NOW)
            await asyncio.sleep(0.001)

    baskets: list[dict[UUID, int]] = [{lamp: 1, rug: 1}, {rug: 1, lamp: 1}]
    await asyncio.gather(*(buy(baskets[number % 2]) for number in range(60)))

    assert await available(db, lamp) == await available(db, rug) == 140


async def test_a_line_is_taken_whole_from_the_first_location_that_has_it_all(
    db: Database,
) -> None:
    async with db.transaction() as tx:
        lamp = await variant(tx)
        await stock(tx, lamp, units=2, at="Shop", priority=1)
        await stock(tx, lamp, units=3, at="Depot", priority=2)
        await stock(tx, lamp, units=9, at="Attic", priority=2)

    await reserve(db, {lamp: 2})
    await reserve(db, {lamp: 2})
    assert await levels(db, lamp) == [("Shop", 2, 2), ("Attic", 9, 2), ("Depot", 3, 0)]

    with pytest.raises(InsufficientStock) as refusal:
        await reserve(db, {lamp: 8})
    assert [line["available"] for line in refusal.value.members["lines"]] == [7]


async def test_a_closed_location_sells_nothing(db: Database) -> None:
    lamp = await stocked(db, units=5)
    async with db.transaction() as tx:
        await service.change_location(
            tx,
            await location(tx),
            fields={"is_active": False},
            version=None,
            actor="system",
            now=NOW,
        )

    assert await available(db, lamp) == 0
    with pytest.raises(InsufficientStock):
        await reserve(db, {lamp: 1})


async def test_a_commit_sells_what_was_held_once(db: Database) -> None:
    lamp, order_id = await stocked(db, units=5), new_id()
    await reserve(db, {lamp: 2}, order_id=order_id)

    async with db.transaction() as tx:
        assert await service.commit(tx, order_id=order_id, now=LATER)
        assert not await service.commit(tx, order_id=order_id, now=LATER)
        with pytest.raises(ReservationCommitted):
            await service.release(tx, order_id=order_id, now=LATER)

    assert await levels(db, lamp) == [("Warehouse", 3, 0)]
    assert await moves(db, lamp) == [("receive", 5, 0), ("hold", 0, 2), ("sale", -2, -2)]
    assert await broken(db) == []


async def test_a_release_frees_what_was_held_once(db: Database) -> None:
    lamp, order_id = await stocked(db, units=5), new_id()
    await reserve(db, {lamp: 2}, order_id=order_id)

    async with db.transaction() as tx:
        assert await service.release(tx, order_id=order_id, now=NOW)
        assert not await service.release(tx, order_id=order_id, now=NOW)
        with pytest.raises(ReservationExpired):
            await service.commit(tx, order_id=order_id, now=NOW)

    assert await levels(db, lamp) == [("Warehouse", 5, 0)]
    assert await moves(db, lamp) == [("receive", 5, 0), ("hold", 0, 2), ("release", 0, -2)]


async def test_of_a_commit_and_a_release_at_once_one_wins(db: Database) -> None:
    lamp = await stocked(db, units=40)
    held = [await reserve(db, {lamp: 1}) for _ in range(20)]

    async def end(reservation_id: UUID, *, sell: bool) -> bool:
        async with db.transaction() as tx:
            verb = service.commit if sell else service.release
            return await verb(tx, reservation_id=reservation_id, now=NOW)

    results = await asyncio.gather(
        *(end(one, sell=sell) for one in held for sell in (True, False)), return_exceptions=True
    )

    sold, freed = results[::2], results[1::2]
    for commit, release in zip(sold, freed, strict=True):
        assert (commit is True and isinstance(release, ReservationCommitted)) or (
            isinstance(commit, ReservationExpired) and release is True
        )
    assert await levels(db, lamp) == [("Warehouse", 40 - sold.count(True), 0)]
    assert await broken(db) == []


async def test_units_freed_while_a_buyer_waits_are_there_for_him(db: Database) -> None:
    lamp = await stocked(db, units=2)
    held = await reserve(db, {lamp: 2})

    async with db.transaction() as tx:
        await service.release(tx, reservation_id=held, now=NOW)
        buyer = asyncio.create_task(reserve(db, {lamp: 2}))
        await wait_until(lambda: somebody_waits(db), what="the buyer waits for the level")

    await buyer
    assert await levels(db, lamp) == [("Warehouse", 2, 2)]


async def test_late_money_takes_the_units_at_once_if_there_are_any(db: Database) -> None:
    lamp, order_id = await stocked(db, units=2), new_id()
    await reserve(db, {lamp: 2}, order_id=order_id)
    async with db.transaction() as tx:
        await service.release(tx, order_id=order_id, now=NOW)
        assert await service.take(tx, order_id=order_id, lines={lamp: 2}, now=LATER)
        assert not await service.take(tx, order_id=order_id, lines={lamp: 2}, now=LATER)
        assert not await service.commit(tx, order_id=order_id, now=LATER)

    assert await levels(db, lamp) == [("Warehouse", 0, 0)]
    assert (await moves(db, lamp))[-1] == ("sale", -2, 0)
    with pytest.raises(InsufficientStock):
        async with db.transaction() as tx:
            await service.take(tx, order_id=new_id(), lines={lamp: 1}, now=LATER)
    assert await broken(db) == []


async def test_a_cancelled_order_gives_its_units_back_once_to_where_they_came_from(
    db: Database,
) -> None:
    order_id = new_id()
    async with db.transaction() as tx:
        lamp = await variant(tx)
        await stock(tx, lamp, units=1, at="Shop", priority=1)
        await stock(tx, lamp, units=3, at="Depot", priority=2)
        await service.reserve(tx, lines={lamp: 3}, until=LATER, now=NOW, order_id=order_id)
        await service.commit(tx, order_id=order_id, now=NOW)

    async def give_back() -> bool:
        async with db.transaction() as tx:
            return await service.restock(tx, order_id=order_id, now=NOW)

    assert sorted(await asyncio.gather(*(give_back() for _ in range(4)))) == [0, 0, 0, 1]
    assert await levels(db, lamp) == [("Shop", 1, 0), ("Depot", 3, 0)]
    assert (await moves(db, lamp))[-1] == ("restock", 3, 0)
    assert await broken(db) == []


async def test_lines_come_back_in_parts_but_never_more_than_was_sold(db: Database) -> None:
    lamp, order_id = await stocked(db, units=5), new_id()
    async with db.transaction() as tx:
        await service.take(tx, order_id=order_id, lines={lamp: 3}, now=NOW)
        assert await service.restock(tx, order_id=order_id, lines={lamp: 2}, now=NOW)
        with pytest.raises(AlreadyReturned):
            await service.restock(tx, order_id=order_id, lines={lamp: 2}, now=NOW)
        assert await service.restock(tx, order_id=order_id, now=NOW)

    assert await levels(db, lamp) == [("Warehouse", 5, 0)]
    assert await broken(db) == []


async def test_only_reservations_without_an_order_end_by_themselves(db: Database) -> None:
    lamp = await stocked(db, units=9)
    alone = await reserve(db, {lamp: 2})
    await reserve(db, {lamp: 3}, order_id=new_id())

    async with db.transaction() as tx:
        assert await service.release_expired(tx, now=NOW) == 0
        with pytest.raises(ReservationExpired):
            await service.commit(tx, reservation_id=alone, now=LATER)
        assert await service.release_expired(tx, now=LATER) == 1
        assert await service.release_expired(tx, now=LATER) == 0

    assert await levels(db, lamp) == [("Warehouse", 9, 3)]
    assert await broken(db) == []


async def test_an_unknown_reservation_is_not_found(db: Database) -> None:
    async with db.transaction() as tx:
        for verb in (service.commit, service.release):
            with pytest.raises(NotFound):
                await verb(tx, reservation_id=new_id(), now=NOW)
        assert not await service.release(tx, order_id=new_id(), now=NOW)


@pytest.mark.parametrize("lines", [1, 50])
async def test_each_verb_is_one_statement_however_many_the_lines(db: Database, lines: int) -> None:
    async with db.transaction() as tx:
        place = await location(tx)
        basket = {await variant(tx): 1 for _ in range(lines)}
        await service.set_stock(tx, {(one, place): 2 for one in basket}, now=NOW)
        order_id, late = new_id(), new_id()

    async def count(verb: str, tx: WriteSession) -> int:
        with counted(db) as statements:
            match verb:
                case "reserve":
                    await service.reserve(tx, lines=basket, until=LATER, now=NOW, order_id=order_id)
                case "commit":
                    await service.commit(tx, order_id=order_id, now=NOW)
                case "restock":
                    await service.restock(tx, order_id=order_id, now=NOW)
                case "take":
                    await service.take(tx, order_id=late, lines=basket, now=NOW)
                case "refuse":
                    with pytest.raises(InsufficientStock):
                        await service.reserve(
                            tx, lines=dict.fromkeys(basket, 9), until=LATER, now=NOW
                        )
                case "release":
                    one = await service.reserve(tx, lines=basket, until=LATER, now=NOW)
                    await service.release(tx, reservation_id=one, now=NOW)
        return len(statements)

    verbs = ["refuse", "reserve", "commit", "restock", "release", "take"]
    async with db.transaction() as tx:
        assert [await count(verb, tx) for verb in verbs] == [1, 1, 1, 1, 2, 1]
    assert await broken(db) == []
