"""What the shop asks of a payment provider, and what a provider answers.

Amounts are `Money` in minor units by ISO 4217; an adapter converts to its provider's own units.
Every call that moves money carries a key under which the provider does it once. A provider that
does not answer raises `OutcomeUnknown`: the shop then asks again later and never guesses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from sokoni.kernel.money import Money

LONG_AGO = timedelta(seconds=60)
"""Longer than any request to a provider lasts: what was asked then is decided by now."""


class PaymentMode(StrEnum):
    """`intent`: the shop's own page confirms. `checkout`: the provider's hosted page does."""

    INTENT = "intent"
    CHECKOUT = "checkout"


class ProviderStatus(StrEnum):
    """Where the provider says a payment stands."""

    OPEN = "open"
    REQUIRES_ACTION = "requires_action"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class RefundStatus(StrEnum):
    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """A payment to be opened at the provider."""

    session_id: UUID
    order_id: UUID
    order_number: str
    mode: PaymentMode
    amount: Money
    email: str
    key: str
    created_at: datetime
    expires_at: datetime
    success_url: str
    cancel_url: str


@dataclass(frozen=True, slots=True)
class CardDetails:
    """What the buyer pays with: a test card (mock provider) or a provider's method id."""

    card_number: str | None = None
    payment_method: str | None = None


@dataclass(frozen=True, slots=True)
class ProviderPayment:
    """A payment as the provider knows it now.

    `reference` names the object the shop opened (`pi_…`, `cs_…`); `capture_reference` the movement
    of money, unique per capture (`ch_…` or `pi_…`). `amount` is what was or will be taken; `fee`
    is what the provider keeps, where it says so. `attempt_reference` tells a decline from the one
    before it; `url` is the hosted page, or the bank's while it wants to see the buyer.
    """

    reference: str
    status: ProviderStatus
    amount: Money
    session_id: UUID | None = None
    order_id: UUID | None = None
    capture_reference: str | None = None
    fee: Money | None = None
    client_secret: str | None = None
    url: str | None = None
    failure_code: str | None = None
    failure_message: str | None = None
    attempt_reference: str | None = None


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """A refund to be made of a captured payment."""

    refund_id: UUID
    payment_reference: str
    capture_reference: str
    amount: Money
    key: str


@dataclass(frozen=True, slots=True)
class ProviderRefund:
    """A refund as the provider knows it now."""

    reference: str
    status: RefundStatus
    amount: Money
    refund_id: UUID | None = None
    failure_message: str | None = None


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """A verified event: which object it is about. What happened is asked of the provider anew."""

    event_id: str
    kind: str
    payment_reference: str | None
    refund_reference: str | None
    payload: Mapping[str, object]


class OutcomeUnknown(Exception):
    """The provider did not answer, or not in a way that tells what it did."""


class NotDone(OutcomeUnknown):
    """The provider failed, and lists nothing that it did."""


class ProviderRefused(Exception):
    """The provider says the request is wrong; trying again will not help."""

    def __init__(self, message: str, *, code: str = "provider-refused") -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class BadSignature(Exception):
    """A webhook that the provider did not sign, or signed too long ago."""


class PaymentProvider(Protocol):
    """A payment provider. Every method may raise OutcomeUnknown or ProviderRefused."""

    @property
    def name(self) -> str:
        """`mock`, `stripe`: part of webhook addresses and of stored payments."""
        ...

    def minimum(self, currency: str) -> int:
        """The smallest amount that can be charged, in minor units."""
        ...

    def check_amount(self, amount: Money) -> None:
        """Raise AmountTooSmall or AmountNotChargeable for what it can never take; asks nobody."""
        ...

    def check_card(self, card: CardDetails) -> None:
        """Raise CardRefused for what can never be paid with here; asks nobody."""
        ...

    async def open(self, request: PaymentRequest) -> ProviderPayment:
        """Open the payment, or answer the one opened under the same key."""
        ...

    async def confirm(
        self, reference: str, card: CardDetails, *, key: str, return_url: str | None = None
    ) -> ProviderPayment:
        """Try to take the money now. A decline is an answer (`FAILED`), not an error.

        `return_url` is where the buyer's bank sends them back to, if it wants to see them.
        """
        ...

    async def fetch(self, reference: str) -> ProviderPayment:
        """The payment as it stands."""
        ...

    async def cancel(self, reference: str) -> ProviderPayment:
        """Make sure it can no longer be paid. Answers the state found: it may be SUCCEEDED."""
        ...

    async def refund(self, request: RefundRequest) -> ProviderRefund:
        """Give money back, once per key."""
        ...

    async def fetch_refund(self, reference: str) -> ProviderRefund:
        """The refund as it stands."""
        ...

    async def recent(
        self, *, since: datetime, until: datetime | None = None
    ) -> list[ProviderPayment]:
        """Payments of this shop changed or created in this time, for the reconciler."""
        ...

    def read_webhook(self, body: bytes, headers: Mapping[str, str]) -> WebhookEvent:
        """Verify the signature over the raw body. Raises BadSignature."""
        ...
