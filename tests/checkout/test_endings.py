"""Money against the end of an order: whoever comes first, it is kept once or goes back once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import text

from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database
from sokoni.kernel.ids import decode
from sokoni.kernel.worker import Worker
from sokoni.payments.mock import MockProvider
from sokoni.payments.port import CardDetails, ProviderPayment
from tests.cart.factories import FilledCart, filled, filled_at_once, goods, leave
from tests.checkout.factories import (
    bought,
    broken_laws,
    cancel,
    money,
    pay,
    rows,
    shown,
    states,
    statuses,
)
from tests.inventory.factories import available
from tests.markets import factories as markets

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
Answer = dict[str, Any]


async def unpaid(client: AsyncClient, db: Database, *, orders: int, units: int) -> list[Answer]:
    """So many pending orders of one unit each, of the same goods."""
    await markets.shop(db)
    variant_ids = await goods(db, units=units)
    carts = [await filled_at_once(db, variant_ids) for _ in range(orders)]
    return [
        await bought(client, headers={"X-Cart-Token": cart.token or ""}, card=None)
        for cart in carts
    ]


async def units_left(db: Database) -> int:
    ((left,),) = await rows(db, "SELECT on_hand - reserved FROM inventory.stock_levels")
    return int(left)


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> "Bank":
    """The mock provider, made to wait between taking the money and saying so."""
    return Bank(monkeypatch)


class Bank:
    """`await bank.took` until the money is taken; `bank.says.set()` lets the shop hear of it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.took, self.says = asyncio.Event(), asyncio.Event()
        confirm = MockProvider.confirm

        async def slow_confirm(
            provider: MockProvider, reference: str, card: CardDetails, **how: Any
        ) -> ProviderPayment:
            found = await confirm(provider, reference, card, **how)
            self.took.set()
            await self.says.wait()
            return found

        monkeypatch.setattr(MockProvider, "confirm", slow_confirm)

    async def meanwhile(
        self, payment: Awaitable[Response], happens: Callable[[], Awaitable[object]]
    ) -> Response:
        """Let something happen while the money is at the bank."""
        paying = asyncio.ensure_future(payment)
        await self.took.wait()
        await happens()
        self.says.set()
        return await paying


async def test_a_paid_order_that_is_cancelled_is_refunded_whole_and_its_units_come_back(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    cart = await filled(client, db, quantity=2, units=5)
    answer = await bought(client, cart)

    first, second = await cancel(client, answer), await cancel(client, answer)

    assert statuses([first, second]) == {200: 2}
    assert first.json()["status"] == second.json()["status"] == "cancelled"
    assert first.json()["payment_status"] == "refunded"
    assert first.json()["cancel_reason"] == "customer"
    await worker.until_idle()
    assert await rows(db, "SELECT amount, status FROM payments.refunds") == [(4488, "succeeded")]
    assert await available(db, cart.variant_ids[0]) == 5
    assert await broken_laws(db) == {}


async def test_money_that_comes_after_the_cancellation_goes_back(
    client: AsyncClient, db: Database, worker: Worker, bank: Bank
) -> None:
    (answer,) = await unpaid(client, db, orders=1, units=5)

    paid = await bank.meanwhile(pay(client, answer), lambda: cancel(client, answer))

    assert paid.json()["status"] == "succeeded"
    order = await shown(client, answer)
    assert (order["status"], order["payment_status"]) == ("cancelled", "refunded")
    await worker.until_idle()
    assert await rows(db, "SELECT reason, status FROM payments.refunds") == [
        ("cancelled", "succeeded")
    ]
    assert await money(db) == {"capture": 1, "refund": 1}
    assert await units_left(db) == 5
    assert await broken_laws(db) == {}


async def test_a_cancelled_order_is_not_paid_any_more(client: AsyncClient, db: Database) -> None:
    (answer,) = await unpaid(client, db, orders=1, units=5)
    await cancel(client, answer)

    refused = await pay(client, answer)

    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/payment-closed"
    assert await money(db) == {}


async def test_cancellations_race_settlements_and_each_ends_in_one_of_two_ways(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    answers = await unpaid(client, db, orders=24, units=24)
    acts = [act for answer in answers for act in (pay(client, answer), cancel(client, answer))]
    Random(3).shuffle(acts)

    said = await asyncio.gather(*acts)
    await worker.until_idle()

    assert statuses(said).keys() <= {200, 409}
    assert await states(db) == {"cancelled": 24}
    found = await money(db)
    assert found.get("capture", 0) == found.get("refund", 0)
    assert await units_left(db) == 24
    assert await broken_laws(db) == {}


async def test_this_bench_keeps_money_for_nothing_without_the_orders_lock(
    client: AsyncClient, db: Database
) -> None:
    """The control: both look at a pending order, one takes the money, the other cancels."""
    (answer,) = await unpaid(client, db, orders=1, units=5)
    values = {
        "order_id": decode("ord", answer["order"]["id"]),
        "session_id": decode("pay", answer["payment"]["id"]),
    }
    both_looked = asyncio.Barrier(2)

    async def naively(write: str) -> None:
        async with db.transaction() as tx:
            find = text("SELECT state FROM orders.orders WHERE id = :order_id")
            if await tx.scalar(find, {"order_id": values["order_id"]}) == "pending":
                await both_looked.wait()
                await tx.execute(text(write), values)

    await asyncio.gather(
        naively(
            "INSERT INTO payments.entries (id, order_id, session_id, provider, kind, amount,"
            " currency, reference, at) SELECT gen_random_uuid(), :order_id, :session_id, 'mock',"
            " 'capture', 2489, 'EUR', 'ch_1', now()"
        ),
        naively(
            "UPDATE orders.orders SET state = 'cancelled', cancel_reason = 'customer'"
            " WHERE id = :order_id AND CAST(:session_id AS uuid) IS NOT NULL"
        ),
    )

    assert (await broken_laws(db))["dead-is-net-zero"] == (answer["order"]["id"],)


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


async def test_of_two_payments_of_one_order_the_second_goes_back_whole(
    client: AsyncClient, db: Database, worker: Worker, bank: Bank
) -> None:
    cart = await filled(client, db, quantity=1, units=5)
    first = await bought(client, cart, card=None)
    again: list[Response] = []

    async def another_try() -> None:
        bank.says.set()  # this one's bank is quick; the first's has said yes, unheard
        opened = await client.post(
            "/api/v1/payments/sessions",
            json={"order_id": first["order"]["id"], "mode": "intent"},
            headers={**cart.headers, "Idempotency-Key": "another-try"},
        )
        assert opened.status_code == 201, opened.text
        again.append(await pay(client, {**first, "payment": opened.json()}))

    unheard = asyncio.Event()
    hear, bank.says = bank.says, unheard
    paying = asyncio.ensure_future(pay(client, first))
    await bank.took.wait()
    bank.says = hear
    await another_try()
    unheard.set()
    late = await paying
    await worker.until_idle()

    assert again[0].json()["status"] == late.json()["status"] == "succeeded"
    order = await shown(client, first)
    assert (order["status"], order["payment_status"]) == ("confirmed", "paid")
    assert await rows(db, "SELECT reason, is_stray, status FROM payments.refunds") == [
        ("second-payment", True, "succeeded")
    ]
    assert await rows(db, "SELECT kind, amount FROM audit_views.audit_money") == [
        ("capture", order["totals"]["grand_total"]["amount"])
    ]
    assert await available(db, cart.variant_ids[0]) == 4
    assert await broken_laws(db) == {}


async def test_two_more_tries_at_once_leave_one_payment_open(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    cart = await filled(client, db, quantity=1)
    first = await bought(client, cart, card=None)

    tries = await asyncio.gather(*(another(client, cart, first) for _ in range(6)))

    assert statuses(tries).keys() <= {201, 409}
    assert statuses(tries)[201] >= 1
    found = await rows(db, "SELECT status, count(*) FROM payments.sessions GROUP BY status")
    assert dict(found)["pending"] == 1
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def another(client: AsyncClient, cart: FilledCart, answer: Answer) -> Response:
    return await client.post(
        "/api/v1/payments/sessions",
        json={"order_id": answer["order"]["id"], "mode": "intent"},
        headers={**cart.headers, "Idempotency-Key": str(uuid4())},
    )
