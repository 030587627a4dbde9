"""Progress: paid, cancelled, processed, shipped, delivered."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from sokoni.kernel import outbox, writes
from sokoni.kernel.db import WriteSession
from sokoni.orders import events
from sokoni.orders.errors import IllegalTransition, OrderNotFound
from sokoni.orders.queries import Order
from sokoni.orders.service.moves import Moved, move, statement
from sokoni.orders.states import (
    BY_HAND,
    TRANSITIONS,
    CancelReason,
    LogState,
    OrderState,
    OrderStatus,
    PaymentStatus,
    legal_by_hand,
    log_state,
    status_of,
)

CONFIRM = statement(
    changes="state = 'confirmed', payment_status = 'paid', cancel_reason = NULL",
    condition="""state = :from_order_state AND payment_status = 'pending'
         AND (state = 'pending' OR cancel_reason = 'expired' AND NOT EXISTS (
             SELECT FROM orders.orders AS living
              WHERE living.cart_id = orders.cart_id AND living.state <> 'cancelled'))""",
)
CANCEL = statement(
    changes="state = 'cancelled', cancel_reason = :reason",
    condition="state = :from_order_state AND status = :from_status",
)
ADVANCE = statement(
    changes="fulfillment_status = :to_state",
    condition="state = 'confirmed' AND status = :from_status",
)


async def confirm(
    tx: WriteSession, *, order_id: UUID, now: datetime, actor: str, late: bool = False
) -> Moved | None:
    """Paid and stock taken: pending → confirmed; `late`: cancelled by expiry → confirmed.

    None when the order is not in that state (any more), or its cart has another living order.
    """
    came_from = LogState.EXPIRED if late else LogState.PENDING
    moved = await move(
        tx,
        CONFIRM,
        order_id=order_id,
        came_from=came_from,
        to=LogState.PAID,
        actor=actor,
        now=now,
        from_order_state=OrderState.CANCELLED if late else OrderState.PENDING,
    )
    if moved is not None:
        outbox.publish(tx, events.OrderPaid(order_id=order_id, late=late))
    return moved


CONFIRMING = """
    confirmed AS (
        UPDATE orders.orders
           SET state = 'confirmed', payment_status = 'paid', last_seq = last_seq + 1,
               version = version + 1, updated_at = :now
         WHERE id = :id AND version = :version AND state = 'pending' AND payment_status = 'pending'
        RETURNING id, last_seq),
    confirmed_log AS (
        INSERT INTO orders.timeline (order_id, seq, kind, from_state, to_state, actor, data, at)
        SELECT id, last_seq, 'status', 'pending', 'paid', :actor, '{}', :now FROM confirmed)
"""


@dataclass(frozen=True, slots=True)
class Confirming:
    """A pending order about to be confirmed: as it will be read, and how it is written."""

    order: Order
    part: writes.Part


def confirming(tx: WriteSession, *, order: Order, actor: str, now: datetime) -> Confirming:
    """As `confirm`, for a pending order that nobody has touched since it was read, beside others.

    It holds if the answer's `confirmed` is true; other parts may build on the CTE `confirmed`.
    """
    values = {"id": order.id, "version": order.version, "actor": actor, "now": now}
    outbox.publish(tx, events.OrderPaid(order_id=order.id))
    return Confirming(
        order=replace(
            order,
            state=OrderState.CONFIRMED.value,
            status=OrderStatus.CONFIRMED.value,
            payment_status=PaymentStatus.PAID.value,
            version=order.version + 1,
            updated_at=now,
        ),
        part=writes.Part(CONFIRMING, values, tells="EXISTS (SELECT FROM confirmed) AS confirmed"),
    )


async def cancel(
    tx: WriteSession,
    *,
    order_id: UUID,
    reason: CancelReason,
    came_from: LogState,
    actor: str,
    now: datetime,
    note: str | None = None,
) -> Moved | None:
    """Cancel an order that is still where the caller saw it (`came_from`); None when it is not."""
    to = LogState.EXPIRED if reason is CancelReason.EXPIRED else LogState.CANCELLED
    if to not in TRANSITIONS[came_from]:
        raise IllegalTransition(
            f"An order that is {status_of(came_from)} cannot be cancelled.",
            status_now=status_of(came_from),
            legal=legal_by_hand(came_from),
        )
    pending = came_from is LogState.PENDING
    moved = await move(
        tx,
        CANCEL,
        order_id=order_id,
        came_from=came_from,
        to=to,
        actor=actor,
        now=now,
        note=note,
        reason=reason,
        from_order_state=OrderState.PENDING if pending else OrderState.CONFIRMED,
        from_status=status_of(came_from),
    )
    if moved is not None:
        outbox.publish(tx, events.OrderCancelled(order_id=order_id, reason=reason))
    return moved


async def advance(
    tx: WriteSession,
    *,
    order_id: UUID,
    to: LogState,
    actor: str,
    now: datetime,
    note: str | None = None,
    notify: bool = False,
) -> Moved:
    """Move a paid order along its fulfilment (processing, shipped, delivered).

    Raises IllegalTransition with the legal ones, and OrderNotFound.
    """
    found = await current_state(tx, order_id=order_id)
    moved = None
    if to in BY_HAND and to in TRANSITIONS[found]:
        moved = await move(
            tx,
            ADVANCE,
            order_id=order_id,
            came_from=found,
            to=to,
            actor=actor,
            now=now,
            note=note,
            from_status=status_of(found),
        )
    if moved is None:
        raise IllegalTransition(
            f"An order that is {status_of(found)} cannot become {status_of(to)}.",
            status_now=status_of(found),
            legal=legal_by_hand(found),
        )
    outbox.publish(
        tx, events.OrderStatusChanged(order_id=order_id, status=status_of(to), notify=notify)
    )
    return moved


STATE = text("SELECT status, cancel_reason FROM orders.orders WHERE id = :id FOR UPDATE")


async def current_state(tx: WriteSession, *, order_id: UUID) -> LogState:
    """Where the order is, with its row locked. Raises OrderNotFound."""
    row = (await tx.execute(STATE, {"id": order_id})).one_or_none()
    if row is None:
        raise OrderNotFound
    return log_state(row.status, row.cancel_reason)
