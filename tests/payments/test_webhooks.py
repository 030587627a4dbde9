"""Webhooks: checked over the raw body, stored once, acted on once, in any order."""

import asyncio
import json
import time

import stripe as stripe_sdk
from httpx import AsyncClient, Response
from tools.stripe_server import Behaviour, Fault, FaultKind

from sokoni.kernel.db import Database
from sokoni.kernel.worker import Worker
from sokoni.orders.states import CancelReason
from sokoni.payments.port import CardDetails, PaymentMode
from sokoni.payments.states import SessionStatus
from tests.checkout.factories import broken_laws
from tests.payments import factories as make
from tests.payments.factories import DECLINED, SECRET, TOTAL, VISA, Payments
from tests.support.statements import counted

PATH = "/api/v1/webhooks/payments/stripe"


def event(event_id: str = "evt_1", *, kind: str = "charge.updated") -> bytes:
    about = {"id": "ch_1", "object": "charge"}
    return json.dumps(
        {"id": event_id, "object": "event", "type": kind, "data": {"object": about}}
    ).encode()


def signed(body: bytes, *, secret: str = SECRET, at: int | None = None) -> dict[str, str]:
    moment = int(time.time()) if at is None else at
    signature = stripe_sdk.WebhookSignature._compute_signature(f"{moment}.{body.decode()}", secret)
    return {"Stripe-Signature": f"t={moment},v1={signature}", "Content-Type": "application/json"}


async def post(client: AsyncClient, body: bytes, headers: dict[str, str]) -> Response:
    return await client.post(PATH, content=body, headers=headers)


async def inbox(db: Database) -> list[tuple[str, bool]]:
    found = await make.rows(db, "SELECT event_id, done FROM payments.inbox ORDER BY received_at")
    return [(event_id, done) for event_id, done in found]


async def test_an_event_is_stored_once_and_answered_the_same_each_time(
    client: AsyncClient, payments: Payments, worker: Worker
) -> None:
    body = event()

    answers = [await post(client, body, signed(body)) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert [answer.json() for answer in answers] == [{"received": True}] * 3
    assert await inbox(payments.db) == [("evt_1", False)]
    await worker.until_idle()
    assert await inbox(payments.db) == [("evt_1", True)]
    assert await broken_laws(payments.db) == {}


async def test_twenty_copies_at_once_are_stored_once(
    client: AsyncClient, payments: Payments
) -> None:
    body = event()

    answers = await asyncio.gather(*(post(client, body, signed(body)) for _ in range(20)))

    assert {answer.status_code for answer in answers} == {200}
    assert await inbox(payments.db) == [("evt_1", False)]
    jobs = await make.rows(
        payments.db, "SELECT 1 FROM kernel.jobs WHERE name = 'payments.process_webhook'"
    )
    assert len(jobs) == 1


async def test_receiving_takes_one_statement_and_asks_nobody(
    client: AsyncClient, payments: Payments
) -> None:
    body = event()
    payments.server.fail(Fault(FaultKind.ERROR_BEFORE, times=None))

    with counted(payments.db) as statements:
        answer = await post(client, body, signed(body))

    assert answer.status_code == 200
    assert len(statements) == 1, statements
    assert payments.server.faults.struck == 0


async def test_what_is_not_signed_with_our_secret_a_moment_ago_is_refused(
    client: AsyncClient, payments: Payments
) -> None:
    body = event()
    refused = [
        await post(client, body, {}),
        await post(client, body, {"Stripe-Signature": "nonsense"}),
        await post(client, body, signed(body, secret="whsec_other")),
        await post(client, body, signed(body, at=int(time.time()) - 301)),
        await post(client, body + b" ", signed(body)),
        await post(client, b"\xff\xfe", {"Stripe-Signature": "t=1,v1=ab"}),
    ]

    assert [answer.status_code for answer in refused] == [400] * 6
    assert {answer.json()["type"] for answer in refused} == {"/problems/webhook-refused"}
    assert await inbox(payments.db) == []


async def test_the_short_address_is_the_configured_providers(
    client: AsyncClient, payments: Payments
) -> None:
    body = event()
    short = await client.post("/api/v1/webhooks/payments", content=body, headers=signed(body))
    unknown = await client.post(
        "/api/v1/webhooks/payments/paypal", content=body, headers=signed(body)
    )
    mock = await client.post("/api/v1/webhooks/payments/mock", content=body, headers=signed(body))

    assert [short.status_code, unknown.status_code, mock.status_code] == [200, 404, 400]
    assert await inbox(payments.db) == [("evt_1", False)]


async def test_the_inbox_keeps_no_secret_and_nothing_about_the_buyer(
    payments: Payments, worker: Worker
) -> None:
    made = await payments.unpaid()
    await payments.confirm(made)
    await payments.server.delivered()

    stored = await make.rows(payments.db, "SELECT payload::text FROM payments.inbox")

    assert stored
    for (payload,) in stored:
        assert "_secret_" not in payload
        assert "asha@example.com" not in payload


async def test_a_hosted_page_that_is_paid_pays_the_order_by_webhook(
    payments: Payments, worker: Worker
) -> None:
    made = await payments.unpaid(mode=PaymentMode.CHECKOUT)

    payments.server.pay_session(await payments.reference(made))
    await payments.server.delivered()
    await worker.until_idle()

    assert (await make.order(payments.db, made)).status == "confirmed"
    session = await make.session(payments.db, made.session_id)
    assert session.status is SessionStatus.SUCCEEDED
    assert session.reference is not None
    assert session.reference.startswith("cs_")
    assert session.capture_reference is not None
    assert session.capture_reference.startswith("ch_")
    assert all(done for _, done in await inbox(payments.db))
    assert await make.entries(payments.db) == [("capture", TOTAL)]
    assert await broken_laws(payments.db) == {}


async def test_copies_in_any_order_settle_once(payments: Payments, worker: Worker) -> None:
    payments.server.behave(Behaviour(seed=7, min_copies=2, max_copies=3, reorder=True))
    pages = [await payments.unpaid(mode=PaymentMode.CHECKOUT) for _ in range(3)]
    cards = [await payments.unpaid() for _ in range(3)]

    for made in pages:
        payments.server.pay_session(await payments.reference(made))
    for made in cards:
        await payments.confirm(made)
    await payments.server.delivered()
    await worker.until_idle()

    for made in pages + cards:
        assert (await make.order(payments.db, made)).status == "confirmed"
    assert await make.entries(payments.db) == [("capture", TOTAL)] * 6
    fees = 160 * 6
    assert (await make.balances(payments.db))["provider:stripe"] == 6 * TOTAL - fees
    assert await broken_laws(payments.db) == {}


async def test_events_that_come_newest_first_do_no_harm(payments: Payments, worker: Worker) -> None:
    payments.server.silence()
    made = await payments.unpaid()
    client = payments.providers.get("stripe")
    reference = await payments.reference(made)
    await client.confirm(reference, DECLINED, key="one")
    await client.confirm(reference, VISA, key="two")

    payments.server.flush(newest_first=True)
    await payments.server.delivered()
    await worker.until_idle()

    assert (await make.order(payments.db, made)).status == "confirmed"
    session = await make.session(payments.db, made.session_id)
    assert (session.status, session.declines) == (SessionStatus.SUCCEEDED, 0)
    assert await broken_laws(payments.db) == {}


async def test_a_decline_told_by_answer_and_webhooks_is_noted_once(
    payments: Payments, worker: Worker
) -> None:
    made = await payments.unpaid()

    asked = await payments.confirm(made, DECLINED)
    await payments.server.delivered()
    await worker.until_idle()

    assert asked.session.failure_code == "card_declined"
    session = await make.session(payments.db, made.session_id)
    assert (session.status, session.declines) == (SessionStatus.FAILED, 1)
    assert (await make.order(payments.db, made)).status == "pending"


async def test_a_buyer_who_satisfies_the_bank_has_paid(payments: Payments, worker: Worker) -> None:
    made = await payments.unpaid()
    asked = await payments.confirm(
        made, CardDetails(payment_method="pm_card_threeDSecure2Required")
    )
    assert asked.session.status is SessionStatus.REQUIRES_ACTION
    assert asked.session.url is not None

    payments.server.authenticate(await payments.reference(made))
    await payments.server.delivered()
    await worker.until_idle()

    assert (await make.order(payments.db, made)).status == "confirmed"
    assert await broken_laws(payments.db) == {}


async def test_events_about_what_is_not_ours_are_done_and_change_nothing(
    payments: Payments, worker: Worker
) -> None:
    client = payments.providers.get("stripe")
    await client.open(make.request())  # of an order that we do not have
    gone = await client.open(make.request())  # and of one that Stripe does not have any more
    del payments.server.account.objects[gone.reference]
    await payments.server.delivered()
    await worker.until_idle()

    assert all(done for _, done in await inbox(payments.db))
    dead = await make.rows(payments.db, "SELECT 1 FROM kernel.jobs WHERE state = 'dead'")
    assert dead == []


async def test_a_provider_that_is_away_is_asked_again(payments: Payments, worker: Worker) -> None:
    made = await payments.unpaid(mode=PaymentMode.CHECKOUT)
    payments.server.pay_session(await payments.reference(made))
    await payments.server.delivered()
    payments.server.fail(Fault(FaultKind.ERROR_BEFORE, times=None))

    await worker.run_jobs()
    assert (await make.order(payments.db, made)).status == "pending"
    assert any(not done for _, done in await inbox(payments.db))

    payments.server.faults.clear()
    assert await payments.reconcile() == 1
    assert (await make.order(payments.db, made)).status == "confirmed"


async def test_money_for_an_expired_page_is_kept_while_there_is_stock(
    payments: Payments, worker: Worker
) -> None:
    made = await payments.unpaid(mode=PaymentMode.CHECKOUT)
    await make.end(payments.db, made, reason=CancelReason.EXPIRED)

    payments.server.pay_session(await payments.reference(made))
    await payments.server.delivered()
    await worker.until_idle()

    assert (await make.order(payments.db, made)).status == "confirmed"
    assert await make.left(payments.db, made) == 8
    assert await broken_laws(payments.db) == {}


async def test_money_for_a_cancelled_order_goes_back_through_stripe(
    payments: Payments, worker: Worker
) -> None:
    made = await payments.unpaid(mode=PaymentMode.CHECKOUT)
    await make.end(payments.db, made, reason=CancelReason.CUSTOMER)

    payments.server.pay_session(await payments.reference(made))
    await payments.server.delivered()
    await worker.until_idle()
    await payments.server.delivered()
    await worker.until_idle()

    order = await make.order(payments.db, made)
    assert (order.status, order.payment_status) == ("cancelled", "refunded")
    movements = [(entry.kind, entry.amount) for entry in payments.server.ledger.entries]
    assert movements == [("capture", TOTAL), ("refund", TOTAL)]
    refunds = await make.rows(payments.db, "SELECT status, reason FROM payments.refunds")
    assert refunds == [("succeeded", "cancelled")]
    assert await broken_laws(payments.db) == {}
