"""Amounts and refunds at Stripe: in its own units, and once per key."""

import pytest
from tools.stripe_server import StripeServer

from sokoni.kernel.ids import new_id
from sokoni.kernel.money import Money
from sokoni.payments.errors import AmountNotChargeable, AmountTooSmall
from sokoni.payments.port import (
    CardDetails,
    PaymentMode,
    ProviderRefused,
    RefundRequest,
    RefundStatus,
)
from sokoni.payments.stripe import StripeProvider
from tests.payments.factories import TOTAL, VISA, request


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
