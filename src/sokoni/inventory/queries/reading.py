"""Reading stock.

A line is taken whole from one location, so what can be bought of a variant is the most that one
active location has; the sum over locations is for staff.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from sokoni.inventory.models import Location, Movement, StockLevel
from sokoni.kernel import writes
from sokoni.kernel.db import ReadSession
from sokoni.kernel.paging import Rows, decode_cursor, encode_cursor

# The array comes from a subselect, so that its length, unknown, tempts nobody to plan anew for it.
AVAILABILITY = """
    SELECT w.id, coalesce(max(s.on_hand - s.reserved{own}), 0) AS available
      FROM unnest((SELECT CAST(:variant_ids AS uuid[]))) AS w (id)
      LEFT JOIN (inventory.stock_levels AS s
                 JOIN inventory.locations AS l ON l.id = s.location_id AND l.is_active)
             ON s.variant_id = w.id
     GROUP BY w.id
"""
OWN = """ + (
    SELECT coalesce(CAST(sum(h.quantity) AS bigint), 0)
      FROM inventory.reservations AS r JOIN inventory.holds AS h ON h.reservation_id = r.id
     WHERE r.owner = ANY ((SELECT CAST(:owners AS text[]))::text[])
       AND r.state = 'held' AND r.owner <> ''
       AND h.variant_id = s.variant_id AND h.location_id = s.location_id)"""
FOR_ANYBODY = writes.Statement(AVAILABILITY.format(own=""))
FOR_OWNERS = writes.Statement(AVAILABILITY.format(own=OWN))

LEVELS = text(
    """
    SELECT s.variant_id, l.id AS location_id, l.name AS location_name, l.is_active,
           s.on_hand, s.reserved, s.low_stock_threshold
      FROM inventory.stock_levels AS s
      JOIN inventory.locations AS l ON l.id = s.location_id
     WHERE s.variant_id = ANY (CAST(:variant_ids AS uuid[]))
     ORDER BY s.variant_id, l.priority, l.name
    """
)

LIVE = """
    SELECT r.id, r.owner, r.order_id, r.expires_at, r.created_at, held.lines
      FROM inventory.reservations AS r
     CROSS JOIN LATERAL (
           SELECT json_agg(json_build_array(h.variant_id, h.location_id, l.name, h.quantity)
                           ORDER BY h.variant_id) AS lines
             FROM inventory.holds AS h JOIN inventory.locations AS l ON l.id = h.location_id
            WHERE h.reservation_id = r.id) AS held
     WHERE r.state = 'held' {conditions}
     ORDER BY r.id DESC LIMIT :most
"""
OF_VARIANT = """ AND EXISTS (
    SELECT FROM inventory.holds AS h
     WHERE h.reservation_id = r.id AND h.variant_id = :variant_id)"""
RESERVATIONS = "inventory.reservations"
COUNT_LOW = text(
    """
    SELECT count(*) FROM (
        SELECT FROM inventory.stock_levels
         WHERE on_hand - reserved <= low_stock_threshold LIMIT :most) AS counted
    """
)


@dataclass(frozen=True, slots=True)
class Level:
    """One variant at one location. `low_stock_threshold`: warn at this many units or fewer."""

    variant_id: UUID
    location_id: UUID
    location_name: str
    is_active: bool
    on_hand: int
    reserved: int
    low_stock_threshold: int | None

    @property
    def available(self) -> int:
        """Units that can be promised here; none at a location that is closed."""
        return self.on_hand - self.reserved if self.is_active else 0


@dataclass(frozen=True, slots=True)
class Moved:
    """One movement, as staff read it."""

    id: UUID
    location_id: UUID
    d_on_hand: int
    d_reserved: int
    reason: str
    order_id: UUID | None
    owner: str
    cause: str
    note: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HeldLine:
    """Units of one variant that one location promises."""

    variant_id: UUID
    location_id: UUID
    location_name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class LiveReservation:
    """Units held for somebody until `expires_at`; an order's wait for its expiry after that."""

    id: UUID
    owner: str
    order_id: UUID | None
    expires_at: datetime
    created_at: datetime
    lines: tuple[HeldLine, ...]


async def availability(
    db: ReadSession, variant_ids: Collection[UUID], *, owners: Collection[str] = ()
) -> dict[UUID, int]:
    """The most units that one line can take now, by variant; 0 for unknown ones. One statement.

    What is held for one of `owners` is there for them.
    """
    asked: dict[str, list[Any]] = {"variant_ids": list(variant_ids)}
    if owners:
        rows = await FOR_OWNERS.rows(db, {**asked, "owners": list(owners)})
    else:
        rows = await FOR_ANYBODY.rows(db, asked)
    return {row.id: row.available for row in rows}


async def levels(db: ReadSession, *, variant_ids: Collection[UUID]) -> list[Level]:
    """The variants' levels, by priority of their locations."""
    rows = await db.execute(LEVELS, {"variant_ids": list(variant_ids)})
    return [Level(*row) for row in rows]


async def low_levels(db: ReadSession, *, most: int) -> int:
    """How many levels have no more left than their threshold, counted to `most`."""
    return int(await db.scalar(COUNT_LOW, {"most": most}) or 0)


async def movements(
    db: ReadSession, *, variant_id: UUID, limit: int, cursor: str | None
) -> Rows[Moved]:
    """The variant's movements, newest first."""
    kind = f"inventory.movements.{variant_id}"
    wanted = select(
        Movement.id,
        Movement.location_id,
        Movement.d_on_hand,
        Movement.d_reserved,
        Movement.reason,
        Movement.order_id,
        Movement.owner,
        Movement.cause,
        Movement.note,
        Movement.actor,
        Movement.at,
    ).where(Movement.variant_id == variant_id)
    if cursor:
        wanted = wanted.where(Movement.id < decode_cursor(kind, cursor, of=tuple[UUID])[0])
    rows = await db.execute(wanted.order_by(Movement.id.desc()).limit(limit + 1))
    found = [Moved(*row) for row in rows]
    more = len(found) > limit
    page = found[:limit]
    return Rows(page, encode_cursor(kind, [page[-1].id]) if more else None)


async def locations(db: ReadSession) -> list[Location]:
    """All locations, those served from first before others."""
    return list(await db.scalars(select(Location).order_by(Location.priority, Location.name)))


async def location(db: ReadSession, *, location_id: UUID) -> Location | None:
    return await db.get(Location, location_id)


async def variants_at(
    db: ReadSession, *, location_id: UUID, after: UUID | None, limit: int
) -> list[UUID]:
    """The variants that have a level at the location, by id, after `after`."""
    wanted = select(StockLevel.variant_id).where(StockLevel.location_id == location_id)
    if after is not None:
        wanted = wanted.where(StockLevel.variant_id > after)
    return list(await db.scalars(wanted.order_by(StockLevel.variant_id).limit(limit)))


async def live_reservations(
    db: ReadSession, *, variant_id: UUID | None, limit: int, cursor: str | None
) -> Rows[LiveReservation]:
    """What is held right now, the newest first; of one variant or all. One statement."""
    values: dict[str, Any] = {"most": limit + 1}
    conditions = ""
    if variant_id is not None:
        conditions += OF_VARIANT
        values["variant_id"] = variant_id
    if cursor is not None:
        conditions += " AND r.id < :last_id"
        values["last_id"] = decode_cursor(RESERVATIONS, cursor, of=tuple[UUID])[0]
    rows = await db.execute(text(LIVE.format(conditions=conditions)), values)
    found = [
        LiveReservation(
            id=row.id,
            owner=row.owner,
            order_id=row.order_id,
            expires_at=row.expires_at,
            created_at=row.created_at,
            lines=tuple(
                HeldLine(UUID(variant), UUID(place), name, quantity)
                for variant, place, name, quantity in row.lines or ()
            ),
        )
        for row in rows
    ]
    page, more = found[:limit], len(found) > limit
    return Rows(page, encode_cursor(RESERVATIONS, [page[-1].id]) if more else None)
