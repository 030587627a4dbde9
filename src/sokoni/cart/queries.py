"""Reading carts, each with one statement: the cart, its items, and whose it is.

Who may: a user has their own open cart; a guest has the cart of their token. A token opens no cart
that has come to belong to a user, and a signed-in user's own cart goes before any token. Whoever
asks for another's cart is told what one hears about a cart that does not exist.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select
from sqlalchemy.orm import aliased

from sokoni.cart.errors import CartCompleted
from sokoni.cart.models import Cart, CartItem, CartState
from sokoni.kernel.db import ReadSession, WriteSession
from sokoni.kernel.errors import NotFound
from sokoni.kernel.ids import encode

PostalAddress = Mapping[str, str | None]
"""The fields of the wire shape `Address`, by their names."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who may have a cart: a user, a guest with a token, or (neither) nobody yet."""

    user_id: UUID | None = None
    cart_token: str | None = None


@dataclass(frozen=True, slots=True)
class BasketItem:
    """Some units of one variant, and the unit price (minor units) that the buyer was last told."""

    id: UUID
    variant_id: UUID
    quantity: int
    seen_unit_price: int
    seen_currency: str


@dataclass(frozen=True, slots=True)
class Basket:
    """A cart as it is stored, items in the order in which they were added."""

    id: UUID
    user_id: UUID | None
    version: int
    currency: str
    region_id: UUID
    country: str | None
    email: str | None
    shipping_address: PostalAddress | None
    billing_address: PostalAddress | None
    shipping_option_id: UUID | None
    updated_at: datetime
    items: tuple[BasketItem, ...]

    def item_of(self, variant_id: UUID) -> BasketItem | None:
        """The line of this variant, if it is in the cart."""
        return next((item for item in self.items if item.variant_id == variant_id), None)


def token_hash(token: str) -> bytes:
    """What is stored of a guest's token, and what it is found by."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()


async def basket(
    db: ReadSession, *, owner: Owner | None = None, cart_id: UUID | None = None
) -> Basket | None:
    """The owner's cart, or this one if it is theirs; without an owner, this one whosever it is.

    None for a user without an open cart and for a guest without a token. Raises NotFound for an
    unknown cart or token and for another's cart, CartCompleted for a paid one.
    """
    return await _find(db, _reading(owner, cart_id), owner=owner, cart_id=cart_id)


async def basket_for_checkout(
    tx: WriteSession, *, owner: Owner | None = None, cart_id: UUID | None = None
) -> Basket | None:
    """As `basket`, and whoever else wants to change or check out this cart waits for the commit."""
    query = _reading(owner, cart_id).with_for_update(of=Cart)
    return await _find(tx, query, owner=owner, cart_id=cart_id)


async def _find(
    db: ReadSession, query: Select[Any], *, owner: Owner | None, cart_id: UUID | None
) -> Basket | None:
    rows = (await db.execute(query)).all()
    if rows and rows[0].version != rows[0].version_at_start:
        # We waited for the cart's lock: the row is new, the items are those of our snapshot.
        # The lock is ours now, so reading again is exact.
        rows = (await db.execute(query)).all()
    if rows:
        return _opened(rows)
    if cart_id is None and (owner is None or owner.user_id is not None or not owner.cart_token):
        return None
    raise NotFound


def _reading(owner: Owner | None, cart_id: UUID | None) -> Select[Any]:
    at_start = aliased(Cart)
    version_at_start = select(at_start.version).where(at_start.id == Cart.id).scalar_subquery()
    return (
        select(Cart.__table__, *ITEM, version_at_start.label("version_at_start"))
        .outerjoin(CartItem, CartItem.cart_id == Cart.id)
        .where(*_theirs(owner, cart_id))
        .order_by(Cart.id, CartItem.added_at, CartItem.id)
    )


ITEM = (
    CartItem.id.label("item_id"),
    CartItem.variant_id,
    CartItem.quantity,
    CartItem.seen_unit_price,
    CartItem.seen_currency,
)


def _theirs(owner: Owner | None, cart_id: UUID | None) -> list[ColumnElement[bool]]:
    """Which cart is meant, and that it belongs to the owner."""
    conditions = [] if cart_id is None else [Cart.id == cart_id, Cart.state != CartState.MERGED]
    if owner is None:
        return conditions
    by_token = and_(
        Cart.token_hash == token_hash(owner.cart_token or ""),
        Cart.user_id.is_(None),
    )
    if cart_id is not None:
        mine = Cart.user_id == owner.user_id
        conditions.append(by_token if owner.user_id is None else or_(mine, by_token))
    elif owner.user_id is not None:
        conditions += [
            Cart.user_id == owner.user_id,
            Cart.state == CartState.OPEN,
            Cart.express.is_(False),
        ]
    else:
        conditions.append(by_token)
    return conditions


def _opened(rows: Sequence[Row[Any]]) -> Basket:
    first = rows[0]
    if first.state == CartState.COMPLETED:
        raise CartCompleted(
            "Its order is placed and paid; a new cart starts empty.",
            order_id=encode("ord", first.order_id),
        )
    return Basket(
        id=first.id,
        user_id=first.user_id,
        version=first.version,
        currency=first.currency,
        region_id=first.region_id,
        country=first.country,
        email=first.email,
        shipping_address=first.shipping_address,
        billing_address=first.billing_address,
        shipping_option_id=first.shipping_option_id,
        updated_at=first.updated_at,
        items=tuple(
            BasketItem(
                id=row.item_id,
                variant_id=row.variant_id,
                quantity=row.quantity,
                seen_unit_price=row.seen_unit_price,
                seen_currency=row.seen_currency,
            )
            for row in rows
            if row.item_id is not None
        ),
    )
