"""The third witness: what the shop's database says, read once and in one snapshot.

By the audit views where they tell enough; what only the shop knows (numbers, refunds with their
references, webhooks with what they are about) from its tables.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import asyncpg

BOUGHT = frozenset({"paid", "processing", "shipped", "delivered"})


@dataclass(slots=True)
class BookedOrder:
    """An order with what the books say of its money. Amounts in minor units of `currency`."""

    order_id: str
    number: str
    state: str
    currency: str
    total: int
    units: dict[str, int] = field(default_factory=dict)
    captured: int = 0
    refunded: int = 0
    noted: int = 0  # money that its payments are known to have brought, less what went back
    was_noted: bool = False  # any of its payments is known to have brought money
    was_paid: bool = False
    paid_events: int = 0

    @property
    def is_bought(self) -> bool:
        return self.state in BOUGHT


@dataclass(frozen=True, slots=True)
class BookedRefund:
    order_id: str
    reference: str | None
    amount: int
    status: str
    reason: str
    is_stray: bool


@dataclass(frozen=True, slots=True)
class Level:
    """Units of a SKU over all locations. `sold`: net of what came back."""

    initial: int
    on_hand: int
    reserved: int
    sold: int
    received: int


@dataclass(frozen=True, slots=True)
class Webhook:
    """A stored event that tells of money. `settled`: the payment it names counts as made.

    A payment that the shop does not know by its reference counts as made here; the ledger may
    know better.
    """

    event_id: str
    kind: str
    reference: str
    done: bool
    settled: bool


@dataclass(slots=True)
class Books:
    """Everything the comparison needs, by order id, SKU and key."""

    orders: dict[str, BookedOrder] = field(default_factory=dict)
    refunds: list[BookedRefund] = field(default_factory=list)
    stock: dict[str, Level] = field(default_factory=dict)
    orders_by_key: dict[str, set[str]] = field(default_factory=dict)
    webhooks: list[Webhook] = field(default_factory=list)
    events_without_effect: list[str] = field(default_factory=list)
    counted_sold: dict[str, int] = field(default_factory=dict)  # by product: the effect's counter
    should_count: dict[str, int] = field(default_factory=dict)  # by product: units of paid orders
    paid_late: int = 0


ORDERS = """
    SELECT v.order_id, o.number, v.state, v.currency, v.grand_total AS total
      FROM audit_views.audit_order AS v
      JOIN orders.orders AS o ON kernel.wire_id('ord', o.id) = v.order_id
"""
LINES = "SELECT order_id, sku, qty FROM audit_views.audit_line"
MONEY = """
    SELECT order_id, kind, sum(amount)::bigint AS amount FROM audit_views.audit_money
     GROUP BY order_id, kind
"""
NOTED = """
    SELECT kernel.wire_id('ord', order_id) AS order_id,
           sum(captured - refunded)::bigint AS amount, bool_or(captured > 0) AS any
      FROM payments.sessions GROUP BY order_id
"""
PAID = """
    SELECT order_id, bool_or(from_state = 'expired') AS late
      FROM audit_views.audit_state_log WHERE to_state = 'paid' GROUP BY order_id
"""
PAID_EVENTS = """
    SELECT order_id, count(*) AS events FROM audit_views.audit_outbox
     WHERE topic = 'order.paid' GROUP BY order_id
"""
REFUNDS = """
    SELECT kernel.wire_id('ord', order_id) AS order_id, reference, amount, status, reason, is_stray
      FROM payments.refunds
"""
STOCK = """
    SELECT s.sku, s.initial, s.on_hand, s.reserved,
           coalesce(-sum(m.d_on_hand) FILTER (WHERE m.reason IN ('sale', 'restock')), 0)::bigint
               AS sold,
           coalesce(sum(m.d_on_hand) FILTER (WHERE m.reason IN ('receive', 'adjust')), 0)::bigint
               AS received
      FROM (SELECT sku, sum(initial)::bigint AS initial, sum(on_hand)::bigint AS on_hand,
                   sum(reserved)::bigint AS reserved
              FROM audit_views.audit_stock GROUP BY sku) AS s
      LEFT JOIN audit_views.audit_stock_move AS m USING (sku)
     GROUP BY s.sku, s.initial, s.on_hand, s.reserved
"""
KEYS = """
    SELECT key, array_agg(DISTINCT order_id) AS orders FROM audit_views.audit_idem
     WHERE order_id IS NOT NULL AND path LIKE '%/checkout' GROUP BY key
"""
WEBHOOKS = """
    SELECT i.event_id, i.kind, i.payment_reference AS reference, i.done,
           coalesce(s.status = 'succeeded', true) AS settled
      FROM payments.inbox AS i
      LEFT JOIN payments.sessions AS s
        ON s.provider = i.provider AND s.reference = i.payment_reference
     WHERE i.kind IN ('payment_intent.succeeded', 'checkout.session.completed')
"""
EVENTS_WITHOUT_EFFECT = """
    SELECT e.topic || ' ' || e.event_id AS event FROM audit_views.audit_outbox AS e
     WHERE NOT EXISTS (SELECT FROM audit_views.audit_effect AS f WHERE f.dedup_key = e.dedup_key)
"""
COUNTED = """
    SELECT p.slug, p.popularity + coalesce(noted.units, 0)::bigint AS counted,
           coalesce(paid.units, 0)::bigint AS should
      FROM catalog.products AS p
      LEFT JOIN (SELECT product_id, sum(units) AS units
                   FROM catalog.sold GROUP BY product_id) AS noted ON noted.product_id = p.id
      LEFT JOIN (SELECT l.product_id, sum(l.quantity) AS units
                   FROM orders.lines AS l
                   JOIN kernel.outbox AS e ON e.order_id = l.order_id AND e.topic = 'order.paid'
                  GROUP BY l.product_id) AS paid ON paid.product_id = p.id
"""


async def read(database_url: str) -> Books:
    """The books as they are now, in one snapshot."""
    connection = await asyncpg.connect(database_url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            await connection.execute("SET LOCAL statement_timeout = 0")
            return await _read(connection)
    finally:
        await connection.close()


async def _read(connection: asyncpg.Connection) -> Books:
    books = Books()
    for row in await connection.fetch(ORDERS):
        books.orders[row["order_id"]] = BookedOrder(**row)
    for row in await connection.fetch(LINES):
        units = books.orders[row["order_id"]].units
        units[row["sku"]] = units.get(row["sku"], 0) + row["qty"]
    for row in await connection.fetch(MONEY):
        order = books.orders[row["order_id"]]
        if row["kind"] == "capture":
            order.captured = row["amount"]
        else:
            order.refunded += row["amount"]
    for row in await connection.fetch(NOTED):
        order = books.orders[row["order_id"]]
        order.noted, order.was_noted = row["amount"], row["any"]
    for row in await connection.fetch(PAID):
        books.orders[row["order_id"]].was_paid = True
        books.paid_late += row["late"]
    for row in await connection.fetch(PAID_EVENTS):
        books.orders[row["order_id"]].paid_events = row["events"]
    books.refunds = [BookedRefund(**row) for row in await connection.fetch(REFUNDS)]
    books.stock = {row.pop("sku"): Level(**row) for row in map(dict, await _all(connection, STOCK))}
    keys: dict[str, set[str]] = defaultdict(set)
    for row in await connection.fetch(KEYS):
        keys[row["key"]] |= set(row["orders"])
    books.orders_by_key = dict(keys)
    books.webhooks = [Webhook(**row) for row in await connection.fetch(WEBHOOKS)]
    missing = await connection.fetch(EVENTS_WITHOUT_EFFECT)
    books.events_without_effect = [row["event"] for row in missing]
    for row in await connection.fetch(COUNTED):
        books.counted_sold[row["slug"]] = row["counted"]
        books.should_count[row["slug"]] = row["should"]
    return books


async def _all(connection: asyncpg.Connection, query: str) -> list[asyncpg.Record]:
    rows: list[asyncpg.Record] = await connection.fetch(query)
    return rows
