"""Ending a reservation: `commit` sells its units, `release` frees them. Both safe to repeat.

One statement locks the reservation, then the levels in order, and writes only if the reservation
is still held by then; so of a commit and a release at the same time one wins, and the other sees
it done.
"""

from datetime import datetime
from uuid import UUID

from sokoni.inventory.errors import ReservationCommitted, ReservationExpired
from sokoni.inventory.events import AvailabilityChanged
from sokoni.inventory.models import ReservationState
from sokoni.inventory.service.sql import MOVEMENT, busy_statement
from sokoni.kernel import outbox
from sokoni.kernel.db import WriteSession
from sokoni.kernel.errors import NotFound
from sokoni.kernel.ids import new_id
from sokoni.kernel.writes import Row, Statement

BY_ID = "r.id = CAST(:id AS uuid) ORDER BY r.id FOR NO KEY UPDATE"
BY_ORDER = "r.order_id = CAST(:id AS uuid) ORDER BY r.id FOR NO KEY UPDATE"
EXPIRED = """r.state = 'held' AND r.order_id IS NULL AND r.expires_at <= :now
         ORDER BY r.expires_at LIMIT :most FOR NO KEY UPDATE SKIP LOCKED"""
HELD = "m.state = 'held'"
HELD_IN_TIME = f"{HELD} AND (m.order_id IS NOT NULL OR m.expires_at > :now)"


def _ending(which: str, *, due: str, sold: int) -> Statement:
    """End the reservations of `which` that are `due`; `sold` is 1 or 0 units per unit held."""
    state, reason = ("committed", "sale") if sold else ("released", "release")
    return busy_statement(
        f"""
    WITH mine AS MATERIALIZED (
        SELECT r.id, r.order_id, r.owner, r.state, r.expires_at
          FROM inventory.reservations AS r WHERE {which}
    ), due AS MATERIALIZED (
        SELECT m.* FROM mine AS m WHERE {due}
    ), lines AS MATERIALIZED (
        SELECT h.id, h.variant_id, h.location_id, h.quantity, d.order_id, d.owner
          FROM inventory.holds AS h JOIN due AS d ON d.id = h.reservation_id
    ), locked AS MATERIALIZED (
        SELECT s.variant_id, s.location_id, s.on_hand - s.reserved AS available
          FROM inventory.stock_levels AS s
         WHERE s.variant_id IN (SELECT variant_id FROM lines)
         ORDER BY s.variant_id, s.location_id
           FOR NO KEY UPDATE OF s
    ), freed AS MATERIALIZED (
        SELECT k.variant_id, k.location_id, k.available,
               coalesce(CAST(sum(n.quantity) AS bigint), 0) AS quantity
          FROM locked AS k LEFT JOIN lines AS n USING (variant_id, location_id)
         GROUP BY k.variant_id, k.location_id, k.available
    ), moved AS (
        UPDATE inventory.stock_levels AS s
           SET on_hand = s.on_hand - f.quantity * {sold}, reserved = s.reserved - f.quantity
          FROM freed AS f
         WHERE s.variant_id = f.variant_id AND s.location_id = f.location_id AND f.quantity > 0
    ), ended AS (
        UPDATE inventory.reservations AS r SET state = '{state}' FROM due WHERE r.id = due.id
    ), closed AS (
        UPDATE inventory.holds AS h SET state = '{state}' FROM lines WHERE h.id = lines.id
    ), noted AS (
        {MOVEMENT} n.variant_id, n.location_id, -n.quantity * {sold}, -n.quantity, '{reason}',
               n.order_id, n.owner, '', '', '', :now
          FROM lines AS n
    )
    SELECT m.id, m.state, d.id IS NOT NULL AS done,
           ARRAY(SELECT f.variant_id
                   FROM freed AS f
                   JOIN inventory.locations AS l ON l.id = f.location_id AND l.is_active
                  GROUP BY f.variant_id
                 HAVING sum(f.available) = 0 AND sum(f.quantity) > 0) AS back
      FROM mine AS m LEFT JOIN due AS d ON d.id = m.id
    """,  # noqa: S608 - constants
        "now",
    )


COMMIT_ONE = _ending(BY_ID, due=HELD_IN_TIME, sold=1)
COMMIT_ORDER = _ending(BY_ORDER, due=HELD_IN_TIME, sold=1)
RELEASE_ONE = _ending(BY_ID, due=HELD, sold=0)
RELEASE_ORDER = _ending(BY_ORDER, due=HELD, sold=0)
RELEASE_EXPIRED = _ending(EXPIRED, due=HELD, sold=0)


async def commit(
    tx: WriteSession,
    *,
    now: datetime,
    order_id: UUID | None = None,
    reservation_id: UUID | None = None,
) -> bool:
    """Sell the held units of the order, or of the reservation; False if that was done before.

    Raises ReservationExpired when the units are free again (an order's count as held until its
    expiry releases them, however late; any other reservation ends at its time), NotFound for an
    unknown `reservation_id`. One statement.
    """
    which = order_id or reservation_id
    rows = await _end(tx, COMMIT_ORDER if order_id else COMMIT_ONE, which, now=now)
    if any(row.done for row in rows):
        return True
    if any(row.state == ReservationState.COMMITTED for row in rows):
        return False
    if not rows and reservation_id:
        raise NotFound
    raise ReservationExpired


async def release(
    tx: WriteSession,
    *,
    now: datetime,
    order_id: UUID | None = None,
    reservation_id: UUID | None = None,
) -> bool:
    """Free the held units of the order, or of the reservation; False if nothing was held.

    Raises ReservationCommitted when they are sold, NotFound for an unknown `reservation_id`. One
    statement.
    """
    which = order_id or reservation_id
    rows = await _end(tx, RELEASE_ORDER if order_id else RELEASE_ONE, which, now=now)
    if any(row.done for row in rows):
        _tell(tx, rows, cause_id=rows[0].id)
        return True
    if any(row.state == ReservationState.COMMITTED for row in rows):
        raise ReservationCommitted
    if not rows and reservation_id:
        raise NotFound
    return False


async def release_expired(tx: WriteSession, *, now: datetime, limit: int = 100) -> int:
    """Free reservations without an order whose time is up; says how many. One statement.

    An order's reservation is left to the order's own expiry. Those that somebody is committing or
    releasing right now are skipped.
    """
    rows = await RELEASE_EXPIRED.rows(tx, {"now": now, "most": limit})
    _tell(tx, rows, cause_id=new_id())
    return len(rows)


async def _end(
    tx: WriteSession, ending: Statement, which: UUID | None, *, now: datetime
) -> list[Row]:
    assert which is not None, "name an order or a reservation"
    return await ending.rows(tx, {"id": which, "now": now})


def _tell(tx: WriteSession, rows: list[Row], *, cause_id: UUID) -> None:
    """Publish which variants can be bought again; the rows all name the same ones."""
    if rows and rows[0].back:
        outbox.publish(tx, AvailabilityChanged(cause_id=cause_id, variant_ids=rows[0].back))
