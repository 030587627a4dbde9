"""Another try to pay: the earlier one is closed at its provider first, or found paid."""

import asyncio
from datetime import timedelta

import pytest
from httpx import AsyncClient
from tools.stripe_server import Fault, FaultKind

from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode
from sokoni.kernel.settings import Settings
from sokoni.kernel.worker import Worker
from sokoni.orders.states import CancelReason
from sokoni.payments.port import PaymentMode
from tests.checkout.factories import broken_laws
from tests.payments import factories as make
from tests.payments.factories import Payments
from tests.payments.over_http import again, token


async def test_another_try_cancels_the_earlier_one_at_the_provider_first(
    client: AsyncClient, payments: Payments, settings: Settings, worker: Worker
) -> None:
    made = await payments.unpaid(mode=PaymentMode.CHECKOUT)
    mine = token(settings, made)

    answer = await again(client, made, mine, mode="checkout", provider="stripe")

    assert answer.status_code == 201
    fresh = answer.json()
    assert fresh["id"] != encode("pay", made.session_id)
    assert fresh["status"] == "pending"
    first, second = payments.server.account.all("checkout.session")
    assert first["status"] == "expired"
    assert fresh["url"] == second["url"]

    payments.server.pay_session(second["id"])
    await payments.server.delivered()
    await worker.until_idle()
    assert (await make.order(payments.db, made)).status == "confirmed"
    assert await broken_laws(payments.db) == {}


async def test_another_try_for_an_order_that_turns_out_paid_settles_it_instead(
    client: AsyncClient, payments: Payments, settings: Settings, worker: Worker
) -> None:
    payments.server.silence()
    made = await payments.unpaid(mode=PaymentMode.CHECKOUT)
    payments.server.pay_session(await payments.reference(made))

    answer = await again(client, made, token(settings, made))

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/already-paid"
    assert (await make.order(payments.db, made)).status == "confirmed"
    await worker.until_idle()
    assert await broken_laws(payments.db) == {}


async def test_a_repeated_try_is_the_same_try(
    client: AsyncClient, payments: Payments, settings: Settings
) -> None:
    made = await payments.unpaid()
    mine = token(settings, made)

    first = await again(client, made, mine, key="k1")
    repeated = await again(client, made, mine, key="k1")

    assert first.json()["client_secret"] is not None
    assert repeated.json() == first.json()
    assert repeated.headers["Idempotency-Replayed"] == "true"
    assert len(payments.server.account.all("payment_intent")) == 2


async def test_of_ten_other_tries_at_once_one_can_be_paid(
    client: AsyncClient, payments: Payments, settings: Settings
) -> None:
    made = await payments.unpaid()
    mine = token(settings, made)

    answers = await asyncio.gather(*(again(client, made, mine) for _ in range(10)))

    assert {answer.status_code for answer in answers} <= {201, 409}
    payable = [
        intent
        for intent in payments.server.account.all("payment_intent")
        if intent["status"] != "canceled"
    ]
    assert len(payable) == 1
    open_sessions = await make.rows(
        payments.db, "SELECT 1 FROM payments.sessions WHERE status = 'pending'"
    )
    assert len(open_sessions) == 1


async def test_an_opening_that_nobody_answered_is_completed_by_the_same_key(
    client: AsyncClient, payments: Payments, settings: Settings
) -> None:
    made = await make.unpaid(payments.db, provider="mock")
    mine = token(settings, made)
    payments.server.fail(Fault(FaultKind.ERROR_BEFORE, times=2, status=503))

    unknown = await again(client, made, mine, key="k1", provider="stripe")
    assert unknown.status_code == 201
    assert (unknown.json()["status"], unknown.json()["client_secret"]) == ("pending", None)

    known = await again(client, made, mine, key="k1", provider="stripe")
    assert known.status_code == 201
    assert known.json()["client_secret"] is not None
    assert len(payments.server.account.all("payment_intent")) == 1


@pytest.mark.parametrize("reason", [CancelReason.CUSTOMER, CancelReason.EXPIRED])
async def test_an_order_that_is_over_takes_no_other_payment(
    client: AsyncClient, db: Database, settings: Settings, reason: CancelReason
) -> None:
    made = await make.unpaid(db)
    await make.end(db, made, reason=reason)

    answer = await again(client, made, token(settings, made), provider="mock")

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/payment-closed"


async def test_an_order_past_its_hold_takes_no_other_payment(
    client: AsyncClient, db: Database, settings: Settings, clock: ShiftedClock
) -> None:
    made = await make.unpaid(db)
    clock.advance(timedelta(minutes=31))

    answer = await again(client, made, token(settings, made), provider="mock")

    assert answer.json()["type"] == "/problems/payment-closed"


async def test_an_unknown_provider_is_refused(
    client: AsyncClient, db: Database, settings: Settings
) -> None:
    made = await make.unpaid(db)
    answer = await again(client, made, token(settings, made), provider="paypal")
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/provider-unknown"
