"""The wire shape of a payment session: a door, because an order's answer contains it."""

from datetime import datetime
from typing import Self

from pydantic import ConfigDict

from sokoni.kernel.ids import EXAMPLE, OrderId, PaymentId, encode
from sokoni.kernel.schemas import Out
from sokoni.kernel.wire import MoneyOut
from sokoni.payments.port import PaymentMode
from sokoni.payments.queries import Session
from sokoni.payments.states import STILL_PAYABLE, SessionStatus

ORDER, PAYMENT = encode("ord", EXAMPLE), encode("pay", EXAMPLE)


class FailureOut(Out):
    """Why the last try was declined: the bank's code and words."""

    code: str | None
    message: str | None


class PaymentSessionOut(Out):
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
