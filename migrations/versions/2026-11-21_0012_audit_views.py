"""Create the views for auditors: one row per base row, unfiltered, ids as on the wire."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

WIRE_ID = """
    CREATE FUNCTION kernel.wire_id(prefix text, id uuid) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    RETURN prefix || '_' || (
        SELECT string_agg(substr('0123456789abcdefghjkmnpqrstvwxyz',
                   1 + substring(B'00' || ('x' || replace(id::text, '-', ''))::bit(128)
                                 FROM 1 + 5 * i FOR 5)::bit(5)::integer, 1), '' ORDER BY i)
          FROM generate_series(0, 25) AS i)
"""

LOG_STATE = """
    CREATE FUNCTION orders.log_state(status text, cancel_reason text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN status = 'confirmed' THEN 'paid'
                WHEN status = 'cancelled' AND cancel_reason = 'expired' THEN 'expired'
                ELSE status END
"""

VIEWS = {
    "audit_order": """
        SELECT kernel.wire_id('ord', id) AS order_id, kernel.wire_id('cart', cart_id) AS cart_ref,
               coalesce(kernel.wire_id('usr', user_id), email) AS buyer_ref,
               currency::char(3) AS currency, items_total, discount_total, shipping_total,
               tax_total, gift_card_total AS giftcard_total, grand_total,
               orders.log_state(status, cancel_reason) AS state, placed_at, updated_at
          FROM orders.orders
    """,
    "audit_line": """
        SELECT kernel.wire_id('oli', id) AS line_id, kernel.wire_id('ord', order_id) AS order_id,
               sku::text AS sku, quantity::bigint AS qty, unit_price, line_total
          FROM orders.lines
    """,
    "audit_money": """
        SELECT e.id::text AS entry_id, kernel.wire_id('ord', e.order_id) AS order_id,
               e.kind::text AS kind, e.amount, e.currency::char(3) AS currency,
               CASE WHEN e.refund_id IS NOT NULL AND r.reference IS NULL
                    THEN kernel.wire_id('rfd', e.refund_id) ELSE e.reference END::text
                   AS provider_ref,
               e.at
          FROM payments.entries AS e LEFT JOIN payments.refunds AS r ON r.id = e.refund_id
    """,
    "audit_stock": """
        SELECT v.sku::text AS sku, l.name::text AS location, s.initial, s.on_hand, s.reserved,
               false AS backorder
          FROM inventory.stock_levels AS s
          JOIN catalog.variants AS v ON v.id = s.variant_id
          JOIN inventory.locations AS l ON l.id = s.location_id
    """,
    "audit_stock_move": """
        SELECT kernel.wire_id('mov', m.id) AS move_id, v.sku::text AS sku, l.name::text AS location,
               m.d_on_hand, m.d_reserved, m.reason::text AS reason,
               kernel.wire_id('ord', m.order_id) AS order_id, m.at
          FROM inventory.movements AS m
          JOIN catalog.variants AS v ON v.id = m.variant_id
          JOIN inventory.locations AS l ON l.id = m.location_id
    """,
    "audit_hold": """
        SELECT h.id::text AS hold_id, v.sku::text AS sku, l.name::text AS location,
               kernel.wire_id('ord', r.order_id) AS order_id, h.quantity::bigint AS qty,
               CASE h.state WHEN 'returned' THEN 'released' ELSE h.state END::text AS state,
               r.expires_at
          FROM inventory.holds AS h
          JOIN inventory.reservations AS r ON r.id = h.reservation_id
          JOIN catalog.variants AS v ON v.id = h.variant_id
          JOIN inventory.locations AS l ON l.id = h.location_id
    """,
    "audit_ship_line": "SELECT NULL::text AS shipment_id, NULL::text AS line_id, NULL::bigint AS qty WHERE false",
    "audit_return_line": """
        SELECT NULL::text AS return_id, NULL::text AS line_id, NULL::bigint AS qty,
               NULL::boolean AS restocked WHERE false
    """,
    "audit_coupon": """
        SELECT NULL::text AS code, NULL::bigint AS max_uses, NULL::bigint AS max_per_buyer,
               NULL::bigint AS used WHERE false
    """,
    "audit_redemption": """
        SELECT NULL::text AS code, NULL::text AS order_id, NULL::text AS buyer_ref,
               NULL::boolean AS live WHERE false
    """,
    "audit_giftcard": """
        SELECT NULL::text AS card_id, NULL::char(3) AS currency, NULL::bigint AS issued,
               NULL::bigint AS balance WHERE false
    """,
    "audit_giftcard_entry": """
        SELECT NULL::text AS entry_id, NULL::text AS card_id, NULL::text AS order_id,
               NULL::bigint AS delta WHERE false
    """,
    "audit_inbox": """
        SELECT event_id::text AS event_id, kind::text AS kind, done, received_at
          FROM payments.inbox
    """,
    "audit_outbox": """
        SELECT event_id::text AS event_id, dedup_key::text AS dedup_key, topic::text AS topic,
               kernel.wire_id('ord', order_id) AS order_id, state = 'sent' AS sent,
               state = 'dead' AS dead, created_at
          FROM kernel.outbox
    """,
    "audit_effect": """
        SELECT dedup_key::text AS dedup_key, kind::text AS kind,
               kernel.wire_id('ord', order_id) AS order_id
          FROM kernel.effects
    """,
    "audit_job": """
        SELECT kernel.wire_id('job', id) AS job_id, state::text AS state, heartbeat_at
          FROM kernel.jobs
    """,
    "audit_idem": """
        SELECT scope::text AS scope, key::text AS key, method::text AS method, path::text AS path,
               state::text AS state, kernel.wire_id('ord', order_id) AS order_id, created_at
          FROM kernel.idempotency_keys
    """,
    "audit_state_log": """
        SELECT kernel.wire_id('ord', order_id) AS order_id,
               row_number() OVER (PARTITION BY order_id ORDER BY seq) AS seq,
               from_state::text AS from_state, to_state::text AS to_state, at
          FROM orders.timeline WHERE kind = 'status'
    """,
}


def upgrade() -> None:
    op.execute("CREATE SCHEMA audit_views")
    op.execute(WIRE_ID)
    op.execute(LOG_STATE)
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW audit_views.{name} AS {query}")


def downgrade() -> None:
    op.execute("DROP SCHEMA audit_views CASCADE")
    op.execute("DROP FUNCTION orders.log_state")
    op.execute("DROP FUNCTION kernel.wire_id")
