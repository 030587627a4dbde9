"""Carts over HTTP. A signed-in user has one; a guest has the one that `X-Cart-Token` opens."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import Depends, Query, Response

from sokoni.cart import queries, service
from sokoni.cart.errors import (
    CartCompleted,
    NoRegions,
    NotSellable,
    PriceUnavailable,
    ShippingOptionRefused,
)
from sokoni.cart.queries import Basket, Owner
from sokoni.cart.schemas import (
    CartChange,
    CartOut,
    ExplanationOut,
    ItemChange,
    NewCart,
    NewItem,
    ShippingChoice,
    SummaryOut,
    SummaryRequest,
)
from sokoni.cart.service import PricedCart
from sokoni.inventory.errors import InsufficientStock
from sokoni.kernel.access import PUBLIC, AsBuyer, AsUser, Caller
from sokoni.kernel.db import Read, ReadSession, Tx
from sokoni.kernel.errors import Invalid, NotFound, Stale
from sokoni.kernel.ids import CartId, CartLineId, RegionId
from sokoni.kernel.now import Now
from sokoni.kernel.paging import Listed
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.resources import resource
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import CountryCode, IfMatch, with_version
from sokoni.kernel.storage import Storage
from sokoni.markets import queries as markets
from sokoni.markets.errors import CountryNotServed
from sokoni.markets.queries import ShippingOption

carts = Api(prefix="/cart", tags=["cart"])
shipping = Api(prefix="/shipping-options", tags=["shipping"])

Media = Annotated[Storage, resource(Storage)]

READ = problem_responses(NotFound, CartCompleted)
CHANGE = problem_responses(
    NotFound, CartCompleted, Stale, NotSellable, PriceUnavailable, InsufficientStock
)


@carts.post("", status_code=201, responses=problem_responses(NoRegions, CountryNotServed))
async def create(
    *,
    caller: AsBuyer,
    body: NewCart | None = None,
    response: Response,
    tx: Tx,
    now: Now,
    media: Media,
) -> CartOut:
    """Make an empty cart.

    A guest gets its token in this answer only. A user who has a cart already is answered that one
    as it is, with 200.
    """
    asked = body or NewCart()
    if caller.user_id is not None:
        mine = await queries.basket(tx, owner=Owner(user_id=caller.user_id))
        if mine is not None:
            response.status_code = 200
            return _shown(await service.priced(tx, basket=mine), response, media)
    made = await service.create(
        tx,
        user_id=caller.user_id,
        region_id=asked.region_id,
        country=asked.country,
        currency=asked.currency,
        now=now,
    )
    return _shown(made.priced, response, media, token=made.token)


@carts.get("", responses=READ)
async def show(*, caller: AsBuyer, db: Read, response: Response, media: Media) -> CartOut:
    """Show the cart at the prices of now; notices tell what changed since the buyer was told."""
    return _shown(await _priced(db, caller), response, media)


@carts.patch(
    "",
    responses=problem_responses(
        NotFound, CartCompleted, Stale, ShippingOptionRefused, CountryNotServed
    ),
)
async def change(
    *,
    caller: AsBuyer,
    body: CartChange,
    version: IfMatch,
    response: Response,
    tx: Tx,
    now: Now,
    media: Media,
) -> CartOut:
    """Say where the cart goes, in which currency, to whom, and how it is shipped.

    Prices are told anew: notices about changed ones are gone afterwards, also after `{}`.
    """
    changed = await service.update(
        tx, owner=_owner(caller), details=body.to_details(), if_version=version, now=now
    )
    return _shown(changed, response, media)


@carts.delete("", responses=problem_responses(NotFound, CartCompleted, Stale))
async def clear(
    *, caller: AsBuyer, version: IfMatch, response: Response, tx: Tx, now: Now, media: Media
) -> CartOut:
    """Empty the cart; its token and its address stay."""
    cleared = await service.clear(tx, owner=_owner(caller), if_version=version, now=now)
    return _shown(cleared, response, media)


@carts.post("/items", status_code=201, responses=CHANGE)
async def add_item(
    *,
    caller: AsBuyer,
    body: NewItem,
    version: IfMatch,
    response: Response,
    tx: Tx,
    now: Now,
    media: Media,
) -> CartOut:
    """Put a variant into the cart, on top of what is in it.

    Without a cart one is made, and a guest gets its token in this answer only.
    """
    added = await service.add_item(
        tx,
        owner=_owner(caller),
        variant_id=body.variant_id,
        quantity=body.quantity,
        if_version=version,
        now=now,
    )
    return _shown(added.priced, response, media, token=added.token)


@carts.patch("/items/{item_id}", responses=CHANGE)
async def change_item(
    *,
    caller: AsBuyer,
    item_id: CartLineId,
    body: ItemChange,
    version: IfMatch,
    response: Response,
    tx: Tx,
    now: Now,
    media: Media,
) -> CartOut:
    """Give a line another quantity."""
    changed = await service.set_quantity(
        tx,
        owner=_owner(caller),
        item_id=item_id,
        quantity=body.quantity,
        if_version=version,
        now=now,
    )
    return _shown(changed, response, media)


@carts.put("/items/{item_id}", responses=CHANGE)
async def replace_item(
    *,
    caller: AsBuyer,
    item_id: CartLineId,
    body: ItemChange,
    version: IfMatch,
    response: Response,
    tx: Tx,
    now: Now,
    media: Media,
) -> CartOut:
    """Set a line's quantity."""
    changed = await service.set_quantity(
        tx,
        owner=_owner(caller),
        item_id=item_id,
        quantity=body.quantity,
        if_version=version,
        now=now,
    )
    return _shown(changed, response, media)


@carts.delete("/items/{item_id}", responses=problem_responses(NotFound, CartCompleted, Stale))
async def remove_item(
    *,
    caller: AsBuyer,
    item_id: CartLineId,
    version: IfMatch,
    response: Response,
    tx: Tx,
    now: Now,
    media: Media,
) -> CartOut:
    """Take a line out of the cart."""
    left = await service.remove(
        tx, owner=_owner(caller), item_id=item_id, if_version=version, now=now
    )
    return _shown(left, response, media)


@carts.post("/merge", responses=READ)
async def merge(*, caller: AsUser, response: Response, tx: Tx, now: Now, media: Media) -> CartOut:
    """Put the guest's cart of `X-Cart-Token` into the signed-in user's; safe to repeat.

    Quantities add up to what is available; notices tell what had to be cut.
    """
    assert caller.user_id is not None
    if not caller.cart_token:
        raise Invalid.field("/headers/X-Cart-Token", "is needed: the token of the guest's cart")
    merged = await service.merge(tx, guest_token=caller.cart_token, user_id=caller.user_id, now=now)
    if merged.basket is None:
        raise NotFound
    priced = await service.priced(tx, basket=merged.basket)
    with_version(response, merged.basket.version)
    document = service.cart_document(priced, storage=media, notices=merged.notices)
    return CartOut.model_validate(document)


@carts.post(
    "/summary",
    dependencies=[Depends(PUBLIC)],
    responses=problem_responses(NoRegions, CountryNotServed),
)
async def summarize(*, body: SummaryRequest, db: Read, now: Now, media: Media) -> SummaryOut:
    """Price some items in a region or country without making a cart."""
    priced = await service.summarize(
        db,
        items=body.wanted(),
        region_id=body.region_id,
        country=body.country,
        state=body.state,
        currency=body.currency,
        shipping_option_id=body.shipping_option_id,
        now=now,
    )
    return SummaryOut.model_validate(service.summary_document(priced, storage=media))


@carts.get("/explain", responses=READ)
async def explain(*, caller: AsBuyer, db: Read, response: Response) -> ExplanationOut:
    """Show how each minor unit of the cart's totals comes about."""
    priced = await _priced(db, caller)
    with_version(response, priced.basket.version)
    return ExplanationOut.model_validate(service.explanation_document(priced))


@shipping.get("", responses=READ)
async def list_options(
    *,
    caller: AsBuyer,
    db: Read,
    country: Annotated[CountryCode | None, Query()] = None,
    region_id: Annotated[RegionId | None, Query()] = None,
    cart_id: Annotated[CartId | None, Query()] = None,
) -> Listed[ShippingChoice]:
    """List the ways to ship to a country, or within a region (the default one unless named).

    With `cart_id`, those that this cart may take, where it goes unless a country is named; without
    it, only those that any cart may take.
    """
    if cart_id is None:
        options = await markets.options_for(db, country=country, region_id=region_id)
        return _listed(options)
    basket = await queries.basket(db, owner=_owner(caller), cart_id=cart_id)
    assert basket is not None
    market = basket.market
    if country is not None or region_id is not None:
        market = await markets.market_for(db, country=country, region_id=region_id)
        if market is None:
            return _listed(())
    priced = await service.priced(db, basket=basket, market=market, country=country)
    return _listed(priced.eligible_options)


router = Api()
for part in (carts, shipping):
    router.include_router(part)


def _listed(options: Iterable[ShippingOption]) -> Listed[ShippingChoice]:
    documents = service.option_documents(options)
    return Listed(items=[ShippingChoice.model_validate(document) for document in documents])


def _owner(caller: Caller) -> Owner:
    return Owner(user_id=caller.user_id, cart_token=caller.cart_token)


async def _priced(db: ReadSession, caller: Caller) -> PricedCart:
    basket: Basket | None = await queries.basket(db, owner=_owner(caller))
    if basket is None:
        raise NotFound("There is no cart yet.")
    return await service.priced(db, basket=basket)


def _shown(
    priced: PricedCart, response: Response, media: Storage, *, token: str | None = None
) -> CartOut:
    with_version(response, priced.basket.version)
    return CartOut.model_validate(service.cart_document(priced, storage=media, token=token))
