"""A guest's cart becomes the account's.

Both rows are locked in the order of their ids. Without a cart of their own, the user takes the
guest's over as it is. Otherwise its items go into the user's, and the guest's is merged: from then
on it belongs to the user and opens to no token, so that a repeat finds nothing left to do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, text, update
from sqlalchemy.dialects.postgresql import ARRAY, INTEGER
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.exc import IntegrityError

from sokoni.cart import queries
from sokoni.cart.models import MAX_QUANTITY, Cart, CartState
from sokoni.cart.queries import Basket, BasketItem
from sokoni.cart.service.notices import Notice, NoticeCode
from sokoni.inventory import queries as inventory
from sokoni.kernel.db import RetryTransaction, WriteSession, violated
from sokoni.kernel.errors import NotFound
from sokoni.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class Merged:
    """The user's cart after the merge (None: they have none), and what had to be cut."""

    basket: Basket | None
    notices: tuple[Notice, ...] = ()


MERGE = text(
    """
    WITH moved AS (
        DELETE FROM cart.items WHERE cart_id = :guest_id
        RETURNING variant_id, seen_unit_price, seen_currency
    ), closed AS (
        UPDATE cart.carts
           SET state = 'merged', user_id = :user_id, version = version + 1, updated_at = :now
         WHERE id = :guest_id
    ), touched AS (
        UPDATE cart.carts SET version = version + 1, updated_at = :now WHERE id = :cart_id
    )
    INSERT INTO cart.items AS present
           (id, cart_id, variant_id, quantity, seen_unit_price, seen_currency, added_at)
    SELECT total.id, :cart_id, moved.variant_id, total.quantity, moved.seen_unit_price,
           moved.seen_currency, :now
      FROM moved
      JOIN unnest(:ids, :variants, :quantities) AS total (id, variant_id, quantity)
     USING (variant_id)
    ON CONFLICT ON CONSTRAINT items_cart_id_variant_id_key
    DO UPDATE SET quantity = excluded.quantity
    """
).bindparams(
    bindparam("ids", type_=ARRAY(PG_UUID)),
    bindparam("variants", type_=ARRAY(PG_UUID)),
    bindparam("quantities", type_=ARRAY(INTEGER)),
)


async def merge(tx: WriteSession, *, guest_token: str, user_id: UUID, now: datetime) -> Merged:
    """Put the guest's cart into the user's. Safe to repeat.

    Quantities of a variant are summed, up to what is available (and 10,000); the user's own are
    never lowered. Raises NotFound for a token of no cart or of another account's, CartCompleted
    for a paid one.
    """
    guests, users = await queries.baskets_to_merge(tx, guest_token=guest_token, user_id=user_id)
    if guests is None:
        raise NotFound
    if guests.state == CartState.MERGED:
        return Merged(basket=users)
    if users is None:
        return Merged(basket=await _take_over(tx, guests, user_id=user_id, now=now))
    if users.id == guests.id:
        return Merged(basket=users)
    available = await inventory.availability(
        tx,
        {item.variant_id for item in guests.items},
        owners=[guests.stock_owner, users.stock_owner],
    )
    put, notices = _sums(guests.items, users, available)
    await tx.execute(
        MERGE,
        {
            "guest_id": guests.id,
            "cart_id": users.id,
            "user_id": user_id,
            "ids": [item.id for item in put],
            "variants": [item.variant_id for item in put],
            "quantities": [item.quantity for item in put],
            "now": now,
        },
    )
    items = {item.variant_id: item for item in (*users.items, *put)}
    merged = replace(users, items=tuple(items.values()), version=users.version + 1, updated_at=now)
    return Merged(basket=merged, notices=notices)


async def _take_over(tx: WriteSession, guests: Basket, *, user_id: UUID, now: datetime) -> Basket:
    try:
        await tx.execute(
            update(Cart)
            .where(Cart.id == guests.id)
            .values(user_id=user_id, version=Cart.version + 1, updated_at=now)
        )
    except IntegrityError as error:
        if violated(error, "carts_one_open_per_user"):
            raise RetryTransaction from error
        raise
    return replace(guests, user_id=user_id, version=guests.version + 1, updated_at=now)


def _sums(
    guests: Sequence[BasketItem], users: Basket, available: Mapping[UUID, int]
) -> tuple[list[BasketItem], tuple[Notice, ...]]:
    """The lines as they shall be in the user's cart, and what had to be cut."""
    put, notices = [], []
    for item in guests:
        mine = users.item_of(item.variant_id)
        own = mine.quantity if mine else 0
        left = available.get(item.variant_id, 0)
        wanted = own + item.quantity
        quantity = max(own, min(wanted, left, MAX_QUANTITY))
        if quantity < wanted:
            notices.append(
                Notice(
                    NoticeCode.QUANTITY_CAPPED,
                    variant_id=item.variant_id,
                    requested=wanted,
                    available=left,
                )
            )
        if quantity:
            put.append(replace(mine or replace(item, id=new_id()), quantity=quantity))
    return put, tuple(notices)
