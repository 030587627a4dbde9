"""Taking units: for later (`reserve`), or at once (`take`). All lines or none.

One statement locks the active levels of the wanted variants in order, chooses a level for each
line, and writes reservation, holds, levels and movements only when every line found one: when it
refuses, nothing was written and the transaction can go on. (Two at once for one order are told
apart by a unique index; the later transaction is undone and run again.)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from asyncpg.exceptions import IntegrityConstraintViolationError

from sokoni.inventory.errors import AlreadyReserved, InsufficientStock
from sokoni.inventory.events import AvailabilityChanged
from sokoni.inventory.models import MovementReason, ReservationState
from sokoni.inventory.service.sql import MOVEMENT, NEW_ID, busy_statement
from sokoni.kernel import ids, outbox
from sokoni.kernel.db import RetryTransaction, WriteSession, violated
from sokoni.kernel.ids import new_id
from sokoni.kernel.writes import Row

# The new numbers come from the locked row. From `s`, which is first the row of the statement's
# snapshot, they could break a check before PostgreSQL finds that there is a newer one.
TAKE = busy_statement(
    f"""
    WITH wanted AS (
        SELECT * FROM unnest(CAST(:variant_ids AS uuid[]), CAST(:quantities AS bigint[]))
                   AS w (variant_id, quantity)
    ), locked AS MATERIALIZED (
        SELECT s.variant_id, s.location_id, l.priority, s.on_hand, s.reserved,
               s.on_hand - s.reserved AS available
          FROM inventory.stock_levels AS s
          JOIN inventory.locations AS l ON l.id = s.location_id AND l.is_active
         WHERE s.variant_id = ANY (CAST(:variant_ids AS uuid[]))
         ORDER BY s.variant_id, s.location_id
           FOR NO KEY UPDATE OF s
    ), chosen AS MATERIALIZED (
        SELECT DISTINCT ON (w.variant_id) w.variant_id, w.quantity, k.location_id, k.on_hand,
               k.reserved
          FROM wanted AS w
          JOIN locked AS k ON k.variant_id = w.variant_id AND k.available >= w.quantity
         ORDER BY w.variant_id, k.priority, k.available DESC, k.location_id
    ), verdict AS MATERIALIZED (
        SELECT EXISTS (SELECT FROM inventory.reservations AS r
                        WHERE r.order_id = CAST(:order_id AS uuid) AND r.state <> 'released')
                   AS again,
               (SELECT count(*) FROM chosen) = (SELECT count(*) FROM wanted) AS enough
    ), granted AS MATERIALIZED (
        SELECT c.* FROM chosen AS c CROSS JOIN verdict AS v WHERE v.enough AND NOT v.again
    ), taken AS (
        UPDATE inventory.stock_levels AS s
           SET on_hand = g.on_hand + g.quantity * CAST(:on_hand AS bigint),
               reserved = g.reserved + g.quantity * CAST(:reserved AS bigint)
          FROM granted AS g
         WHERE s.variant_id = g.variant_id AND s.location_id = g.location_id
    ), made AS (
        INSERT INTO inventory.reservations (id, owner, order_id, state, expires_at, created_at)
        SELECT CAST(:id AS uuid), :owner, CAST(:order_id AS uuid), :state, :until, :now
         WHERE EXISTS (SELECT FROM granted)
    ), held AS (
        INSERT INTO inventory.holds (id, reservation_id, variant_id, location_id, quantity, state)
        SELECT {NEW_ID}, CAST(:id AS uuid), g.variant_id, g.location_id, g.quantity, :state
          FROM granted AS g
    ), noted AS (
        {MOVEMENT} g.variant_id, g.location_id, g.quantity * CAST(:on_hand AS bigint),
               g.quantity * CAST(:reserved AS bigint), :reason, CAST(:order_id AS uuid), :owner,
               '', '', '', :now
          FROM granted AS g
    )
    SELECT w.variant_id, w.quantity, c.location_id, v.enough, v.again,
           coalesce(k.most, 0) AS most, coalesce(k.total, 0) AS total
      FROM wanted AS w
      CROSS JOIN verdict AS v
      LEFT JOIN chosen AS c ON c.variant_id = w.variant_id
      LEFT JOIN (SELECT variant_id, max(available) AS most, CAST(sum(available) AS bigint) AS total
                   FROM locked GROUP BY variant_id) AS k ON k.variant_id = w.variant_id
    """,  # noqa: S608 - constants
    "until",
    "now",
)


@dataclass(frozen=True, slots=True)
class _Way:
    """What a taking does to a level, per unit, and what it is called."""

    state: ReservationState
    reason: MovementReason
    on_hand: int
    reserved: int


HOLD = _Way(ReservationState.HELD, MovementReason.HOLD, on_hand=0, reserved=1)
SALE = _Way(ReservationState.COMMITTED, MovementReason.SALE, on_hand=-1, reserved=0)


async def reserve(
    tx: WriteSession,
    *,
    lines: Mapping[UUID, int],
    until: datetime,
    now: datetime,
    order_id: UUID | None = None,
    owner: str = "",
) -> UUID:
    """Hold `lines` (variant → units) until `until`; answers the reservation's id. One statement.

    Raises InsufficientStock, or AlreadyReserved for an order that has a live reservation.
    """
    reservation_id = new_id()
    rows = await _take(
        tx, HOLD, reservation_id, lines=lines, until=until, now=now, order_id=order_id, owner=owner
    )
    if any(row.again for row in rows):
        raise AlreadyReserved
    return reservation_id


async def take(
    tx: WriteSession, *, order_id: UUID, lines: Mapping[UUID, int], now: datetime
) -> bool:
    """Sell `lines` to an order whose hold has gone. One statement.

    Raises InsufficientStock. False, and nothing is done, when the order has a live reservation:
    held, and to be committed, or committed, and this is a repetition.
    """
    rows = await _take(
        tx, SALE, new_id(), lines=lines, until=now, now=now, order_id=order_id, owner=""
    )
    return not any(row.again for row in rows)


async def _take(
    tx: WriteSession,
    way: _Way,
    reservation_id: UUID,
    *,
    lines: Mapping[UUID, int],
    until: datetime,
    now: datetime,
    order_id: UUID | None,
    owner: str,
) -> list[Row]:
    if not lines or min(lines.values()) < 1:
        raise ValueError("a reservation has lines, and each has units")
    values = {
        "variant_ids": list(lines),
        "quantities": list(lines.values()),
        "id": reservation_id,
        "order_id": order_id,
        "owner": owner,
        "until": until,
        "now": now,
        "state": way.state,
        "reason": way.reason,
        "on_hand": way.on_hand,
        "reserved": way.reserved,
    }
    try:
        rows = await TAKE.rows(tx, values)
    except IntegrityConstraintViolationError as error:
        if violated(error, "reservations_one_live_per_order"):
            raise RetryTransaction from error  # a twin committed since our snapshot
        raise
    if not rows[0].enough and not rows[0].again:
        raise _insufficient(rows)
    gone = [row.variant_id for row in rows if not row.again and row.total == row.quantity]
    if gone:
        outbox.publish(tx, AvailabilityChanged(cause_id=reservation_id, variant_ids=gone))
    return rows


def _insufficient(rows: list[Row]) -> InsufficientStock:
    return InsufficientStock(
        lines=[
            {
                "variant_id": ids.encode("var", row.variant_id),
                "requested": row.quantity,
                "available": row.most,
            }
            for row in rows
            if row.location_id is None
        ]
    )
