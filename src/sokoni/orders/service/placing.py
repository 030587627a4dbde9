"""Placing: the order, its lines and the first line of its timeline."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from asyncpg.exceptions import IntegrityConstraintViolationError

from sokoni.kernel import outbox, writes
from sokoni.kernel.db import RetryTransaction, WriteSession, violated
from sokoni.kernel.ids import ALPHABET, new_id
from sokoni.orders import events
from sokoni.orders.queries import Line, Order
from sokoni.orders.states import FulfillmentStatus, OrderState, OrderStatus, PaymentStatus

NUMBER_LETTERS = 8


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line to be bought; amounts in minor units of the order's currency."""

    variant_id: UUID
    product_id: UUID
    sku: str
    title: str
    variant_title: str | None
    thumbnail: dict[str, Any] | None
    quantity: int
    unit_price: int
    line_total: int
    discount: int
    tax: int
    weight_g: int


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order to be placed; amounts in minor units of `currency`."""

    id: UUID
    cart_id: UUID
    user_id: UUID | None
    email: str
    region_id: UUID
    currency: str
    tax_inclusive: bool
    items_total: int
    discount_total: int
    shipping_total: int
    tax_total: int
    tax_included: int
    gift_card_total: int
    grand_total: int
    shipping: dict[str, Any] | None
    taxes: list[dict[str, Any]]
    shipping_address: dict[str, Any]
    billing_address: dict[str, Any]
    content: bytes
    expires_at: datetime
    lines: Sequence[NewLine]


PLACE = """
    placed AS (
        INSERT INTO orders.orders (
            id, number, cart_id, user_id, email, state, payment_status, fulfillment_status,
            region_id, currency, tax_inclusive, items_total, discount_total, shipping_total,
            tax_total, tax_included, gift_card_total, grand_total, shipping, taxes,
            shipping_address, billing_address, content, last_seq, version,
            expires_at, placed_at, updated_at)
        VALUES (
            :id, :number, :cart_id, :user_id, :email, 'pending', 'pending', 'unfulfilled',
            :region_id, :currency, :tax_inclusive, :items_total, :discount_total, :shipping_total,
            :tax_total, :tax_included, :gift_card_total, :grand_total, CAST(:shipping AS jsonb),
            CAST(:taxes AS jsonb), CAST(:shipping_address AS jsonb),
            CAST(:billing_address AS jsonb), :content, 1, 1,
            :expires_at, :now, :now)),
    placed_log AS (
        INSERT INTO orders.timeline (order_id, seq, kind, from_state, to_state, actor, data, at)
        VALUES (:id, 1, 'status', 'new', 'pending', :actor, '{}', :now)),
    placed_lines AS (
        INSERT INTO orders.lines (
            id, order_id, position, variant_id, product_id, sku, title, variant_title, thumbnail,
            quantity, unit_price, line_total, discount, tax, weight_g)
        SELECT line.id, :id, line.position, line.variant_id, line.product_id, line.sku,
               line.title, line.variant_title, line.thumbnail, line.quantity, line.unit_price,
               line.line_total, line.discount, line.tax, line.weight_g
          FROM jsonb_to_recordset(CAST(:lines AS jsonb)) AS line (
              id uuid, position smallint, variant_id uuid, product_id uuid, sku text, title text,
              variant_title text, thumbnail jsonb, quantity integer, unit_price bigint,
              line_total bigint, discount bigint, tax bigint, weight_g integer))
"""
JSON = ("shipping", "taxes", "shipping_address", "billing_address")


@dataclass(frozen=True, slots=True)
class Placing:
    """An order about to be placed: as it will be read, and how it is written."""

    order: Order
    part: writes.Part


def prepare(tx: WriteSession, *, order: NewOrder, actor: str, now: datetime) -> Placing:
    """The order, its lines and the first line of its timeline, to be written beside others' parts.

    The event is published; all of it is written within `lost_races`.
    """
    number = new_number()
    line_ids = [new_id() for _ in order.lines]
    values: dict[str, Any] = {name: getattr(order, name) for name in NewOrder.__dataclass_fields__}
    values |= {name: writes.json_text(values[name]) for name in JSON}
    values |= {"number": number, "actor": actor, "now": now, "lines": _lines(order, line_ids)}
    outbox.publish(tx, events.OrderPlaced(order_id=order.id))
    return Placing(
        order=_as_read(order, line_ids, number=number, now=now), part=writes.Part(PLACE, values)
    )


@contextmanager
def lost_races() -> Iterator[None]:
    """A number that is taken, or a variant deleted since it was priced: look again."""
    try:
        yield
    except IntegrityConstraintViolationError as error:
        if violated(error, "orders_number_key") or violated(error, "lines_variant_id_fkey"):
            raise RetryTransaction from error
        raise


def _lines(order: NewOrder, ids: Sequence[UUID]) -> str | None:
    return writes.json_text(
        [
            {"id": line_id, "position": position, **_fields(line)}
            for position, (line, line_id) in enumerate(zip(order.lines, ids, strict=True), 1)
        ]
    )


def _fields(line: NewLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in NewLine.__dataclass_fields__}


def _as_read(order: NewOrder, line_ids: Sequence[UUID], *, number: str, now: datetime) -> Order:
    """What `queries.order` says of it from now on; a test compares the two."""
    lines = tuple(
        Line(line_id, **{name: getattr(line, name) for name in LINE_FIELDS})
        for line, line_id in zip(order.lines, line_ids, strict=True)
    )
    same = {name: getattr(order, name) for name in SAME_FIELDS}
    return Order(
        **same,
        number=number,
        state=OrderState.PENDING.value,
        status=OrderStatus.PENDING.value,
        payment_status=PaymentStatus.PENDING.value,
        fulfillment_status=FulfillmentStatus.UNFULFILLED.value,
        cancel_reason=None,
        note=None,
        version=1,
        placed_at=now,
        updated_at=now,
        lines=lines,
    )


LINE_FIELDS = tuple(name for name in Line.__dataclass_fields__ if name != "id")
SAME_FIELDS = tuple(
    name
    for name in Order.__dataclass_fields__
    if name in NewOrder.__dataclass_fields__ and name != "lines"
)


def new_number() -> str:
    """A number that tells nobody how many orders there are: `S-7K3M-9Q2X`, 40 random bits."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(NUMBER_LETTERS)).upper()
    return f"S-{letters[:4]}-{letters[4:]}"
