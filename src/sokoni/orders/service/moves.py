"""The one statement by which an order moves: update where it may, log in the same breath."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB

from sokoni.kernel.db import WriteSession
from sokoni.orders.states import LogState


@dataclass(frozen=True, slots=True)
class Moved:
    """An order after a move."""

    id: UUID
    number: str
    cart_id: UUID
    version: int


MOVE = """
    WITH moved AS (
        UPDATE orders.orders SET {changes}, last_seq = last_seq + 1, version = version + 1,
               updated_at = :now
         WHERE id = :id AND {condition}
        RETURNING id, number, cart_id, version, last_seq),
    logged AS (
        INSERT INTO orders.timeline
               (order_id, seq, kind, from_state, to_state, actor, note, data, at)
        SELECT id, last_seq, :kind, :from_state, :to_state, :actor, :note, :data, :now FROM moved)
    SELECT id, number, cart_id, version FROM moved
"""


def statement(*, changes: str, condition: str) -> TextClause:
    """A move that makes these changes where the condition holds."""
    return text(MOVE.format(changes=changes, condition=condition)).bindparams(
        bindparam("data", type_=JSONB)
    )


async def move(
    tx: WriteSession,
    statement: TextClause,
    *,
    order_id: UUID,
    actor: str,
    now: datetime,
    kind: str = "status",
    came_from: LogState | None = None,
    to: LogState | None = None,
    note: str | None = None,
    data: dict[str, Any] | None = None,
    **conditions: str,
) -> Moved | None:
    """Move the order, or leave it: None when the condition does not hold (any more)."""
    row = (
        await tx.execute(
            statement,
            {
                "id": order_id,
                "kind": kind,
                "from_state": came_from,
                "to_state": to,
                "actor": actor,
                "note": note,
                "data": data or {},
                "now": now,
                **conditions,
            },
        )
    ).one_or_none()
    return None if row is None else Moved(row.id, row.number, row.cart_id, row.version)
