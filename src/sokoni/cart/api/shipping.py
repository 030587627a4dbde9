"""The ways to ship."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import Query

from sokoni.cart import queries, service
from sokoni.cart.api.answers import READ, owner_of
from sokoni.cart.schemas import ShippingChoice
from sokoni.kernel.access import AsBuyer
from sokoni.kernel.db import Read
from sokoni.kernel.ids import CartId, RegionId
from sokoni.kernel.paging import Listed
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import CountryCode
from sokoni.markets import queries as markets
from sokoni.markets.queries import ShippingOption

router = Api(prefix="/shipping-options", tags=["shipping"])


@router.get("", responses=READ)
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
        return listed(options)
    basket = await queries.basket(db, owner=owner_of(caller), cart_id=cart_id)
    assert basket is not None
    market = basket.market
    if country is not None or region_id is not None:
        market = await markets.market_for(db, country=country, region_id=region_id)
        if market is None:
            return listed(())
    priced = await service.priced(db, basket=basket, market=market, country=country)
    return listed(priced.eligible_options)


def listed(options: Iterable[ShippingOption]) -> Listed[ShippingChoice]:
    documents = service.option_documents(options)
    return Listed(items=[ShippingChoice.model_validate(document) for document in documents])
