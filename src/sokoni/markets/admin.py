"""Staff at the front desk: store, regions, tax rates, shipping options."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response, status

from sokoni.kernel.access import Caller, Permission, Staff
from sokoni.kernel.db import Read, ReadSession, Tx
from sokoni.kernel.errors import NotFound, Stale
from sokoni.kernel.ids import RegionId, ShippingOptionId, TaxRateId
from sokoni.kernel.now import Now
from sokoni.kernel.paging import Listed
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch, with_version
from sokoni.markets import queries, service
from sokoni.markets.errors import (
    CountryTaken,
    DefaultRegion,
    RegionHasShippingOptions,
    RegionNameTaken,
)
from sokoni.markets.schemas import (
    RegionChange,
    RegionWrite,
    ShippingOptionChange,
    ShippingOptionWrite,
    StaffRegion,
    StaffShippingOption,
    StoreChange,
    StoreOut,
    TaxRateChange,
    TaxRateOut,
    TaxRateWrite,
    money,
    sent,
)

AsStaff = Annotated[Caller, Depends(Staff(Permission.MARKETS_WRITE))]
MISSING = problem_responses(NotFound)
CHANGED = problem_responses(NotFound, Stale)
REGION_ADDED = problem_responses(CountryTaken, RegionNameTaken)
REGION_CHANGED = problem_responses(
    NotFound, Stale, CountryTaken, RegionNameTaken, RegionHasShippingOptions
)
GONE = status.HTTP_204_NO_CONTENT
MADE = status.HTTP_201_CREATED

router = Api(prefix="/admin")


@router.get("/store", tags=["admin.store"], name="get")
async def get_store(_caller: AsStaff, request: Request, response: Response, db: Read) -> StoreOut:
    """Show the shop's settings."""
    return await _store(request, response, db)


@router.patch("/store", tags=["admin.store"], name="change", responses=problem_responses(Stale))
async def change_store(
    caller: AsStaff,
    request: Request,
    body: StoreChange,
    if_match: IfMatch,
    now: Now,
    response: Response,
    tx: Tx,
) -> StoreOut:
    """Change the shop's name, default currency, country or support address."""
    await service.ensure_store(tx, default_currency=request.app.state.settings.default_currency)
    await service.change_store(tx, fields=sent(body), version=if_match, actor=caller.actor, now=now)
    return await _store(request, response, tx)


@router.get("/regions", tags=["admin.regions"], name="list")
async def list_regions(_caller: AsStaff, db: Read) -> Listed[StaffRegion]:
    """List the regions, the default one first."""
    return Listed(items=[StaffRegion.of_row(row) for row in await queries.regions(db)])


@router.get("/regions/{region_id}", tags=["admin.regions"], name="get", responses=MISSING)
async def get_region(
    _caller: AsStaff, region_id: RegionId, response: Response, db: Read
) -> StaffRegion:
    """Show a region."""
    return await _region(db, region_id, response)


@router.post(
    "/regions", tags=["admin.regions"], name="create", status_code=MADE, responses=REGION_ADDED
)
async def create_region(
    caller: AsStaff, body: RegionWrite, now: Now, response: Response, tx: Tx
) -> StaffRegion:
    """Open a region; a country belongs to at most one."""
    region_id = await service.create_region(
        tx,
        name=body.name,
        currency=body.currency,
        tax_inclusive=body.tax_inclusive,
        countries=body.countries,
        is_default=body.is_default,
        position=body.position,
        actor=caller.actor,
        now=now,
    )
    return await _region(tx, region_id, response)


@router.patch(
    "/regions/{region_id}", tags=["admin.regions"], name="change", responses=REGION_CHANGED
)
async def change_region(
    caller: AsStaff,
    region_id: RegionId,
    body: RegionChange,
    if_match: IfMatch,
    now: Now,
    response: Response,
    tx: Tx,
) -> StaffRegion:
    """Change a region; made the default, it takes the place of the one before."""
    fields = sent(body)
    fields.pop("countries", None)
    await service.change_region(
        tx,
        region_id,
        fields=fields,
        countries=body.countries,
        version=if_match,
        actor=caller.actor,
        now=now,
    )
    return await _region(tx, region_id, response)


@router.delete(
    "/regions/{region_id}",
    tags=["admin.regions"],
    name="delete",
    status_code=GONE,
    responses=problem_responses(NotFound, Stale, DefaultRegion),
)
async def delete_region(
    caller: AsStaff, region_id: RegionId, if_match: IfMatch, now: Now, tx: Tx
) -> None:
    """Close a region with its tax rates and shipping options."""
    await service.delete_region(tx, region_id, version=if_match, actor=caller.actor, now=now)


@router.get("/tax-rates", tags=["admin.tax_rates"], name="list")
async def list_tax_rates(_caller: AsStaff, db: Read) -> Listed[TaxRateOut]:
    """List all tax rates, region by region."""
    return Listed(items=[TaxRateOut.model_validate(row) for row in await queries.tax_rates(db)])


@router.get("/tax-rates/{rate_id}", tags=["admin.tax_rates"], name="get", responses=MISSING)
async def get_tax_rate(
    _caller: AsStaff, rate_id: TaxRateId, response: Response, db: Read
) -> TaxRateOut:
    """Show a tax rate."""
    return await _rate(db, rate_id, response)


@router.post("/tax-rates", tags=["admin.tax_rates"], name="create", status_code=MADE)
async def create_tax_rate(
    caller: AsStaff, body: TaxRateWrite, now: Now, response: Response, tx: Tx
) -> TaxRateOut:
    """Levy a tax in a region, in one country of it, or in one state of that country."""
    rate_id = await service.create_tax_rate(
        tx,
        region_id=body.region_id,
        name=body.name,
        rate_bp=body.rate_bp,
        country=body.country,
        state=body.state,
        applies_to_shipping=body.applies_to_shipping,
        actor=caller.actor,
        now=now,
    )
    return await _rate(tx, rate_id, response)


@router.patch("/tax-rates/{rate_id}", tags=["admin.tax_rates"], name="change", responses=CHANGED)
async def change_tax_rate(
    caller: AsStaff,
    rate_id: TaxRateId,
    body: TaxRateChange,
    if_match: IfMatch,
    now: Now,
    response: Response,
    tx: Tx,
) -> TaxRateOut:
    """Change a tax rate; orders that are placed keep theirs."""
    await service.change_tax_rate(
        tx, rate_id, fields=sent(body), version=if_match, actor=caller.actor, now=now
    )
    return await _rate(tx, rate_id, response)


@router.delete(
    "/tax-rates/{rate_id}",
    tags=["admin.tax_rates"],
    name="delete",
    status_code=GONE,
    responses=CHANGED,
)
async def delete_tax_rate(
    caller: AsStaff, rate_id: TaxRateId, if_match: IfMatch, now: Now, tx: Tx
) -> None:
    """Levy a tax no more."""
    await service.delete_tax_rate(tx, rate_id, version=if_match, actor=caller.actor, now=now)


@router.get("/shipping-options", tags=["admin.shipping_options"], name="list")
async def list_shipping_options(_caller: AsStaff, db: Read) -> Listed[StaffShippingOption]:
    """List all shipping options, region by region."""
    rows = await queries.shipping_options(db)
    return Listed(items=[StaffShippingOption.of(row) for row in rows])


@router.get(
    "/shipping-options/{option_id}",
    tags=["admin.shipping_options"],
    name="get",
    responses=MISSING,
)
async def get_shipping_option(
    _caller: AsStaff, option_id: ShippingOptionId, response: Response, db: Read
) -> StaffShippingOption:
    """Show a shipping option."""
    return await _option(db, option_id, response)


@router.post("/shipping-options", tags=["admin.shipping_options"], name="create", status_code=MADE)
async def create_shipping_option(
    caller: AsStaff, body: ShippingOptionWrite, now: Now, response: Response, tx: Tx
) -> StaffShippingOption:
    """Offer a way to ship within a region, in its currency."""
    option_id = await service.create_shipping_option(
        tx,
        region_id=body.region_id,
        name=body.name,
        price=body.price.to_money(),
        min_days=body.min_days,
        max_days=body.max_days,
        carrier=body.carrier,
        min_weight_g=body.min_weight_g,
        max_weight_g=body.max_weight_g,
        min_total=money(body.min_total),
        max_total=money(body.max_total),
        is_active=body.is_active,
        position=body.position,
        actor=caller.actor,
        now=now,
    )
    return await _option(tx, option_id, response)


@router.patch(
    "/shipping-options/{option_id}",
    tags=["admin.shipping_options"],
    name="change",
    responses=CHANGED,
)
async def change_shipping_option(
    caller: AsStaff,
    option_id: ShippingOptionId,
    body: ShippingOptionChange,
    if_match: IfMatch,
    now: Now,
    response: Response,
    tx: Tx,
) -> StaffShippingOption:
    """Change a shipping option; orders that are placed keep theirs."""
    await service.change_shipping_option(
        tx, option_id, fields=sent(body), version=if_match, actor=caller.actor, now=now
    )
    return await _option(tx, option_id, response)


@router.delete(
    "/shipping-options/{option_id}",
    tags=["admin.shipping_options"],
    name="delete",
    status_code=GONE,
    responses=CHANGED,
)
async def delete_shipping_option(
    caller: AsStaff, option_id: ShippingOptionId, if_match: IfMatch, now: Now, tx: Tx
) -> None:
    """Offer a way to ship no more."""
    await service.delete_shipping_option(
        tx, option_id, version=if_match, actor=caller.actor, now=now
    )


async def _store(request: Request, response: Response, db: ReadSession) -> StoreOut:
    store = await queries.store(db)
    shown = (
        StoreOut.model_validate(store)
        if store
        else StoreOut(
            name=service.DEFAULT_NAME,
            default_currency=request.app.state.settings.default_currency,
            country=None,
            support_email=None,
            version=1,
        )
    )
    with_version(response, shown.version)
    return shown


async def _region(db: ReadSession, region_id: UUID, response: Response) -> StaffRegion:
    rows = await queries.regions(db, region_id=region_id)
    if not rows:
        raise NotFound
    with_version(response, rows[0].version)
    return StaffRegion.of_row(rows[0])


async def _rate(db: ReadSession, rate_id: UUID, response: Response) -> TaxRateOut:
    rows = await queries.tax_rates(db, rate_id=rate_id)
    if not rows:
        raise NotFound
    with_version(response, rows[0].version)
    return TaxRateOut.model_validate(rows[0])


async def _option(db: ReadSession, option_id: UUID, response: Response) -> StaffShippingOption:
    rows = await queries.shipping_options(db, option_id=option_id)
    if not rows:
        raise NotFound
    with_version(response, rows[0].version)
    return StaffShippingOption.of(rows[0])
