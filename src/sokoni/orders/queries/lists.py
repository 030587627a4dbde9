"""Lists of orders, for buyers and staff: filtered, sorted, page by page."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import text

from sokoni.kernel.db import ReadSession
from sokoni.kernel.paging import Rows
from sokoni.kernel.sorting import Key, walk
from sokoni.orders.queries.reading import SELECT, Order, order_of


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders a list shows; None means all. `search` looks at number and e-mail."""

    user_id: UUID | None = None
    status: str | None = None
    payment_status: str | None = None
    fulfillment_status: str | None = None
    email: str | None = None
    search: str | None = None
    placed_from: datetime | None = None
    placed_to: datetime | None = None


class OrderSort(StrEnum):
    """Orders of the list; a minus turns one round. Totals stand by currency, then by amount."""

    PLACED = "placed"
    NEWEST = "-placed"
    TOTAL = "total"
    TOTAL_DOWN = "-total"


# Each has an index.
KEYS: dict[str, Key[Order]] = {
    "placed": Key(("o.placed_at", "o.id"), tuple[datetime, UUID], attrgetter("placed_at", "id")),
    "total": Key(
        ("o.currency", "o.grand_total", "o.id"),
        tuple[str, int, UUID],
        attrgetter("currency", "grand_total", "id"),
    ),
}

CONDITIONS = {
    "user_id": "o.user_id = :user_id",
    "status": "o.status = :status",
    "payment_status": "o.payment_status = :payment_status",
    "fulfillment_status": "o.fulfillment_status = :fulfillment_status",
    "email": "o.email = lower(:email)",
    "search": """(o.number IN (upper(ltrim(btrim(:search), '#')), 'S-' || upper(btrim(:search)))
                  OR starts_with(o.email, lower(btrim(:search))))""",
    "placed_from": "o.placed_at >= :placed_from",
    "placed_to": "o.placed_at < :placed_to",
}
MOST_COUNTED = 10_000


async def orders(
    db: ReadSession,
    *,
    which: OrderFilter,
    limit: int,
    cursor: str | None = None,
    sort: OrderSort = OrderSort.NEWEST,
    with_total: bool = False,
) -> Rows[Order]:
    """A page of orders. A total counts to 10,000 at most."""
    given = {name: value for name in CONDITIONS if (value := getattr(which, name)) is not None}
    conditions = [CONDITIONS[name] for name in given]
    values: dict[str, Any] = {**given, "limit": limit + 1}
    total = await _count(db, conditions, given) if with_total else None
    step = walk(KEYS, listed="orders", sort=sort, cursor=cursor)
    if step.after:
        values |= step.values
        conditions.append(step.after)
    where = "WHERE " + " AND ".join(conditions) if conditions else ""
    statement = text(f"{SELECT} {where} ORDER BY {step.order} LIMIT :limit")
    found = [order_of(row) for row in await db.execute(statement, values)]
    return step.page(found, limit=limit, total=total)


async def _count(db: ReadSession, conditions: list[str], values: dict[str, Any]) -> int:
    where = "WHERE " + " AND ".join(conditions) if conditions else ""
    statement = text(
        f"SELECT count(*) FROM (SELECT FROM orders.orders AS o {where} LIMIT :most) AS counted"  # noqa: S608
    )
    return int(await db.scalar(statement, {**values, "most": MOST_COUNTED}) or 0)
