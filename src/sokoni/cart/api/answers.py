"""What the cart's routes share: whose cart it is, and how it is answered.

Answers are written from the plain documents of `service.document`, not by way of the models in
`schemas`, which describe them: filling and reading those took a seventh of an addition. A test
compares the bytes with what the models would have said.
"""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from fastapi import Response

from sokoni.cart import queries, service
from sokoni.cart.errors import CartCompleted, NotSellable, PriceUnavailable
from sokoni.cart.queries import Owner, PostalAddress
from sokoni.cart.service import Document, Notice, PricedCart
from sokoni.inventory.errors import InsufficientStock
from sokoni.kernel.access import Caller
from sokoni.kernel.db import ReadSession
from sokoni.kernel.errors import NotFound, Stale
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.resources import resource
from sokoni.kernel.schemas import Address, with_version
from sokoni.kernel.storage import Storage

Media = Annotated[Storage, resource(Storage)]

ADDRESS = tuple(Address.model_fields)
to_json = msgspec.json.Encoder().encode

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
    priced: PricedCart,
    media: Storage,
    *,
    status: int = 200,
    token: str | None = None,
    notices: Iterable[Notice] = (),
) -> Response:
    """The answer of every route that shows or changes a cart, with its version as ETag."""
    document = service.cart_document(priced, storage=media, token=token, notices=notices)
    for name in ("shipping_address", "billing_address"):
        document[name] = _in_order(document[name])
    return answered(document, status=status, version=priced.basket.version)


def answered(document: Document, *, status: int = 200, version: int | None = None) -> Response:
    """A document as JSON."""
    response = Response(to_json(document), status_code=status, media_type="application/json")
    if version is not None:
        with_version(response, version)
    return response


def _in_order(address: PostalAddress | None) -> Document | None:
    """PostgreSQL keeps the fields of a stored address in an order of its own."""
    return None if address is None else {name: address.get(name) for name in ADDRESS}
