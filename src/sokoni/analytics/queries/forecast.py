"""What runs out next: what is left of each variant against what was sold of it lately."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from sokoni.analytics.queries.sales import PAID
from sokoni.catalog.queries import Picture
from sokoni.kernel.db import ReadSession

DAYS_LOOKED_AT = 30

FORECAST = text(
    f"""
    WITH sold AS MATERIALIZED (
        SELECT l.variant_id, CAST(sum(l.quantity) AS bigint) AS units
          FROM orders.orders AS o JOIN orders.lines AS l ON l.order_id = o.id
         WHERE o.placed_at >= :since AND o.placed_at < :now
           AND o.state <> 'cancelled' AND {PAID.format(o="o")}
         GROUP BY l.variant_id
    ), ending AS MATERIALIZED (
        SELECT sold.variant_id, sold.units, stock.available,
               CAST(stock.available * :days / sold.units AS bigint) AS days_left
          FROM sold CROSS JOIN LATERAL (
               SELECT CAST(sum(s.on_hand - s.reserved) AS bigint) AS available
                 FROM inventory.stock_levels AS s
                 JOIN inventory.locations AS l ON l.id = s.location_id AND l.is_active
                WHERE s.variant_id = sold.variant_id) AS stock
          JOIN catalog.variants AS v ON v.id = sold.variant_id AND v.archived_at IS NULL
         WHERE stock.available IS NOT NULL
         ORDER BY days_left, units DESC, variant_id LIMIT :most
    )
    SELECT e.*, v.sku, v.title AS variant_title, p.id AS product_id, p.title,
           picture.digest, picture.width, picture.height, picture.alt
      FROM ending AS e
      JOIN catalog.variants AS v ON v.id = e.variant_id
      JOIN catalog.products AS p ON p.id = v.product_id
      LEFT JOIN LATERAL (
          SELECT i.digest, i.width, i.height, i.alt FROM catalog.images AS i
           WHERE i.product_id = p.id ORDER BY i.position, i.id LIMIT 1) AS picture ON true
     ORDER BY e.days_left, e.units DESC, e.variant_id
    """  # noqa: S608 - constants
)


@dataclass(frozen=True, slots=True)
class RunningOut:
    """A variant that sells. `available` at open locations lasts `days_left` whole days more, if it
    goes on selling as it did in the last `DAYS_LOOKED_AT` days (`units_sold`).
    """

    variant_id: UUID
    product_id: UUID
    sku: str
    title: str
    variant_title: str
    picture: Picture | None
    available: int
    units_sold: int
    days_left: int


async def running_out(db: ReadSession, *, now: datetime, limit: int) -> list[RunningOut]:
    """The variants that run out first, in all currencies. One statement."""
    values = {
        "since": now - timedelta(days=DAYS_LOOKED_AT),
        "now": now,
        "days": DAYS_LOOKED_AT,
        "most": limit,
    }
    return [
        RunningOut(
            variant_id=row.variant_id,
            product_id=row.product_id,
            sku=row.sku,
            title=row.title,
            variant_title=row.variant_title,
            picture=Picture(row.digest, row.width, row.height, row.alt) if row.digest else None,
            available=row.available,
            units_sold=row.units,
            days_left=row.days_left,
        )
        for row in await db.execute(FORECAST, values)
    ]
