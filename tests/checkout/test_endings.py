"""Money against cancellation and a second payment: it is kept once or goes back once."""

import asyncio
from random import Random
from uuid import uuid4

from httpx import AsyncClient, Response
from sqlalchemy import text

from sokoni.kernel.db import Database
from sokoni.kernel.ids import decode
from sokoni.kernel.worker import Worker
from tests.cart.factories import FilledCart, filled
from tests.checkout.conftest import Bank
from tests.checkout.factories import (
    Answer,
    bought,
    broken_laws,
    cancel,
    money,
    pay,
    rows,
    shown,
    states,
    statuses,
    units_left,
    unpaid,
)
from tests.inventory.factories import available


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
