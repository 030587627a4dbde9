"""Ways to break the books by SQL: for each law, what it must catch."""

from dataclasses import dataclass

LATE = "now() - interval '3 minutes'"


@dataclass(frozen=True, slots=True)
class Violation:
    """A statement that breaks a law, and the guards that would not let it through."""

    law: str
    statement: str
    guards: tuple[str, ...] = ()


PLANTED = (
    Violation(
        "captured-within-total",
        "UPDATE payments.entries SET amount = amount + 1 WHERE kind = 'capture'",
    ),
    Violation(
        "captured-within-total",
        "UPDATE payments.entries SET amount = amount + 1 WHERE kind = 'refund'",
    ),
    Violation(
        "total-is-its-parts",
        "UPDATE orders.orders SET grand_total = grand_total + 1",
        ("orders_total_check",),
    ),
    Violation(
        "total-is-its-parts",
        "UPDATE orders.orders SET discount_total = -1, grand_total = grand_total + 1",
        ("orders_no_negative_part_check",),
    ),
    Violation(
        "items-are-lines",
        "UPDATE orders.lines SET quantity = quantity + 1, line_total = line_total + unit_price",
    ),
    Violation("items-are-lines", "DELETE FROM orders.lines"),
    Violation("paid-is-captured", "DELETE FROM payments.entries WHERE kind = 'capture'"),
    Violation("dead-is-net-zero", "DELETE FROM payments.entries WHERE kind = 'refund'"),
    Violation(
        "one-reference-one-entry",
        "UPDATE payments.entries SET reference = 'twice', provider = right(order_id::text, 12)",
    ),
    Violation("one-currency", "UPDATE payments.entries SET currency = 'USD'"),
    Violation(
        "trial-balance",
        "UPDATE payments.journal SET amounts[1] = amounts[1] + 1",
        ("journal_balances_check",),
    ),
    Violation("money-is-booked", "DELETE FROM payments.journal WHERE kind = 'sale'"),
    Violation("money-is-booked", "DELETE FROM payments.journal WHERE kind = 'refund'"),
    Violation("refunds-arrive", "UPDATE payments.refunds SET status = 'failed', error = 'closed'"),
    Violation(
        "reserved-within-on-hand",
        "UPDATE inventory.stock_levels SET reserved = on_hand + 1",
        ("stock_levels_reserved_within_on_hand_check",),
    ),
    Violation(
        "reserved-within-on-hand",
        "UPDATE inventory.stock_levels SET reserved = -1",
        ("stock_levels_reserved_not_negative_check",),
    ),
    Violation("on-hand-is-its-movements", "UPDATE inventory.stock_levels SET on_hand = 99"),
    Violation("on-hand-is-its-movements", "DELETE FROM inventory.movements WHERE reason = 'sale'"),
    Violation(
        "reserved-is-live-holds",
        "UPDATE inventory.holds SET quantity = quantity + 1 WHERE state = 'held'",
    ),
    Violation(
        "paid-took-its-stock",
        "UPDATE inventory.holds SET quantity = quantity + 1 WHERE state = 'committed'",
    ),
    Violation(
        "paid-took-its-stock",
        "UPDATE inventory.movements SET reason = 'adjust' WHERE reason = 'sale'",
    ),
    Violation(
        "dead-orders-hold-nothing",
        "UPDATE inventory.holds SET state = 'committed' WHERE state = 'returned'",
    ),
    Violation(
        "pending-orders-hold-their-stock",
        "UPDATE inventory.holds SET state = 'released' WHERE state = 'held'",
    ),
    Violation(
        "no-hold-outlives-its-time",
        "UPDATE inventory.reservations SET expires_at = now() - interval '61 seconds'"
        " WHERE state = 'held'",
    ),
    Violation(
        "nothing-ships-unpaid",
        "UPDATE orders.timeline SET to_state = 'processing' WHERE to_state = 'paid'",
    ),
    Violation(
        "one-cart-one-living-order",
        "UPDATE orders.orders SET cart_id = (SELECT cart_id FROM orders.orders LIMIT 1)",
        ("one_living_order_per_cart",),
    ),
    Violation(
        "one-key-one-order",
        "INSERT INTO kernel.idempotency_keys SELECT scope, method, path, key, fingerprint, state,"
        " gen_random_uuid(), status, headers, body, worker, created_at, claimed_at"
        " FROM kernel.idempotency_keys",
        ("idempotency_keys_pkey",),
    ),
    Violation(
        "only-legal-moves",
        "UPDATE orders.timeline SET to_state = 'shipped' WHERE to_state = 'paid'",
    ),
    Violation(
        "only-legal-moves",
        "UPDATE orders.timeline SET from_state = 'expired' WHERE to_state = 'paid'",
    ),
    Violation(
        "log-ends-where-the-order-is", "DELETE FROM orders.timeline WHERE to_state = 'cancelled'"
    ),
    Violation(
        "paid-orders-have-their-event", "DELETE FROM kernel.outbox WHERE topic = 'order.paid'"
    ),
    Violation("nothing-unsent", f"UPDATE kernel.outbox SET state = 'pending', created_at = {LATE}"),
    Violation(
        "nothing-unprocessed",
        "INSERT INTO payments.inbox (provider, event_id, kind, payload, received_at, done)"
        f" VALUES ('stripe', 'evt_1', 'charge.succeeded', '{{}}', {LATE}, false)",
    ),
    Violation("sent-events-have-effects", "DELETE FROM kernel.effects"),
    Violation(
        "nothing-stuck",
        "UPDATE kernel.idempotency_keys SET state = 'in_progress', status = NULL,"
        f" created_at = {LATE}",
    ),
    Violation(
        "nothing-stuck",
        "INSERT INTO kernel.jobs (id, name, args, state, attempts, heartbeat_at)"
        f" VALUES (gen_random_uuid(), 'a.job', '{{}}', 'running', 1, {LATE})",
    ),
)
