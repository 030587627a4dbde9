"""Of what a period's sales consist: by the country they went to, or by top category of the goods.

Each order goes to one country and each product counts in one category, so the parts add up to the
whole. An order with goods of two categories counts in both of them, and once in the whole.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import text

from sokoni.analytics.periods import Compared, Period
from sokoni.analytics.queries.sales import IN_PERIOD
from sokoni.kernel.db import ReadSession
from sokoni.kernel.ids import encode

# The group without any key is the whole; a part without a key is what belongs nowhere.
BY_COUNTRY = text(
    f"""
    SELECT key, NULL AS name, GROUPING(key) = 1 AS is_whole,
           count(*) AS orders, CAST(sum(sales) AS bigint) AS sales
      FROM (SELECT o.shipping_address ->> 'country' AS key, o.grand_total AS sales
              FROM orders.orders AS o WHERE {IN_PERIOD}) AS sold
     GROUP BY GROUPING SETS ((key), ())
    """  # noqa: S608 - constants
)
# A product on several shelves counts on the top one that stands first in the shop.
BY_CATEGORY = text(
    f"""
    WITH sold AS MATERIALIZED (
        SELECT o.id, l.product_id, sum(l.line_total - l.discount) AS sales
          FROM orders.orders AS o JOIN orders.lines AS l ON l.order_id = o.id
         WHERE {IN_PERIOD} GROUP BY o.id, l.product_id
    ), shelved AS (
        SELECT DISTINCT ON (p.product_id) p.product_id, top.id, top.name
          FROM (SELECT DISTINCT product_id FROM sold) AS p
          JOIN catalog.product_categories AS on_shelf ON on_shelf.product_id = p.product_id
          JOIN catalog.categories AS c ON c.id = on_shelf.category_id
          JOIN catalog.categories AS top ON top.id = coalesce(c.ancestor_ids[1], c.id)
         ORDER BY p.product_id, top.position, top.name, top.id
    )
    SELECT shelved.id AS key, max(shelved.name) AS name, GROUPING(shelved.id) = 1 AS is_whole,
           count(DISTINCT sold.id) AS orders, CAST(sum(sold.sales) AS bigint) AS sales
      FROM sold LEFT JOIN shelved ON shelved.product_id = sold.product_id
     GROUP BY GROUPING SETS ((shelved.id), ())
    """  # noqa: S608 - constants
)


class Dimension(StrEnum):
    """What tells the parts apart."""

    COUNTRY = "country"
    CATEGORY = "category"


STATEMENTS = {Dimension.COUNTRY: BY_COUNTRY, Dimension.CATEGORY: BY_CATEGORY}


@dataclass(frozen=True, slots=True)
class Share:
    """Orders, and what they came to in minor units: with shipping and tax by country, what the
    lines came to by category.
    """

    orders: int = 0
    sales: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """`key` is the country's code or the category's id on the wire; None for neither."""

    key: str | None
    name: str | None
    now: Share
    before: Share


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The parts of either period, the largest first, and their wholes."""

    now: Share
    before: Share
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class _Found:
    whole: Share
    parts: dict[str | None, Share]
    names: dict[str | None, str | None]


async def breakdown(
    db: ReadSession, *, compared: Compared, currency: str, by: Dimension
) -> Breakdown:
    """Of what the sales of the period consist, beside the one before. Two statements."""
    now = await _found(db, period=compared.now, currency=currency, by=by)
    before = await _found(db, period=compared.before, currency=currency, by=by)
    parts = [
        Part(
            key=key,
            name=now.names.get(key) or before.names.get(key),
            now=now.parts.get(key, Share()),
            before=before.parts.get(key, Share()),
        )
        for key in now.parts.keys() | before.parts.keys()
    ]
    parts.sort(key=lambda part: (-part.now.sales, -part.before.sales, part.key or ""))
    return Breakdown(now=now.whole, before=before.whole, parts=parts)


async def _found(db: ReadSession, *, period: Period, currency: str, by: Dimension) -> _Found:
    values = {"currency": currency, "since": period.since, "until": period.until}
    whole, parts, names = Share(), {}, {}
    for row in await db.execute(STATEMENTS[by], values):
        share = Share(row.orders, row.sales or 0)  # the sum of nothing is null
        if row.is_whole:
            whole = share
            continue
        key = encode("cat", row.key) if by is Dimension.CATEGORY and row.key else row.key
        parts[key] = share
        names[key] = row.name
    return _Found(whole, parts, names)
