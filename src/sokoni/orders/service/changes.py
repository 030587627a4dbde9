"""Changes that are no progress: notes, refunds, a corrected address, an account to belong to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB

from sokoni.kernel.db import WriteSession
from sokoni.orders.errors import OrderCannotChange, OrderIsTaken, OrderNotFound
from sokoni.orders.service.moves import Moved, move, statement

NOTE = statement(changes="note = note", condition="true")
REFUND = statement(
    changes="payment_status = :payment_status", condition="payment_status <> 'refunded'"
)


async def note(
    tx: WriteSession,
    *,
    order_id: UUID,
    kind: str,
    actor: str,
    now: datetime,
    note: str | None = None,
    data: dict[str, Any] | None = None,
) -> Moved:
    """Add a line to the timeline that is no move: a staff note, a decline, a refund."""
    moved = await move(
        tx, NOTE, order_id=order_id, actor=actor, now=now, note=note, kind=kind, data=data
    )
    if moved is None:
        raise OrderNotFound
    return moved


async def refunded(
    tx: WriteSession, *, order_id: UUID, whole: bool, data: dict[str, Any], now: datetime
) -> None:
    """Note that money goes back, and whether it is all of it."""
    await move(
        tx,
        REFUND,
        order_id=order_id,
        actor="shop",
        now=now,
        kind="refund",
        data=data,
        payment_status="refunded" if whole else "partially_refunded",
    )


CHANGE = text(
    """
    UPDATE orders.orders
       SET shipping_address = coalesce(:shipping_address, shipping_address),
           note = CASE WHEN :sets_note THEN :note ELSE note END,
           version = version + 1, updated_at = :now
     WHERE id = :id AND version = :version AND status IN ('pending', 'confirmed')
    RETURNING version
    """
).bindparams(bindparam("shipping_address", type_=JSONB(none_as_null=True)))


async def change(
    tx: WriteSession,
    *,
    order_id: UUID,
    version: int,
    shipping_address: dict[str, Any] | None,
    sets_note: bool,
    note: str | None,
    now: datetime,
) -> int:
    """The customer corrects address or note, before processing. Raises OrderCannotChange."""
    changed = await tx.scalar(
        CHANGE,
        {
            "id": order_id,
            "version": version,
            "shipping_address": shipping_address,
            "sets_note": sets_note,
            "note": note,
            "now": now,
        },
    )
    if changed is None:
        raise OrderCannotChange("It is being processed, or was changed a moment ago; read it anew.")
    return int(changed)


CLAIM = text(
    """
    UPDATE orders.orders
       SET user_id = :user_id, version = version + 1, updated_at = :now
     WHERE id = :id AND user_id IS NULL
    RETURNING version
    """
)
OWNER = text("SELECT user_id FROM orders.orders WHERE id = :id")


async def claim(tx: WriteSession, *, order_id: UUID, user_id: UUID, now: datetime) -> None:
    """Let a guest's order belong to an account; again is the same. Raises OrderIsTaken."""
    claimed = await tx.scalar(CLAIM, {"id": order_id, "user_id": user_id, "now": now})
    if claimed is None and await tx.scalar(OWNER, {"id": order_id}) != user_id:
        raise OrderIsTaken("Sign in to that account to see it.")
