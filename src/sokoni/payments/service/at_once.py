"""Settlement of the usual case by one statement: an untouched pending order, paid at its checkout.

`settlement.settle` asks how things stand and then acts, in eight statements, because a webhook may
come at any time. A checkout that has just placed the order, and whose provider takes the money
within the call, knows how things stand unless somebody was faster; so it says what shall be true
and asks afterwards whether it came to be. If it did not, everything is undone and `settle` decides.

What is written, and the order of locks (order, session, ledger, cart), are those of `settle`; the
stock is the caller's to commit, last.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sokoni.cart import service as carts
from sokoni.kernel import writes
from sokoni.kernel.db import WriteSession
from sokoni.kernel.ids import new_id
from sokoni.orders import service as orders
from sokoni.orders.queries import Order
from sokoni.payments.port import ProviderPayment, ProviderStatus
from sokoni.payments.queries import Session
from sokoni.payments.service import ledger
from sokoni.payments.service.settlement import check_payment
from sokoni.payments.states import SessionStatus


class NotAtOnce(Exception):
    """Somebody was faster: undo, and let `settle` look at what is."""


@dataclass(frozen=True, slots=True)
class Settling:
    """Order and session as they will be read once `parts` are written and `check_settled`."""

    order: Order
    session: Session
    parts: tuple[writes.Part, ...]


SETTLE = """
    won AS (
        UPDATE payments.sessions
           SET status = 'succeeded', captured = amount, reference = coalesce(reference, :reference),
               capture_reference = :capture_reference, failure_code = NULL,
               failure_message = NULL, settled_at = :now, updated_at = :now
          FROM confirmed
         WHERE sessions.id = :id AND sessions.order_id = confirmed.id
           AND sessions.status <> 'succeeded'
        RETURNING sessions.id, sessions.order_id, sessions.provider, sessions.amount,
                  sessions.currency),
    captured AS (
        INSERT INTO payments.entries
               (id, order_id, session_id, provider, kind, amount, currency, reference, at)
        SELECT :entry_id, order_id, id, provider, 'capture', amount, currency, :capture_reference,
               :now FROM won),
    booked AS (
        INSERT INTO payments.journal
               (id, kind, subject_id, order_id, currency, accounts, amounts, at)
        SELECT :journal_id, 'sale', order_id, order_id, currency, :accounts, :amounts, :now
          FROM won)
"""


def can_settle(session: Session, payment: ProviderPayment) -> bool:
    """Whether it is the usual case: money came, and no fee is to be booked with it."""
    is_paid = payment.status is ProviderStatus.SUCCEEDED
    return is_paid and session.amount > 0 and payment.fee is None


def settling(
    tx: WriteSession, *, order: Order, session: Session, payment: ProviderPayment, now: datetime
) -> Settling:
    """Let captured money make the order paid. Raises AmountMismatch."""
    check_payment(session, payment)
    confirming = orders.confirming(tx, order=order, actor=f"provider:{session.provider}", now=now)
    capture = payment.capture_reference or payment.reference
    sale = ledger.sale(order, provider=session.provider)
    values = {
        "id": session.id,
        "reference": payment.reference,
        "capture_reference": capture,
        "entry_id": new_id(),
        "journal_id": new_id(),
        "accounts": list(sale),
        "amounts": list(sale.values()),
        "now": now,
    }
    settled = writes.Part(SETTLE, values, tells="EXISTS (SELECT FROM won) AS won")
    completed = carts.completing(cart_id=order.cart_id, order_id=order.id, now=now)
    return Settling(
        order=confirming.order,
        session=replace(
            session,
            status=SessionStatus.SUCCEEDED,
            captured=session.amount,
            reference=session.reference or payment.reference,
            capture_reference=capture,
            failure_code=None,
            failure_message=None,
        ),
        parts=(confirming.part, settled, completed),
    )


def check_settled(told: writes.Row) -> None:
    """Raise NotAtOnce, which must undo the transaction, unless it all came to be."""
    if not (told.confirmed and told.won):
        raise NotAtOnce
