"""Bodies of payments on the wire."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from sokoni.kernel.ids import OrderId
from sokoni.kernel.schemas import Body, Line, Out
from sokoni.payments.port import PaymentMode
from sokoni.payments.queries import Balance, Session, StoredEvent
from sokoni.payments.returning import WebUrl
from sokoni.payments.shapes import ORDER, PaymentSessionOut


class AnotherTryIn(Body):
    """How to pay this time."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"mode": "checkout"}]})

    mode: Annotated[PaymentMode, Field(strict=False)]
    provider: Line | None = None
    success_url: WebUrl | None = None
    cancel_url: WebUrl | None = None


class SessionIn(AnotherTryIn):
    """Another try to pay for an unpaid order."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"order_id": ORDER, "mode": "checkout"}]}
    )

    order_id: OrderId


class ConfirmIn(Body):
    """What to pay with. `card_number` is for the mock provider's test cards alone."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"card_number": "4242424242424242"}]})

    card_number: Annotated[str, Field(pattern=r"^[0-9 ]{12,23}$")] | None = None
    payment_method: Line | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.card_number is None) == (self.payment_method is None):
            raise ValueError("send card_number or payment_method")
        return self


class StaffSessionOut(PaymentSessionOut):
    """A payment as staff sees it. `captured` and `refunded` in minor units of its currency."""

    model_config = ConfigDict(title="StaffPayment")

    captured: int
    refunded: int
    reference: str | None
    capture_reference: str | None
    declines: int
    created_at: datetime

    @classmethod
    def of_staff(cls, session: Session) -> Self:
        return cls(
            **PaymentSessionOut.of(session, secrets=False).__dict__,
            captured=session.captured,
            refunded=session.refunded,
            reference=session.reference,
            capture_reference=session.capture_reference,
            declines=session.declines,
            created_at=session.created_at,
        )


class WebhookOut(Out):
    """A webhook about the payment, and whether it has been acted on."""

    provider: str
    event_id: str
    kind: Annotated[str, Field(examples=["payment_intent.succeeded"])]
    payment_reference: str | None
    refund_reference: str | None
    received_at: datetime
    done: bool

    @classmethod
    def of(cls, event: StoredEvent) -> Self:
        return cls.model_validate(event)


class ReceivedOut(Out):
    """The event is stored; what it means is worked out afterwards."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"received": True}]})

    received: bool = True


class BalanceOut(Out):
    """One account in one currency, in minor units; `balance` is debits less credits."""

    account: Annotated[str, Field(examples=["provider:stripe"])]
    entries: int
    debit: int
    credit: int
    balance: int


class CurrencyBalanceOut(Out):
    """The accounts of one currency. `total` is what all balances come to: 0, or the books lie."""

    currency: Annotated[str, Field(examples=["EUR"])]
    debit: int
    credit: int
    total: int
    accounts: list[BalanceOut]


class TrialBalanceOut(Out):
    """The ledger added up, of what was booked before `at`."""

    at: datetime
    is_balanced: bool
    items: list[CurrencyBalanceOut]

    @classmethod
    def of(cls, balances: Sequence[Balance], *, at: datetime) -> Self:
        by_currency: dict[str, list[Balance]] = {}
        for balance in balances:
            by_currency.setdefault(balance.currency, []).append(balance)
        items = [
            CurrencyBalanceOut(
                currency=currency,
                debit=sum(account.debit for account in accounts),
                credit=sum(account.credit for account in accounts),
                total=sum(account.balance for account in accounts),
                accounts=[BalanceOut.model_validate(account) for account in accounts],
            )
            for currency, accounts in by_currency.items()
        ]
        return cls(at=at, is_balanced=all(item.total == 0 for item in items), items=items)
