"""How a cart begins and how it ends.

A guest's token is made and answered here, once; only its hash is stored. A user's open cart is
one by a unique index: who loses the race to make it runs again and finds the other's.
"""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from asyncpg.exceptions import IntegrityConstraintViolationError

from sokoni.cart.models import CartState
from sokoni.cart.queries import Basket, BasketItem, token_hash
from sokoni.cart.service.destination import choose_market
from sokoni.cart.service.facts import Facts, facts_for
from sokoni.cart.service.quoting import PricedCart, price_with
from sokoni.cart.service.stock import check_quantity, check_sellable, check_stock
from sokoni.kernel import writes
from sokoni.kernel.db import RetryTransaction, WriteSession, violated
from sokoni.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many units of a variant, as somebody asks for them."""

    variant_id: UUID
    quantity: int


@dataclass(frozen=True, slots=True)
class CreatedCart:
    """A new cart, priced. `token` is for its guest and cannot be asked for again."""

    id: UUID
    token: str | None
    priced: PricedCart


INSERT = """
    opened_cart AS (
        INSERT INTO cart.carts (id, token_hash, user_id, state, express, currency, region_id,
                                country, email, version, created_at, updated_at)
        VALUES (:id, :token_hash, :user_id, 'open', :express, :currency, :region_id, :country,
                :email, 1, :now, :now)),
    opened_items AS (
        INSERT INTO cart.items (id, cart_id, variant_id, quantity, seen_unit_price, seen_currency,
                                added_at)
        SELECT item.id, :id, item.variant_id, item.quantity, item.price, :currency, :now
          FROM unnest(CAST(:ids AS uuid[]), CAST(:variants AS uuid[]),
                      CAST(:quantities AS integer[]), CAST(:prices AS bigint[]))
               AS item (id, variant_id, quantity, price))
"""


async def create(
    tx: WriteSession,
    *,
    user_id: UUID | None = None,
    currency: str | None = None,
    region_id: UUID | None = None,
    country: str | None = None,
    email: str | None = None,
    items: Sequence[Wanted] = (),
    now: datetime,
) -> CreatedCart:
    """Make a cart, with items or empty; four statements at most.

    Raises CountryNotServed, NoRegions or Invalid for a place or currency that the shop does
    not sell in, NotSellable, PriceUnavailable and InsufficientStock for items.
    """
    market = await choose_market(tx, region_id=region_id, country=country, currency=currency)
    wanted = _units(items)
    facts = await facts_for(tx, market=market, also=wanted)
    check_sellable(facts, wanted)
    check_stock(facts, wanted)
    basket = _new(facts, wanted, user_id=user_id, country=country, email=email, now=now)
    token = _token(user_id)
    made = CreatedCart(id=basket.id, token=token, priced=price_with(facts, basket=basket))
    values = _values(basket, token=token, express=False)
    try:
        await writes.together(tx, writes.Part(INSERT, values))
    except IntegrityConstraintViolationError as error:
        if violated(error, "carts_one_open_per_user"):
            raise RetryTransaction from error
        raise
    return made


@dataclass(frozen=True, slots=True)
class ExpressCart:
    """A cart for one checkout, about to be made: what it is priced from, and how it is written."""

    basket: Basket
    facts: Facts
    part: writes.Part


async def express(
    tx: WriteSession,
    *,
    user_id: UUID | None,
    country: str,
    items: Sequence[Wanted],
    now: datetime,
) -> ExpressCart:
    """A cart for the items of one checkout, which may stand beside the user's own.

    Two statements, and its part of another; it is found by its id only. Its stock is taken by the
    checkout, in the same transaction, and not asked for here. Raises as `create`, but for that.
    """
    market = await choose_market(tx, country=country)
    wanted = _units(items)
    facts = await facts_for(tx, market=market, also=wanted, with_stock=False)
    check_sellable(facts, wanted)
    basket = _new(facts, wanted, user_id=user_id, country=country, email=None, now=now)
    values = _values(basket, token=_token(user_id), express=True)
    return ExpressCart(basket=basket, facts=facts, part=writes.Part(INSERT, values))


def _units(items: Sequence[Wanted]) -> Counter[UUID]:
    wanted: Counter[UUID] = Counter()
    for item in items:
        wanted[item.variant_id] += item.quantity
    for quantity in wanted.values():
        check_quantity(quantity)
    return wanted


def _token(user_id: UUID | None) -> str | None:
    """What opens the cart of somebody who is not signed in."""
    return None if user_id is not None else secrets.token_urlsafe(32)


COMPLETE = """
    completed AS (
        UPDATE cart.carts
           SET state = 'completed', order_id = :order_id, version = version + 1, updated_at = :now
         WHERE id = :id AND state <> 'completed'
        RETURNING 1)
"""


async def complete(tx: WriteSession, *, cart_id: UUID, order_id: UUID, now: datetime) -> bool:
    """Close a cart for good: its order is paid. False if it was closed before, or is unknown."""
    told = await writes.together(tx, completing(cart_id=cart_id, order_id=order_id, now=now))
    return bool(told.completed)


def completing(*, cart_id: UUID, order_id: UUID, now: datetime) -> writes.Part:
    """As `complete`, beside the writes of others; the answer's `completed` says whether."""
    values = {"id": cart_id, "order_id": order_id, "now": now}
    return writes.Part(COMPLETE, values, tells="EXISTS (SELECT FROM completed) AS completed")


def _new(
    facts: Facts,
    wanted: Counter[UUID],
    *,
    user_id: UUID | None,
    country: str | None,
    email: str | None,
    now: datetime,
) -> Basket:
    """The cart as it will be; nothing is written yet."""
    market = facts.market
    return Basket(
        id=new_id(),
        user_id=user_id,
        state=CartState.OPEN,
        version=1,
        currency=market.currency,
        region_id=market.region_id,
        country=country,
        email=email,
        shipping_address=None,
        billing_address=None,
        shipping_option_id=None,
        updated_at=now,
        items=tuple(
            BasketItem(
                id=new_id(),
                variant_id=variant_id,
                quantity=quantity,
                seen_unit_price=facts.sellables[variant_id].unit_price,
                seen_currency=market.currency,
            )
            for variant_id, quantity in wanted.items()
        ),
        market=market,
    )


def _values(basket: Basket, *, token: str | None, express: bool) -> dict[str, Any]:
    return {
        "id": basket.id,
        "token_hash": None if token is None else token_hash(token),
        "user_id": basket.user_id,
        "express": express,
        "currency": basket.currency,
        "region_id": basket.region_id,
        "country": basket.country,
        "email": basket.email,
        "now": basket.updated_at,
        "ids": [item.id for item in basket.items],
        "variants": [item.variant_id for item in basket.items],
        "quantities": [item.quantity for item in basket.items],
        "prices": [item.seen_unit_price for item in basket.items],
    }
