"""Figures for staff: sales over time, the products that sell best, who buys, what runs out."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query
from pydantic import AwareDatetime

from sokoni.analytics import periods, queries
from sokoni.analytics.periods import Compared, Interval
from sokoni.analytics.queries import Dimension, Ranking
from sokoni.analytics.schemas.breakdown import BreakdownReport
from sokoni.analytics.schemas.figures import (
    BestSellerOut,
    CustomersReport,
    FiguresOut,
    FunnelReport,
    PeriodOut,
    ProductsReport,
    SalesReport,
)
from sokoni.analytics.schemas.stock import RunningOutOut, StockForecast
from sokoni.kernel.access import Caller, Permission, Staff
from sokoni.kernel.db import Read
from sokoni.kernel.now import Now
from sokoni.kernel.resources import resource
from sokoni.kernel.routing import Api
from sokoni.kernel.settings import Settings
from sokoni.kernel.storage import Storage
from sokoni.kernel.wire import CurrencyCode
from sokoni.markets import queries as markets

MOST = 50

ANALYST = Staff(Permission.ANALYTICS_READ)

router = Api(prefix="/admin/analytics", tags=["admin.analytics"], dependencies=[Depends(ANALYST)])


@dataclass(frozen=True, slots=True)
class Asked:
    """What a figure was asked for."""

    compared: Compared
    about: FiguresOut

    @property
    def currency(self) -> str:
        return self.about.currency


async def _asked(
    *,
    db: Read,
    now: Now,
    settings: Annotated[Settings, resource(Settings)],
    since: Annotated[
        AwareDatetime | None,
        Query(alias="from", description="Included. Without it some intervals before `to`."),
    ] = None,
    until: Annotated[
        AwareDatetime | None, Query(alias="to", description="Not included. Without it now.")
    ] = None,
    interval: Interval = Interval.DAY,
    currency: Annotated[
        CurrencyCode | None, Query(description="Of the orders; without it the store's.")
    ] = None,
    time_zone: Annotated[
        str,
        Query(max_length=64, description="Whose days count.", examples=["Africa/Dar_es_Salaam"]),
    ] = "UTC",
) -> Asked:
    """One statement at most."""
    compared = periods.compared(
        since=since, until=until or now, interval=interval, zone=periods.time_zone(time_zone)
    )
    store = None if currency else await markets.store(db)
    about = FiguresOut(
        currency=currency or (store.default_currency if store else settings.default_currency),
        time_zone=time_zone,
        interval=interval,
        period=PeriodOut.of(compared.now),
        previous_period=PeriodOut.of(compared.before),
    )
    return Asked(compared, about)


AsAsked = Annotated[Asked, Depends(_asked)]
Files = Annotated[Storage, resource(Storage)]
Most = Annotated[int, Query(ge=1, le=MOST, description=f"How many, at most {MOST}.")]


@router.get("/sales")
async def sales(asked: AsAsked, db: Read) -> SalesReport:
    """Show sales over time, beside the period before.

    A sale is a paid order, at the time it was placed. 400 buckets at most.
    """
    now = await queries.sales(db, period=asked.compared.now, currency=asked.currency)
    before = await queries.sales(db, period=asked.compared.before, currency=asked.currency)
    return SalesReport.told(asked.about, compared=asked.compared, now=now, before=before)


@router.get("/products")
async def products(
    asked: AsAsked,
    db: Read,
    storage: Files,
    by: Annotated[Ranking, Query(description="What makes a product the best.")] = Ranking.REVENUE,
    limit: Most = 10,
) -> ProductsReport:
    """Show the products that sold best, beside the period before."""
    found = await queries.best_sellers(
        db, compared=asked.compared, currency=asked.currency, ranking=by, limit=limit
    )
    items = [BestSellerOut.of(each, storage=storage, currency=asked.currency) for each in found]
    return ProductsReport(**dict(asked.about), items=items)


@router.get("/breakdown")
async def breakdown(
    asked: AsAsked,
    db: Read,
    by: Annotated[
        Dimension, Query(description="Where the orders went, or the top category of the goods.")
    ] = Dimension.COUNTRY,
) -> BreakdownReport:
    """Show of what the sales consist, by country or category, beside the period before.

    A product counts in the first of the top categories it stands in.
    """
    found = await queries.breakdown(db, compared=asked.compared, currency=asked.currency, by=by)
    return BreakdownReport.told(asked.about, by=by, found=found)


@router.get("/customers")
async def customers(
    caller: Annotated[Caller, Depends(ANALYST)], asked: AsAsked, db: Read, limit: Most = 10
) -> CustomersReport:
    """Show who bought over time, new and returning, and who spent the most.

    `top` is empty for staff who may not read customers.
    """
    now, before = asked.compared.now, asked.compared.before
    sees_people = caller.may(Permission.CUSTOMERS_READ)
    return CustomersReport.told(
        asked.about,
        compared=asked.compared,
        now=await queries.buyers(db, period=now, currency=asked.currency),
        before=await queries.buyers(db, period=before, currency=asked.currency),
        top=await queries.top_customers(db, period=now, currency=asked.currency, limit=limit)
        if sees_people
        else [],
    )


@router.get("/funnel")
async def funnel(asked: AsAsked, db: Read) -> FunnelReport:
    """Show how far carts got, to the checkout and to a paid order, beside the period before.

    A cart counts when it was begun, with what became of it since.
    """
    now = await queries.funnel(db, period=asked.compared.now, currency=asked.currency)
    before = await queries.funnel(db, period=asked.compared.before, currency=asked.currency)
    return FunnelReport.told(asked.about, now=now, before=before)


@router.get("/stock")
async def stock(db: Read, now: Now, storage: Files, limit: Most = 10) -> StockForecast:
    """Show which variants run out first, if they go on selling as they did lately."""
    found = await queries.running_out(db, now=now, limit=limit)
    return StockForecast(
        days_looked_at=queries.DAYS_LOOKED_AT,
        items=[RunningOutOut.of(each, storage=storage) for each in found],
    )
