"""Settlement: the one way in which money makes an order paid.

Webhook, confirm call, return page and reconciler all end here. One conditional update of the
session decides; the losers see it done. What the money then does depends on the order:

- pending: its stock is committed and it is confirmed;
- cancelled by expiry: the same, if its stock can still be taken; else the money goes back;
- cancelled by a person, or replaced: the money goes back;
- paid by another session: this one's money goes back and never counts as the order's.

Lock order: order, session, ledger, and stock last.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from sokoni.cart import service as carts
from sokoni.inventory import service as inventory
from sokoni.inventory.errors import InsufficientStock, ReservationExpired
from sokoni.kernel.db import WriteSession, violated
from sokoni.kernel.ids import new_id
from sokoni.kernel.money import Money
from sokoni.orders import queries as order_queries
from sokoni.orders import service as orders
from sokoni.orders.queries import Order
from sokoni.orders.states import CancelReason
from sokoni.payments.errors import AmountMismatch, PaymentNotFound
from sokoni.payments.port import ProviderPayment, ProviderStatus
from sokoni.payments.queries import Session
from sokoni.payments.service import ledger, sessions
from sokoni.payments.service.refunds import refund
from sokoni.payments.states import RefundReason, SessionStatus


class Settled(StrEnum):
    """What became of an amount of money."""

    PAID = "paid"
    PAID_LATE = "paid_late"
    RETURNED = "returned"
    ALREADY = "already"


class StockGone(Exception):
    """The stock of a late order cannot be taken again; undoes the savepoint."""


async def apply(
    tx: WriteSession, *, session: Session, payment: ProviderPayment, now: datetime
) -> Settled | None:
    """Let the order follow what the provider says about a session."""
    match payment.status:
        case ProviderStatus.SUCCEEDED:
            return await settle(tx, session=session, payment=payment, now=now)
        case ProviderStatus.FAILED:
            await sessions.declined(tx, session=session, payment=payment, now=now)
        case ProviderStatus.CANCELLED:
            await sessions.close(tx, session_id=session.id, status=SessionStatus.CANCELLED, now=now)
        case ProviderStatus.EXPIRED:
            await sessions.close(tx, session_id=session.id, status=SessionStatus.EXPIRED, now=now)
        case _:
            await sessions.waiting(tx, session=session, payment=payment, now=now)
    return None


SETTLE = text(
    """
    UPDATE payments.sessions
       SET status = 'succeeded', captured = amount, reference = coalesce(reference, :reference),
           capture_reference = :capture_reference, failure_code = NULL, failure_message = NULL,
           settled_at = :now, updated_at = :now
     WHERE id = :id AND status <> 'succeeded'
    RETURNING id
    """
)
CAPTURED = text(
    """
    INSERT INTO payments.entries
           (id, order_id, session_id, provider, kind, amount, currency, reference, at)
    VALUES (:id, :order_id, :session_id, :provider, 'capture', :amount, :currency, :reference, :now)
    """
)
PAID_BEFORE = text(
    "SELECT EXISTS (SELECT FROM payments.entries WHERE order_id = :id AND kind = 'capture')"
)


async def settle(
    tx: WriteSession, *, session: Session, payment: ProviderPayment, now: datetime
) -> Settled:
    """Take note of captured money, exactly once. Raises AmountMismatch, changing nothing."""
    order = await order_queries.order_locked(tx, session.order_id)
    if order is None:
        raise PaymentNotFound
    check_payment(session, payment)
    won = await tx.scalar(
        SETTLE,
        {
            "id": session.id,
            "reference": payment.reference,
            "capture_reference": payment.capture_reference or payment.reference,
            "now": now,
        },
    )
    if won is None:
        return Settled.ALREADY
    return await _use(tx, order=order, session=session, payment=payment, now=now)


async def _use(
    tx: WriteSession, *, order: Order, session: Session, payment: ProviderPayment, now: datetime
) -> Settled:
    if order.state == "pending":
        await _count(tx, order=order, session=session, payment=payment, now=now)
        await ledger.book_sale(tx, order=order, provider=session.provider, now=now)
        await _pay(tx, order=order, session=session, now=now, late=False)
        return Settled.PAID
    if order.state == "confirmed" or await tx.scalar(PAID_BEFORE, {"id": order.id}):
        await _return(tx, session=session, reason=RefundReason.SECOND_PAYMENT, now=now)
        return Settled.RETURNED
    await _count(tx, order=order, session=session, payment=payment, now=now)
    if order.cancel_reason == CancelReason.EXPIRED:
        try:
            async with tx.begin_nested():
                await ledger.book_sale(tx, order=order, provider=session.provider, now=now)
                await _pay(tx, order=order, session=session, now=now, late=True)
        except StockGone:
            await _return(tx, session=session, reason=RefundReason.LATE, now=now)
            return Settled.RETURNED
        return Settled.PAID_LATE
    await _return(tx, session=session, reason=RefundReason.CANCELLED, now=now)
    return Settled.RETURNED


async def _pay(
    tx: WriteSession, *, order: Order, session: Session, now: datetime, late: bool
) -> None:
    actor = f"provider:{session.provider}"
    try:
        moved = await orders.confirm(tx, order_id=order.id, now=now, actor=actor, late=late)
    except IntegrityError as error:
        if late and violated(error, "one_living_order_per_cart"):
            raise StockGone from error
        raise
    if moved is None:
        raise StockGone
    await carts.complete(tx, cart_id=order.cart_id, order_id=order.id, now=now)
    await tx.flush()
    try:
        if late:
            await inventory.take(tx, order_id=order.id, lines=order.quantities(), now=now)
        else:
            await inventory.commit(tx, order_id=order.id, now=now)
    except (InsufficientStock, ReservationExpired) as error:
        if not late:
            raise
        raise StockGone from error


async def _count(
    tx: WriteSession, *, order: Order, session: Session, payment: ProviderPayment, now: datetime
) -> None:
    """The money is the order's."""
    if session.amount == 0:
        return
    await tx.execute(
        CAPTURED,
        {
            "id": new_id(),
            "order_id": order.id,
            "session_id": session.id,
            "provider": session.provider,
            "amount": session.amount,
            "currency": session.currency,
            "reference": payment.capture_reference or payment.reference,
            "now": now,
        },
    )
    if payment.fee is not None and payment.fee.currency == session.currency:
        await ledger.book_fee(
            tx,
            session_id=session.id,
            order_id=order.id,
            provider=session.provider,
            fee=payment.fee.amount,
            currency=session.currency,
            now=now,
        )


async def _return(
    tx: WriteSession, *, session: Session, reason: RefundReason, now: datetime
) -> None:
    """The shop cannot keep the money: it goes back whole."""
    await ledger.book_deposit(
        tx,
        session_id=session.id,
        order_id=session.order_id,
        provider=session.provider,
        amount=session.amount,
        currency=session.currency,
        now=now,
    )
    await refund(
        tx,
        session_id=session.id,
        amount=session.amount,
        reason=reason,
        was_sale=False,
        is_stray=reason is RefundReason.SECOND_PAYMENT,
        now=now,
    )


def check_payment(session: Session, payment: ProviderPayment) -> None:
    """The provider's word must be about this payment, to the minor unit."""
    expected = Money(session.amount, session.currency)
    wrong_order = payment.order_id is not None and payment.order_id != session.order_id
    wrong_session = payment.session_id is not None and payment.session_id != session.id
    if payment.amount != expected or wrong_order or wrong_session:
        raise AmountMismatch(
            f"Payment {payment.reference} says {payment.amount}; {expected} was asked for."
        )
