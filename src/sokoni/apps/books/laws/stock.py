"""Laws of stock: what lies there, is held, and was sold is what movements say."""

from sokoni.apps.books.laws.law import BOUGHT, DEAD, STATE, Law

NAMED = """
          JOIN catalog.variants AS v ON v.id = s.variant_id
          JOIN inventory.locations AS p ON p.id = s.location_id"""
BOUGHT_UNITS = """
          (SELECT order_id, variant_id, min(sku) AS sku, sum(quantity) AS units
             FROM orders.lines GROUP BY order_id, variant_id)"""


def held_as(state: str) -> str:
    """Units per order and variant that are held in this state."""
    return f"""
          (SELECT r.order_id, h.variant_id, sum(h.quantity) AS units
             FROM inventory.holds AS h JOIN inventory.reservations AS r ON r.id = h.reservation_id
            WHERE h.state = '{state}' GROUP BY r.order_id, h.variant_id)"""  # noqa: S608 - ours


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
        f"""
        SELECT v.sku, p.name
          FROM inventory.stock_levels AS s {NAMED}
          LEFT JOIN (SELECT variant_id, location_id, sum(d_on_hand) AS moved,
                            sum(d_reserved) AS held
                       FROM inventory.movements GROUP BY variant_id, location_id) AS m
            USING (variant_id, location_id)
         WHERE s.on_hand <> s.initial + coalesce(m.moved, 0) OR s.reserved <> coalesce(m.held, 0)
        """,  # noqa: S608 - constants
    ),
    Law(
        "reserved-is-live-holds",
        "stock",
        "reserved = Σ live holds",
        f"""
        SELECT v.sku, p.name
          FROM inventory.stock_levels AS s {NAMED}
          LEFT JOIN (SELECT variant_id, location_id, sum(quantity) AS held FROM inventory.holds
                      WHERE state = 'held' GROUP BY variant_id, location_id) AS h
            USING (variant_id, location_id)
         WHERE s.reserved <> coalesce(h.held, 0)
        """,  # noqa: S608 - constants
    ),
    Law(
        "paid-took-its-stock",
        "stock",
        "a paid order took the stock of each line exactly once",
        f"""
        SELECT kernel.wire_id('ord', o.id), l.sku
          FROM orders.orders AS o JOIN {BOUGHT_UNITS} AS l ON l.order_id = o.id
          LEFT JOIN {held_as("committed")} AS h USING (order_id, variant_id)
          LEFT JOIN (SELECT order_id, variant_id, -sum(d_on_hand) AS units
                       FROM inventory.movements WHERE reason IN ('sale', 'restock')
                      GROUP BY order_id, variant_id) AS m USING (order_id, variant_id)
         WHERE {STATE} IN {BOUGHT}
           AND (l.units <> coalesce(h.units, 0) OR l.units <> coalesce(m.units, 0))
        """,  # noqa: S608 - constants
    ),
    Law(
        "dead-orders-hold-nothing",
        "stock",
        "a dead order holds and keeps no stock",
        f"""
        SELECT kernel.wire_id('ord', o.id) FROM orders.orders AS o
          JOIN inventory.reservations AS r ON r.order_id = o.id
          JOIN inventory.holds AS h ON h.reservation_id = r.id
         WHERE {STATE} IN {DEAD} AND h.state IN ('held', 'committed')
        """,  # noqa: S608 - constants
    ),
    Law(
        "pending-orders-hold-their-stock",
        "stock",
        "a pending order holds the stock of each line",
        f"""
        SELECT kernel.wire_id('ord', o.id), l.sku
          FROM orders.orders AS o JOIN {BOUGHT_UNITS} AS l ON l.order_id = o.id
          LEFT JOIN {held_as("held")} AS h USING (order_id, variant_id)
         WHERE {STATE} = 'pending' AND l.units <> coalesce(h.units, 0)
        """,  # noqa: S608 - constants
    ),
    Law(
        "no-hold-outlives-its-time",
        "stock",
        "no live hold is older than its expiry by more than 60 s",
        """
        SELECT h.id::text FROM inventory.holds AS h
          JOIN inventory.reservations AS r ON r.id = h.reservation_id
         WHERE h.state = 'held' AND r.expires_at < now() - interval '60 seconds'
        """,
    ),
    Law("shipped-within-bought", "stock", "shipped ≤ bought", not_yet=True),
    Law(
        "nothing-ships-unpaid",
        "stock",
        "nothing is processed or shipped that was not paid",
        """
        SELECT kernel.wire_id('ord', s.order_id) FROM orders.timeline AS s
         WHERE s.kind = 'status' AND s.to_state IN ('processing', 'shipped', 'delivered')
           AND NOT EXISTS (SELECT FROM orders.timeline AS p
                            WHERE p.order_id = s.order_id AND p.kind = 'status'
                              AND p.to_state = 'paid' AND p.seq < s.seq)
        """,
    ),
)
