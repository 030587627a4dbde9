"""The Stripe adapter, with the unmodified SDK, against a server that speaks its protocol."""

from datetime import timedelta

import pytest
from tools.stripe_server import StripeServer

from sokoni.kernel.money import Money
from sokoni.payments.errors import CardRefused
from sokoni.payments.port import (
    CardDetails,
    PaymentMode,
    ProviderStatus,
)
from sokoni.payments.stripe import StripeProvider
from tests.payments.factories import DECLINED, TOTAL, VISA, now, request

BANK_ASKS = CardDetails(payment_method="pm_card_authenticationRequired")

HOSTED = PaymentMode.CHECKOUT


async def test_an_opened_intent_names_its_session_and_order_and_waits(
    stripe: StripeProvider, stripe_server: StripeServer
) -> None:
    wanted = request()

    opened = await stripe.open(wanted)

    assert opened.status is ProviderStatus.OPEN
    assert opened.amount == Money(TOTAL, "EUR")
    assert (opened.session_id, opened.order_id) == (wanted.session_id, wanted.order_id)
    assert opened.client_secret is not None
    assert opened.reference.startswith("pi_")
    assert stripe_server.ledger.entries == ()


async def test_a_good_card_pays_and_the_fee_is_told(
    stripe: StripeProvider, stripe_server: StripeServer
) -> None:
    opened = await stripe.open(request())

    paid = await stripe.confirm(opened.reference, VISA, key="confirm-1")

    assert paid.status is ProviderStatus.SUCCEEDED
    assert paid.amount == Money(TOTAL, "EUR")
    assert paid.capture_reference is not None
    assert paid.capture_reference.startswith("ch_")
    assert paid.fee == Money(160, "EUR")
    assert await stripe.fetch(opened.reference) == paid
    assert stripe_server.ledger.captured(opened.reference) == TOTAL


@pytest.mark.parametrize(
    ("method", "code"),
    [
        ("pm_card_chargeDeclined", "card_declined"),
        ("pm_card_chargeDeclinedInsufficientFunds", "insufficient_funds"),
        ("pm_card_chargeDeclinedLostCard", "lost_card"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card"),
        ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc"),
        ("pm_card_chargeDeclinedProcessingError", "processing_error"),
        ("pm_card_radarBlock", "fraudulent"),
    ],
)
async def test_a_decline_is_an_answer_with_the_banks_reason(
    stripe: StripeProvider, method: str, code: str
) -> None:
    opened = await stripe.open(request())

    said = await stripe.confirm(
        opened.reference, CardDetails(payment_method=method), key="confirm-1"
    )

    assert (said.status, said.failure_code) == (ProviderStatus.FAILED, code)
    assert said.failure_message is not None
    assert said.capture_reference is None


async def test_another_card_pays_after_a_decline_and_each_decline_is_told_apart(
    stripe: StripeProvider,
) -> None:
    opened = await stripe.open(request())

    first = await stripe.confirm(opened.reference, DECLINED, key="confirm-0")
    second = await stripe.confirm(opened.reference, DECLINED, key="confirm-1")
    third = await stripe.confirm(opened.reference, VISA, key="confirm-2")

    assert first.attempt_reference != second.attempt_reference
    assert third.status is ProviderStatus.SUCCEEDED
    assert third.failure_code is None


async def test_a_bank_that_asks_for_the_buyer_gives_the_address_of_its_page(
    stripe: StripeProvider, stripe_server: StripeServer
) -> None:
    opened = await stripe.open(request())

    asked = await stripe.confirm(
        opened.reference, BANK_ASKS, key="confirm-1", return_url="http://shop.test/thanks"
    )
    assert asked.status is ProviderStatus.REQUIRES_ACTION
    assert asked.url == f"{stripe_server.url}/3ds/{opened.reference}"

    sent_to = stripe_server.authenticate(opened.reference)
    assert sent_to is not None
    assert sent_to.startswith("http://shop.test/thanks?")
    assert (await stripe.fetch(opened.reference)).status is ProviderStatus.SUCCEEDED


async def test_a_buyer_who_fails_at_the_bank_is_declined(
    stripe: StripeProvider, stripe_server: StripeServer
) -> None:
    opened = await stripe.open(request())
    await stripe.confirm(opened.reference, BANK_ASKS, key="confirm-1")

    stripe_server.authenticate(opened.reference, passed=False)

    said = await stripe.fetch(opened.reference)
    assert said.status is ProviderStatus.FAILED
    assert said.failure_code == "payment_intent_authentication_failure"


async def test_a_hosted_page_is_opened_paid_and_told_by_its_own_reference(
    stripe: StripeProvider, stripe_server: StripeServer
) -> None:
    wanted = request(mode=HOSTED)

    opened = await stripe.open(wanted)
    assert opened.reference.startswith("cs_")
    assert opened.status is ProviderStatus.OPEN
    assert opened.url == f"{stripe_server.url}/c/pay/{opened.reference}"
    assert opened.amount == Money(TOTAL, "EUR")

    sent_to = stripe_server.pay_session(opened.reference)
    assert sent_to == f"http://shop.test/thanks?from=mail&session_id={opened.reference}"
    paid = await stripe.fetch(opened.reference)
    assert paid.status is ProviderStatus.SUCCEEDED
    assert paid.reference == opened.reference
    assert paid.session_id == wanted.session_id
    assert paid.capture_reference is not None
    assert paid.capture_reference.startswith("ch_")
    assert paid.amount == Money(TOTAL, "EUR")
    assert paid.fee == Money(160, "EUR")


async def test_a_hosted_page_lives_as_long_as_stripe_wants_even_if_the_hold_is_shorter(
    stripe: StripeProvider, stripe_server: StripeServer
) -> None:
    at = now()
    short = request(mode=HOSTED, created_at=at, expires_at=at + timedelta(seconds=5))

    opened = await stripe.open(short)
    assert opened.status is ProviderStatus.OPEN

    stripe_server.advance(41 * 60)
    assert (await stripe.fetch(opened.reference)).status is ProviderStatus.EXPIRED


async def test_a_declined_hosted_page_says_so_and_can_still_be_paid(
    stripe: StripeProvider, stripe_server: StripeServer
) -> None:
    opened = await stripe.open(request(mode=HOSTED))

    with pytest.raises(Exception, match="declined"):
        stripe_server.pay_session(opened.reference, number="4000000000000002")
    said = await stripe.fetch(opened.reference)
    assert (said.status, said.failure_code) == (ProviderStatus.FAILED, "card_declined")

    stripe_server.pay_session(opened.reference)
    assert (await stripe.fetch(opened.reference)).status is ProviderStatus.SUCCEEDED


@pytest.mark.parametrize("mode", list(PaymentMode))
async def test_the_same_key_opens_the_same_payment(
    stripe: StripeProvider, stripe_server: StripeServer, mode: PaymentMode
) -> None:
    wanted = request(mode=mode)

    first, again = await stripe.open(wanted), await stripe.open(wanted)

    assert first.reference == again.reference
    kind = "payment_intent" if mode is PaymentMode.INTENT else "checkout.session"
    assert len(stripe_server.account.all(kind)) == 1


async def test_a_cancelled_intent_cannot_be_paid_any_more(stripe: StripeProvider) -> None:
    opened = await stripe.open(request())

    assert (await stripe.cancel(opened.reference)).status is ProviderStatus.CANCELLED
    assert (await stripe.cancel(opened.reference)).status is ProviderStatus.CANCELLED
    said = await stripe.confirm(opened.reference, VISA, key="confirm-1")
    assert said.status is ProviderStatus.CANCELLED


async def test_cancelling_what_is_paid_tells_that_it_is_paid(
    stripe: StripeProvider, stripe_server: StripeServer
) -> None:
    intent, page = await stripe.open(request()), await stripe.open(request(mode=HOSTED))
    await stripe.confirm(intent.reference, VISA, key="confirm-1")
    stripe_server.pay_session(page.reference)

    assert (await stripe.cancel(intent.reference)).status is ProviderStatus.SUCCEEDED
    assert (await stripe.cancel(page.reference)).status is ProviderStatus.SUCCEEDED


async def test_a_cancelled_page_is_expired(stripe: StripeProvider) -> None:
    page = await stripe.open(request(mode=HOSTED))

    assert (await stripe.cancel(page.reference)).status is ProviderStatus.EXPIRED
    assert (await stripe.cancel(page.reference)).status is ProviderStatus.EXPIRED


def test_card_numbers_never_go_to_stripe(stripe: StripeProvider) -> None:
    with pytest.raises(CardRefused):
        stripe.check_card(CardDetails(card_number="4242424242424242"))
    with pytest.raises(CardRefused):
        stripe.check_card(CardDetails(payment_method="4242424242424242"))
    with pytest.raises(CardRefused):
        stripe.check_card(CardDetails())


async def test_the_list_has_our_payments_of_both_kinds_and_nobody_elses(
    stripe: StripeProvider, stripe_server: StripeServer
) -> None:
    intent, page = await stripe.open(request()), await stripe.open(request(mode=HOSTED))
    stripe_server.pay_session(page.reference)
    client = stripe._client
    await client.v1.payment_intents.create_async({"amount": 100, "currency": "eur"})

    listed = await stripe.recent(since=now() - timedelta(hours=1))

    assert {payment.reference for payment in listed} == {intent.reference, page.reference}
    by_reference = {payment.reference: payment.status for payment in listed}
    assert by_reference[intent.reference] is ProviderStatus.OPEN
    assert await stripe.recent(since=now() + timedelta(hours=1)) == []
    an_hour_ago = now() - timedelta(hours=1)
    assert await stripe.recent(since=an_hour_ago - timedelta(hours=1), until=an_hour_ago) == []
    assert await stripe.recent(since=an_hour_ago, until=now() + timedelta(hours=1)) == listed


async def test_long_lists_are_read_to_their_end(stripe: StripeProvider) -> None:
    references = [(await stripe.open(request())).reference for _ in range(101)]

    listed = await stripe.recent(since=now() - timedelta(hours=1))

    assert sorted(payment.reference for payment in listed) == sorted(references)
