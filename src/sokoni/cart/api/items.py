"""The lines of the cart. Every change answers the whole cart."""

from fastapi import Response

from sokoni.cart import service
from sokoni.cart.api.answers import CHANGE, Media, owner_of, shown
from sokoni.cart.errors import CartCompleted
from sokoni.cart.schemas import CartOut, ItemChange, NewItem
from sokoni.kernel.access import AsBuyer
from sokoni.kernel.db import Tx
from sokoni.kernel.errors import NotFound, Stale
from sokoni.kernel.ids import CartLineId
from sokoni.kernel.now import Now
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch

router = Api(prefix="/cart", tags=["cart"])


@router.post("/items", status_code=201, response_model=CartOut, responses=CHANGE)
async def add_item(
    *,
    caller: AsBuyer,
    body: NewItem,
    version: IfMatch,
    tx: Tx,
    now: Now,
    media: Media,
) -> Response:
    """Put a variant into the cart, on top of what is in it.

    Without a cart one is made, and a guest gets its token in this answer only.
    """
    added = await service.add_item(
        tx,
        owner=owner_of(caller),
        variant_id=body.variant_id,
        quantity=body.quantity,
        if_version=version,
        now=now,
    )
    return shown(added.priced, media, status=201, token=added.token)


@router.put("/items/{item_id}", name="replace_item", response_model=CartOut, responses=CHANGE)
@router.patch("/items/{item_id}", response_model=CartOut, responses=CHANGE)
async def change_item(
    *,
    caller: AsBuyer,
    item_id: CartLineId,
    body: ItemChange,
    version: IfMatch,
    tx: Tx,
    now: Now,
    media: Media,
) -> Response:
    """Give a line another quantity."""
    changed = await service.set_quantity(
        tx,
        owner=owner_of(caller),
        item_id=item_id,
        quantity=body.quantity,
        if_version=version,
        now=now,
    )
    return shown(changed, media)


@router.delete(
    "/items/{item_id}",
    response_model=CartOut,
    responses=problem_responses(NotFound, CartCompleted, Stale),
)
async def remove_item(
    *,
    caller: AsBuyer,
    item_id: CartLineId,
    version: IfMatch,
    tx: Tx,
    now: Now,
    media: Media,
) -> Response:
    """Take a line out of the cart."""
    left = await service.remove(
        tx, owner=owner_of(caller), item_id=item_id, if_version=version, now=now
    )
    return shown(left, media)
