"""End an order that is not to be: cancel it, free or return its stock, give its money back.

One transaction; the order's row is locked first and stock is touched last. The provider is told
afterwards, by a job of the same transaction.
"""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sokoni.inventory import service as inventory
from sokoni.kernel import jobs
from sokoni.kernel.db import WriteSession
from sokoni.orders import queries as order_queries
from sokoni.orders import service as orders
from sokoni.orders.errors import OrderNotFound
from sokoni.orders.queries import Order
from sokoni.orders.states import CancelReason
from sokoni.payments import queries as payment_queries
from sokoni.payments import service as payments
from sokoni.payments.providers import FREE
from sokoni.payments.service import Session
from sokoni.payments.states import STILL_PAYABLE, RefundReason, SessionStatus


class CloseAtProvider(jobs.Task, frozen=True):
    """Make sure at the provider that a closed session cannot be paid any more."""

    name: ClassVar = "checkout.close_at_provider"
    attempts: ClassVar = 12
    session_id: UUID


async def end_order(
    tx: WriteSession,
    *,
    order_id: UUID,
    reason: CancelReason,
    actor: str,
    now: datetime,
    note: str | None = None,
    only_pending: bool = False,
) -> Order | None:
    """Cancel the order and undo what hangs on it; None when `only_pending` and it is not.

    Paid orders are refunded whole and their units go back to the shelf. Raises IllegalTransition
    once it has shipped, and OrderNotFound.
    """
    order = await order_queries.order_locked(tx, order_id)
    if order is None:
        raise OrderNotFound
    was_pending = order.state == "pending"
    if only_pending and not was_pending:
        return None
    moved = await orders.cancel(
        tx,
        order_id=order_id,
        reason=reason,
        came_from=order.log_state,
        actor=actor,
        note=note,
        now=now,
    )
    assert moved is not None, "the order's row is locked"
    if was_pending:
        await _close_sessions(tx, order=order, reason=reason, now=now)
        await tx.flush()
        await inventory.release(tx, order_id=order_id, now=now)
    else:
        await _refund(tx, order=order, now=now)
        await tx.flush()
        await inventory.restock(tx, order_id=order_id, now=now)
    return order


async def _close_sessions(
    tx: WriteSession, *, order: Order, reason: CancelReason, now: datetime
) -> None:
    found = await payment_queries.sessions_of(tx, [order.id])
    expired = reason is CancelReason.EXPIRED
    status = SessionStatus.EXPIRED if expired else SessionStatus.CANCELLED
    await payments.close_all(tx, order_id=order.id, status=status, now=now)
    for session in found[order.id]:
        if session.status in STILL_PAYABLE:
            await close_later(tx, session)


async def close_later(tx: WriteSession, session: Session) -> None:
    """Have the provider told that the session is over, if there is anybody to tell."""
    if session.provider not in {"mock", FREE}:
        await jobs.enqueue(tx, CloseAtProvider(session_id=session.id))


async def _refund(tx: WriteSession, *, order: Order, now: datetime) -> None:
    found = await payment_queries.sessions_of(tx, [order.id])
    for session in found[order.id]:
        left = session.captured - session.refunded
        if left > 0:
            await payments.refund(
                tx,
                session_id=session.id,
                amount=left,
                reason=RefundReason.CANCELLED,
                was_sale=True,
                now=now,
            )
