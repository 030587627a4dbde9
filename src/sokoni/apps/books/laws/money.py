"""Laws of money: what was captured, refunded and booked is what orders say."""

from sokoni.apps.books.laws.law import BOUGHT, DEAD, Law

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
