"""Who bought in a period: how many, how many of them for the first time, and who the most."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from sokoni.analytics.periods import Period
from sokoni.analytics.queries.sales import BUCKET, FIRST_OF_THEIRS, IN_PERIOD, values_of
from sokoni.kernel.db import ReadSession

# Somebody who comes twice is counted in the bucket of each of their days, but once in the period:
# the group of all buckets is the one without a number.
BUYERS = text(
    f"""
    SELECT bucket, count(DISTINCT email) AS customers,
           count(DISTINCT email) FILTER (WHERE is_first) AS new_customers
      FROM (SELECT {BUCKET.format(at="o.placed_at")} AS bucket, o.email,
                   {FIRST_OF_THEIRS} AS is_first
              FROM orders.orders AS o WHERE {IN_PERIOD}) AS bought
     GROUP BY GROUPING SETS ((bucket), ())
    """  # noqa: S608 - constants
)
ACCOUNTS = text(
    f"""
    SELECT {BUCKET.format(at="created_at")} AS bucket, count(*) AS accounts FROM identity.users
     WHERE created_at >= :since AND created_at < :until GROUP BY bucket
    """  # noqa: S608 - constants
)
TOP = text(
    f"""
    WITH top AS MATERIALIZED (
        SELECT o.email, count(*) AS orders, CAST(sum(o.grand_total) AS bigint) AS spent,
               max(o.placed_at) AS last_order_at, max(o.id::text) AS last_order
          FROM orders.orders AS o WHERE {IN_PERIOD}
         GROUP BY o.email ORDER BY spent DESC, o.email LIMIT :most)
    SELECT top.*, u.id AS user_id, coalesce(u.name, o.shipping_address ->> 'name') AS name,
           o.id AS order_id
      FROM top
      LEFT JOIN identity.users AS u ON u.email = top.email
      LEFT JOIN orders.orders AS o ON o.id = CAST(top.last_order AS uuid)
     ORDER BY spent DESC, email
    """  # noqa: S608 - constants
)


@dataclass(frozen=True, slots=True)
class Buyers:
    """People by e-mail address. `returning` bought before; `accounts` were opened in that time."""

    customers: int = 0
    new_customers: int = 0
    accounts: int = 0

    @property
    def returning(self) -> int:
        return self.customers - self.new_customers


@dataclass(frozen=True, slots=True)
class BuyersOfPeriod:
    """The whole, in which nobody counts twice, and each bucket."""

    total: Buyers
    buckets: list[Buyers]


@dataclass(frozen=True, slots=True)
class TopCustomer:
    """Somebody with what they bought in the period; `user_id` is None for guests."""

    user_id: UUID | None
    order_id: UUID
    email: str
    name: str | None
    orders: int
    spent: int


async def buyers(db: ReadSession, *, period: Period, currency: str) -> BuyersOfPeriod:
    """Who bought in this currency, by bucket and altogether. Two statements."""
    values = values_of(period, currency=currency)
    bought: dict[int | None, tuple[int, int]] = {
        row.bucket: (row.customers, row.new_customers) for row in await db.execute(BUYERS, values)
    }
    accounts: dict[int | None, int] = {
        row.bucket: row.accounts for row in await db.execute(ACCOUNTS, values)
    }
    accounts[None] = sum(accounts.values())

    def of(bucket: int | None) -> Buyers:
        customers, new_customers = bought.get(bucket, (0, 0))
        return Buyers(customers, new_customers, accounts.get(bucket, 0))

    return BuyersOfPeriod(of(None), [of(bucket) for bucket in range(len(period.buckets))])


async def top_customers(
    db: ReadSession, *, period: Period, currency: str, limit: int
) -> list[TopCustomer]:
    """Who spent the most, most first. One statement."""
    rows = await db.execute(TOP, {**values_of(period, currency=currency), "most": limit})
    return [
        TopCustomer(row.user_id, row.order_id, row.email, row.name, row.orders, row.spent)
        for row in rows
    ]
