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

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY, BIGINT, INTEGER
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.exc import IntegrityError

from sokoni.cart.models import CartState
from sokoni.cart.queries import Basket, BasketItem, token_hash
from sokoni.cart.service.destination import choose_market
from sokoni.cart.service.facts import Facts, facts_for
from sokoni.cart.service.quoting import PricedCart, price_with
from sokoni.cart.service.stock import check_quantity, check_sellable, check_stock
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


INSERT = text(
    """
    WITH cart AS (
        INSERT INTO cart.carts (id, token_hash, user_id, state, express, currency, region_id,
                                country, email, version, created_at, updated_at)
        VALUES (:id, :token_hash, :user_id, 'open', :express, :currency, :region_id, :country,
                :email, 1, :now, :now)
    )
    INSERT INTO cart.items (id, cart_id, variant_id, quantity, seen_unit_price, seen_currency,
                            added_at)
    SELECT item.id, :id, item.variant_id, item.quantity, item.price, :currency, :now
      FROM unnest(:ids, :variants, :quantities, :prices)
           AS item (id, variant_id, quantity, price)
    """
).bindparams(
    bindparam("ids", type_=ARRAY(PG_UUID)),
    bindparam("variants", type_=ARRAY(PG_UUID)),
    bindparam("quantities", type_=ARRAY(INTEGER)),
    bindparam("prices", type_=ARRAY(BIGINT)),
)


async def create(
    tx: WriteSession,
    *,
    user_id: UUID | None = None,
    currency: str | None = None,
    region_id: UUID | None = None,
    country: str | None = None,
    email: str | None = None,
    items: Sequence[Wanted] = (),
    express: bool = False,
    now: datetime,
) -> CreatedCart:
    """Make a cart, with items or empty; four statements at most.

    `express` is for one checkout: it may stand beside the user's own cart, and is found by its id
    only. Raises CountryNotServed, NoRegions or Invalid for a place or currency that the shop does
    not sell in, NotSellable, PriceUnavailable and InsufficientStock for items.
    """
    market = await choose_market(tx, region_id=region_id, country=country, currency=currency)
    wanted: Counter[UUID] = Counter()
    for item in items:
        wanted[item.variant_id] += item.quantity
    for quantity in wanted.values():
        check_quantity(quantity)
    facts = await facts_for(tx, market=market, also=wanted)
    check_sellable(facts, wanted)
    check_stock(facts, wanted)
    token = None if user_id is not None else secrets.token_urlsafe(32)
    basket = _new(facts, wanted, user_id=user_id, country=country, email=email, now=now)
    await _insert(tx, basket, token=token, express=express)
    return CreatedCart(id=basket.id, token=token, priced=price_with(facts, basket=basket))


COMPLETE = text(
    """
    UPDATE cart.carts
       SET state = 'completed', order_id = :order_id, version = version + 1, updated_at = :now
     WHERE id = :id AND state <> 'completed'
    RETURNING id
    """
)


async def complete(tx: WriteSession, *, cart_id: UUID, order_id: UUID, now: datetime) -> bool:
    """Close a cart for good: its order is paid. False if it was closed before, or is unknown."""
    values = {"id": cart_id, "order_id": order_id, "now": now}
    return await tx.scalar(COMPLETE, values) is not None


def _new(
    facts: Facts,
    wanted: Counter[UUID],
    *,
    user_id: UUID | None,
    country: str | None,
    email: str | None,
    now: datetime,
) -> Basket:
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


async def _insert(tx: WriteSession, basket: Basket, *, token: str | None, express: bool) -> None:
    values: dict[str, Any] = {
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
    try:
        await tx.execute(INSERT, values)
    except IntegrityError as error:
        if violated(error, "carts_one_open_per_user"):
            raise RetryTransaction from error
        raise
