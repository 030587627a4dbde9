"""The mock provider: test cards alone, the same answer each time, never in production."""

import pytest

from sokoni.kernel.clock import Clock, SystemClock
from sokoni.kernel.ids import new_id
from sokoni.kernel.money import Money
from sokoni.kernel.resources import Resources
from sokoni.kernel.settings import Environment, Settings
from sokoni.payments.errors import CardRefused
from sokoni.payments.mock import MockProvider
from sokoni.payments.port import (
    BadSignature,
    CardDetails,
    ProviderRefused,
    ProviderStatus,
    RefundRequest,
    RefundStatus,
)
from sokoni.payments.providers import Providers
from sokoni.payments.resources import open_resources
from tests.payments.factories import TOTAL, request

MOCK = MockProvider()
KEY = "confirm-1"


async def test_a_good_card_pays_what_was_asked_for() -> None:
    wanted = request()
    opened = await MOCK.open(wanted)

    paid = await MOCK.confirm(
        opened.reference, CardDetails(card_number="4242424242424242"), key=KEY
    )

    assert opened.status is ProviderStatus.OPEN
    assert paid.status is ProviderStatus.SUCCEEDED
    assert (paid.amount, paid.session_id) == (Money(TOTAL, "EUR"), wanted.session_id)
    assert paid.capture_reference == f"mockch_{wanted.session_id.hex}"
    assert paid == await MOCK.confirm(
        opened.reference, CardDetails(payment_method="pm_card_visa"), key=KEY
    )


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("4000000000000002", "card_declined"),
        ("4000000000009995", "insufficient_funds"),
        ("4000000000009987", "lost_card"),
        ("4000000000009979", "stolen_card"),
        ("4000000000000069", "expired_card"),
        ("4000000000000127", "incorrect_cvc"),
        ("4000000000000119", "processing_error"),
        ("4100000000000019", "fraudulent"),
        ("4000000000000341", "card_declined"),
    ],
)
async def test_a_bad_card_is_declined_with_its_reason(number: str, code: str) -> None:
    opened = await MOCK.open(request())

    said = await MOCK.confirm(opened.reference, CardDetails(card_number=number), key=KEY)

    assert (said.status, said.failure_code) == (ProviderStatus.FAILED, code)
    assert said.capture_reference is None
    assert said.attempt_reference == KEY


async def test_a_bank_may_want_to_see_the_buyer() -> None:
    opened = await MOCK.open(request())
    card = CardDetails(card_number="4000002760003184")
    asked = await MOCK.confirm(opened.reference, card, key=KEY)
    assert asked.status is ProviderStatus.REQUIRES_ACTION


@pytest.mark.parametrize(
    "card",
    [
        CardDetails(card_number="4111111111111111"),
        CardDetails(payment_method="pm_1NVChw2eZvKYlo2CHxiM5E2E"),
        CardDetails(),
    ],
)
async def test_a_card_that_is_no_documented_test_card_is_refused(card: CardDetails) -> None:
    opened = await MOCK.open(request())
    with pytest.raises(CardRefused, match="only the documented test numbers"):
        MOCK.check_card(card)
    with pytest.raises(CardRefused):
        await MOCK.confirm(opened.reference, card, key=KEY)


async def test_what_it_did_not_give_out_it_does_not_know() -> None:
    for reference in ["pi_1", "mock_1_2_EUR", "mock_x", f"mock_{new_id().hex}_12_XXX"]:
        with pytest.raises(ProviderRefused):
            await MOCK.fetch(reference)


async def test_it_cancels_refunds_and_sends_no_webhooks() -> None:
    wanted = request()
    opened = await MOCK.open(wanted)
    refund = RefundRequest(
        new_id(), opened.reference, f"mockch_{wanted.session_id.hex}", Money(5, "EUR"), "rfd-1"
    )

    assert (await MOCK.cancel(opened.reference)).status is ProviderStatus.CANCELLED
    assert (await MOCK.fetch(opened.reference)).status is ProviderStatus.OPEN
    first, again = await MOCK.refund(refund), await MOCK.refund(refund)
    assert first == again
    assert (first.status, first.amount) == (RefundStatus.SUCCEEDED, Money(5, "EUR"))
    with pytest.raises(BadSignature):
        MOCK.read_webhook(b"{}", {})


@pytest.mark.parametrize(
    ("environment", "names"),
    [(Environment.DEVELOPMENT, {"mock", "stripe"}), (Environment.PRODUCTION, {"stripe"})],
)
async def test_production_has_no_mock_provider(environment: Environment, names: set[str]) -> None:
    resources = Resources()
    settings = Settings(
        _env_file=None,
        environment=environment,
        payment_provider="stripe",
        stripe_secret_key="sk_test_1",
    )
    resources.put(Settings, settings)
    resources.put(Clock, SystemClock())

    await open_resources(resources)

    providers = resources.get(Providers)
    assert set(providers.by_name) == names
    assert providers.get().name == "stripe"
    await resources.close()
