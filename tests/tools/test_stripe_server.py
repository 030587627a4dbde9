"""The Stripe server answers the official SDK as Stripe does: payment intents, refunds, errors."""

from typing import Any

import httpx
import pytest
import stripe
from tools.stripe_server import Entry, EntryKind, StripeServer
from tools.stripe_server.cards import CARDS

from tests.tools.annotations import error_problems
from tests.tools.conftest import QUIET

pytestmark = pytest.mark.filterwarnings(QUIET)
PAGELESS = {"enabled": True, "allow_redirects": "never"}
BACK = "http://shop.test/back"
DECLINED = [card for card in CARDS if card.decline]


async def paid(
    sdk: stripe.StripeClient, *, card: str = "pm_card_visa", amount: int = 1999, **more: Any
) -> stripe.PaymentIntent:
    params: Any = {"amount": amount, "currency": "eur", "automatic_payment_methods": PAGELESS}
    return await sdk.v1.payment_intents.create_async(
        params | {"confirm": True, "payment_method": card} | more
    )


async def test_a_payment_is_captured_with_its_charge_and_fee(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    intent = await paid(sdk, metadata={"order_id": "ord_1"}, expand=["latest_charge"])
    found = await sdk.v1.payment_intents.retrieve_async(
        intent.id, {"expand": ["latest_charge.balance_transaction"]}
    )

    assert (intent.status, intent.amount_received) == ("succeeded", 1999)
    charge: Any = found.latest_charge
    assert (charge.paid, charge.captured, charge.amount_captured) == (True, True, 1999)
    assert (charge.balance_transaction.fee, charge.balance_transaction.net) == (88, 1911)
    assert stripe_server.ledger.entries == (
        Entry(
            kind=EntryKind.CAPTURE,
            at=stripe_server.ledger.entries[0].at,
            payment_intent=intent.id,
            charge=charge.id,
            amount=1999,
            currency="eur",
            metadata={"order_id": "ord_1"},
        ),
    )


@pytest.mark.parametrize("card", DECLINED, ids=lambda card: card.token)
async def test_every_declining_card_says_why(
    sdk: stripe.StripeClient, stripe_server: StripeServer, card: Any
) -> None:
    intent = await sdk.v1.payment_intents.create_async({"amount": 500, "currency": "usd"})
    confirm: Any = {"payment_method": f"pm_card_{card.token}", "return_url": BACK}
    if card.authentication:
        await sdk.v1.payment_intents.confirm_async(intent.id, confirm)
        stripe_server.authenticate(intent.id)
    else:
        with pytest.raises(stripe.CardError) as caught:
            await sdk.v1.payment_intents.confirm_async(intent.id, confirm)
        error: Any = caught.value.error
        assert (error.code, error.decline_code) == (card.decline.code, card.decline.decline_code)
        assert error.payment_intent.id == intent.id
        assert error_problems(caught.value.json_body) == []

    after: Any = await sdk.v1.payment_intents.retrieve_async(intent.id)
    assert after.status == "requires_payment_method"
    assert after.last_payment_error.decline_code == card.decline.decline_code
    assert stripe_server.ledger.entries == ()


@pytest.mark.parametrize(
    "card", [card for card in CARDS if not card.decline], ids=lambda c: c.token
)
async def test_every_other_card_pays(
    sdk: stripe.StripeClient, stripe_server: StripeServer, card: Any
) -> None:
    method: Any = {"type": "card", "card": {"number": card.number}}
    intent = await sdk.v1.payment_intents.create_async(
        {
            "amount": 500,
            "currency": "usd",
            "confirm": True,
            "return_url": BACK,
            "payment_method_data": method,
        }
    )
    assert intent.status == ("requires_action" if card.authentication else "succeeded")
    if card.authentication:
        assert stripe_server.authenticate(intent.id, passed=True) == (
            f"{BACK}?payment_intent={intent.id}"
            f"&payment_intent_client_secret={intent.client_secret}&redirect_status=succeeded"
        )
    assert stripe_server.ledger.captured(intent.id) == 500


async def test_a_failed_authentication_can_be_tried_again(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    always = "pm_card_authenticationRequired"
    asked: Any = await paid(
        sdk, card=always, automatic_payment_methods={"enabled": True}, return_url=BACK
    )
    async with httpx.AsyncClient() as browser:
        page = await browser.get(asked.next_action.redirect_to_url.url)
        left = await browser.post(str(page.url), data={"outcome": "fail"})
    failed: Any = await sdk.v1.payment_intents.retrieve_async(asked.id)
    again = await sdk.v1.payment_intents.confirm_async(
        asked.id, {"payment_method": "pm_card_visa", "return_url": BACK}
    )

    assert "Complete" in page.text
    assert left.headers["location"].endswith("redirect_status=failed")
    assert failed.last_payment_error.code == "payment_intent_authentication_failure"
    assert again.status == "succeeded"


async def test_money_is_reserved_and_captured_in_part(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    held = await paid(sdk, capture_method="manual")
    assert (held.status, held.amount_capturable) == ("requires_capture", 1999)
    assert stripe_server.ledger.entries == ()

    with pytest.raises(stripe.InvalidRequestError, match="cannot be captured"):
        await sdk.v1.payment_intents.capture_async(held.id, {"amount_to_capture": 2000})
    done = await sdk.v1.payment_intents.capture_async(held.id, {"amount_to_capture": 1500})

    assert (done.status, done.amount_received, done.amount_capturable) == ("succeeded", 1500, 0)
    assert stripe_server.ledger.captured(held.id) == 1500


async def test_a_cancelled_intent_stays_cancelled(sdk: stripe.StripeClient) -> None:
    intent = await sdk.v1.payment_intents.create_async({"amount": 500, "currency": "usd"})
    gone = await sdk.v1.payment_intents.cancel_async(
        intent.id, {"cancellation_reason": "abandoned"}
    )
    assert (gone.status, gone.cancellation_reason) == ("canceled", "abandoned")

    with pytest.raises(stripe.InvalidRequestError) as caught:
        await sdk.v1.payment_intents.confirm_async(
            intent.id, {"payment_method": "pm_card_visa", "return_url": BACK}
        )
    assert caught.value.code == "payment_intent_unexpected_state"
    assert error_problems(caught.value.json_body) == []


async def test_an_intent_can_be_changed_until_it_is_paid(sdk: stripe.StripeClient) -> None:
    intent = await sdk.v1.payment_intents.create_async({"amount": 500, "currency": "usd"})
    changed = await sdk.v1.payment_intents.update_async(
        intent.id, {"amount": 700, "metadata": {"a": "1"}, "payment_method": "pm_card_visa"}
    )
    assert (changed.amount, changed.status) == (700, "requires_confirmation")
    await sdk.v1.payment_intents.confirm_async(intent.id, {"return_url": BACK})

    noted = await sdk.v1.payment_intents.update_async(intent.id, {"metadata": {"a": "", "b": "2"}})
    assert noted.metadata.to_dict() == {"b": "2"}
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await sdk.v1.payment_intents.update_async(intent.id, {"amount": 900})
    assert caught.value.code == "payment_intent_unexpected_state"


async def test_answers_carry_version_and_request_id(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    intent: Any = await paid(sdk)
    headers = intent.last_response.headers
    assert headers["stripe-version"] == "2026-10-28.endive"
    assert headers["request-id"].startswith("req_")
    events = await sdk.v1.events.list_async({"type": "payment_intent.succeeded"})
    assert [event.request.id for event in events.data if event.request] == [headers["request-id"]]


async def test_lists_are_paged_newest_first(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    made = [(await paid(sdk, amount=100 + number)).id for number in range(5)][::-1]
    first = await sdk.v1.payment_intents.list_async({"limit": 2})
    back = await sdk.v1.payment_intents.list_async({"limit": 2, "ending_before": made[4]})
    everything = [item.id async for item in first.auto_paging_iter()]
    later = stripe_server.now + 60
    none = await sdk.v1.payment_intents.list_async({"created": {"gte": later}})

    assert [item.id for item in first.data] == made[:2]
    assert (first.has_more, everything) == (True, made)
    assert [item.id for item in back.data] == made[2:4]
    assert none.data == []


async def test_a_customer_saves_a_card(sdk: stripe.StripeClient) -> None:
    customer = await sdk.v1.customers.create_async({"email": "a@shop.test", "name": "A"})
    method = await sdk.v1.payment_methods.create_async(
        {"type": "card", "card": {"token": "tok_visa"}}
    )
    await sdk.v1.payment_methods.attach_async(method.id, {"customer": customer.id})
    saved = await sdk.v1.payment_methods.list_async({"customer": customer.id, "type": "card"})
    assert [item.id for item in saved.data] == [method.id]

    intent = await paid(sdk, card=method.id, customer=customer.id, expand=["customer"])
    assert intent.customer == customer
    with pytest.raises(stripe.CardError, match="insufficient funds"):
        await sdk.v1.payment_methods.attach_async(
            "pm_card_chargeDeclinedInsufficientFunds", {"customer": customer.id}
        )
    freed = await sdk.v1.payment_methods.detach_async(method.id)
    assert freed.customer is None


async def test_a_disputed_payment_cannot_be_refunded(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    intent = await paid(sdk, card="pm_card_createDispute", expand=["latest_charge"])
    charge: Any = intent.latest_charge
    assert charge.disputed is True
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await sdk.v1.refunds.create_async({"charge": charge.id})
    assert caught.value.code == "charge_disputed"
    assert [entry.kind for entry in stripe_server.ledger.entries] == ["capture", "dispute"]
