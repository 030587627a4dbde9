"""The laws. Each is a query for what breaks it; no row means that it holds.

The views compute their ids, so no index helps: a query joins or groups each view once. One that
looks into a view for each row of another takes hours in a shop that takes minutes.
"""

from dataclasses import dataclass

DEAD = "('cancelled', 'expired', 'failed')"
BOUGHT = "('paid', 'processing', 'shipped', 'delivered')"
SLACK = "interval '120 seconds'"


@dataclass(frozen=True, slots=True)
class Law:
    """A sentence that is always true, and the query that finds where it is not.

    The query's first column says what breaks it. `not_yet`: the shop has nothing it could be
    broken by, because that part does not exist.
    """

    name: str
    about: str
    says: str
    query: str = ""
    not_yet: bool = False


MONEY = (
    Law(
        "captured-within-total",
        "money",
        "0 ≤ captured − refunded ≤ total of each order",
        """
        SELECT o.order_id, sum(CASE kind WHEN 'capture' THEN amount ELSE -amount END) AS net
          FROM audit_views.audit_order AS o JOIN audit_views.audit_money AS m USING (order_id)
         GROUP BY o.order_id, o.grand_total
        HAVING sum(CASE kind WHEN 'capture' THEN amount ELSE -amount END)
               NOT BETWEEN 0 AND o.grand_total
        """,
    ),
    Law(
        "total-is-its-parts",
        "money",
        "total = items − discount + shipping + tax − gift card, every part ≥ 0",
        """
        SELECT order_id FROM audit_views.audit_order
         WHERE grand_total <> items_total - discount_total + shipping_total + tax_total
                              - giftcard_total
            OR least(items_total, discount_total, shipping_total, tax_total, giftcard_total,
                     grand_total) < 0
        """,
    ),
    Law(
        "items-are-lines",
        "money",
        "items = Σ lines, each line = unit price × quantity",
        """
        SELECT o.order_id FROM audit_views.audit_order AS o
          LEFT JOIN audit_views.audit_line AS l USING (order_id)
         GROUP BY o.order_id, o.items_total
        HAVING o.items_total <> coalesce(sum(l.line_total), 0)
            OR bool_or(l.line_total <> l.unit_price * l.qty) OR count(l.line_id) = 0
        """,
    ),
    Law(
        "paid-is-captured",
        "money",
        "a paid order is captured in full",
        f"""
        SELECT o.order_id FROM audit_views.audit_order AS o
          LEFT JOIN (SELECT order_id, sum(amount) AS captured FROM audit_views.audit_money
                      WHERE kind = 'capture' GROUP BY order_id) AS m USING (order_id)
         WHERE o.state IN {BOUGHT} AND o.grand_total <> coalesce(m.captured, 0)
        """,  # noqa: S608 - constants
    ),
    Law(
        "dead-is-net-zero",
        "money",
        "a cancelled, expired or refunded order has a net of 0",
        f"""
        SELECT o.order_id FROM audit_views.audit_order AS o
          JOIN audit_views.audit_money AS m USING (order_id)
         WHERE o.state IN {DEAD} OR o.state = 'refunded'
         GROUP BY o.order_id
        HAVING sum(CASE kind WHEN 'capture' THEN amount ELSE -amount END) <> 0
        """,  # noqa: S608 - constants
    ),
    Law(
        "one-reference-one-entry",
        "money",
        "one provider reference, one entry",
        """
        SELECT provider_ref FROM audit_views.audit_money
         GROUP BY kind, provider_ref HAVING count(*) > 1
        """,
    ),
    Law(
        "one-currency",
        "money",
        "an order's money is in the order's currency",
        """
        SELECT o.order_id FROM audit_views.audit_order AS o
          JOIN audit_views.audit_money AS m USING (order_id) WHERE m.currency <> o.currency
        """,
    ),
    Law(
        "trial-balance",
        "money",
        "every journal entry balances, and so does the whole",
        """
        SELECT id::text FROM payments.journal WHERE payments.sum_of(amounts) <> 0
        UNION ALL
        SELECT currency FROM payments.journal
         GROUP BY currency HAVING sum(payments.sum_of(amounts)) <> 0
        """,
    ),
    Law(
        "money-is-booked",
        "money",
        "every capture and refund has its journal entry",
        """
        SELECT e.id::text FROM payments.entries AS e
         WHERE e.kind = 'capture' AND NOT EXISTS (
                   SELECT FROM payments.journal AS j WHERE j.order_id = e.order_id
                      AND (j.kind = 'sale' OR j.kind = 'deposit' AND j.subject_id = e.session_id))
            OR e.kind = 'refund' AND NOT EXISTS (
                   SELECT FROM payments.journal AS j
                    WHERE j.kind = 'refund' AND j.subject_id = e.refund_id)
        """,
    ),
    Law(
        "refunds-arrive",
        "money",
        "no refund was finally refused by its provider",
        "SELECT kernel.wire_id('rfd', id), error FROM payments.refunds WHERE status = 'failed'",
    ),
)

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

DELIVERY = (
    Law(
        "paid-orders-have-their-event",
        "delivery",
        "every order that was ever paid has its event",
        """
        SELECT l.order_id FROM audit_views.audit_state_log AS l
         WHERE l.to_state = 'paid' AND NOT EXISTS (
               SELECT FROM audit_views.audit_outbox AS e
                WHERE e.order_id = l.order_id AND e.topic = 'order.paid')
        """,
    ),
    Law(
        "nothing-unsent",
        "delivery",
        "no event waits longer than 120 s, unless it is dead or has a next try",
        f"""
        SELECT event_id::text, topic FROM kernel.outbox
         WHERE state = 'pending' AND created_at < now() - {SLACK}
           AND NOT (attempts > 0 AND next_try_at > now())
        """,  # noqa: S608 - constants
    ),
    Law(
        "nothing-unprocessed",
        "delivery",
        "no webhook waits longer than 120 s, unless its job is dead or has a next try",
        f"""
        SELECT i.event_id, i.kind FROM payments.inbox AS i
         WHERE NOT i.done AND i.received_at < now() - {SLACK} AND NOT EXISTS (
               SELECT FROM kernel.jobs AS j
                WHERE j.name = 'payments.process_webhook'
                  AND j.args = jsonb_build_object('provider', i.provider, 'event_id', i.event_id)
                  AND (j.state = 'dead' OR j.state = 'queued' AND j.run_at > now()))
        """,  # noqa: S608 - constants
    ),
    Law(
        "sent-events-have-effects",
        "delivery",
        "every delivered event has an effect",
        """
        SELECT e.event_id FROM audit_views.audit_outbox AS e
         WHERE e.sent AND NOT EXISTS (
               SELECT FROM audit_views.audit_effect AS f WHERE f.dedup_key = e.dedup_key)
        """,
    ),
    Law(
        "nothing-stuck",
        "delivery",
        "no job runs without a heartbeat, no request is in progress for longer than 120 s",
        f"""
        SELECT job_id FROM audit_views.audit_job
         WHERE state = 'running' AND heartbeat_at < now() - {SLACK}
        UNION ALL
        SELECT key FROM audit_views.audit_idem
         WHERE state = 'in_progress' AND created_at < now() - {SLACK}
        """,  # noqa: S608 - constants
    ),
)

LAWS = (*MONEY, *STOCK, *PROMOTIONS, *ORDERS, *DELIVERY)
