"""How far carts get: something in them, at the checkout, ordered, paid.

Each cart counts in the period in which it was begun, so that no step can hold more than the one
before it. A cart that went into another one at sign-in is that other one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from sokoni.analytics.periods import Period
from sokoni.kernel.db import ReadSession

# Ids are by time, and carts have no other index by it. Clocks of two machines may differ.
SLACK = timedelta(days=1)

FUNNEL = text(
    """
    SELECT count(*) AS carts,
           count(*) FILTER (WHERE is_known OR is_ordered) AS checkouts,
           count(*) FILTER (WHERE is_ordered) AS orders,
           count(*) FILTER (WHERE is_paid) AS paid
      FROM (SELECT c.email IS NOT NULL AS is_known, c.order_id IS NOT NULL AS is_paid,
                   c.order_id IS NOT NULL OR o.cart_id IS NOT NULL AS is_ordered
              FROM cart.carts AS c
              LEFT JOIN (SELECT DISTINCT cart_id FROM orders.orders
                          WHERE placed_at >= :since) AS o ON o.cart_id = c.id
             WHERE c.id >= :first AND c.created_at >= :since AND c.created_at < :until
               AND c.currency = :currency AND c.state <> 'merged'
               AND (c.order_id IS NOT NULL
                    OR EXISTS (SELECT FROM cart.items AS i WHERE i.cart_id = c.id))) AS begun
    """
)


@dataclass(frozen=True, slots=True)
class Funnel:
    """Carts with something in them; of those the ones whose buyer left an address for mail at the
    checkout, that became an order (paid or not), and that were paid.
    """

    carts: int
    checkouts: int
    orders: int
    paid: int


async def funnel(db: ReadSession, *, period: Period, currency: str) -> Funnel:
    """How far the carts got that were begun in the period. One statement."""
    values = {
        "first": _first_id(period.since - SLACK),
        "since": period.since,
        "until": period.until,
        "currency": currency,
    }
    row = (await db.execute(FUNNEL, values)).one()
    return Funnel(row.carts, row.checkouts, row.orders, row.paid)


def _first_id(at: datetime) -> UUID:
    """No UUIDv7 that was made from then on sorts before it."""
    return UUID(int=int(at.timestamp() * 1000) << 80)
