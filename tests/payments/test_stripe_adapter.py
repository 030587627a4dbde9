"""The Stripe adapter, with the unmodified SDK, against a server that speaks its protocol."""

from datetime import timedelta

import pytest
from tools.stripe_server import Fault, FaultKind, StripeServer

from sokoni.kernel.ids import new_id
from sokoni.kernel.money import Money
from sokoni.payments.errors import AmountNotChargeable, AmountTooSmall, CardRefused
from sokoni.payments.port import (
    CardDetails,
    OutcomeUnknown,
    PaymentMode,
    ProviderRefused,
    ProviderStatus,
    RefundRequest,
    RefundStatus,
)
from sokoni.payments.stripe import StripeAccount, StripeProvider
from tests.payments.factories import DECLINED, TOTAL, VISA, now, request
from tests.support.waiting import wait_until

BANK_ASKS = CardDetails(payment_method="pm_card_authenticationRequired")
HOSTED = PaymentMode.CHECKOUT


def refund_of(capture: str, amount: Money, **changes: str) -> RefundRequest:
    refund_id = new_id()
    key = changes.get("key", f"rfd-{refund_id}")
    return RefundRequest(
        refund_id=refund_id,
        payment_reference="pi_1",
        capture_reference=capture,
        amount=amount,
        key=key,
    )


async def captured(stripe: StripeProvider, card: CardDetails = VISA) -> str:
    opened = await stripe.open(request())
    paid = await stripe.confirm(opened.reference, card, key=f"confirm-{opened.reference}")
    assert paid.capture_reference is not None
    return paid.capture_reference


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


@pytest.mark.parametrize(
    ("money", "theirs"),
    [
        (Money(1999, "JPY"), 1999),
        (Money(130_000, "TZS"), 130_000),
        (Money(5_000, "KWD"), 5_000),
        (Money(2_500, "ISK"), 250_000),
        (Money(1_900, "UGX"), 190_000),
    ],
)
@pytest.mark.parametrize("mode", list(PaymentMode))
async def test_amounts_reach_stripe_in_its_own_units_and_come_back(
    stripe: StripeProvider,
    stripe_server: StripeServer,
    money: Money,
    theirs: int,
    mode: PaymentMode,
) -> None:
    stripe.check_amount(money)
    opened = await stripe.open(request(amount=money, mode=mode))
    assert opened.amount == money

    if mode is PaymentMode.CHECKOUT:
        stripe_server.pay_session(opened.reference)
    else:
        await stripe.confirm(opened.reference, VISA, key="confirm-1")
    paid = await stripe.fetch(opened.reference)
    assert paid.amount == money
    assert [entry.amount for entry in stripe_server.ledger.entries] == [theirs]

    assert paid.capture_reference is not None
    refund = await stripe.refund(refund_of(paid.capture_reference, money))
    assert refund.amount == money


def test_amounts_that_stripe_cannot_take_are_refused_in_words(stripe: StripeProvider) -> None:
    with pytest.raises(AmountNotChargeable, match=r"1\.234 KWD is not a multiple of 0\.010 KWD"):
        stripe.check_amount(Money(1234, "KWD"))
    with pytest.raises(AmountTooSmall, match=r"Stripe takes 0\.50 EUR or more; this is 0\.49 EUR"):
        stripe.check_amount(Money(49, "EUR"))
    with pytest.raises(AmountTooSmall, match="1900 UGX or more"):
        stripe.check_amount(Money(1899, "UGX"))


def test_card_numbers_never_go_to_stripe(stripe: StripeProvider) -> None:
    with pytest.raises(CardRefused):
        stripe.check_card(CardDetails(card_number="4242424242424242"))
    with pytest.raises(CardRefused):
        stripe.check_card(CardDetails(payment_method="4242424242424242"))
    with pytest.raises(CardRefused):
        stripe.check_card(CardDetails())


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


async def test_a_refund_is_made_once_per_key_and_names_ours(
    stripe: StripeProvider, stripe_server: StripeServer
) -> None:
    wanted = refund_of(await captured(stripe), Money(TOTAL, "EUR"))

    first, again = await stripe.refund(wanted), await stripe.refund(wanted)

    assert first == again
    assert (first.status, first.amount) == (RefundStatus.SUCCEEDED, Money(TOTAL, "EUR"))
    assert first.refund_id == wanted.refund_id
    assert await stripe.fetch_refund(first.reference) == first
    assert len(stripe_server.account.all("refund")) == 1


async def test_a_refund_whose_key_was_forgotten_is_found_and_not_made_again(
    stripe: StripeProvider, stripe_server: StripeServer
) -> None:
    wanted = refund_of(await captured(stripe), Money(TOTAL, "EUR"))
    first = await stripe.refund(wanted)
    stripe_server.advance(25 * 3600)

    again = await stripe.refund(wanted)

    assert again == first
    assert len(stripe_server.account.all("refund")) == 1


async def test_more_than_was_taken_is_refused(stripe: StripeProvider) -> None:
    capture = await captured(stripe)
    with pytest.raises(ProviderRefused, match="greater than unrefunded amount"):
        await stripe.refund(refund_of(capture, Money(TOTAL + 1, "EUR")))


async def test_a_refund_may_take_its_time_or_fail_later(
    stripe: StripeProvider, stripe_server: StripeServer
) -> None:
    slow = await captured(stripe, CardDetails(payment_method="pm_card_pendingRefund"))
    failing = await captured(stripe, CardDetails(payment_method="pm_card_refundFail"))

    pending = await stripe.refund(refund_of(slow, Money(TOTAL, "EUR")))
    doomed = await stripe.refund(refund_of(failing, Money(TOTAL, "EUR")))
    assert (pending.status, doomed.status) == (RefundStatus.PENDING, RefundStatus.SUCCEEDED)

    stripe_server.advance(10)
    arrived = await stripe.fetch_refund(pending.reference)
    failed = await stripe.fetch_refund(doomed.reference)
    assert (arrived.status, failed.status) == (RefundStatus.SUCCEEDED, RefundStatus.FAILED)
    assert failed.failure_message == "expired_or_canceled_card"


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


async def test_long_lists_are_read_to_their_end(stripe: StripeProvider) -> None:
    references = [(await stripe.open(request())).reference for _ in range(101)]

    listed = await stripe.recent(since=now() - timedelta(hours=1))

    assert sorted(payment.reference for payment in listed) == sorted(references)
