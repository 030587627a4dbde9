"""What a storefront asks first: who the shop is and where it sells. Both may be cached."""

from fastapi import Depends, Request, Response

from sokoni.kernel.access import PUBLIC
from sokoni.kernel.cache import tagged
from sokoni.kernel.db import Read
from sokoni.kernel.paging import Listed
from sokoni.kernel.routing import Api
from sokoni.markets import answers, queries
from sokoni.markets.schemas import RegionOut, StoreConfig

router = Api(dependencies=[Depends(PUBLIC)])


@router.get("/store/config", tags=["store"])
async def config(request: Request, response: Response, db: Read) -> StoreConfig:
    """Say who the shop is, where and in which currencies it sells, and how it is paid."""
    response.headers.update(tagged("markets"))
    return await answers.store_config(db, settings=request.app.state.settings)


@router.get("/regions", tags=["regions"])
async def list_regions(response: Response, db: Read) -> Listed[RegionOut]:
    """List the regions that the shop sells in, the default one first."""
    response.headers.update(tagged("markets"))
    return Listed(items=[RegionOut.of(market) for market in await queries.markets(db)])
