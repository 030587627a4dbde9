"""What the Stripe adapter makes of refusals, lost answers and a server that hangs."""

import pytest
from tools.stripe_server import Fault, FaultKind, StripeServer

from sokoni.payments.port import (
    CardDetails,
    OutcomeUnknown,
    ProviderRefused,
    ProviderStatus,
)
from sokoni.payments.stripe import StripeAccount, StripeProvider
from tests.payments.factories import TOTAL, VISA, request
from tests.support.waiting import wait_until


async def test_what_stripe_calls_wrong_is_refused_for_good(stripe: StripeProvider) -> None:
    opened = await stripe.open(request())
    unknown = CardDetails(payment_method="pm_card_unheardOf")

    with pytest.raises(ProviderRefused, match="No such payment_method"):
        await stripe.confirm(opened.reference, unknown, key="confirm-1")
    with pytest.raises(ProviderRefused) as missing:
        await stripe.fetch("pi_unknown")
    assert missing.value.code == "resource_missing"


async def test_a_key_that_stripe_does_not_know_is_tried_again_later_and_not_told(
    stripe_server: StripeServer,
) -> None:
    secret = "sk_wrong_account"
    provider = StripeProvider(StripeAccount(secret, None, stripe_server.url, "http://shop.test"))
    try:
        with pytest.raises(OutcomeUnknown) as failed:
            await provider.open(request())
    finally:
        await provider.close()
    assert secret[-4:] not in str(failed.value)


@pytest.mark.parametrize("kind", [FaultKind.RESET_AFTER, FaultKind.ERROR_AFTER])
async def test_a_lost_answer_to_a_confirmation_is_unknown_and_then_found(
    stripe: StripeProvider, stripe_server: StripeServer, kind: FaultKind
) -> None:
    opened = await stripe.open(request())
    stripe_server.fail(Fault(kind))
    stripe_server.fail(Fault(FaultKind.RESET_BEFORE))  # the SDK asks twice

    with pytest.raises(OutcomeUnknown):
        await stripe.confirm(opened.reference, VISA, key="confirm-1")

    assert (await stripe.fetch(opened.reference)).status is ProviderStatus.SUCCEEDED
    again = await stripe.confirm(opened.reference, VISA, key="confirm-1")
    assert again.status is ProviderStatus.SUCCEEDED
    assert stripe_server.ledger.captured(opened.reference) == TOTAL


async def test_one_lost_answer_is_made_good_without_anybody_noticing(
    stripe: StripeProvider, stripe_server: StripeServer
) -> None:
    stripe_server.fail(Fault(FaultKind.RESET_AFTER, times=1))

    opened = await stripe.open(request())

    assert opened.status is ProviderStatus.OPEN
    assert len(stripe_server.account.all("payment_intent")) == 1


async def test_a_server_that_hangs_is_given_five_seconds(
    stripe: StripeProvider, stripe_server: StripeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sokoni.payments.stripe.SECONDS", 0.2)
    stripe_server.fail(Fault(FaultKind.HANG_AFTER, times=1, seconds=0.5))
    wanted = request()

    with pytest.raises(OutcomeUnknown, match="in time"):
        await stripe.open(wanted)

    async def is_open() -> bool:  # while the first try hangs, Stripe answers 409
        try:
            return (await stripe.open(wanted)).status is ProviderStatus.OPEN
        except OutcomeUnknown:
            return False

    await wait_until(is_open)
    assert len(stripe_server.account.all("payment_intent")) == 1


@pytest.mark.parametrize("status", [409, 429, 500, 503])
async def test_answers_that_tell_nothing_are_unknown(
    stripe: StripeProvider, stripe_server: StripeServer, status: int
) -> None:
    stripe_server.fail(Fault(FaultKind.ERROR_BEFORE, times=None, status=status))
    with pytest.raises(OutcomeUnknown):
        await stripe.open(request())
