"""Bodies of payments on the wire."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from sokoni.kernel.ids import EXAMPLE, OrderId, PaymentId, encode
from sokoni.kernel.schemas import Body, Line, Out
from sokoni.kernel.wire import MoneyOut
from sokoni.payments.port import PaymentMode
from sokoni.payments.queries import Session, StoredEvent
from sokoni.payments.states import STILL_PAYABLE, SessionStatus

WebUrl = Annotated[
    str,
    Field(
        max_length=2000,
        pattern=r"^https?://[^\s\x00]+$",
        examples=["https://shop.example.com/thanks"],
    ),
]
ORDER, PAYMENT = encode("ord", EXAMPLE), encode("pay", EXAMPLE)


class SessionIn(Body):
    """Another try to pay for an unpaid order."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"order_id": ORDER, "mode": "checkout"}]}
    )

    order_id: OrderId
    mode: Annotated[PaymentMode, Field(strict=False)]
    provider: Line | None = None
    success_url: WebUrl | None = None
    cancel_url: WebUrl | None = None


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


class FailureOut(Out):
    """Why the last try was declined: the bank's code and words."""

    code: str | None
    message: str | None


class SessionOut(Out):
    """One try to pay for an order.

    `url`: the provider's page, or the bank's. `client_secret`: for the provider's own form. Both
    are told to the buyer alone, while there is something to pay.
    """

    model_config = ConfigDict(
        title="PaymentSession",
        json_schema_extra={
            "examples": [
                {
                    "id": PAYMENT,
                    "order_id": ORDER,
                    "status": "pending",
                    "provider": "stripe",
                    "mode": "checkout",
                    "amount": {"amount": 4488, "currency": "EUR"},
                    "client_secret": None,
                    "url": "https://checkout.stripe.com/c/pay/cs_test_a1b2",
                    "failure": None,
                    "expires_at": "2026-03-01T12:30:00Z",
                }
            ]
        },
    )

    id: PaymentId
    order_id: OrderId
    status: SessionStatus
    provider: str
    mode: PaymentMode
    amount: MoneyOut
    client_secret: str | None = None
    url: str | None = None
    failure: FailureOut | None = None
    expires_at: datetime

    @classmethod
    def of(cls, session: Session, *, secrets: bool) -> Self:
        """`secrets`: whether the caller is the one who pays."""
        told = secrets and session.status in STILL_PAYABLE
        failed = session.failure_code is not None or session.failure_message is not None
        failure = FailureOut(code=session.failure_code, message=session.failure_message)
        return cls(
            id=session.id,
            order_id=session.order_id,
            status=session.status,
            provider=session.provider,
            mode=session.mode,
            amount=MoneyOut.of(session.money),
            client_secret=session.client_secret if told else None,
            url=session.url if told else None,
            failure=failure if failed else None,
            expires_at=session.expires_at,
        )


class StaffSessionOut(SessionOut):
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
            **SessionOut.of(session, secrets=False).__dict__,
            captured=session.captured,
            refunded=session.refunded,
            reference=session.reference,
            capture_reference=session.capture_reference,
            declines=session.declines,
            created_at=session.created_at,
        )


class EventOut(Out):
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
