"""Placing: the order, its lines and the first line of its timeline."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import IntegrityError

from sokoni.kernel import outbox
from sokoni.kernel.db import RetryTransaction, WriteSession, violated
from sokoni.kernel.ids import ALPHABET, new_id
from sokoni.orders import events

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


PLACE = text(
    """
    WITH placed AS (
        INSERT INTO orders.orders (
            id, number, cart_id, user_id, email, state, payment_status, fulfillment_status,
            region_id, currency, tax_inclusive, items_total, discount_total, shipping_total,
            tax_total, tax_included, gift_card_total, grand_total, shipping, taxes,
            shipping_address, billing_address, content, last_seq, version,
            expires_at, placed_at, updated_at)
        VALUES (
            :id, :number, :cart_id, :user_id, :email, 'pending', 'pending', 'unfulfilled',
            :region_id, :currency, :tax_inclusive, :items_total, :discount_total, :shipping_total,
            :tax_total, :tax_included, :gift_card_total, :grand_total, :shipping, :taxes,
            :shipping_address, :billing_address, :content, 1, 1,
            :expires_at, :now, :now)
        RETURNING id),
    logged AS (
        INSERT INTO orders.timeline (order_id, seq, kind, from_state, to_state, actor, data, at)
        SELECT id, 1, 'status', 'new', 'pending', :actor, '{}', :now FROM placed)
    INSERT INTO orders.lines (
        id, order_id, position, variant_id, product_id, sku, title, variant_title, thumbnail,
        quantity, unit_price, line_total, discount, tax, weight_g)
    SELECT line.id, placed.id, line.position, line.variant_id, line.product_id, line.sku,
           line.title, line.variant_title, line.thumbnail, line.quantity, line.unit_price,
           line.line_total, line.discount, line.tax, line.weight_g
      FROM placed
      CROSS JOIN jsonb_to_recordset(:lines) AS line (
          id uuid, position smallint, variant_id uuid, product_id uuid, sku text, title text,
          variant_title text, thumbnail jsonb, quantity integer, unit_price bigint,
          line_total bigint, discount bigint, tax bigint, weight_g integer)
    """
).bindparams(
    *(
        bindparam(name, type_=JSONB)
        for name in ("shipping", "taxes", "shipping_address", "billing_address", "lines")
    )
)


async def place(tx: WriteSession, *, order: NewOrder, actor: str, now: datetime) -> str:
    """Insert the order with its lines and the first line of its timeline. Returns its number.

    One statement.
    """
    number = new_number()
    values = {name: getattr(order, name) for name in NewOrder.__dataclass_fields__}
    values |= {"number": number, "actor": actor, "now": now, "lines": _lines(order)}
    try:
        await tx.execute(PLACE, values)
    except IntegrityError as error:
        # A number that is taken, or a variant deleted since it was priced: look again.
        if violated(error, "orders_number_key") or violated(error, "lines_variant_id_fkey"):
            raise RetryTransaction from error
        raise
    outbox.publish(tx, events.OrderPlaced(order_id=order.id))
    return number


def _lines(order: NewOrder) -> list[dict[str, Any]]:
    return [
        {
            **asdict(line),
            "id": str(new_id()),
            "position": position,
            "variant_id": str(line.variant_id),
            "product_id": str(line.product_id),
        }
        for position, line in enumerate(order.lines, 1)
    ]


def new_number() -> str:
    """A number that tells nobody how many orders there are: `S-7K3M-9Q2X`, 40 random bits."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(NUMBER_LETTERS)).upper()
    return f"S-{letters[:4]}-{letters[4:]}"
