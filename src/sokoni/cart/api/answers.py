"""What the cart's routes share: whose cart it is, and how it is answered."""

from typing import Annotated

from fastapi import Response

from sokoni.cart import queries, service
from sokoni.cart.errors import CartCompleted, NotSellable, PriceUnavailable
from sokoni.cart.queries import Owner
from sokoni.cart.schemas import CartOut
from sokoni.cart.service import PricedCart
from sokoni.inventory.errors import InsufficientStock
from sokoni.kernel.access import Caller
from sokoni.kernel.db import ReadSession
from sokoni.kernel.errors import NotFound, Stale
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.resources import resource
from sokoni.kernel.schemas import with_version
from sokoni.kernel.storage import Storage

Media = Annotated[Storage, resource(Storage)]

READ = problem_responses(NotFound, CartCompleted)
CHANGE = problem_responses(
    NotFound, CartCompleted, Stale, NotSellable, PriceUnavailable, InsufficientStock
)


def owner_of(caller: Caller) -> Owner:
    """Whose cart is meant."""
    return Owner(user_id=caller.user_id, cart_token=caller.cart_token)


async def priced_cart(db: ReadSession, caller: Caller) -> PricedCart:
    """The caller's cart at the prices of now. Raises NotFound without one."""
    basket = await queries.basket(db, owner=owner_of(caller))
    if basket is None:
        raise NotFound("There is no cart yet.")
    return await service.priced(db, basket=basket)


def shown(
    priced: PricedCart, response: Response, media: Storage, *, token: str | None = None
) -> CartOut:
    """The answer of every route that shows or changes a cart, with its version as ETag."""
    with_version(response, priced.basket.version)
    return CartOut.model_validate(service.cart_document(priced, storage=media, token=token))
