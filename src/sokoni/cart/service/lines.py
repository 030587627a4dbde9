"""Lines of a cart: add, change, remove.

Each takes the cart's row first (`basket_for_checkout`), so changes of one cart queue, and what was
read under that lock may be counted on. Each write raises the version in the same statement.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import CTE, delete, update

from sokoni.cart import queries
from sokoni.cart.models import Cart, CartItem
from sokoni.cart.queries import Basket, BasketItem, Owner
from sokoni.cart.service.facts import Facts, facts_for
from sokoni.cart.service.opening import CreatedCart, Wanted, create
from sokoni.cart.service.quoting import PricedCart, price_with
from sokoni.cart.service.stock import check_quantity, check_sellable, check_stock
from sokoni.kernel import writes
from sokoni.kernel.db import WriteSession
from sokoni.kernel.errors import NotFound, check_version
from sokoni.kernel.ids import new_id


async def add_item(
    tx: WriteSession,
    *,
    owner: Owner,
    variant_id: UUID,
    quantity: int,
    if_version: int | None = None,
    now: datetime,
) -> CreatedCart:
    """Put units of a variant into the owner's cart, on top of those that are in it.

    Makes the cart if there is none; only then a guest gets a token. Four statements. Raises
    NotSellable, PriceUnavailable, InsufficientStock (with what is left), Invalid beyond 10,000,
    Stale, NotFound for a token of no cart and CartCompleted for a paid one.
    """
    basket = await queries.basket_for_checkout(tx, owner=owner)
    if basket is None:
        first = Wanted(variant_id=variant_id, quantity=quantity)
        return await create(tx, user_id=owner.user_id, items=[first], now=now)
    check_version(if_version, basket.version)
    facts = await facts_for(tx, basket=basket, also=[variant_id])
    present = basket.item_of(variant_id)
    total = quantity + (present.quantity if present else 0)
    check_quantity(total)
    check_sellable(facts, [variant_id])
    check_stock(facts, {variant_id: total})
    item = _seen(
        replace(present, quantity=total)
        if present
        else BasketItem(id=new_id(), variant_id=variant_id, quantity=quantity),
        facts,
    )
    await _add(tx, basket, item, more=quantity, now=now)
    changed = with_items(basket, _put(basket.items, item), now=now)
    return CreatedCart(id=basket.id, token=None, priced=price_with(facts, basket=changed))


async def set_quantity(
    tx: WriteSession,
    *,
    owner: Owner,
    item_id: UUID,
    quantity: int,
    if_version: int | None = None,
    now: datetime,
) -> PricedCart:
    """Give a line this many units, at the price of now. Raises as `add_item`, NotFound for a line
    of no or of another's cart.
    """
    basket, item = await _line(tx, owner=owner, item_id=item_id, if_version=if_version)
    check_quantity(quantity)
    facts = await facts_for(tx, basket=basket)
    check_sellable(facts, [item.variant_id])
    check_stock(facts, {item.variant_id: quantity})
    item = _seen(replace(item, quantity=quantity), facts)
    await tx.execute(
        update(CartItem)
        .where(CartItem.id == item.id)
        .values(
            quantity=quantity,
            seen_unit_price=item.seen_unit_price,
            seen_currency=item.seen_currency,
        )
        .add_cte(_touch(basket, now=now))
    )
    changed = with_items(basket, _put(basket.items, item), now=now)
    return price_with(facts, basket=changed)


async def remove(
    tx: WriteSession,
    *,
    owner: Owner,
    item_id: UUID,
    if_version: int | None = None,
    now: datetime,
) -> PricedCart:
    """Take a line out. Raises NotFound, Stale, CartCompleted."""
    basket, item = await _line(tx, owner=owner, item_id=item_id, if_version=if_version)
    await tx.execute(
        delete(CartItem).where(CartItem.id == item.id).add_cte(_touch(basket, now=now))
    )
    left = tuple(other for other in basket.items if other.id != item.id)
    changed = with_items(basket, left, now=now)
    return price_with(await facts_for(tx, basket=changed), basket=changed)


async def clear(
    tx: WriteSession, *, owner: Owner, if_version: int | None = None, now: datetime
) -> PricedCart:
    """Take all lines out; the cart itself stays. Raises NotFound, Stale, CartCompleted."""
    basket = await basket_to_change(tx, owner=owner, if_version=if_version)
    await tx.execute(
        delete(CartItem).where(CartItem.cart_id == basket.id).add_cte(_touch(basket, now=now))
    )
    changed = with_items(basket, (), now=now)
    return price_with(await facts_for(tx, basket=changed), basket=changed)


async def basket_to_change(tx: WriteSession, *, owner: Owner, if_version: int | None) -> Basket:
    """The owner's cart, locked. Raises NotFound without one, Stale when it is not that version."""
    basket = await queries.basket_for_checkout(tx, owner=owner)
    if basket is None:
        raise NotFound("There is no cart yet.")
    check_version(if_version, basket.version)
    return basket


def with_items(basket: Basket, items: Sequence[BasketItem], *, now: datetime) -> Basket:
    """The basket as it is after a write that put these items into it."""
    return replace(basket, items=tuple(items), version=basket.version + 1, updated_at=now)


async def _line(
    tx: WriteSession, *, owner: Owner, item_id: UUID, if_version: int | None
) -> tuple[Basket, BasketItem]:
    basket = await basket_to_change(tx, owner=owner, if_version=if_version)
    item = next((item for item in basket.items if item.id == item_id), None)
    if item is None:
        raise NotFound
    return basket, item


def _put(items: Sequence[BasketItem], item: BasketItem) -> tuple[BasketItem, ...]:
    if any(other.id == item.id for other in items):
        return tuple(item if other.id == item.id else other for other in items)
    return (*items, item)


def _seen(item: BasketItem, facts: Facts) -> BasketItem:
    price = facts.sellables[item.variant_id].unit_price
    return replace(item, seen_unit_price=price, seen_currency=facts.market.currency)


ADD = writes.Statement(
    """
    WITH touched AS (
        UPDATE cart.carts SET version = version + 1, updated_at = :now WHERE id = :cart_id)
    INSERT INTO cart.items
           (id, cart_id, variant_id, quantity, seen_unit_price, seen_currency, added_at)
    VALUES (:id, :cart_id, :variant_id, :more, :seen_unit_price, :seen_currency, :now)
    ON CONFLICT ON CONSTRAINT items_cart_id_variant_id_key
    DO UPDATE SET quantity = items.quantity + excluded.quantity,
                  seen_unit_price = excluded.seen_unit_price,
                  seen_currency = excluded.seen_currency
    """
)


async def _add(
    tx: WriteSession, basket: Basket, item: BasketItem, *, more: int, now: datetime
) -> None:
    """Insert the line, or add to the one that is there."""
    await ADD.rows(
        tx,
        {
            "id": item.id,
            "cart_id": basket.id,
            "variant_id": item.variant_id,
            "more": more,
            "seen_unit_price": item.seen_unit_price,
            "seen_currency": item.seen_currency,
            "now": now,
        },
    )


def _touch(basket: Basket, *, now: datetime) -> CTE:
    """Raises the cart's version in the statement that it is added to."""
    return (
        update(Cart)
        .where(Cart.id == basket.id)
        .values(version=Cart.version + 1, updated_at=now)
        .returning(Cart.id)
        .cte("touched")
    )
