"""Sales over time: one statement over the paid orders of a period, one over its refunds.

`PAID` is word for word the condition of the index `paid_orders_by_time`.
"""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import text

from sokoni.analytics.periods import Period
from sokoni.kernel.db import ReadSession

PAID = "{o}.payment_status in ('paid', 'partially_refunded', 'refunded')"
IN_PERIOD = f"""
    o.currency = :currency AND o.placed_at >= :since AND o.placed_at < :until
    AND {PAID.format(o="o")}
"""
FIRST_OF_THEIRS = f"""
    NOT EXISTS (SELECT FROM orders.orders AS e
                 WHERE e.email = o.email AND (e.placed_at, e.id) < (o.placed_at, o.id)
                   AND {PAID.format(o="e")})
"""
BUCKET = "width_bucket({at}, CAST(:edges AS timestamptz[])) - 1"

SALES = text(
    f"""
    SELECT {BUCKET.format(at="o.placed_at")} AS bucket, count(*) AS orders,
           CAST(sum(o.grand_total) AS bigint) AS sales,
           count(*) FILTER (WHERE {FIRST_OF_THEIRS}) AS new_customers
      FROM orders.orders AS o WHERE {IN_PERIOD} GROUP BY bucket
    """  # noqa: S608 - constants
)
REFUNDS = text(
    f"""
    SELECT {BUCKET.format(at="at")} AS bucket, CAST(sum(amount) AS bigint) AS refunds
      FROM payments.entries
     WHERE kind <> 'capture' AND currency = :currency AND at >= :since AND at < :until
     GROUP BY bucket
    """  # noqa: S608 - constants
)


@dataclass(frozen=True, slots=True)
class Sales:
    """What one bucket or a whole period brought; amounts in minor units.

    `new_customers` bought here for the first time, by their e-mail address.
    """

    orders: int = 0
    sales: int = 0
    refunds: int = 0
    new_customers: int = 0

    @property
    def net_sales(self) -> int:
        return self.sales - self.refunds

    @property
    def average_order_value(self) -> int | None:
        """Rounded half up; None without orders."""
        return (2 * self.sales + self.orders) // (2 * self.orders) if self.orders else None

    def __add__(self, other: "Sales") -> "Sales":
        return Sales(
            orders=self.orders + other.orders,
            sales=self.sales + other.sales,
            refunds=self.refunds + other.refunds,
            new_customers=self.new_customers + other.new_customers,
        )


async def sales(db: ReadSession, *, period: Period, currency: str) -> list[Sales]:
    """The sales of each bucket. Two statements."""
    values = values_of(period, currency=currency)
    found = [Sales()] * len(period.buckets)
    for row in await db.execute(SALES, values):
        found[row.bucket] = Sales(row.orders, row.sales, new_customers=row.new_customers)
    for row in await db.execute(REFUNDS, values):
        found[row.bucket] = replace(found[row.bucket], refunds=row.refunds)
    return found


def values_of(period: Period, *, currency: str) -> dict[str, Any]:
    return {
        "currency": currency,
        "since": period.since,
        "until": period.until,
        "edges": list(period.edges),
    }
