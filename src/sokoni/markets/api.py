"""What a storefront asks first: who the shop is and where it sells. Both may be cached."""

from fastapi import Depends, Request, Response

from sokoni.kernel.access import PUBLIC
from sokoni.kernel.cache import tagged
from sokoni.kernel.db import Read
from sokoni.kernel.paging import Listed
from sokoni.kernel.routing import Api
from sokoni.kernel.settings import Settings
from sokoni.markets import queries
from sokoni.markets.schemas import Features, RegionOut, StoreConfig
from sokoni.markets.service import DEFAULT_NAME

router = Api(dependencies=[Depends(PUBLIC)])


@router.get("/store/config", tags=["store"])
async def config(request: Request, response: Response, db: Read) -> StoreConfig:
    """Say who the shop is, where and in which currencies it sells, and how it is paid."""
    settings: Settings = request.app.state.settings
    response.headers.update(tagged("markets"))
    store = await queries.store(db)
    markets = await queries.markets(db)
    default = store.default_currency if store else settings.default_currency
    is_mock = settings.payment_provider == "mock"
    return StoreConfig(
        name=store.name if store else DEFAULT_NAME,
        default_currency=default,
        currencies=list(dict.fromkeys([default, *(market.currency for market in markets)])),
        country=store.country if store else None,
        support_email=store.support_email if store else None,
        regions=[RegionOut.of(market) for market in markets],
        payment_provider=settings.payment_provider,
        publishable_key=settings.stripe_publishable_key or None,
        features=Features(
            guest_checkout=settings.checkout_api_key is None,
            hosted_payment_page=not is_mock,
            test_cards=is_mock,
        ),
    )


@router.get("/regions", tags=["regions"])
async def list_regions(response: Response, db: Read) -> Listed[RegionOut]:
    """List the regions that the shop sells in, the default one first."""
    response.headers.update(tagged("markets"))
    return Listed(items=[RegionOut.of(market) for market in await queries.markets(db)])
