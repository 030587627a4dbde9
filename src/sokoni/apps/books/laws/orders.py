"""Laws of orders and of what will be redeemed with them."""

from sokoni.apps.books.laws.law import DEAD, Law

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
        SELECT cart_ref FROM audit_views.audit_order WHERE state NOT IN {DEAD}
         GROUP BY cart_ref HAVING count(*) > 1
        """,  # noqa: S608 - constants
    ),
    Law(
        "one-key-one-order",
        "orders",
        "one idempotency key, one order",
        """
        SELECT key FROM audit_views.audit_idem WHERE order_id IS NOT NULL
         GROUP BY scope, method, path, key HAVING count(DISTINCT order_id) > 1
        """,
    ),
    Law(
        "only-legal-moves",
        "orders",
        "only legal transitions, each starting where the last ended",
        f"""
        SELECT order_id, seq, from_state, to_state FROM (
            SELECT *, lag(to_state, 1, 'new') OVER (PARTITION BY order_id ORDER BY seq) AS before
              FROM audit_views.audit_state_log) AS log
         WHERE from_state <> before OR (from_state, to_state) NOT IN ({LEGAL})
        """,  # noqa: S608 - constants
    ),
    Law(
        "log-ends-where-the-order-is",
        "orders",
        "the last transition of an order is the state it is in",
        """
        SELECT o.order_id FROM audit_views.audit_order AS o
          LEFT JOIN (SELECT DISTINCT ON (order_id) order_id, to_state
                       FROM audit_views.audit_state_log ORDER BY order_id, seq DESC) AS l
            USING (order_id)
         WHERE o.state <> 'refunded' AND o.state IS DISTINCT FROM l.to_state
        """,
    ),
)
