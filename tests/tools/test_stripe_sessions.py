"""Checkout sessions: what the API refuses, the hosted page, expiry, 3-D Secure, bank debits."""

import json
from typing import Any

import httpx
import pytest
import stripe
from tools.stripe_server import StripeError, StripeServer

from tests.tools.annotations import problems
from tests.tools.conftest import QUIET, Inbox

pytestmark = pytest.mark.filterwarnings(QUIET)
SUCCESS = "http://shop.test/done?session={CHECKOUT_SESSION_ID}"


def lines(*amounts: int, currency: str = "eur") -> list[Any]:
    return [
        {
            "price_data": {
                "currency": currency,
                "unit_amount": amount,
                "product_data": {"name": "Lamp <small>"},
            },
            "quantity": 2,
        }
        for amount in amounts
    ]


async def opened(sdk: stripe.StripeClient, **more: Any) -> stripe.checkout.Session:
    params: Any = {"mode": "payment", "success_url": SUCCESS, "line_items": lines(700, 250)}
    return await sdk.v1.checkout.sessions.create_async(params | more)


async def test_a_buyer_pays_on_the_hosted_page(
    sdk: stripe.StripeClient, stripe_server: StripeServer, inbox: Inbox
) -> None:
    session = await opened(
        sdk,
        cancel_url="http://shop.test/cart",
        client_reference_id="ord_1",
        metadata={"order_id": "ord_1"},
        payment_intent_data={"metadata": {"order_id": "ord_1"}},
    )
    assert (session.amount_total, session.currency, session.status) == (1900, "eur", "open")
    assert (session.payment_intent, session.payment_status) == (None, "unpaid")
    assert session.url == f"{stripe_server.url}/c/pay/{session.id}"

    async with httpx.AsyncClient() as browser:
        page = await browser.get(session.url)
        declined = await browser.post(session.url, data={"number": "4000 0000 0000 9995"})
        left = await browser.post(session.url, data={"number": "4242 4242 4242 4242"})
        late = await browser.get(session.url)
    for text in ("19.00 EUR", "Lamp &lt;small&gt;", "http://shop.test/cart"):
        assert text in page.text
    assert "Your card has insufficient funds." in declined.text
    assert left.status_code == 303
    assert left.headers["location"] == f"http://shop.test/done?session={session.id}"
    assert "complete already" in late.text

    paid: Any = await sdk.v1.checkout.sessions.retrieve_async(
        session.id, {"expand": ["payment_intent.latest_charge", "line_items"]}
    )
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert paid.payment_intent.latest_charge.amount_captured == 1900
    assert problems(json.loads(paid.last_response.body)) == []
    assert [item.amount_total for item in paid.line_items.data] == [1400, 500]
    assert [entry.metadata for entry in stripe_server.ledger.entries] == [{"order_id": "ord_1"}]
    await stripe_server.delivered()
    assert inbox.types == [
        "payment_intent.created",
        "charge.failed",
        "payment_intent.payment_failed",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]


async def test_shipping_is_part_of_the_total(sdk: stripe.StripeClient) -> None:
    rate = {
        "display_name": "Courier",
        "type": "fixed_amount",
        "fixed_amount": {"amount": 490, "currency": "eur"},
    }
    session: Any = await opened(sdk, shipping_options=[{"shipping_rate_data": rate}])
    assert (session.amount_subtotal, session.amount_total) == (1900, 2390)
    assert session.total_details.amount_shipping == session.shipping_cost.amount_total == 490


@pytest.mark.parametrize(
    ("more", "param"),
    [
        ({"line_items": []}, "line_items"),
        ({"line_items": [{"price": "price_1", "quantity": 1}]}, "line_items[0][price]"),
        ({"line_items": [*lines(700), *lines(9, currency="usd")]}, "line_items"),
        ({"line_items": lines(10)}, "line_items"),
        ({"success_url": "done"}, "success_url"),
        ({"success_url": ""}, "success_url"),
        ({"mode": "subscription"}, "mode"),
        ({"line_items": [{"quantity": 1}]}, "line_items[0][price_data][currency]"),
        ({"metadata": {"k" * 41: "v"}}, "metadata"),
        ({"line_items": {"first": lines(700)[0]}}, "line_items"),
        ({"locale": "de", "colour": "red"}, "colour"),
    ],
)
async def test_a_session_that_stripe_would_refuse_is_refused(
    sdk: stripe.StripeClient, stripe_server: StripeServer, more: Any, param: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await opened(sdk, **more)
    assert caught.value.param == param
    assert stripe_server.account.all("checkout.session") == []


async def test_a_session_lives_between_half_an_hour_and_a_day(
    sdk: stripe.StripeClient, stripe_server: StripeServer, inbox: Inbox
) -> None:
    now = stripe_server.now
    for seconds in (29 * 60 - 5, 24 * 3600 + 65):
        with pytest.raises(stripe.InvalidRequestError, match="expires_at"):
            await opened(sdk, expires_at=now + seconds)
    assert (await opened(sdk)).expires_at == pytest.approx(now + 24 * 3600, abs=5)

    session = await opened(sdk, expires_at=now + 30 * 60)
    stripe_server.advance(30 * 60 - 20)
    assert (await sdk.v1.checkout.sessions.retrieve_async(session.id)).status == "open"
    stripe_server.advance(30)
    gone = await sdk.v1.checkout.sessions.retrieve_async(session.id)
    async with httpx.AsyncClient() as browser:
        page = await browser.post(str(session.url), data={"number": "4242424242424242"})

    assert (gone.status, gone.payment_status, gone.url) == ("expired", "unpaid", None)
    assert page.status_code == 410
    assert stripe_server.ledger.entries == ()
    await stripe_server.delivered()
    assert inbox.types == ["checkout.session.expired"]


async def test_an_expired_session_takes_its_payment_intent_with_it(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    session = await opened(sdk)
    with pytest.raises(StripeError, match="declined"):
        stripe_server.pay_session(session.id, number="4000000000000002")
    gone: Any = await sdk.v1.checkout.sessions.expire_async(
        session.id, {"expand": ["payment_intent"]}
    )
    assert (gone.status, gone.payment_intent.status) == ("expired", "canceled")
    with pytest.raises(stripe.InvalidRequestError, match="can be expired"):
        await sdk.v1.checkout.sessions.expire_async(session.id)


async def test_a_paid_session_cannot_expire(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    session = await opened(sdk)
    stripe_server.pay_session(session.id)
    with pytest.raises(stripe.InvalidRequestError, match="status of complete"):
        await sdk.v1.checkout.sessions.expire_async(session.id)
    stripe_server.advance(25 * 3600)
    kept = await sdk.v1.checkout.sessions.retrieve_async(session.id)
    assert (kept.status, kept.payment_status) == ("complete", "paid")


async def test_the_intent_of_a_session_is_not_cancelled_alone(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    session = await opened(sdk)
    stripe_server.pay_session(session.id, number="4000002760003184")
    waiting = await sdk.v1.checkout.sessions.retrieve_async(session.id)
    with pytest.raises(stripe.InvalidRequestError, match="Expire the Checkout Session"):
        await sdk.v1.payment_intents.cancel_async(str(waiting.payment_intent))


async def test_the_bank_asks_before_a_session_is_paid(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    session = await opened(sdk)
    async with httpx.AsyncClient() as browser:
        asked = await browser.post(str(session.url), data={"number": "4000002760003184"})
        bank = asked.headers["location"]
        assert bank.startswith(f"{stripe_server.url}/3ds/pi_")
        failed = await browser.post(bank, data={"outcome": "fail"})
        page = await browser.get(failed.headers["location"])
        assert "failed authentication" in page.text
        again = await browser.post(str(session.url), data={"number": "4000002760003184"})
        done = await browser.post(again.headers["location"], data={"outcome": "complete"})
        repeated = await browser.post(again.headers["location"], data={"outcome": "complete"})
    assert done.headers["location"] == f"http://shop.test/done?session={session.id}"
    assert repeated.status_code == 410
    assert [entry.amount for entry in stripe_server.ledger.entries] == [1900]


@pytest.mark.parametrize(
    ("iban", "captured"), [("DE89370400440532013000", 1900), ("DE62370400440532013001", 0)]
)
async def test_a_bank_debit_is_known_later(
    sdk: stripe.StripeClient, stripe_server: StripeServer, iban: str, captured: int
) -> None:
    session = await opened(sdk, payment_method_types=["card", "sepa_debit"])
    stripe_server.pay_session(session.id, iban=iban)
    before = await sdk.v1.checkout.sessions.retrieve_async(session.id)
    assert (before.status, before.payment_status) == ("complete", "unpaid")
    stripe_server.advance(5)
    after = await sdk.v1.checkout.sessions.retrieve_async(session.id)

    status, outcome = ("paid", "succeeded") if captured else ("unpaid", "failed")
    assert (after.status, after.payment_status) == ("complete", status)
    assert stripe_server.ledger.captured(str(after.payment_intent)) == captured
    types = [event["type"] for event in stripe_server.events]
    assert types[1:4] == [
        "charge.pending",
        "payment_intent.processing",
        "checkout.session.completed",
    ]
    assert types[-1] == f"checkout.session.async_payment_{outcome}"


async def test_sessions_are_found_by_their_payment(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    session, other = await opened(sdk), await opened(sdk)
    stripe_server.pay_session(session.id)
    intent = (await sdk.v1.checkout.sessions.retrieve_async(session.id)).payment_intent
    found = await sdk.v1.checkout.sessions.list_async({"payment_intent": str(intent)})
    still = await sdk.v1.checkout.sessions.list_async({"status": "open"})
    items = await sdk.v1.checkout.sessions.line_items.list_async(session.id)
    assert [item.id for item in found.data] == [session.id]
    assert [item.id for item in still.data] == [other.id]
    assert [item.quantity for item in items.data] == [2, 2]
