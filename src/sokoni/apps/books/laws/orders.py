"""Laws of orders and of what will be redeemed with them."""

from sokoni.apps.books.laws.law import DEAD, STATE, Law

PROMOTIONS = (
    Law("used-within-limit", "promotions", "used = live redemptions ≤ limit", not_yet=True),
    Law("gift-cards-balance", "promotions", "balance = issued + Σ entries ≥ 0", not_yet=True),
)

LEGAL = """
    ('new', 'pending'), ('pending', 'paid'), ('pending', 'cancelled'), ('pending', 'expired'),
    ('expired', 'paid'), ('paid', 'processing'), ('paid', 'cancelled'), ('paid', 'refunded'),
    ('processing', 'shipped'), ('processing', 'refunded'), ('processing', 'cancelled'),
    ('shipped', 'delivered'), ('shipped', 'refunded'), ('delivered', 'refunded'),
    ('cancelled', 'refunded')
"""

ORDERS = (
    Law(
        "one-cart-one-living-order",
        "orders",
        "one cart, one living order",
        f"""
        SELECT kernel.wire_id('cart', o.cart_id) FROM orders.orders AS o
         WHERE {STATE} NOT IN {DEAD} GROUP BY o.cart_id HAVING count(*) > 1
        """,  # noqa: S608 - constants
    ),
    Law(
        "one-key-one-order",
        "orders",
        "one idempotency key, one order",
        """
        SELECT key FROM kernel.idempotency_keys WHERE order_id IS NOT NULL
         GROUP BY scope, method, path, key HAVING count(DISTINCT order_id) > 1
        """,
    ),
    Law(
        "only-legal-moves",
        "orders",
        "only legal transitions, each starting where the last ended",
        f"""
        SELECT kernel.wire_id('ord', order_id), seq, from_state, to_state FROM (
            SELECT order_id, seq, from_state, to_state,
                   lag(to_state, 1, 'new') OVER (PARTITION BY order_id ORDER BY seq) AS before
              FROM orders.timeline WHERE kind = 'status') AS log
         WHERE from_state <> before OR (from_state, to_state) NOT IN ({LEGAL})
        """,  # noqa: S608 - constants
    ),
    Law(
        "log-ends-where-the-order-is",
        "orders",
        "the last transition of an order is the state it is in",
        f"""
        SELECT kernel.wire_id('ord', o.id) FROM orders.orders AS o
          LEFT JOIN (SELECT DISTINCT ON (order_id) order_id, to_state FROM orders.timeline
                      WHERE kind = 'status' ORDER BY order_id, seq DESC) AS l
            ON l.order_id = o.id
         WHERE {STATE} <> 'refunded' AND {STATE} IS DISTINCT FROM l.to_state
        """,  # noqa: S608 - constants
    ),
)
