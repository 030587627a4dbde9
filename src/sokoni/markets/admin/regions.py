"""Staff: regions."""

from fastapi import status

from sokoni.kernel.db import Read, Tx
from sokoni.kernel.errors import NotFound, Stale
from sokoni.kernel.ids import RegionId
from sokoni.kernel.now import Now
from sokoni.kernel.paging import Listed
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch, Versioned
from sokoni.markets import queries, service
from sokoni.markets.admin.callers import AsStaff
from sokoni.markets.errors import (
    CountryTaken,
    DefaultRegion,
    RegionHasShippingOptions,
    RegionNameTaken,
)
from sokoni.markets.schemas import RegionChange, RegionWrite, StaffRegion

router = Api(prefix="/admin/regions", tags=["admin.regions"])


@router.get("", name="list")
async def list_regions(_caller: AsStaff, db: Read) -> Listed[StaffRegion]:
    """List the regions, the default one first."""
    return Listed(items=[StaffRegion.model_validate(row) for row in await queries.regions(db)])


@router.get("/{region_id}", responses=problem_responses(NotFound))
async def get(_caller: AsStaff, region_id: RegionId, db: Read) -> Versioned[StaffRegion]:
    """Show a region."""
    return StaffRegion.model_validate(await queries.region(db, region_id))


@router.post(
    "",
    status_code=status.HTTP_201_CREATED,
    responses=problem_responses(CountryTaken, RegionNameTaken),
)
async def create(caller: AsStaff, body: RegionWrite, now: Now, tx: Tx) -> Versioned[StaffRegion]:
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
    return StaffRegion.model_validate(await queries.region(tx, region_id))


@router.patch(
    "/{region_id}",
    responses=problem_responses(
        NotFound, Stale, CountryTaken, RegionNameTaken, RegionHasShippingOptions
    ),
)
async def change(
    caller: AsStaff, region_id: RegionId, body: RegionChange, version: IfMatch, now: Now, tx: Tx
) -> Versioned[StaffRegion]:
    """Change a region; made the default, it takes the place of the one before."""
    fields = body.sent()
    countries = fields.pop("countries", None)
    await service.change_region(
        tx,
        region_id,
        fields=fields,
        countries=countries,
        version=version,
        actor=caller.actor,
        now=now,
    )
    return StaffRegion.model_validate(await queries.region(tx, region_id))


@router.delete(
    "/{region_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problem_responses(NotFound, Stale, DefaultRegion),
)
async def delete(caller: AsStaff, region_id: RegionId, version: IfMatch, now: Now, tx: Tx) -> None:
    """Close a region with its tax rates and shipping options."""
    await service.delete_region(tx, region_id, version=version, actor=caller.actor, now=now)
