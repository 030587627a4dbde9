"""Reading carts, each with one statement: the cart, its items, its market, and whose it is.

Who may: a user has their own open cart; a guest has the cart of their token. A token opens no cart
that has come to belong to a user, and a signed-in user's own cart goes before any token. Whoever
asks for another's cart is told what one hears about a cart that does not exist.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text

from sokoni.cart.errors import CartCompleted
from sokoni.cart.models import CartState
from sokoni.kernel.db import ReadSession, WriteSession
from sokoni.kernel.errors import NotFound
from sokoni.kernel.ids import encode
from sokoni.kernel.writes import Row, Statement
from sokoni.markets.queries import MARKETS, Market, ShippingOption, TaxRate

PostalAddress = Mapping[str, str | None]
"""The fields of the wire shape `Address`, by their names."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who may have a cart: a user, a guest with a token, or (neither) nobody yet."""

    user_id: UUID | None = None
    cart_token: str | None = None


@dataclass(frozen=True, slots=True)
class BasketItem:
    """Some units of one variant, and the unit price (minor units) that the buyer was last told.

    In a summary of items that are in no cart, nothing was told before.
    """

    id: UUID
    variant_id: UUID
    quantity: int
    seen_unit_price: int | None = None
    seen_currency: str | None = None


@dataclass(frozen=True, slots=True)
class Basket:
    """A cart as it is stored, items in the order in which they were added.

    `market` is its region's at the time of reading, None if staff has deleted the region since.
    `user_id`: whose it is, or into whose cart it went; None while a token opens it.
    """

    id: UUID
    user_id: UUID | None
    state: CartState
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
    market: Market | None = None

    def item_of(self, variant_id: UUID) -> BasketItem | None:
        """The line of this variant, if it is in the cart."""
        return next((item for item in self.items if item.variant_id == variant_id), None)

    @property
    def stock_owner(self) -> str:
        """As whom inventory knows the cart: what its pending order holds is there for it."""
        return encode("cart", self.id)

    @property
    def state_code(self) -> str | None:
        """The state or province that it goes to, as far as that is known."""
        return (self.shipping_address or {}).get("state")


BASKET = f"""
    SELECT c.*, m.name AS market_name, m.currency AS market_currency, m.tax_inclusive,
           m.is_default, m.countries, m.rates, m.options,
           (SELECT coalesce(json_agg(i ORDER BY i.added_at, i.id), '[]')
              FROM cart.items AS i WHERE i.cart_id = c.id)::text AS items,
           (SELECT before.version FROM cart.carts AS before WHERE before.id = c.id)
               AS version_at_start
      FROM cart.carts AS c
      LEFT JOIN LATERAL ({MARKETS} WHERE r.id = c.region_id) AS m ON true
     WHERE """  # noqa: S608 - made of constants
BY_GUEST = "c.token_hash = :token_hash AND c.user_id IS NULL"
BY_USER = "c.user_id = :user_id AND c.state = 'open' AND NOT c.express"
BY_ID = "c.id = :cart_id AND c.state <> 'merged'"
TO_CHANGE = " ORDER BY c.id FOR UPDATE OF c"

_items = msgspec.json.Decoder(tuple[BasketItem, ...])
_rates = msgspec.json.Decoder(tuple[TaxRate, ...])
_options = msgspec.json.Decoder(tuple[ShippingOption, ...])


def token_hash(token: str) -> bytes:
    """What is stored of a guest's token, and what it is found by."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()


async def is_token_of(db: ReadSession, *, cart_id: UUID, token: str) -> bool:
    """Whether this is the token that the cart was made with, whatever became of it since."""
    statement = text("SELECT token_hash = :hashed FROM cart.carts WHERE id = :id")
    return bool(await db.scalar(statement, {"id": cart_id, "hashed": token_hash(token)}))


async def basket(
    db: ReadSession, *, owner: Owner | None = None, cart_id: UUID | None = None
) -> Basket | None:
    """The owner's cart, or this one if it is theirs; without an owner, this one whosever it is.

    None for a user without an open cart and for a guest without a token. Raises NotFound for an
    unknown cart or token and for another's cart, CartCompleted for a paid one.
    """
    return await _find(db, owner=owner, cart_id=cart_id, suffix="")


async def basket_for_checkout(
    tx: WriteSession, *, owner: Owner | None = None, cart_id: UUID | None = None
) -> Basket | None:
    """As `basket`, and whoever else wants to change or check out this cart waits for the commit."""
    return await _find(tx, owner=owner, cart_id=cart_id, suffix=TO_CHANGE)


async def baskets_to_merge(
    tx: WriteSession, *, guest_token: str, user_id: UUID
) -> tuple[Basket | None, Basket | None]:
    """The guest's cart and the user's open one, both locked, in the order of their ids.

    The same one twice when the user's cart was that guest's. Raises NotFound for a guest's cart
    that went to somebody else, CartCompleted for a paid one.
    """
    hashed = token_hash(guest_token)
    query = f"{BASKET}(c.token_hash = :token_hash AND NOT c.express) OR ({BY_USER}){TO_CHANGE}"
    rows = await _exact(tx, query, {"token_hash": hashed, "user_id": user_id})
    guests = next((row for row in rows if row.token_hash == hashed), None)
    if guests is not None and guests.user_id not in {None, user_id}:
        raise NotFound
    users = next((row for row in rows if row is not guests), None)
    if guests is not None and guests.user_id == user_id and guests.state == CartState.OPEN:
        users = guests
    return _opened(guests) if guests else None, _opened(users) if users else None


async def _find(
    db: ReadSession, *, owner: Owner | None, cart_id: UUID | None, suffix: str
) -> Basket | None:
    conditions = _conditions(owner, cart_id)
    if conditions is None:
        return None
    values = {
        "cart_id": cart_id,
        "user_id": owner.user_id if owner else None,
        "token_hash": token_hash(owner.cart_token) if owner and owner.cart_token else None,
    }
    named = {name: value for name, value in values.items() if f":{name}" in conditions}
    rows = await _exact(db, BASKET + conditions + suffix, named)
    if rows:
        return _opened(rows[0])
    if cart_id is None and owner is not None and owner.user_id is not None:
        return None
    raise NotFound


def _conditions(owner: Owner | None, cart_id: UUID | None) -> str | None:
    """Which cart is meant, and that it belongs to the owner; None when it can be no cart."""
    token = owner.cart_token if owner else None
    user_id = owner.user_id if owner else None
    if cart_id is None:
        return BY_USER if user_id else BY_GUEST if token else None
    if owner is None:
        return BY_ID
    mine = [rule for rule, holds in (("c.user_id = :user_id", user_id), (BY_GUEST, token)) if holds]
    return f"{BY_ID} AND ({' OR '.join(mine) or 'false'})"


async def _exact(db: ReadSession, query: str, values: Mapping[str, Any]) -> list[Row]:
    """Run the query, and again if it had to wait for a lock.

    Then the carts' rows are new, but the items are those of a snapshot from before the wait. The
    locks are ours by now, so the second answer is exact.
    """
    statement = _statement(query)
    rows = await statement.rows(db, values)
    if any(row.version != row.version_at_start for row in rows):
        rows = await statement.rows(db, values)
    return rows


@lru_cache(maxsize=64)
def _statement(query: str) -> Statement:
    return Statement(query)


def _opened(row: Row) -> Basket:
    if row.state == CartState.COMPLETED:
        raise CartCompleted(
            "Its order is placed and paid; a new cart starts empty.",
            order_id=encode("ord", row.order_id),
        )
    return Basket(
        id=row.id,
        user_id=row.user_id,
        state=CartState(row.state),
        version=row.version,
        currency=row.currency,
        region_id=row.region_id,
        country=row.country,
        email=row.email,
        shipping_address=row.shipping_address,
        billing_address=row.billing_address,
        shipping_option_id=row.shipping_option_id,
        updated_at=row.updated_at,
        items=_items.decode(row["items"]),
        market=_market(row),
    )


def _market(row: Row) -> Market | None:
    if row.market_name is None:
        return None
    return Market(
        region_id=row.region_id,
        name=row.market_name,
        currency=row.market_currency,
        tax_inclusive=row.tax_inclusive,
        tax_rates=_rates.decode(row.rates),
        shipping_options=_options.decode(row.options),
        countries=tuple(row.countries),
        is_default=row.is_default,
    )
