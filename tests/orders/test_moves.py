"""An order moves only from where its mover saw it, whatever others did meanwhile.

Flows lock the order before they look; these are the guards below that lock.
"""

import pytest
from asyncpg.exceptions import UniqueViolationError

from sokoni.kernel.db import Database, violated
from sokoni.orders import service as orders
from sokoni.orders.service import Moved
from sokoni.orders.states import CancelReason, LogState
from tests.payments import factories as make
from tests.payments.factories import Unpaid


async def confirm(db: Database, made: Unpaid, *, late: bool = False) -> Moved | None:
    async with db.transaction() as tx:
        return await orders.confirm(
            tx, order_id=made.order_id, now=make.now(), actor="provider:mock", late=late
        )


async def cancel(db: Database, made: Unpaid, *, came_from: LogState) -> Moved | None:
    async with db.transaction() as tx:
        return await orders.cancel(
            tx,
            order_id=made.order_id,
            reason=CancelReason.CUSTOMER,
            came_from=came_from,
            actor="guest",
            now=make.now(),
        )


async def status(db: Database, made: Unpaid) -> tuple[str, str]:
    order = await make.order(db, made)
    return order.status, order.payment_status


async def test_an_order_is_confirmed_once(db: Database) -> None:
    made = await make.unpaid(db)

    assert await confirm(db, made) is not None
    assert await confirm(db, made) is None

    assert await status(db, made) == ("confirmed", "paid")


@pytest.mark.parametrize("late", [False, True])
async def test_an_order_that_a_person_cancelled_is_not_confirmed(
    db: Database, *, late: bool
) -> None:
    made = await make.unpaid(db)
    await make.end(db, made, reason=CancelReason.CUSTOMER)

    assert await confirm(db, made, late=late) is None

    assert await status(db, made) == ("cancelled", "pending")


async def test_an_order_that_expired_comes_back_by_late_money_alone(db: Database) -> None:
    made = await make.unpaid(db)
    await make.end(db, made, reason=CancelReason.EXPIRED)

    assert await confirm(db, made) is None
    assert await confirm(db, made, late=True) is not None

    assert await status(db, made) == ("confirmed", "paid")


async def test_an_order_that_was_paid_meanwhile_is_not_cancelled_as_unpaid(db: Database) -> None:
    made = await make.unpaid(db)
    assert await confirm(db, made) is not None

    assert await cancel(db, made, came_from=LogState.PENDING) is None

    assert await status(db, made) == ("confirmed", "paid")


async def test_a_cart_never_has_two_living_orders(db: Database) -> None:
    first = await make.unpaid(db)

    with pytest.raises(UniqueViolationError) as caught:
        await make.unpaid(db, cart_id=first.cart_id, variant_id=first.variant_id)

    assert violated(caught.value, "one_living_order_per_cart")
