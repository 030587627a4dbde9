"""The cart itself: make, show, change, empty, merge."""

from typing import Any

from fastapi import Response

from sokoni.cart import queries, service
from sokoni.cart.api.answers import READ, Media, owner_of, priced_cart, shown
from sokoni.cart.errors import CartCompleted, NoRegions, ShippingOptionRefused
from sokoni.cart.queries import Owner
from sokoni.cart.schemas import CartChange, CartOut, NewCart
from sokoni.kernel.access import AsBuyer, AsUser
from sokoni.kernel.db import Read, Tx
from sokoni.kernel.errors import Invalid, NotFound, Stale
from sokoni.kernel.now import Now
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch
from sokoni.markets.errors import CountryNotServed

router = Api(prefix="/cart", tags=["cart"])


KEPT: dict[int | str, dict[str, Any]] = {
    200: {"model": CartOut, "description": "The user's cart, which was there already"}
}


@router.post(
    "",
    status_code=201,
    response_model=CartOut,
    responses={**KEPT, **problem_responses(NoRegions, CountryNotServed)},
)
async def create(
    *,
    caller: AsBuyer,
    body: NewCart | None = None,
    tx: Tx,
    now: Now,
    media: Media,
) -> Response:
    """Make an empty cart.

    A guest gets its token in this answer only. A user who has a cart already is answered that one
    as it is, with 200.
    """
    asked = body or NewCart()
    if caller.user_id is not None:
        mine = await queries.basket(tx, owner=Owner(user_id=caller.user_id))
        if mine is not None:
            return shown(await service.priced(tx, basket=mine), media)
    made = await service.create(
        tx,
        user_id=caller.user_id,
        region_id=asked.region_id,
        country=asked.country,
        currency=asked.currency,
        now=now,
    )
    return shown(made.priced, media, status=201, token=made.token)


@router.get("", response_model=CartOut, responses=READ)
async def show(*, caller: AsBuyer, db: Read, media: Media) -> Response:
    """Show the cart at the prices of now; notices tell what changed since the buyer was told."""
    return shown(await priced_cart(db, caller), media)


@router.patch(
    "",
    response_model=CartOut,
    responses=problem_responses(
        NotFound, CartCompleted, Stale, ShippingOptionRefused, CountryNotServed
    ),
)
async def change(
    *,
    caller: AsBuyer,
    body: CartChange,
    version: IfMatch,
    tx: Tx,
    now: Now,
    media: Media,
) -> Response:
    """Say where the cart goes, in which currency, to whom, and how it is shipped.

    Prices are told anew: notices about changed ones are gone afterwards, also after `{}`.
    """
    changed = await service.update(
        tx, owner=owner_of(caller), details=body.to_details(), if_version=version, now=now
    )
    return shown(changed, media)


@router.delete(
    "", response_model=CartOut, responses=problem_responses(NotFound, CartCompleted, Stale)
)
async def clear(*, caller: AsBuyer, version: IfMatch, tx: Tx, now: Now, media: Media) -> Response:
    """Empty the cart; its token and its address stay."""
    cleared = await service.clear(tx, owner=owner_of(caller), if_version=version, now=now)
    return shown(cleared, media)


@router.post("/merge", response_model=CartOut, responses=READ)
async def merge(*, caller: AsUser, tx: Tx, now: Now, media: Media) -> Response:
    """Put the guest's cart of `X-Cart-Token` into the signed-in user's; safe to repeat.

    Quantities add up to what is available; notices tell what had to be cut.
    """
    if not caller.cart_token:
        raise Invalid.field("/headers/X-Cart-Token", "is needed: the token of the guest's cart")
    merged = await service.merge(tx, guest_token=caller.cart_token, user_id=caller.own_id, now=now)
    if merged.basket is None:
        raise NotFound
    priced = await service.priced(tx, basket=merged.basket)
    return shown(priced, media, notices=merged.notices)
