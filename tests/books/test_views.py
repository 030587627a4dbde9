"""The audit views have the columns and types that were promised, and ids as on the wire."""

import re
from uuid import UUID, uuid4

from httpx import AsyncClient
from sqlalchemy import text

from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode
from sokoni.kernel.worker import Worker
from tests.cart.factories import filled
from tests.checkout.factories import bought, rows

PROMISED = """
audit_order(order_id text, cart_ref text, buyer_ref text, currency char(3), items_total bigint, discount_total bigint, shipping_total bigint, tax_total bigint, giftcard_total bigint, grand_total bigint, state text, placed_at timestamptz, updated_at timestamptz)
audit_line(line_id text, order_id text, sku text, qty bigint, unit_price bigint, line_total bigint)
audit_money(entry_id text, order_id text, kind text, amount bigint, currency char(3), provider_ref text, at timestamptz)
audit_stock(sku text, location text, initial bigint, on_hand bigint, reserved bigint, backorder bool)
audit_stock_move(move_id text, sku text, location text, d_on_hand bigint, d_reserved bigint, reason text, order_id text, at timestamptz)
audit_hold(hold_id text, sku text, location text, order_id text, qty bigint, state text, expires_at timestamptz)
audit_ship_line(shipment_id text, line_id text, qty bigint)
audit_return_line(return_id text, line_id text, qty bigint, restocked bool)
audit_coupon(code text, max_uses bigint, max_per_buyer bigint, used bigint)
audit_redemption(code text, order_id text, buyer_ref text, live bool)
audit_giftcard(card_id text, currency char(3), issued bigint, balance bigint)
audit_giftcard_entry(entry_id text, card_id text, order_id text, delta bigint)
audit_inbox(event_id text, kind text, done bool, received_at timestamptz)
audit_outbox(event_id text, dedup_key text, topic text, order_id text, sent bool, dead bool, created_at timestamptz)
audit_effect(dedup_key text, kind text, order_id text)
audit_job(job_id text, state text, heartbeat_at timestamptz)
audit_idem(scope text, key text, method text, path text, state text, order_id text, created_at timestamptz)
audit_state_log(order_id text, seq bigint, from_state text, to_state text, at timestamptz)
"""  # noqa: E501 - one view, one line
TYPES = {
    "text": "text",
    "bigint": "bigint",
    "bool": "boolean",
    "timestamptz": "timestamp with time zone",
    "char(3)": "character",
}
VIEW = re.compile(r"^(\w+)\((.*)\)$", re.MULTILINE)


def promised() -> dict[str, list[tuple[str, str]]]:
    """The columns of each view with the types that PostgreSQL calls them by."""
    return {
        name: [(column, TYPES[kind]) for column, kind in map(str.split, columns.split(", "))]
        for name, columns in VIEW.findall(PROMISED)
    }


async def test_the_views_have_exactly_the_promised_columns_and_types(db: Database) -> None:
    found: dict[str, list[tuple[str, str]]] = {}
    columns = await rows(
        db,
        "SELECT table_name, column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = 'audit_views' ORDER BY table_name, ordinal_position",
    )
    for view, column, kind in columns:
        found.setdefault(view, []).append((column, kind))

    assert found == promised()
    letters = await rows(
        db,
        "SELECT DISTINCT character_maximum_length FROM information_schema.columns"
        " WHERE table_schema = 'audit_views' AND data_type = 'character'",
    )
    assert letters == [(3,)]


async def test_ids_are_those_that_clients_know(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    cart = await filled(client, db, quantity=2)
    order = (await bought(client, cart, key="one"))["order"]
    await worker.until_idle()

    audit = "SELECT {} FROM audit_views.audit_{}"
    assert await rows(db, audit.format("order_id, cart_ref, buyer_ref, state", "order")) == [
        (order["id"], cart.wire_id, "asha@example.com", "paid")
    ]
    assert await rows(db, audit.format("line_id, order_id, qty, line_total", "line")) == [
        (order["lines"][0]["id"], order["id"], 2, 3998)
    ]
    assert await rows(db, audit.format("order_id, kind, amount, currency", "money")) == [
        (order["id"], "capture", order["totals"]["grand_total"]["amount"], "EUR")
    ]
    assert await rows(db, audit.format("order_id, key, method, path, state", "idem")) == [
        (order["id"], "one", "POST", "/api/v1/checkout", "done")
    ]
    assert await rows(db, audit.format("order_id, seq, from_state, to_state", "state_log")) == [
        (order["id"], 1, "new", "pending"),
        (order["id"], 2, "pending", "paid"),
    ]
    for view in ("hold", "outbox", "effect"):
        found = await rows(db, audit.format("DISTINCT order_id", view) + " WHERE order_id <> ''")
        assert found == [(order["id"],)]


async def test_the_database_writes_ids_as_the_shop_does(db: Database) -> None:
    edges = [UUID(int=31 << place) for place in range(124)] + [UUID(int=0), UUID(int=2**128 - 1)]
    ids = edges + [uuid4() for _ in range(200)]

    written = text(
        "SELECT kernel.wire_id('ord', id) FROM unnest(CAST(:ids AS uuid[]))"
        " WITH ORDINALITY AS given (id, place) ORDER BY place"
    )
    async with db.reading() as reading:
        found = list(await reading.scalars(written, {"ids": ids}))

    assert found == [encode("ord", each) for each in ids]
