"""Whatever happens at once, in whatever order, the books of stock balance."""

import asyncio
from random import Random
from uuid import UUID

from sokoni.inventory import service
from sokoni.inventory.errors import (
    AlreadyReserved,
    BelowReserved,
    InsufficientStock,
    ReservationCommitted,
    ReservationExpired,
)
from sokoni.kernel.db import Database, RetryTransaction
from sokoni.kernel.errors import NotFound
from sokoni.kernel.ids import new_id
from tests.inventory.books import broken
from tests.inventory.factories import LATER, NOW, location, variant


async def test_the_books_balance_after_a_storm(db: Database) -> None:
    random = Random(7)
    async with db.transaction() as tx:
        near, far = await location(tx), await location(tx, name="Depot", priority=1)
        variants = [await variant(tx) for _ in range(4)]
        await service.set_stock(
            tx, {(one, place): 30 for one in variants for place in (near, far)}, now=NOW
        )
    orders = [new_id() for _ in range(12)]
    loose: list[UUID] = []

    async def act(step: int) -> None:
        order_id = random.choice(orders)
        lines = {one: random.randint(1, 4) for one in random.sample(variants, 3)}
        level = (random.choice(variants), random.choice([near, far]))
        async with db.transaction() as tx:
            match random.randrange(10):
                case 0 | 1:
                    await service.reserve(tx, lines=lines, until=LATER, now=NOW, order_id=order_id)
                case 2:
                    loose.append(await service.reserve(tx, lines=lines, until=LATER, now=NOW))
                case 3:
                    await service.commit(tx, order_id=order_id, now=NOW)
                case 4:
                    await service.release(tx, order_id=order_id, now=NOW)
                case 5:
                    verb = service.commit if step % 2 else service.release
                    await verb(tx, reservation_id=random.choice(loose or orders), now=NOW)
                case 6:
                    await service.take(tx, order_id=order_id, lines=lines, now=NOW)
                case 7:
                    await service.restock(tx, order_id=order_id, now=NOW)
                case 8:
                    await service.release_expired(tx, now=LATER, limit=2)
                case _:
                    await service.adjust(
                        tx,
                        variant_id=level[0],
                        location_id=level[1],
                        delta=random.choice([-5, -1, 3]),
                        now=NOW,
                    )

    results = await asyncio.gather(*(act(step) for step in range(300)), return_exceptions=True)

    refusals = (
        InsufficientStock,
        ReservationExpired,
        ReservationCommitted,
        AlreadyReserved,
        BelowReserved,
        NotFound,
        RetryTransaction,
    )
    assert [one for one in results if one is not None and not isinstance(one, refusals)] == []
    assert sum(one is None for one in results) > 100
    assert await broken(db) == []
