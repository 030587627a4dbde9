"""Which products sold best in a period, and how they did in the one before."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import text

from sokoni.analytics.periods import Compared
from sokoni.analytics.queries.sales import IN_PERIOD
from sokoni.catalog.queries import Picture
from sokoni.kernel.db import ReadSession

SOLD = """
    SELECT l.product_id, CAST(sum(l.quantity) AS bigint) AS units,
           CAST(sum(l.line_total - l.discount) AS bigint) AS revenue,
           count(DISTINCT o.id) AS orders, max(l.title) AS title
      FROM orders.orders AS o JOIN orders.lines AS l ON l.order_id = o.id
     WHERE {in_period} {more} GROUP BY l.product_id
"""
NOW = SOLD.format(in_period=IN_PERIOD, more="")
BEFORE = SOLD.format(
    in_period=IN_PERIOD.replace(":since", ":before_since").replace(":until", ":before_until"),
    more="AND l.product_id IN (SELECT product_id FROM best)",
)
BEST = """
    WITH best AS MATERIALIZED (
        SELECT * FROM ({now}) AS sold ORDER BY {ranking} DESC, product_id LIMIT :most
    ), earlier AS ({before})
    SELECT b.product_id, coalesce(p.title, b.title) AS title, p.slug,
           b.units, b.revenue, b.orders,
           coalesce(e.units, 0) AS units_before, coalesce(e.revenue, 0) AS revenue_before,
           picture.digest, picture.width, picture.height, picture.alt
      FROM best AS b
      LEFT JOIN earlier AS e ON e.product_id = b.product_id
      LEFT JOIN catalog.products AS p ON p.id = b.product_id
      LEFT JOIN LATERAL (
          SELECT i.digest, i.width, i.height, i.alt FROM catalog.images AS i
           WHERE i.product_id = p.id ORDER BY i.position, i.id LIMIT 1) AS picture ON true
     ORDER BY b.{ranking} DESC, b.product_id
"""


class Ranking(StrEnum):
    """By what products are ranked."""

    REVENUE = "revenue"
    UNITS = "units"


STATEMENTS = {
    ranking: text(BEST.format(now=NOW, before=BEFORE, ranking=ranking)) for ranking in Ranking
}


@dataclass(frozen=True, slots=True)
class BestSeller:
    """A product with what it sold. `revenue` is what its lines came to, in minor units.

    `slug` is None when the product is there no more; the title is then the one it was sold by.
    """

    product_id: UUID
    slug: str | None
    title: str
    picture: Picture | None
    units: int
    revenue: int
    orders: int
    units_before: int
    revenue_before: int


async def best_sellers(
    db: ReadSession, *, compared: Compared, currency: str, ranking: Ranking, limit: int
) -> list[BestSeller]:
    """The best of the period, best first. One statement."""
    values = {
        "currency": currency,
        "since": compared.now.since,
        "until": compared.now.until,
        "before_since": compared.before.since,
        "before_until": compared.before.until,
        "most": limit,
    }
    return [
        BestSeller(
            product_id=row.product_id,
            slug=row.slug,
            title=row.title,
            picture=Picture(row.digest, row.width, row.height, row.alt) if row.digest else None,
            units=row.units,
            revenue=row.revenue,
            orders=row.orders,
            units_before=row.units_before,
            revenue_before=row.revenue_before,
        )
        for row in await db.execute(STATEMENTS[ranking], values)
    ]
