"""Idempotency keys, and the faults that make them necessary."""

import asyncio
from typing import Any

import pytest
import stripe
from tools.stripe_server import Fault, FaultKind, StripeServer

from tests.support.waiting import wait_until
from tests.tools.conftest import QUIET, connected

pytestmark = pytest.mark.filterwarnings(QUIET)
PAY: Any = {
    "amount": 1999,
    "currency": "eur",
    "confirm": True,
    "payment_method": "pm_card_visa",
    "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
}


async def pay(sdk: stripe.StripeClient, key: str, **more: Any) -> stripe.PaymentIntent:
    return await sdk.v1.payment_intents.create_async(PAY | more, {"idempotency_key": key})


async def charged(server: StripeServer) -> None:
    async def has_entry() -> bool:
        return len(server.ledger.entries) == 1

    await wait_until(has_entry, within=5)


async def test_the_same_key_gets_the_same_answer(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    first: Any = await pay(sdk, "k1")
    await sdk.v1.refunds.create_async({"payment_intent": first.id})
    again: Any = await pay(sdk, "k1")

    assert again.last_response.body == first.last_response.body
    assert again.last_response.headers["idempotent-replayed"] == "true"
    assert (
        again.last_response.headers["original-request"]
        == (first.last_response.headers["request-id"])
    )
    assert "idempotent-replayed" not in first.last_response.headers
    assert len(stripe_server.account.all("payment_intent")) == 1


async def test_a_key_is_for_one_request_only(sdk: stripe.StripeClient) -> None:
    await pay(sdk, "k1")
    with pytest.raises(stripe.IdempotencyError, match="same parameters") as caught:
        await pay(sdk, "k1", amount=2000)
    assert caught.value.http_status == 400
    with pytest.raises(stripe.IdempotencyError, match="same endpoint"):
        await sdk.v1.customers.create_async({}, {"idempotency_key": "k1"})
    with pytest.raises(stripe.IdempotencyError, match="255"):
        await pay(sdk, "k" * 256)


async def test_declines_are_remembered_but_refused_parameters_are_not(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    for _ in range(2):
        with pytest.raises(stripe.CardError):
            await pay(sdk, "k1", payment_method="pm_card_visa_chargeDeclined")
    assert len(stripe_server.account.all("charge")) == 1
    with pytest.raises(stripe.InvalidRequestError):
        await pay(sdk, "k2", amount=1)
    assert (await pay(sdk, "k2")).status == "succeeded"


async def test_a_key_is_free_again_after_a_day(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    first = await pay(sdk, "k1")
    stripe_server.advance(24 * 3600)
    assert (await pay(sdk, "k1")).id != first.id


async def test_a_twin_of_a_request_in_flight_is_told_to_wait(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    stripe_server.fail(Fault(FaultKind.HANG_AFTER, path="/v1/payment_intents", seconds=0.3))
    slow = asyncio.create_task(pay(sdk, "k1"))
    await charged(stripe_server)
    with pytest.raises(stripe.APIError) as caught:
        await pay(sdk, "k1")

    error: Any = caught.value.error
    assert (caught.value.http_status, error.code) == (409, "idempotency_key_in_use")
    assert (await slow).id == (await pay(sdk, "k1")).id
    assert [entry.amount for entry in stripe_server.ledger.entries] == [1999]


@pytest.mark.parametrize(
    ("kind", "error", "done"),
    [
        (FaultKind.ERROR_BEFORE, stripe.APIError, 0),
        (FaultKind.ERROR_AFTER, stripe.APIError, 1),
        (FaultKind.ERROR_SAVED, stripe.APIError, 0),
        (FaultKind.RESET_BEFORE, stripe.APIConnectionError, 0),
        (FaultKind.RESET_AFTER, stripe.APIConnectionError, 1),
    ],
)
async def test_a_fault_strikes_before_or_after_the_work(
    sdk: stripe.StripeClient,
    stripe_server: StripeServer,
    kind: FaultKind,
    error: type[stripe.StripeError],
    done: int,
) -> None:
    stripe_server.fail(Fault(kind, path="/v1/payment_intents", status=503))
    with pytest.raises(error) as caught:
        await pay(sdk, "k1")
    assert len(stripe_server.ledger.entries) == done
    if error is stripe.APIError:
        assert caught.value.http_status == 503

    if kind is FaultKind.ERROR_SAVED:
        with pytest.raises(stripe.APIError):
            await pay(sdk, "k1")
    else:
        assert (await pay(sdk, "k1")).status == "succeeded"
        assert len(stripe_server.ledger.entries) == 1


@pytest.mark.parametrize("kind", [FaultKind.RESET_AFTER, FaultKind.ERROR_AFTER])
async def test_the_sdk_retries_and_is_charged_once(
    stripe_server: StripeServer, kind: FaultKind
) -> None:
    stripe_server.fail(Fault(kind))
    async with connected(stripe_server.url, retries=2) as sdk:
        intent: Any = await sdk.v1.payment_intents.create_async(PAY)
    assert intent.last_response.headers["idempotent-replayed"] == "true"
    assert [entry.payment_intent for entry in stripe_server.ledger.entries] == [intent.id]


@pytest.mark.parametrize(("kind", "done"), [(FaultKind.HANG_BEFORE, 0), (FaultKind.HANG_AFTER, 1)])
async def test_a_client_gives_up_on_a_hanging_server_that_finishes_its_work(
    stripe_server: StripeServer, kind: FaultKind, done: int
) -> None:
    stripe_server.fail(Fault(kind, seconds=0.4))
    async with connected(stripe_server.url, patience=0.2) as sdk:
        with pytest.raises(stripe.APIConnectionError):
            await pay(sdk, "k1")
    assert len(stripe_server.ledger.entries) == done
    await charged(stripe_server)


async def test_any_card_can_be_declined_for_a_while(
    sdk: stripe.StripeClient, stripe_server: StripeServer
) -> None:
    stripe_server.fail(Fault(FaultKind.DECLINE, times=2, decline_code="insufficient_funds"))
    for key in ("k1", "k2"):
        with pytest.raises(stripe.CardError) as caught:
            await pay(sdk, key)
        error: Any = caught.value.error
        assert error.decline_code == "insufficient_funds"
    assert (await pay(sdk, "k3")).status == "succeeded"


async def test_a_share_of_requests_fails_repeatably() -> None:
    async def pattern(seed: int) -> str:
        async with StripeServer(seed=seed) as other:
            other.fail(Fault(FaultKind.ERROR_BEFORE, method="GET", share=0.5, times=None))
            async with connected(other.url) as sdk:
                return "".join([await outcome(sdk) for _ in range(12)])

    async def outcome(sdk: stripe.StripeClient) -> str:
        try:
            await sdk.v1.events.list_async()
        except stripe.APIError:
            return "x"
        return "."

    assert await pattern(1) == await pattern(1)
    assert set(await pattern(1)) == {".", "x"}
    assert await pattern(1) != await pattern(2)
