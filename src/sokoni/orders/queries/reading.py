"""One order with its lines, its timeline, and what is asked of several by id."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.engine import Row

from sokoni.kernel.db import ReadSession
from sokoni.kernel.emails import folded
from sokoni.orders.states import LogState, log_state


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an order; amounts in minor units of the order's currency."""

    id: UUID
    variant_id: UUID
    product_id: UUID
    sku: str
    title: str
    variant_title: str | None
    thumbnail: dict[str, Any] | None
    quantity: int
    unit_price: int
    line_total: int
    discount: int
    tax: int


@dataclass(frozen=True, slots=True)
class Order:
    """An order as it is stored; amounts in minor units of `currency`."""

    id: UUID
    number: str
    cart_id: UUID
    user_id: UUID | None
    email: str
    state: str
    status: str
    payment_status: str
    fulfillment_status: str
    cancel_reason: str | None
    region_id: UUID
    currency: str
    tax_inclusive: bool
    items_total: int
    discount_total: int
    shipping_total: int
    tax_total: int
    tax_included: int
    gift_card_total: int
    grand_total: int
    shipping: dict[str, Any] | None
    taxes: list[dict[str, Any]]
    shipping_address: dict[str, Any]
    billing_address: dict[str, Any]
    note: str | None
    content: bytes
    version: int
    expires_at: datetime
    placed_at: datetime
    updated_at: datetime
    lines: tuple[Line, ...]

    @property
    def log_state(self) -> LogState:
        return log_state(self.status, self.cancel_reason)

    def quantities(self) -> dict[UUID, int]:
        """Units per variant, summed over lines."""
        units: dict[UUID, int] = {}
        for line in self.lines:
            units[line.variant_id] = units.get(line.variant_id, 0) + line.quantity
        return units


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    seq: int
    kind: str
    from_state: LogState | None
    to_state: LogState | None
    actor: str
    note: str | None
    data: dict[str, Any]
    at: datetime

    @property
    def user_id(self) -> UUID | None:
        """Who did it, if it was a person with an account."""
        kind, _, value = self.actor.partition(":")
        return UUID(value) if kind == "user" else None


LINE_COLUMNS = ", ".join(Line.__dataclass_fields__)
ORDER_COLUMNS = ", ".join(f"o.{name}" for name in Order.__dataclass_fields__ if name != "lines")
SELECT = f"""
    SELECT {ORDER_COLUMNS}, lines.lines
      FROM orders.orders AS o
      CROSS JOIN LATERAL (
          SELECT json_agg(json_build_array({LINE_COLUMNS}) ORDER BY position) AS lines
            FROM orders.lines WHERE order_id = o.id) AS lines
"""  # noqa: S608 - column names of our own dataclasses

BY_ID = text(SELECT + "WHERE o.id = :id")
BY_ID_LOCKED = text(SELECT + "WHERE o.id = :id FOR UPDATE OF o")
BY_NUMBER = text(SELECT + "WHERE o.number = :number AND o.email = :email")
LIVING = text(SELECT + "WHERE o.cart_id = :cart_id AND o.state <> 'cancelled'")


async def order(db: ReadSession, order_id: UUID) -> Order | None:
    return _one(await db.execute(BY_ID, {"id": order_id}))


async def order_locked(db: ReadSession, order_id: UUID) -> Order | None:
    """The order with its row locked until the end of the transaction."""
    return _one(await db.execute(BY_ID_LOCKED, {"id": order_id}))


async def living_order(db: ReadSession, *, cart_id: UUID) -> Order | None:
    """The cart's order that is not cancelled."""
    return _one(await db.execute(LIVING, {"cart_id": cart_id}))


async def by_number(db: ReadSession, *, number: str, email: str) -> Order | None:
    found = {"number": number.strip().upper(), "email": folded(email)}
    return _one(await db.execute(BY_NUMBER, found))


async def variants_of(db: ReadSession, order_ids: Collection[UUID]) -> list[UUID]:
    """The variants that these orders have lines of."""
    statement = text(
        "SELECT DISTINCT variant_id FROM orders.lines WHERE order_id = ANY(CAST(:ids AS uuid[]))"
    )
    return list(await db.scalars(statement, {"ids": list(order_ids)}))


async def units_by_product(db: ReadSession, order_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many units of each product these orders are about."""
    statement = text(
        "SELECT product_id, CAST(sum(quantity) AS bigint) AS units FROM orders.lines"
        " WHERE order_id = ANY(CAST(:ids AS uuid[])) GROUP BY product_id"
    )
    rows = await db.execute(statement, {"ids": list(order_ids)})
    return {row.product_id: row.units for row in rows}


async def due_to_expire(db: ReadSession, *, now: datetime, limit: int) -> list[UUID]:
    """Pending orders whose hold has ended, oldest first."""
    statement = text(
        "SELECT id FROM orders.orders WHERE state = 'pending' AND expires_at <= :now"
        " ORDER BY expires_at LIMIT :limit"
    )
    return list((await db.scalars(statement, {"now": now, "limit": limit})).all())


async def to_fulfil(db: ReadSession, *, most: int) -> int:
    """How many paid orders have not left yet, counted to `most`."""
    statement = text(
        "SELECT count(*) FROM (SELECT FROM orders.orders"
        " WHERE status IN ('confirmed', 'processing') LIMIT :most) AS counted"
    )
    return int(await db.scalar(statement, {"most": most}) or 0)


async def timeline(db: ReadSession, order_id: UUID) -> list[TimelineEntry]:
    statement = text(
        "SELECT seq, kind, from_state, to_state, actor, note, data, at"
        " FROM orders.timeline WHERE order_id = :id ORDER BY seq"
    )
    rows = await db.execute(statement, {"id": order_id})
    return [
        TimelineEntry(
            seq=row.seq,
            kind=row.kind,
            from_state=LogState(row.from_state) if row.from_state else None,
            to_state=LogState(row.to_state) if row.to_state else None,
            actor=row.actor,
            note=row.note,
            data=row.data,
            at=row.at,
        )
        for row in rows
    ]


def _one(result: Any) -> Order | None:
    row = result.one_or_none()
    return None if row is None else order_of(row)


def order_of(row: Row[Any]) -> Order:
    """A row of `SELECT` as an order."""
    values = dict(zip(Order.__dataclass_fields__, row, strict=True))
    values["lines"] = tuple(_line(columns) for columns in values["lines"] or ())
    return Order(**values)


def _line(values: list[Any]) -> Line:
    line_id, variant_id, product_id, *rest = values
    return Line(UUID(line_id), UUID(variant_id), UUID(product_id), *rest)
