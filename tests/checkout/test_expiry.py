"""The hold ends: order, payment and reservation with it, and money that comes later."""

import asyncio
from datetime import timedelta

from httpx import AsyncClient
from sqlalchemy import text

from sokoni.checkout import flows
from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database
from sokoni.kernel.ids import decode
from sokoni.kernel.settings import asyncpg_url
from sokoni.kernel.worker import Worker
from tests.cart.factories import filled, leave
from tests.checkout.conftest import Bank
from tests.checkout.factories import (
    Answer,
    bought,
    broken_laws,
    money,
    pay,
    rows,
    shown,
    states,
    units_left,
    unpaid,
)

HOLD = timedelta(seconds=1801)

LATE_SALE = (
    "UPDATE inventory.stock_levels SET on_hand = :left",
    """
    INSERT INTO inventory.movements
           (id, variant_id, location_id, d_on_hand, d_reserved, reason, order_id, at)
    SELECT gen_random_uuid(), variant_id, location_id, -1, 0, 'sale', :order_id, now()
      FROM inventory.stock_levels
    """,
    """
    UPDATE orders.orders SET state = 'confirmed', payment_status = 'paid', cancel_reason = NULL
     WHERE id = :order_id
    """,
)


async def test_the_hold_ends_and_with_it_order_payment_and_reservation(
    client: AsyncClient, db: Database, worker: Worker, clock: ShiftedClock
) -> None:
    (answer,) = await unpaid(client, db, orders=1, units=1)
    assert await units_left(db) == 0

    clock.advance(HOLD)
    await worker.until_idle()

    order = await shown(client, answer)
    assert (order["status"], order["cancel_reason"]) == ("cancelled", "expired")
    assert [payment["status"] for payment in order["payments"]] == ["expired"]
    assert order["expires_at"] is None
    assert await units_left(db) == 1
    found = await rows(db, "SELECT topic, payload ->> 'reason', state FROM kernel.outbox")
    assert ("order.cancelled", "expired", "sent") in found
    assert await broken_laws(db) == {}


async def test_an_order_that_somebody_keeps_locked_does_not_hold_up_the_others(
    client: AsyncClient, db: Database, database_url: str, clock: ShiftedClock
) -> None:
    first, second = await unpaid(client, db, orders=2, units=2)
    clock.advance(HOLD)
    locked = "SELECT FROM orders.orders WHERE id = :id FOR UPDATE"
    hurried = Database(asyncpg_url(database_url), pool_size=2, lock_timeout_ms=50)
    try:
        async with db.transaction() as tx:
            await tx.execute(text(locked), {"id": decode("ord", first["order"]["id"])})
            assert await flows.expire(hurried, now=clock.now()) == 1
    finally:
        await hurried.close()

    assert (await shown(client, first))["status"] == "pending"
    assert (await shown(client, second))["cancel_reason"] == "expired"
    assert await flows.expire(db, now=clock.now()) == 1


async def test_a_decline_keeps_the_hold_and_does_not_lengthen_it(
    client: AsyncClient, db: Database, worker: Worker, clock: ShiftedClock
) -> None:
    (answer,) = await unpaid(client, db, orders=1, units=1)
    clock.advance(HOLD - timedelta(seconds=30))
    declined = await pay(client, answer, card="4000000000009995")
    await worker.until_idle()

    assert declined.json()["status"] == "failed"
    assert declined.json()["failure"]["code"] == "insufficient_funds"
    assert (await shown(client, answer))["status"] == "pending"
    assert await units_left(db) == 0

    clock.advance(timedelta(seconds=30))
    await worker.until_idle()
    assert (await shown(client, answer))["cancel_reason"] == "expired"
    assert await units_left(db) == 1
    assert await broken_laws(db) == {}


async def test_an_expired_payment_is_not_confirmed_any_more(
    client: AsyncClient, db: Database, worker: Worker, clock: ShiftedClock
) -> None:
    (answer,) = await unpaid(client, db, orders=1, units=1)
    clock.advance(HOLD)
    await worker.until_idle()

    refused = await pay(client, answer)

    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/payment-closed"
    assert refused.json()["status_now"] == "expired"
    assert await money(db) == {}
    assert await broken_laws(db) == {}


async def test_an_expired_cart_is_checked_out_anew(
    client: AsyncClient, db: Database, worker: Worker, clock: ShiftedClock
) -> None:
    cart = await filled(client, db, quantity=1, units=1)
    first = await bought(client, cart, card=None)
    clock.advance(HOLD)

    second = await bought(client, cart)
    await worker.until_idle()

    assert second["order"]["id"] != first["order"]["id"]
    assert (await shown(client, first))["cancel_reason"] == "expired"
    assert await states(db) == {"cancelled": 1, "confirmed": 1}
    assert await broken_laws(db) == {}


async def test_late_money_brings_the_order_back_while_its_stock_is_there(
    client: AsyncClient, db: Database, worker: Worker, clock: ShiftedClock, bank: Bank
) -> None:
    (answer,) = await unpaid(client, db, orders=1, units=1)

    async def time_passes() -> None:
        clock.advance(HOLD)
        await worker.until_idle()
        assert (await shown(client, answer))["cancel_reason"] == "expired"

    await bank.meanwhile(pay(client, answer), time_passes)
    await worker.until_idle()

    order = await shown(client, answer)
    assert (order["status"], order["payment_status"]) == ("confirmed", "paid")
    assert order["cancel_reason"] is None
    assert await money(db) == {"capture": 1}
    assert await units_left(db) == 0
    assert await broken_laws(db) == {}


async def test_late_money_goes_back_once_when_the_stock_is_gone(
    client: AsyncClient, db: Database, worker: Worker, clock: ShiftedClock, bank: Bank
) -> None:
    (answer,) = await unpaid(client, db, orders=1, units=1)
    ((variant_id,),) = await rows(db, "SELECT variant_id FROM orders.lines")

    async def time_passes() -> None:
        clock.advance(HOLD)
        await worker.until_idle()
        await leave(db, variant_id, units=0)

    await bank.meanwhile(pay(client, answer), time_passes)
    await worker.until_idle()

    order = await shown(client, answer)
    assert (order["status"], order["payment_status"]) == ("cancelled", "refunded")
    assert await rows(db, "SELECT reason, status FROM payments.refunds") == [("late", "succeeded")]
    assert await money(db) == {"capture": 1, "refund": 1}
    told = await rows(db, "SELECT count(*) FROM kernel.outbox WHERE topic = 'order.refund_started'")
    assert told == [(1,)]
    assert await broken_laws(db) == {}


async def test_this_bench_sells_the_last_unit_twice_without_the_conditional_take(
    client: AsyncClient, db: Database, worker: Worker, clock: ShiftedClock
) -> None:
    """The control: the money of two expired orders comes late, and both see the one unit left."""
    answers = await unpaid(client, db, orders=2, units=2)
    query = "SELECT DISTINCT variant_id, sku FROM orders.lines"
    ((variant_id, sku),) = await rows(db, query)
    clock.advance(HOLD)
    await worker.until_idle()
    await leave(db, variant_id, units=1)
    assert await broken_laws(db) == {}
    both_looked = asyncio.Barrier(2)

    async def naively_accept(answer: Answer) -> None:
        order_id = decode("ord", answer["order"]["id"])
        async with db.transaction() as tx:
            find = text("SELECT on_hand - reserved FROM inventory.stock_levels")
            left = await tx.scalar(find)
            await both_looked.wait()
            if left == 1:
                for write in LATE_SALE:
                    await tx.execute(text(write), {"order_id": order_id, "left": left - 1})

    await asyncio.gather(*(naively_accept(answer) for answer in answers))

    assert await states(db) == {"confirmed": 2}
    assert await units_left(db) == 0
    assert (await broken_laws(db))["on-hand-is-its-movements"] == (f"{sku} Warehouse",)


async def test_expiry_races_settlement_and_no_unit_is_promised_twice(
    client: AsyncClient, db: Database, worker: Worker, clock: ShiftedClock
) -> None:
    answers = await unpaid(client, db, orders=24, units=24)
    clock.advance(HOLD)

    await asyncio.gather(worker.until_idle(), *(pay(client, answer) for answer in answers))
    await worker.until_idle()

    found = await states(db)
    confirmed = found.get("confirmed", 0)
    assert found.get("cancelled", 0) == 24 - confirmed
    assert await money(db) == ({"capture": confirmed} if confirmed else {})
    assert await units_left(db) == 24 - confirmed
    assert await broken_laws(db) == {}
