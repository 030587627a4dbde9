"""The mock provider: takes no money, needs no keys, and is never there in production.

It keeps nothing. What it has to know of a payment is in the reference it gave out; what a test
card does is in the table below, by the numbers and names that Stripe documents.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sokoni.kernel.errors import FieldError
from sokoni.kernel.money import Money
from sokoni.payments.errors import CardRefused
from sokoni.payments.port import (
    BadSignature,
    CardDetails,
    PaymentRequest,
    ProviderPayment,
    ProviderRefund,
    ProviderRefused,
    ProviderStatus,
    RefundRequest,
    RefundStatus,
    WebhookEvent,
)


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a payment with a test card."""

    status: ProviderStatus
    code: str | None = None
    message: str | None = None


def _declined(code: str, message: str = "Your card was declined.") -> Fate:
    return Fate(ProviderStatus.FAILED, code, message)


PAID = Fate(ProviderStatus.SUCCEEDED)
BANK_ASKS = Fate(ProviderStatus.REQUIRES_ACTION)
DECLINED = _declined("card_declined")
NO_FUNDS = _declined("insufficient_funds", "Your card has insufficient funds.")

CARDS = {
    "4242424242424242": PAID,
    "5555555555554444": PAID,
    "378282246310005": PAID,
    "4000000000000002": DECLINED,
    "4000000000000341": DECLINED,
    "4000000000009995": NO_FUNDS,
    "4000000000009987": _declined("lost_card"),
    "4000000000009979": _declined("stolen_card"),
    "4000000000000069": _declined("expired_card", "Your card has expired."),
    "4000000000000127": _declined("incorrect_cvc", "Your card's security code is incorrect."),
    "4000000000000119": _declined(
        "processing_error", "An error occurred while processing your card. Try again in a moment."
    ),
    "4100000000000019": _declined("fraudulent"),
    "4000002500003155": BANK_ASKS,
    "4000002760003184": BANK_ASKS,
    "4000008260003178": BANK_ASKS,
    "4000000000000259": PAID,
    "4000000000005126": PAID,
    "4000000000007726": PAID,
}
METHODS = {
    "pm_card_visa": PAID,
    "pm_card_mastercard": PAID,
    "pm_card_amex": PAID,
    "pm_card_chargeDeclined": DECLINED,
    "pm_card_chargeCustomerFail": DECLINED,
    "pm_card_visa_chargeDeclined": DECLINED,
    "pm_card_chargeDeclinedInsufficientFunds": NO_FUNDS,
    "pm_card_visa_chargeDeclinedInsufficientFunds": NO_FUNDS,
    "pm_card_authenticationRequired": BANK_ASKS,
}


class MockProvider:
    """See the module's docstring."""

    name = "mock"

    def minimum(self, currency: str) -> int:
        return 1

    def check_amount(self, amount: Money) -> None:
        """Takes any amount."""

    def check_card(self, card: CardDetails) -> None:
        _fate(card)

    async def open(self, request: PaymentRequest) -> ProviderPayment:
        amount = request.amount
        reference = f"mock_{request.session_id.hex}_{amount.amount}_{amount.currency}"
        return _payment(reference, ProviderStatus.OPEN)

    async def confirm(
        self,
        reference: str,
        card: CardDetails,
        *,
        key: str,
        return_url: str | None = None,
    ) -> ProviderPayment:
        fate = _fate(card)
        payment = _payment(reference, fate.status)
        if fate.status is not ProviderStatus.FAILED:
            return payment
        return replace(
            payment, failure_code=fate.code, failure_message=fate.message, attempt_reference=key
        )

    async def fetch(self, reference: str) -> ProviderPayment:
        """Always open: what was confirmed was settled on the spot, and nothing can get lost."""
        return _payment(reference, ProviderStatus.OPEN)

    async def cancel(self, reference: str) -> ProviderPayment:
        return _payment(reference, ProviderStatus.CANCELLED)

    async def refund(self, request: RefundRequest) -> ProviderRefund:
        return ProviderRefund(
            reference=f"mockre_{request.refund_id.hex}",
            status=RefundStatus.SUCCEEDED,
            amount=request.amount,
            refund_id=request.refund_id,
        )

    async def fetch_refund(self, reference: str) -> ProviderRefund:
        raise ProviderRefused(f"There is no refund {reference} to ask about.")

    async def recent(
        self, *, since: datetime, until: datetime | None = None
    ) -> list[ProviderPayment]:
        return []

    def read_webhook(self, body: bytes, headers: Mapping[str, str]) -> WebhookEvent:
        raise BadSignature("The mock provider sends no webhooks.")


def _fate(card: CardDetails) -> Fate:
    number = (card.card_number or "").replace(" ", "")
    found = CARDS.get(number) if number else METHODS.get(card.payment_method or "")
    if found is None:
        pointer = "/card_number" if number else "/payment_method"
        refusal = "only the documented test numbers work here, such as 4242424242424242"
        raise CardRefused(
            "Real cards cannot be used here: only the documented test numbers and methods.",
            errors=[FieldError(pointer, refusal)],
        )
    return found


def _payment(reference: str, status: ProviderStatus) -> ProviderPayment:
    """The payment behind `mock_<session>_<amount>_<currency>`."""
    try:
        _, session, amount, currency = reference.split("_")
        session_id, money = UUID(session), Money(int(amount), currency)
    except ValueError as error:
        raise ProviderRefused("There is no such mock payment.", code="unknown-payment") from error
    paid = status is ProviderStatus.SUCCEEDED
    return ProviderPayment(
        reference=reference,
        status=status,
        amount=money,
        session_id=session_id,
        capture_reference=f"mockch_{session}" if paid else None,
    )
