"""Load orders for measurements: paid ones, written by sets, that keep every law of the books.

Each has one or two lines of load products in dollars, bought some minutes apart going back in
time. They leave the same traces as real ones: timeline, payment, journal, stock, event and effect.
`new_id()` in the SQL is an id that sorts by time: its rows stay together in every index.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from sokoni.inventory.service.sql import NEW_ID
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.outbox import SHARDS

BATCH = 10_000
VARIANTS = 3_000

Progress = Callable[[int, int], None]

GOODS = text(
    """
    CREATE TEMPORARY TABLE goods ON COMMIT DROP AS
    SELECT row_number() OVER (ORDER BY v.sku) - 1 AS nth, v.id, v.product_id, v.sku, p.title,
           v.title AS variant_title, price.amount, s.location_id
      FROM (SELECT * FROM catalog.variants WHERE sku LIKE 'LOAD-%' ORDER BY sku LIMIT :most) AS v
      JOIN catalog.products AS p ON p.id = v.product_id
      JOIN catalog.prices AS price ON price.variant_id = v.id AND price.currency = 'USD'
      JOIN inventory.stock_levels AS s ON s.variant_id = v.id
    """
)
STEPS = {
    "bought": """
        CREATE TEMPORARY TABLE bought ON COMMIT DROP AS
        SELECT o.nth_order, o.order_id, line.position, g.*
          FROM (SELECT nth_order, new_id() AS order_id
                  FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint))
                       AS nth_order) AS o
          CROSS JOIN LATERAL generate_series(1, 1 + (o.nth_order % 2)::integer) AS line (position)
          CROSS JOIN (SELECT count(*) AS many FROM goods) AS known
          JOIN goods AS g ON g.nth = (o.nth_order * 7919 + line.position) % known.many
    """,
    "sold": """
        CREATE TEMPORARY TABLE sold ON COMMIT DROP AS
        SELECT nth_order, order_id AS id, sum(amount)::bigint AS total,
               new_id() AS session_id, new_id() AS reservation_id,
               CAST(:now AS timestamptz) - nth_order * interval '7 minutes' AS at
          FROM bought GROUP BY nth_order, order_id
    """,
    "orders": """
        INSERT INTO orders.orders (
            id, number, cart_id, email, state, payment_status, fulfillment_status, region_id,
            currency, tax_inclusive, items_total, discount_total, shipping_total, tax_total,
            tax_included, gift_card_total, grand_total, taxes, shipping_address, billing_address,
            content, last_seq, version, expires_at, placed_at, updated_at)
        SELECT id, 'L-' || lpad(nth_order::text, 10, '0'), new_id(),
               'load' || nth_order % 50000 || '@example.com', 'confirmed', 'paid', 'unfulfilled',
               :region_id, 'USD', false, total, 0, 0, 0, 0, 0, total, '[]', address, address,
               sha256(id::text::bytea), 2, 2, at + interval '30 minutes', at, at
          FROM sold CROSS JOIN (SELECT jsonb_build_object(
               'name', 'Load Buyer', 'line1', '1 Main Street', 'city', 'Dayton',
               'postal_code', '45402', 'state', 'OH', 'country', 'US') AS address) AS a
    """,
    "lines": """
        INSERT INTO orders.lines (
            id, order_id, position, variant_id, product_id, sku, title, variant_title, quantity,
            unit_price, line_total, discount, tax, weight_g)
        SELECT new_id(), order_id, position, id, product_id, sku, title, variant_title,
               1, amount, amount, 0, 0, 0 FROM bought
    """,
    "timeline": """
        INSERT INTO orders.timeline
               (order_id, seq, kind, from_state, to_state, actor, data, at)
        SELECT id, seq, 'status', came_from, to_state, 'seed', '{}', at
          FROM sold, (VALUES (1, 'new', 'pending'), (2, 'pending', 'paid'))
               AS move (seq, came_from, to_state)
    """,
    "sessions": """
        INSERT INTO payments.sessions (
            id, order_id, provider, mode, status, amount, currency, captured, refunded, reference,
            capture_reference, key, declines, expires_at, created_at, updated_at, settled_at)
        SELECT session_id, id, 'mock', 'intent', 'succeeded', total, 'USD', total, 0,
               'mock_' || session_id, 'mockch_' || session_id, 'load-' || session_id, 0,
               at + interval '30 minutes', at, at, at FROM sold
    """,
    "entries": """
        INSERT INTO payments.entries
               (id, order_id, session_id, provider, kind, amount, currency, reference, at)
        SELECT new_id(), id, session_id, 'mock', 'capture', total, 'USD',
               'mockch_' || session_id, at FROM sold
    """,
    "journal": """
        INSERT INTO payments.journal
               (id, kind, subject_id, order_id, currency, accounts, amounts, at)
        SELECT new_id(), 'sale', id, id, 'USD', ARRAY['provider:mock', 'sales'],
               ARRAY[total, -total], at FROM sold
    """,
    "reservations": """
        INSERT INTO inventory.reservations (id, order_id, state, expires_at, created_at)
        SELECT reservation_id, id, 'committed', at + interval '30 minutes', at FROM sold
    """,
    "holds": """
        INSERT INTO inventory.holds
               (id, reservation_id, variant_id, location_id, quantity, state)
        SELECT new_id(), reservation_id, b.id, location_id, count(*), 'committed'
          FROM bought AS b JOIN sold ON sold.id = b.order_id
         GROUP BY reservation_id, b.id, location_id
    """,
    "movements": """
        INSERT INTO inventory.movements
               (id, variant_id, location_id, d_on_hand, d_reserved, reason, order_id, actor, at)
        SELECT new_id(), b.id, location_id, -count(*), 0, 'sale', order_id, 'seed', at
          FROM bought AS b JOIN sold ON sold.id = b.order_id
         GROUP BY b.id, location_id, order_id, at
    """,
    "levels": """
        UPDATE inventory.stock_levels AS s SET on_hand = on_hand - units
          FROM (SELECT id, location_id, count(*) AS units FROM bought GROUP BY id, location_id)
               AS gone
         WHERE s.variant_id = gone.id AND s.location_id = gone.location_id
    """,
    "events": """
        INSERT INTO kernel.outbox (event_id, dedup_key, topic, aggregate_id, shard, order_id,
                                   payload, state, attempts, created_at, sent_at)
        SELECT new_id(), topic || ':' || id, topic, id, nth_order % :shards, id,
               jsonb_build_object('order_id', id), 'sent', 0, at, at
          FROM sold, unnest(ARRAY['order.placed', 'order.paid']) AS topic
    """,
    "effects": """
        INSERT INTO kernel.effects (dedup_key, kind, order_id, at)
        SELECT topic || ':' || id, 'log', id, at
          FROM sold, unnest(ARRAY['order.placed', 'order.paid']) AS topic
    """,
}


async def seed_load_orders(
    db: Database, *, orders: int, region_id: UUID, now: datetime, progress: Progress | None = None
) -> None:
    """Make the shop have at least so many load orders. Needs load products."""
    async with db.reading() as reading:
        there = await reading.scalar(
            text("SELECT count(*) FROM orders.orders WHERE number LIKE 'L-%'")
        )
    for start in range(int(there or 0), orders, BATCH):
        last = min(start + BATCH, orders) - 1
        async with db.transaction() as tx:
            await _write(tx, first=start, last=last, region_id=region_id, now=now)
        if progress is not None:
            progress(last + 1, orders)


async def _write(
    tx: WriteSession, *, first: int, last: int, region_id: UUID, now: datetime
) -> None:
    await tx.execute(text("SET LOCAL statement_timeout = '10min'"))
    await tx.execute(GOODS, {"most": VARIANTS})
    known = {
        "first": first,
        "last": last,
        "region_id": region_id,
        "now": now,
        "shards": SHARDS,
    }
    for step in STEPS.values():
        statement = text(step.replace("new_id()", NEW_ID))
        names = statement.compile().params
        await tx.execute(statement, {name: known[name] for name in names})
