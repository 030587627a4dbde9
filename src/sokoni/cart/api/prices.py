"""Prices without a change: explained, and summed up without a cart."""

from fastapi import Depends, Response

from sokoni.cart import service
from sokoni.cart.api.answers import READ, Media, answered, priced_cart
from sokoni.cart.errors import NoRegions
from sokoni.cart.schemas import ExplanationOut, SummaryOut, SummaryRequest
from sokoni.kernel.access import PUBLIC, AsBuyer
from sokoni.kernel.db import Read
from sokoni.kernel.now import Now
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.markets.errors import CountryNotServed

router = Api(prefix="/cart", tags=["cart"])


@router.post(
    "/summary",
    response_model=SummaryOut,
    dependencies=[Depends(PUBLIC)],
    responses=problem_responses(NoRegions, CountryNotServed),
)
async def summarize(*, body: SummaryRequest, db: Read, now: Now, media: Media) -> Response:
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
    return answered(service.summary_document(priced, storage=media))


@router.get("/explain", response_model=ExplanationOut, responses=READ)
async def explain(*, caller: AsBuyer, db: Read) -> Response:
    """Show how each minor unit of the cart's totals comes about."""
    priced = await priced_cart(db, caller)
    return answered(service.explanation_document(priced), version=priced.basket.version)
