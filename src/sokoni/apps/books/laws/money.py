"""Laws of money: what was captured, refunded and booked is what orders say."""

from sokoni.apps.books.laws.law import BOUGHT, DEAD, STATE, Law

NET = "sum(CASE m.kind WHEN 'capture' THEN m.amount ELSE -m.amount END)"

MONEY = (
    Law(
        "captured-within-total",
        "money",
        "0 ≤ captured − refunded ≤ total of each order",
        f"""
        SELECT kernel.wire_id('ord', o.id), {NET} AS net
          FROM orders.orders AS o JOIN payments.entries AS m ON m.order_id = o.id
         GROUP BY o.id HAVING {NET} NOT BETWEEN 0 AND o.grand_total
        """,  # noqa: S608 - constants
    ),
    Law(
        "total-is-its-parts",
        "money",
        "total = items − discount + shipping + tax − gift card, every part ≥ 0",
        """
        SELECT kernel.wire_id('ord', id) FROM orders.orders
         WHERE grand_total <> items_total - discount_total + shipping_total + tax_total
                              - gift_card_total
            OR least(items_total, discount_total, shipping_total, tax_total, gift_card_total,
                     grand_total) < 0
        """,
    ),
    Law(
        "items-are-lines",
        "money",
        "items = Σ lines, each line = unit price × quantity",
        """
        SELECT kernel.wire_id('ord', o.id) FROM orders.orders AS o
          LEFT JOIN (SELECT order_id, sum(line_total) AS total,
                            bool_or(line_total <> unit_price * quantity) AS is_wrong
                       FROM orders.lines GROUP BY order_id) AS l ON l.order_id = o.id
         WHERE o.items_total <> coalesce(l.total, 0) OR coalesce(l.is_wrong, true)
        """,
    ),
    Law(
        "paid-is-captured",
        "money",
        "a paid order is captured in full",
        f"""
        SELECT kernel.wire_id('ord', o.id) FROM orders.orders AS o
          LEFT JOIN (SELECT order_id, sum(amount) AS captured FROM payments.entries
                      WHERE kind = 'capture' GROUP BY order_id) AS m ON m.order_id = o.id
         WHERE {STATE} IN {BOUGHT} AND o.grand_total <> coalesce(m.captured, 0)
        """,  # noqa: S608 - constants
    ),
    Law(
        "dead-is-net-zero",
        "money",
        "a cancelled, expired or refunded order has a net of 0",
        f"""
        SELECT kernel.wire_id('ord', o.id)
          FROM orders.orders AS o JOIN payments.entries AS m ON m.order_id = o.id
         WHERE {STATE} IN {DEAD} OR {STATE} = 'refunded'
         GROUP BY o.id HAVING {NET} <> 0
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
        SELECT kernel.wire_id('ord', o.id)
          FROM orders.orders AS o JOIN payments.entries AS m ON m.order_id = o.id
         WHERE m.currency <> o.currency
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
        UNION ALL
        SELECT e.id::text FROM payments.entries AS e
         WHERE e.kind = 'refund' AND NOT EXISTS (
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
