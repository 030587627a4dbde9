"""The first transaction of a purchase: price, order, payment session, stock hold, all or nothing.

Lock order: idempotency key, cart, then (new rows), and the stock last.
"""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import msgspec

from sokoni.cart import queries as cart_queries
from sokoni.cart import service as carts
from sokoni.cart.errors import PriceUnavailable
from sokoni.cart.queries import Basket
from sokoni.cart.service import ExpressCart, PricedCart, PricedLine
from sokoni.checkout.errors import (
    CartEmpty,
    CountryNotServed,
    NoShippingOption,
    ProductUnavailable,
    ShippingOptionUnknown,
)
from sokoni.checkout.flows.request import CheckoutRequest
from sokoni.inventory import service as inventory
from sokoni.kernel import crash, idempotency, outbox, writes
from sokoni.kernel.db import WriteSession
from sokoni.kernel.errors import FieldError, NotFound
from sokoni.kernel.ids import encode, new_id
from sokoni.kernel.keyed import Keyed
from sokoni.kernel.money import Money
from sokoni.kernel.storage import Storage
from sokoni.markets import queries as markets
from sokoni.markets.queries import Market, ShippingOption
from sokoni.orders import queries as order_queries
from sokoni.orders import service as orders
from sokoni.orders.queries import Order
from sokoni.orders.service import NewLine, NewOrder
from sokoni.payments import service as payments
from sokoni.payments.port import PaymentProvider
from sokoni.payments.providers import FREE
from sokoni.payments.service import Session


@dataclass(frozen=True, slots=True)
class Placed:
    """The order that this checkout made with its session, or the living one that it repeats."""

    order_id: UUID
    order: Order | None = None
    session: Session | None = None


@dataclass(frozen=True, slots=True)
class Replace:
    """The cart has an older pending order with other content, which must end first."""

    order: Order


@dataclass(frozen=True, slots=True)
class Terms:
    """What placing needs to know of the shop, and the key under which it notes the order."""

    provider: PaymentProvider
    storage: Storage
    hold: timedelta
    now: datetime
    keyed: Keyed


class SeenOtherwise(Exception):
    """The buyer saw another cart than this one."""

    def __init__(self, cart: PricedCart) -> None:
        super().__init__()
        self.cart = cart


async def place(tx: WriteSession, *, request: CheckoutRequest, terms: Terms) -> Placed | Replace:
    """Place the order, or say which order stands in its place or in its way."""
    made = await _made_for(tx, request=request, now=terms.now) if request.items else None
    basket = made.basket if made else await _found(tx, request=request)
    priced = partial(
        carts.priced,
        tx,
        basket=basket,
        market=await _market(tx, basket=basket, country=request.country),
        country=request.country,
        state=request.state,
        shipping_option_id=request.shipping_option_id,
    )
    cart = await priced(or_cheapest=True, known=made.facts if made else None)
    if not _is_as_seen(cart, version=request.cart_version):
        raise SeenOtherwise(await priced(known=cart.facts))  # with no shipping but their own
    _check_for_sale(cart)
    _check_shipping(cart, wanted=request.shipping_option_id)
    total = Money(cart.quote.totals.grand_total, cart.quote.currency)
    _check_chargeable(total, terms.provider)
    content = _content(cart, request)
    living = None if made else await order_queries.living_order(tx, cart_id=basket.id)
    if living is not None:
        if living.content != content or living.expires_at <= terms.now:
            return Replace(living)
        await idempotency.claim(tx, terms.keyed, order_id=living.id)
        return Placed(living.id)
    also = [made.part] if made else []
    return await _write(tx, *also, request=request, cart=cart, content=content, terms=terms)


async def _made_for(tx: WriteSession, *, request: CheckoutRequest, now: datetime) -> ExpressCart:
    """A cart for the items of the body, which nobody else knows."""
    return await carts.express(
        tx,
        user_id=request.owner.user_id,
        country=request.country,
        items=[carts.Wanted(item.variant_id, item.quantity) for item in request.items],
        now=now,
    )


async def _found(tx: WriteSession, *, request: CheckoutRequest) -> Basket:
    """The cart to buy, locked."""
    found = await cart_queries.basket_for_checkout(tx, owner=request.owner, cart_id=request.cart_id)
    if found is None:
        raise NotFound("There is no cart to check out.")
    if not found.items:
        raise CartEmpty
    return found


async def _market(tx: WriteSession, *, basket: Basket, country: str) -> Market:
    if basket.market is not None and country in basket.market.countries:
        return basket.market
    market = await markets.market_for(tx, country=country)
    if market is None:
        raise CountryNotServed(
            f"Nothing is delivered to {country}.",
            errors=[FieldError("/shipping_address/country", "is not served by this shop")],
        )
    return market


def _is_as_seen(cart: PricedCart, *, version: int | None) -> bool:
    """Whether what the buyer saw still holds, if they said what they saw."""
    return version is None or (cart.basket.version == version and not cart.prices_changed)


def _check_for_sale(cart: PricedCart) -> None:
    gone = cart.unavailable
    if not gone:
        return
    variant_ids = [encode("var", line.item.variant_id) for line in gone]
    no_price = [line for line in gone if line.sellable is not None and line.sellable.is_sellable]
    if len(no_price) == len(gone):
        raise PriceUnavailable(
            f"Not everything has a price in {cart.market.currency}.",
            variant_ids=variant_ids,
            currency=cart.market.currency,
        )
    raise ProductUnavailable("Take it out of the cart first.", variant_ids=variant_ids)


def _check_shipping(cart: PricedCart, *, wanted: UUID | None) -> None:
    """It goes by the asked option, else its own, else the cheapest that fits, if one does."""
    if wanted is not None and (cart.chosen_option is None or cart.chosen_option.id != wanted):
        raise ShippingOptionUnknown(
            "Choose one of the options that fit this purchase.",
            errors=[FieldError("/shipping_option_id", "does not fit this purchase")],
            options=[encode("shp", option.id) for option in cart.eligible_options],
        )
    if cart.chosen_option is None and cart.market.shipping_options:
        raise NoShippingOption("It is too heavy, or its total is outside of what is shipped.")


def _check_chargeable(total: Money, provider: PaymentProvider) -> None:
    if total.amount > 0:
        provider.check_amount(total)


def _content(cart: PricedCart, request: CheckoutRequest) -> bytes:
    """A hash of everything the buyer agrees to."""
    lines = sorted(
        (str(line.item.variant_id), line.item.quantity, line.quote.unit_price)
        for line in cart.lines
        if line.quote is not None
    )
    said = [
        cart.quote.currency,
        str(cart.market.region_id),
        cart.quote.totals.grand_total,
        str(cart.chosen_option.id) if cart.chosen_option else None,
        request.email,
        dict(request.shipping_address),
        dict(request.billing_address or request.shipping_address),
        lines,
    ]
    return hashlib.sha256(msgspec.json.encode(said, order="sorted")).digest()


async def _write(
    tx: WriteSession,
    *also: writes.Part,
    request: CheckoutRequest,
    cart: PricedCart,
    content: bytes,
    terms: Terms,
) -> Placed:
    """Two statements: order, session, key and event; then the stock, on rows that all want."""
    order_id = new_id()
    until = terms.now + terms.hold
    order = _new_order(
        order_id, request=request, cart=cart, content=content, until=until, terms=terms
    )
    placing = orders.prepare(tx, order=order, actor=request.actor, now=terms.now)
    total = Money(order.grand_total, order.currency)
    opening = payments.prepare_session(
        session_id=new_id(),
        order_id=order_id,
        provider=FREE if total.amount == 0 else terms.provider.name,
        mode=request.mode,
        amount=total,
        success_url=request.success_url,
        cancel_url=request.cancel_url,
        expires_at=until,
        now=terms.now,
    )
    claiming = idempotency.claiming(terms.keyed, order_id=order_id)
    with orders.lost_races():
        told = await writes.together(
            tx, *also, placing.part, opening.part, claiming, outbox.publishing(tx)
        )
    idempotency.check_claimed(told)
    await inventory.reserve(
        tx,
        order_id=order_id,
        owner=cart.basket.stock_owner,
        lines=_units(cart),
        until=until,
        now=terms.now,
    )
    crash.point("after-stock-hold")
    return Placed(order_id, order=placing.order, session=opening.session)


def _units(cart: PricedCart) -> dict[UUID, int]:
    units: dict[UUID, int] = {}
    for line in cart.lines:
        units[line.item.variant_id] = units.get(line.item.variant_id, 0) + line.item.quantity
    return units


def _new_order(
    order_id: UUID,
    *,
    request: CheckoutRequest,
    cart: PricedCart,
    content: bytes,
    until: datetime,
    terms: Terms,
) -> NewOrder:
    quote, totals = cart.quote, cart.quote.totals
    return NewOrder(
        id=order_id,
        cart_id=cart.basket.id,
        user_id=request.owner.user_id,
        email=request.email,
        region_id=cart.market.region_id,
        currency=quote.currency,
        tax_inclusive=quote.tax_inclusive,
        items_total=totals.items,
        discount_total=totals.discount,
        shipping_total=totals.shipping,
        tax_total=totals.tax,
        tax_included=totals.tax_included,
        gift_card_total=totals.gift_card,
        grand_total=totals.grand_total,
        shipping=_shipping(cart.chosen_option, tax=quote.shipping.tax if quote.shipping else 0),
        taxes=[
            {
                "name": tax.name,
                "rate_bp": tax.rate_bp,
                "base": tax.base,
                "amount": tax.amount,
                "included": tax.included,
            }
            for tax in quote.taxes
        ],
        shipping_address=dict(request.shipping_address),
        billing_address=dict(request.billing_address or request.shipping_address),
        content=content,
        expires_at=until,
        lines=[_new_line(line, terms.storage) for line in cart.lines],
    )


def _new_line(line: PricedLine, storage: Storage) -> NewLine:
    assert line.quote is not None
    assert line.sellable is not None
    sellable, quote = line.sellable, line.quote
    return NewLine(
        variant_id=sellable.variant_id,
        product_id=sellable.product_id,
        sku=sellable.sku,
        title=sellable.title,
        variant_title=sellable.variant_title or None,
        thumbnail=asdict(sellable.picture.thumbnail(storage)) if sellable.picture else None,
        quantity=quote.quantity,
        unit_price=quote.unit_price,
        line_total=quote.line_total,
        discount=quote.discount,
        tax=quote.tax,
        weight_g=sellable.weight_g or 0,
    )


def _shipping(option: ShippingOption | None, *, tax: int) -> dict[str, Any] | None:
    if option is None:
        return None
    return {
        "id": encode("shp", option.id),
        "name": option.name,
        "carrier": option.carrier,
        "amount": option.amount,
        "tax": tax,
        "min_days": option.min_days,
        "max_days": option.max_days,
    }
