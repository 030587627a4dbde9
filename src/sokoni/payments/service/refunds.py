"""Refunds: decided in the transaction that finds them due, sent afterwards under a stored key.

A refund counts from its row. It is bounded by what its session captured, in the same statement.
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import text

from sokoni.kernel import jobs, outbox
from sokoni.kernel.db import WriteSession
from sokoni.kernel.ids import new_id
from sokoni.orders import service as orders
from sokoni.orders.events import OrderRefundStarted
from sokoni.payments.events import RefundFailed
from sokoni.payments.port import ProviderRefund, RefundStatus
from sokoni.payments.service import ledger
from sokoni.payments.states import RefundReason


class SendRefund(jobs.Task, frozen=True):
    """Ask the provider for a refund that is written down."""

    name: ClassVar = "payments.send_refund"
    attempts: ClassVar = 15
    refund_id: UUID


REFUND = text(
    """
    WITH bounded AS (
        UPDATE payments.sessions SET refunded = refunded + :amount, updated_at = :now
         WHERE id = :session_id AND captured - refunded >= :amount
        RETURNING id, order_id, provider, currency, captured = refunded AS whole),
    written AS (
        INSERT INTO payments.refunds (id, order_id, session_id, provider, amount, currency, reason,
                                      status, is_stray, key, created_at, updated_at)
        SELECT :refund_id, order_id, id, provider, :amount, currency, :reason, 'pending',
               :is_stray, :key, :now, :now FROM bounded
        RETURNING id),
    counted AS (
        INSERT INTO payments.entries (id, order_id, session_id, refund_id, provider, kind, amount,
                                      currency, reference, at)
        SELECT :entry_id, order_id, bounded.id, written.id, provider, 'refund', :amount, currency,
               :key, :now FROM bounded, written WHERE NOT :is_stray)
    SELECT order_id, currency, whole FROM bounded
    """
)


async def refund(
    tx: WriteSession,
    *,
    session_id: UUID,
    amount: int,
    reason: RefundReason,
    was_sale: bool,
    is_stray: bool = False,
    now: datetime,
) -> UUID | None:
    """Write a refund of all that a session captured, and queue its sending.

    `was_sale`: it had been booked as the order's revenue. None when nothing is left to refund.
    """
    refund_id = new_id()
    key = f"rfd-{refund_id}"
    row = (
        await tx.execute(
            REFUND,
            {
                "session_id": session_id,
                "refund_id": refund_id,
                "entry_id": new_id(),
                "amount": amount,
                "reason": reason,
                "is_stray": is_stray,
                "key": key,
                "now": now,
            },
        )
    ).one_or_none()
    if row is None:
        return None
    subject_id = row.order_id if was_sale else session_id
    kind = "sale" if was_sale else "deposit"
    await ledger.reverse(tx, refund_id=refund_id, kind=kind, subject_id=subject_id, now=now)
    data = {"refund_id": str(refund_id), "amount": amount, "reason": str(reason)}
    if is_stray:
        await orders.note(
            tx, order_id=row.order_id, kind="refund", actor="shop", data=data, now=now
        )
    else:
        await orders.refunded(tx, order_id=row.order_id, whole=row.whole, data=data, now=now)
    outbox.publish(
        tx,
        OrderRefundStarted(
            order_id=row.order_id,
            refund_id=refund_id,
            amount=amount,
            currency=row.currency,
            reason=reason,
        ),
    )
    await jobs.enqueue(tx, SendRefund(refund_id=refund_id), dedup_key=key)
    return refund_id


ANSWERED = text(
    """
    WITH told AS (
        UPDATE payments.refunds
           SET status = :status, reference = :reference, error = :error, updated_at = :now
         WHERE id = :id AND status = 'pending'
        RETURNING id, order_id, reference)
    UPDATE payments.entries SET reference = told.reference
      FROM told WHERE entries.refund_id = told.id
    """
)
FAILED = text(
    """
    UPDATE payments.refunds SET status = 'failed', error = :error, updated_at = :now
     WHERE id = :id AND status <> 'failed' RETURNING order_id
    """
)
TOUCH = text("UPDATE payments.refunds SET updated_at = :now WHERE id = :id")


async def refund_answered(
    tx: WriteSession, *, refund_id: UUID, answer: ProviderRefund, now: datetime
) -> None:
    """Note the provider's reference and where the refund stands."""
    if answer.status is RefundStatus.FAILED:
        await refund_failed(
            tx, refund_id=refund_id, error=answer.failure_message or "refused", now=now
        )
        return
    await tx.execute(
        ANSWERED,
        {
            "id": refund_id,
            "status": answer.status,
            "reference": answer.reference,
            "error": None,
            "now": now,
        },
    )


REKEYED = text(
    """
    UPDATE payments.refunds SET key = :key, updated_at = :now
     WHERE id = :id AND key = :old AND status = 'pending' AND reference IS NULL RETURNING id
    """
)


async def rekey_refund(
    tx: WriteSession, *, refund_id: UUID, old: str, key: str, now: datetime
) -> bool:
    """Give an unsent refund another key; False when it has moved on."""
    values = {"id": refund_id, "old": old, "key": key, "now": now}
    return await tx.scalar(REKEYED, values) is not None


async def refund_failed(tx: WriteSession, *, refund_id: UUID, error: str, now: datetime) -> None:
    """The provider finally will not: mark it for people, who see it in `sokoni check`."""
    order_id = await tx.scalar(FAILED, {"id": refund_id, "error": error[:2000], "now": now})
    if order_id is None:
        return
    data = {"refund_id": str(refund_id)}
    await orders.note(tx, order_id=order_id, kind="refund_failed", actor="shop", data=data, now=now)
    outbox.publish(tx, RefundFailed(order_id=order_id, refund_id=refund_id))


async def touch_refund(tx: WriteSession, *, refund_id: UUID, now: datetime) -> None:
    """The reconciler could not learn about it: look at it again later, not at once."""
    await tx.execute(TOUCH, {"id": refund_id, "now": now})
