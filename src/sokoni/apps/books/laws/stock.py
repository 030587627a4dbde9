"""Laws of stock: what lies there, is held, and was sold is what movements say."""

from sokoni.apps.books.laws.law import BOUGHT, DEAD, Law

STOCK = (
    Law(
        "reserved-within-on-hand",
        "stock",
        "0 ≤ reserved ≤ on hand",
        """
        SELECT sku, location FROM audit_views.audit_stock
         WHERE reserved < 0 OR on_hand < 0 OR reserved > on_hand AND NOT backorder
        """,
    ),
    Law(
        "on-hand-is-its-movements",
        "stock",
        "on hand = initial + Σ movements; reserved = Σ movements",
        """
        SELECT s.sku, s.location FROM audit_views.audit_stock AS s
          LEFT JOIN (SELECT sku, location, sum(d_on_hand) AS moved, sum(d_reserved) AS held
                       FROM audit_views.audit_stock_move GROUP BY sku, location) AS m
            USING (sku, location)
         WHERE s.on_hand <> s.initial + coalesce(m.moved, 0) OR s.reserved <> coalesce(m.held, 0)
        """,
    ),
    Law(
        "reserved-is-live-holds",
        "stock",
        "reserved = Σ live holds",
        """
        SELECT s.sku, s.location FROM audit_views.audit_stock AS s
          LEFT JOIN (SELECT sku, location, sum(qty) AS held FROM audit_views.audit_hold
                      WHERE state = 'held' GROUP BY sku, location) AS h USING (sku, location)
         WHERE s.reserved <> coalesce(h.held, 0)
        """,
    ),
    Law(
        "paid-took-its-stock",
        "stock",
        "a paid order took the stock of each line exactly once",
        f"""
        SELECT o.order_id, l.sku
          FROM audit_views.audit_order AS o
          JOIN (SELECT order_id, sku, sum(qty) AS qty FROM audit_views.audit_line
                 GROUP BY order_id, sku) AS l USING (order_id)
          LEFT JOIN (SELECT order_id, sku, sum(qty) AS qty FROM audit_views.audit_hold
                      WHERE state = 'committed' GROUP BY order_id, sku) AS h USING (order_id, sku)
          LEFT JOIN (SELECT order_id, sku, -sum(d_on_hand) AS qty FROM audit_views.audit_stock_move
                      WHERE reason IN ('sale', 'restock') GROUP BY order_id, sku) AS m
            USING (order_id, sku)
         WHERE o.state IN {BOUGHT}
           AND (l.qty <> coalesce(h.qty, 0) OR l.qty <> coalesce(m.qty, 0))
        """,  # noqa: S608 - constants
    ),
    Law(
        "dead-orders-hold-nothing",
        "stock",
        "a dead order holds and keeps no stock",
        f"""
        SELECT o.order_id FROM audit_views.audit_order AS o
          JOIN audit_views.audit_hold AS h USING (order_id)
         WHERE o.state IN {DEAD} AND h.state IN ('held', 'committed')
        """,  # noqa: S608 - constants
    ),
    Law(
        "pending-orders-hold-their-stock",
        "stock",
        "a pending order holds the stock of each line",
        """
        SELECT o.order_id, l.sku
          FROM audit_views.audit_order AS o
          JOIN (SELECT order_id, sku, sum(qty) AS qty FROM audit_views.audit_line
                 GROUP BY order_id, sku) AS l USING (order_id)
          LEFT JOIN (SELECT order_id, sku, sum(qty) AS qty FROM audit_views.audit_hold
                      WHERE state = 'held' GROUP BY order_id, sku) AS h USING (order_id, sku)
         WHERE o.state = 'pending' AND l.qty <> coalesce(h.qty, 0)
        """,
    ),
    Law(
        "no-hold-outlives-its-time",
        "stock",
        "no live hold is older than its expiry by more than 60 s",
        """
        SELECT hold_id FROM audit_views.audit_hold
         WHERE state = 'held' AND expires_at < now() - interval '60 seconds'
        """,
    ),
    Law("shipped-within-bought", "stock", "shipped ≤ bought", not_yet=True),
    Law(
        "nothing-ships-unpaid",
        "stock",
        "nothing is processed or shipped that was not paid",
        """
        SELECT s.order_id FROM audit_views.audit_state_log AS s
         WHERE s.to_state IN ('processing', 'shipped', 'delivered')
           AND NOT EXISTS (SELECT FROM audit_views.audit_state_log AS p
                            WHERE p.order_id = s.order_id AND p.to_state = 'paid'
                              AND p.seq < s.seq)
        """,
    ),
)
