"""A customer corrects the order that they saw, and no other."""

import pytest

from sokoni.kernel.db import Database
from sokoni.orders import service as orders
from sokoni.orders.errors import OrderCannotChange
from tests.payments import factories as make


async def test_of_two_corrections_of_one_version_the_second_is_refused(db: Database) -> None:
    made = await make.unpaid(db)
    seen = (await make.order(db, made)).version

    async def correct(note: str) -> int:
        async with db.transaction() as tx:
            return await orders.change(
                tx,
                order_id=made.order_id,
                version=seen,
                shipping_address=None,
                sets_note=True,
                note=note,
                now=make.now(),
            )

    assert await correct("Ring twice") == seen + 1
    with pytest.raises(OrderCannotChange):
        await correct("Do not ring")

    assert await make.rows(db, "SELECT note FROM orders.orders") == [("Ring twice",)]
