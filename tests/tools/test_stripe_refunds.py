"""Refunds: bounded by what was captured, sometimes pending, sometimes failing later."""

import json
from typing import Any

import pytest
import stripe
from tools.stripe_server import StripeServer

from tests.tools.annotations import error_problems, problems
from tests.tools.conftest import QUIET, Inbox
from tests.tools.test_stripe_server import paid

pytestmark = pytest.mark.filterwarnings(QUIET)


async def test_no_more_is_given_back_than_was_taken(
    sdk: stripe.StripeClient, stripe_server: StripeServer, inbox: Inbox
) -> None:
    intent = await paid(sdk)
    part = await sdk.v1.refunds.create_async(
        {"payment_intent": intent.id, "amount": 999, "reason": "requested_by_customer"}
    )
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded amount"):
        await sdk.v1.refunds.create_async({"payment_intent": intent.id, "amount": 1001})
    rest = await sdk.v1.refunds.create_async({"charge": str(intent.latest_charge)})
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await sdk.v1.refunds.create_async({"payment_intent": intent.id})
    charge: Any = await sdk.v1.charges.retrieve_async(
        str(intent.latest_charge), {"expand": ["refunds.data.balance_transaction"]}
    )
    listed = await sdk.v1.refunds.list_async({"payment_intent": intent.id})

    assert (part.status, part.amount, rest.amount) == ("succeeded", 999, 1000)
    assert caught.value.code == "charge_already_refunded"
    assert error_problems(caught.value.json_body) == []
    assert (charge.amount_refunded, charge.refunded) == (1999, True)
    assert problems(json.loads(charge.last_response.body)) == []
    assert [item.id for item in listed.data] == [rest.id, part.id]
    assert stripe_server.ledger.refunded(intent.id) == 1999
    assert stripe_server.ledger.net(intent.id) == 0
    await stripe_server.delivered()
    assert inbox.types[3:] == ["refund.created", "charge.refunded"] * 2


async def test_a_refund_can_arrive_later(
    sdk: stripe.StripeClient, stripe_server: StripeServer, inbox: Inbox
) -> None:
    intent = await paid(sdk, card="pm_card_pendingRefund")
    refund = await sdk.v1.refunds.create_async({"payment_intent": intent.id})
    assert refund.status == "pending"
    stripe_server.advance(5)
    assert (await sdk.v1.refunds.retrieve_async(refund.id)).status == "succeeded"
    assert stripe_server.ledger.refunded(intent.id) == 1999
    await stripe_server.delivered()
    assert inbox.types[-2:] == ["refund.updated", "charge.refund.updated"]
    previous: Any = inbox.events[-1].data.previous_attributes
    assert previous.status == "pending"


async def test_a_refund_can_fail_later_and_be_made_again(
    sdk: stripe.StripeClient, stripe_server: StripeServer, inbox: Inbox
) -> None:
    intent = await paid(sdk, card="pm_card_refundFail")
    refund = await sdk.v1.refunds.create_async({"payment_intent": intent.id, "amount": 500})
    assert refund.status == "succeeded"
    stripe_server.advance(5)
    failed = await sdk.v1.refunds.retrieve_async(refund.id)
    charge = await sdk.v1.charges.retrieve_async(str(intent.latest_charge))
    again = await sdk.v1.refunds.create_async({"payment_intent": intent.id})

    assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
    assert (charge.amount_refunded, again.amount) == (0, 1999)
    kinds = [entry.kind for entry in stripe_server.ledger.entries]
    assert kinds == ["capture", "refund", "refund_failed", "refund"]
    await stripe_server.delivered()
    assert inbox.types[5:8] == ["refund.updated", "charge.refund.updated", "refund.failed"]


@pytest.mark.parametrize("amount", [0, -5])
async def test_a_refund_is_of_something(sdk: stripe.StripeClient, amount: int) -> None:
    intent = await paid(sdk)
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await sdk.v1.refunds.create_async({"payment_intent": intent.id, "amount": amount})
    assert caught.value.code == "parameter_invalid_integer"


async def test_nothing_is_given_back_that_was_not_taken(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    unpaid = await sdk.v1.payment_intents.create_async({"amount": 500, "currency": "usd"})
    held = await paid(sdk, capture_method="manual")
    with pytest.raises(stripe.InvalidRequestError, match="successful charge to refund"):
        await sdk.v1.refunds.create_async({"payment_intent": unpaid.id})
    with pytest.raises(stripe.InvalidRequestError, match="has not been captured"):
        await sdk.v1.refunds.create_async({"payment_intent": held.id})
    with pytest.raises(stripe.InvalidRequestError, match="exactly one of"):
        await sdk.v1.refunds.create_async({"amount": 5})
    assert stripe_server.account.all("refund") == []
