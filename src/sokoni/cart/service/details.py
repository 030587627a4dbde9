"""Everything of a cart but its lines: where it goes, in which currency, to whom, and how shipped.

Whoever changes these is told all prices anew, so a change also marks the present prices as seen;
`see_prices` does only that. The cart's row is locked first, and its version raised.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import TypeVar
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY, BIGINT, JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from sokoni.cart.errors import ShippingOptionRefused
from sokoni.cart.queries import Basket, BasketItem, Owner, PostalAddress
from sokoni.cart.service.destination import choose_market, served
from sokoni.cart.service.facts import facts_for
from sokoni.cart.service.lines import basket_to_change
from sokoni.cart.service.quoting import PricedCart, price_with
from sokoni.kernel.db import WriteSession
from sokoni.kernel.errors import FieldError, Invalid
from sokoni.markets.queries import Market

Value = TypeVar("Value")


class Kept(Enum):
    """Stands for a field that a change leaves alone; None empties it."""

    KEPT = "kept"


KEPT = Kept.KEPT


@dataclass(frozen=True, slots=True)
class Details:
    """What to change. A shipping address brings its country's region along."""

    region_id: UUID | Kept = KEPT
    currency: str | Kept = KEPT
    email: str | Kept | None = KEPT
    shipping_address: PostalAddress | Kept | None = KEPT
    billing_address: PostalAddress | Kept | None = KEPT
    shipping_option_id: UUID | Kept | None = KEPT


UPDATE = text(
    """
    WITH told AS (
        UPDATE cart.items AS item
           SET seen_unit_price = now_told.price, seen_currency = :currency
          FROM unnest(:ids, :prices) AS now_told (id, price)
         WHERE item.id = now_told.id AND item.cart_id = :cart_id
    )
    UPDATE cart.carts
       SET currency = :currency, region_id = :region_id, country = :country, email = :email,
           shipping_address = :shipping_address, billing_address = :billing_address,
           shipping_option_id = :shipping_option_id, version = version + 1, updated_at = :now
     WHERE id = :cart_id
    """
).bindparams(
    bindparam("ids", type_=ARRAY(PG_UUID)),
    bindparam("prices", type_=ARRAY(BIGINT)),
    bindparam("shipping_address", type_=JSONB(none_as_null=True)),
    bindparam("billing_address", type_=JSONB(none_as_null=True)),
)


async def update(
    tx: WriteSession,
    *,
    owner: Owner,
    details: Details,
    if_version: int | None = None,
    now: datetime,
) -> PricedCart:
    """Change the owner's cart and price it anew.

    A shipping option must be one that the cart may take afterwards; one chosen earlier is dropped
    when it may not. Raises ShippingOptionRefused, CountryNotServed, Invalid naming the field,
    NotFound, Stale, CartCompleted.
    """
    basket = await basket_to_change(tx, owner=owner, if_version=if_version)
    market = await _market(tx, basket, details)
    changed = replace(
        basket,
        region_id=market.region_id,
        currency=market.currency,
        market=market,
        country=_country(basket, details, market),
        email=_new(details.email, basket.email),
        shipping_address=_new(details.shipping_address, basket.shipping_address),
        billing_address=_new(details.billing_address, basket.billing_address),
        shipping_option_id=_new(details.shipping_option_id, basket.shipping_option_id),
    )
    priced = price_with(await facts_for(tx, basket=changed), basket=changed)
    if changed.shipping_option_id is not None and priced.chosen_option is None:
        if details.shipping_option_id is not KEPT:
            raise ShippingOptionRefused(
                errors=[
                    FieldError("/shipping_option_id", "is not one of the cart's shipping_options")
                ]
            )
        priced = priced.again(replace(changed, shipping_option_id=None))
    return await see_prices(tx, priced=priced, now=now)


async def see_prices(tx: WriteSession, *, priced: PricedCart, now: datetime) -> PricedCart:
    """Store the cart where it was priced, and those prices as told; its version rises.

    The caller holds the cart's lock (`basket_for_checkout`).
    """
    basket = priced.basket
    told = {line.item.id: line.quote.unit_price for line in priced.lines if line.quote is not None}
    await tx.execute(
        UPDATE,
        {
            "cart_id": basket.id,
            "currency": priced.market.currency,
            "region_id": priced.market.region_id,
            "country": priced.country,
            "email": basket.email,
            "shipping_address": basket.shipping_address,
            "billing_address": basket.billing_address,
            "shipping_option_id": basket.shipping_option_id,
            "ids": list(told),
            "prices": list(told.values()),
            "now": now,
        },
    )
    return _told(priced, told, now=now)


async def _market(tx: WriteSession, basket: Basket, details: Details) -> Market:
    region_id = None if details.region_id is KEPT else details.region_id
    currency = None if details.currency is KEPT else details.currency
    country = None
    if details.shipping_address is not KEPT and details.shipping_address is not None:
        country = details.shipping_address["country"]
    if region_id is not None:
        return await choose_market(tx, region_id=region_id, country=country, currency=currency)
    if country is not None:
        market = await served(tx, country=country, pointer="/shipping_address/country")
        if currency not in {None, market.currency}:
            raise Invalid.field("/currency", f"the region {market.name} has {market.currency}")
        return market
    current = basket.market or await choose_market(tx)
    if currency in {None, current.currency}:
        return current
    return await choose_market(tx, currency=currency)


def _new(wanted: Value | Kept, present: Value) -> Value:
    return present if isinstance(wanted, Kept) else wanted


def _country(basket: Basket, details: Details, market: Market) -> str | None:
    """Where it goes: the address says; without one, the country known before, if still served."""
    address = _new(details.shipping_address, basket.shipping_address)
    country = address["country"] if address is not None else basket.country
    return country if country in market.countries else None


def _told(priced: PricedCart, prices: "dict[UUID, int]", *, now: datetime) -> PricedCart:
    """The priced cart as it reads after the write: no price is news any more."""
    currency = priced.market.currency

    def seen(item: BasketItem) -> BasketItem:
        if item.id not in prices:
            return item
        return replace(item, seen_unit_price=prices[item.id], seen_currency=currency)

    basket = replace(
        priced.basket,
        currency=currency,
        region_id=priced.market.region_id,
        country=priced.country,
        market=priced.market,
        items=tuple(seen(item) for item in priced.basket.items),
        version=priced.basket.version + 1,
        updated_at=now,
    )
    return priced.again(basket)
