"""The guards that `python -m tools.guards` breaks: where, how, and which tests must notice."""

from tools.guards.guard import SRC, Guard
from tools.guards.late_words import LATE_WORDS
from tools.guards.people import PEOPLE
from tools.guards.repeated import REPEATED
from tools.guards.schema import INVENTORY_SCHEMA, KERNEL_SCHEMA, ORDERS_SCHEMA, SCHEMA
from tools.guards.taxonomy import TAXONOMY

TAKEN_OVER_TESTS = ("tests/kernel/test_taken_over.py",)
STOCK_TESTS = ("tests/inventory/test_reservations.py", "tests/inventory/test_storm.py")

GUARDS = (
    # ---- Stock
    Guard(
        "a line is taken only where that many units are free",
        f"{SRC}/inventory/service/taking.py",
        "k.variant_id = w.variant_id AND k.available >= w.quantity",
        "k.variant_id = w.variant_id",
        STOCK_TESTS,
    ),
    Guard(
        "levels are locked before their numbers are used",
        f"{SRC}/inventory/service/taking.py",
        "           FOR NO KEY UPDATE OF s\n",
        "",
        STOCK_TESTS,
    ),
    Guard(
        "levels are locked in one order",
        f"{SRC}/inventory/service/taking.py",
        "ORDER BY s.variant_id, s.location_id\n           FOR NO KEY UPDATE",
        "ORDER BY random()\n           FOR NO KEY UPDATE",
        STOCK_TESTS,
    ),
    Guard(
        "a reservation ends once",
        f"{SRC}/inventory/service/reservations.py",
        "HELD = \"m.state = 'held'\"",
        'HELD = "true"',
        STOCK_TESTS,
    ),
    Guard(
        "a reservation is locked before it ends",
        f"{SRC}/inventory/service/reservations.py",
        'BY_ID = "r.id = CAST(:id AS uuid) ORDER BY r.id FOR NO KEY UPDATE"',
        'BY_ID = "r.id = CAST(:id AS uuid) ORDER BY r.id"',
        STOCK_TESTS,
    ),
    Guard(
        "an order has one living reservation",
        INVENTORY_SCHEMA,
        "CREATE UNIQUE INDEX reservations_one_live_per_order",
        "CREATE INDEX reservations_one_live_per_order",
        ("tests/inventory/test_living_reservation.py",),
    ),
    # ---- Orders
    Guard(
        "an order is corrected only in the version that was seen",
        f"{SRC}/orders/service/changes.py",
        "WHERE id = :id AND version = :version AND status IN ('pending', 'confirmed')",
        "WHERE id = :id AND :version > 0 AND status IN ('pending', 'confirmed')",
        ("tests/orders/test_changes.py",),
    ),
    Guard(
        "a cart has one living order",
        ORDERS_SCHEMA,
        "CREATE UNIQUE INDEX one_living_order_per_cart",
        "CREATE INDEX one_living_order_per_cart",
        ("tests/orders/test_moves.py",),
    ),
    Guard(
        "an order is confirmed from where it was seen",
        f"{SRC}/orders/service/progress.py",
        'condition="""state = :from_order_state AND payment_status = \'pending\'\n',
        'condition=""":from_order_state = :from_order_state\n',
        ("tests/orders/test_moves.py",),
    ),
    Guard(
        "an order is cancelled from where it was seen",
        f"{SRC}/orders/service/progress.py",
        'condition="state = :from_order_state AND status = :from_status"',
        'condition=":from_order_state = :from_order_state AND :from_status = :from_status"',
        ("tests/orders/test_moves.py",),
    ),
    Guard(
        "the cart is locked while it is ordered",
        f"{SRC}/cart/queries.py",
        'TO_CHANGE = " ORDER BY c.id FOR UPDATE OF c"',
        'TO_CHANGE = " ORDER BY c.id"',
        ("tests/cart/test_races.py", "tests/checkout/test_races.py"),
    ),
    Guard(
        "settlement holds the order",
        f"{SRC}/orders/queries/reading.py",
        'WHERE o.id = :id FOR UPDATE OF o")',
        'WHERE o.id = :id")',
        ("tests/checkout/test_endings.py", "tests/payments/test_settlement.py"),
    ),
    # ---- Money
    Guard(
        "money settles a session once",
        f"{SRC}/payments/service/settlement.py",
        " WHERE id = :id AND status <> 'succeeded'",
        " WHERE id = :id",
        ("tests/payments/test_settlement.py", "tests/payments/test_webhooks.py"),
    ),
    Guard(
        "the amount paid is the amount asked for",
        f"{SRC}/payments/service/settlement.py",
        "if payment.amount != expected or wrong_order or wrong_session:",
        "if wrong_order or wrong_session:",
        ("tests/payments/test_settlement.py",),
    ),
    Guard(
        "a refund ends once",
        f"{SRC}/payments/service/refunds.py",
        "         WHERE id = :id AND status = 'pending'\n        RETURNING",
        "         WHERE id = :id\n        RETURNING",
        ("tests/payments/test_refunds.py",),
    ),
    Guard(
        "a refund gets another key once",
        f"{SRC}/payments/service/refunds.py",
        "AND key = :old AND status",
        "AND :old <> '' AND status",
        ("tests/payments/test_refunds.py",),
    ),
    Guard(
        "a refund is bounded by what was captured",
        f"{SRC}/payments/service/refunds.py",
        " AND captured - refunded >= :amount",
        "",
        ("tests/payments/test_refunds.py",),
    ),
    Guard(
        "a payment event is stored once",
        f"{SRC}/payments/service/inbox.py",
        "    if stored is None:\n        return False\n",
        "",
        ("tests/payments/test_webhooks.py",),
    ),
    Guard(
        "a payment settled at its checkout finds the order as it was placed",
        f"{SRC}/orders/service/progress.py",
        "version = :version AND state = 'pending' AND payment_status = 'pending'",
        ":version > 0",
        ("tests/checkout/test_at_once.py",),
    ),
    # ---- Events and jobs
    Guard(
        "an event acts once on each subscriber",
        f"{SRC}/kernel/delivery.py",
        "                if (row.dedup_key, kind) in fresh\n",
        "",
        ("tests/kernel/test_outbox.py", "tests/kernel/test_delivery.py"),
    ),
    Guard(
        "one worker delivers a shard",
        f"{SRC}/kernel/delivery.py",
        "WHERE pg_try_advisory_xact_lock(:space, number) LIMIT :most",
        "WHERE :space = :space LIMIT :most",
        ("tests/kernel/test_outbox.py", "tests/kernel/test_delivery.py"),
    ),
    Guard(
        "a failed event holds back what came after it",
        f"{SRC}/kernel/delivery.py",
        "    AND o.aggregate_id NOT IN (SELECT aggregate_id FROM held)\n",
        "",
        ("tests/kernel/test_outbox.py", "tests/kernel/test_delivery.py"),
    ),
    Guard(
        "a job is taken by one worker",
        f"{SRC}/kernel/worker.py",
        "                   ORDER BY run_at, id LIMIT :most FOR UPDATE SKIP LOCKED)",
        "                   ORDER BY run_at, id LIMIT :most)",
        ("tests/kernel/test_jobs.py",),
    ),
    Guard(
        "a job is ended only by the worker that has it",
        f"{SRC}/kernel/worker.py",
        "WHERE id = :id AND state = 'running' AND worker = :worker",
        "WHERE id = :id AND state = 'running' AND :worker > 0",
        TAKEN_OVER_TESTS,
    ),
    Guard(
        "a job is queued again only by the worker that has it",
        f"{SRC}/kernel/worker.py",
        "AND j.state = 'running' AND j.worker = :worker",
        "AND j.state = 'running' AND :worker > 0",
        TAKEN_OVER_TESTS,
    ),
    Guard(
        "a heart beats only for its own jobs",
        f"{SRC}/kernel/worker.py",
        "cast(:ids AS uuid[])) AND state = 'running' AND worker = :worker",
        "cast(:ids AS uuid[])) AND state = 'running' AND :worker > 0",
        TAKEN_OVER_TESTS,
    ),
    Guard(
        "a job that is queued twice runs once",
        KERNEL_SCHEMA,
        "ON kernel.jobs (dedup_key) WHERE state = 'queued'",
        "ON kernel.jobs (dedup_key, id) WHERE state = 'queued'",
        ("tests/kernel/test_jobs.py",),
    ),
    # ---- Caches
    Guard(
        "a changed product leaves the caches",
        f"{SRC}/catalog/service/readmodel.py",
        '    signals.changed(tx, "products", *(f"product:{product_id}" for product_id in ids))\n',
        "",
        ("tests/catalog/test_browse.py", "tests/catalog/test_readmodel.py"),
    ),
    Guard(
        "an answer computed before a change is not kept after it",
        f"{SRC}/kernel/cache.py",
        "any(self._stale_at.get(tag, 0) > since for tag in entry.tags)",
        "since < 0",
        ("tests/kernel/test_cache.py",),
    ),
    Guard(
        "other processes hear of changes",
        f"{SRC}/kernel/signals.py",
        "if words and words[0] != str(self.number):",
        "if not words:",
        ("tests/kernel/test_signals.py", "tests/kernel/test_cache.py"),
    ),
    *REPEATED,
    *PEOPLE,
    *LATE_WORDS,
    *TAXONOMY,
    *SCHEMA,
)
