"""The Stripe server refuses what Stripe refuses, in Stripe's words; and its shapes are compared."""

from typing import Any

import httpx
import pytest
import stripe
from tools.stripe_server import StripeServer

from tests.tools.annotations import error_problems, problems
from tests.tools.conftest import QUIET, connected
from tests.tools.test_stripe_server import paid

pytestmark = pytest.mark.filterwarnings(QUIET)


@pytest.mark.parametrize(
    ("params", "code", "param"),
    [
        ({"currency": "eur"}, "parameter_missing", "amount"),
        ({"amount": "", "currency": "eur"}, "parameter_invalid_empty", "amount"),
        ({"amount": "19.99", "currency": "eur"}, "parameter_invalid_integer", "amount"),
        ({"amount": 0, "currency": "eur"}, "parameter_invalid_integer", "amount"),
        ({"amount": 49, "currency": "eur"}, "amount_too_small", "amount"),
        ({"amount": 49, "currency": "jpy"}, "amount_too_small", "amount"),
        ({"amount": 129_999, "currency": "tzs"}, "amount_too_small", "amount"),
        ({"amount": 100_000_000, "currency": "eur"}, "amount_too_large", "amount"),
        ({"amount": 500, "currency": "xyz"}, None, "currency"),
        ({"amount": 500, "currency": "eur", "colour": "red"}, "parameter_unknown", "colour"),
        ({"amount": 500, "currency": "eur", "customer": "cus_x"}, "resource_missing", "customer"),
    ],
)
async def test_bad_parameters_are_refused_by_name(
    sdk: stripe.StripeClient, stripe_server: StripeServer, params: Any, code: str, param: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await sdk.v1.payment_intents.create_async(params)

    assert (caught.value.http_status, caught.value.code, caught.value.param) == (400, code, param)
    assert error_problems(caught.value.json_body) == []
    assert stripe_server.account.objects == {}


async def test_confirming_without_a_way_back_is_refused(sdk: stripe.StripeClient) -> None:
    with pytest.raises(stripe.InvalidRequestError, match="you must provide a `return_url`"):
        await paid(sdk, automatic_payment_methods={"enabled": True})


async def test_numbers_that_are_no_test_cards_are_refused(sdk: stripe.StripeClient) -> None:
    for number, code in (("4242424242424241", "incorrect_number"), ("4111111111111111", None)):
        data = {"type": "card", "card": {"number": number}}
        with pytest.raises(stripe.CardError) as caught:
            await paid(sdk, payment_method="", payment_method_data=data)
        assert caught.value.code == (code or "card_declined")


@pytest.mark.parametrize("key", ["sk_live_abcdefgh", "pk_test_abcdefgh"])
async def test_other_keys_than_secret_test_keys_are_refused(
    stripe_server: StripeServer, key: str
) -> None:
    async with connected(stripe_server.url, key=key) as other:
        with pytest.raises(stripe.AuthenticationError, match="Invalid API Key provided"):
            await other.v1.events.list_async()
    async with httpx.AsyncClient() as bare:
        answer = await bare.get(f"{stripe_server.url}/v1/events")
    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "invalid_request_error"
    assert error_problems(answer.json()) == []


async def test_unknown_things_are_missing(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        await sdk.v1.payment_intents.retrieve_async("pi_nothing")
    assert (caught.value.http_status, caught.value.code) == (404, "resource_missing")
    with pytest.raises(stripe.InvalidRequestError, match="Unrecognized request URL"):
        await sdk.v1.coupons.list_async()


@pytest.mark.parametrize(
    "path", ["colour", "data", "customer.charge.charge.charge.charge", "charge"]
)
async def test_what_cannot_be_expanded_is_refused(sdk: stripe.StripeClient, path: str) -> None:
    intent = await paid(sdk)
    with pytest.raises(stripe.InvalidRequestError, match="expand"):
        await sdk.v1.payment_intents.retrieve_async(intent.id, {"expand": [path]})


def test_the_comparison_with_the_sdk_finds_what_is_wrong() -> None:
    wrong: Any = {"object": "refund", "amount": "12", "colour": "red", "reason": "boredom"}
    found = problems(wrong)
    assert "refund.colour: unknown to the SDK" in found
    assert "refund.amount: '12' is no int" in found
    assert "refund.id: missing" in found
    assert any(problem.startswith("refund.reason: 'boredom' is none of") for problem in found)
    assert len(found) == 6  # and the missing created, currency
