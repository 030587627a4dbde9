"""Staff: tax rates of regions."""

from fastapi import status

from sokoni.kernel.db import Read, Tx
from sokoni.kernel.errors import NotFound, Stale
from sokoni.kernel.ids import TaxRateId
from sokoni.kernel.now import Now
from sokoni.kernel.paging import Listed
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch, Versioned
from sokoni.markets import queries, service
from sokoni.markets.admin.callers import AsStaff
from sokoni.markets.schemas import TaxRateChange, TaxRateOut, TaxRateWrite

router = Api(prefix="/admin/tax-rates", tags=["admin.tax_rates"])


@router.get("", name="list")
async def list_tax_rates(_caller: AsStaff, db: Read) -> Listed[TaxRateOut]:
    """List all tax rates, region by region."""
    return Listed(items=[TaxRateOut.model_validate(row) for row in await queries.tax_rates(db)])


@router.get("/{rate_id}", responses=problem_responses(NotFound))
async def get(_caller: AsStaff, rate_id: TaxRateId, db: Read) -> Versioned[TaxRateOut]:
    """Show a tax rate."""
    return TaxRateOut.model_validate(await queries.tax_rate(db, rate_id))


@router.post("", status_code=status.HTTP_201_CREATED)
async def create(caller: AsStaff, body: TaxRateWrite, now: Now, tx: Tx) -> Versioned[TaxRateOut]:
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
    return TaxRateOut.model_validate(await queries.tax_rate(tx, rate_id))


@router.patch("/{rate_id}", responses=problem_responses(NotFound, Stale))
async def change(
    caller: AsStaff, rate_id: TaxRateId, body: TaxRateChange, version: IfMatch, now: Now, tx: Tx
) -> Versioned[TaxRateOut]:
    """Change a tax rate; orders that are placed keep theirs."""
    await service.change_tax_rate(
        tx, rate_id, fields=body.sent(), version=version, actor=caller.actor, now=now
    )
    return TaxRateOut.model_validate(await queries.tax_rate(tx, rate_id))


@router.delete(
    "/{rate_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problem_responses(NotFound, Stale),
)
async def delete(caller: AsStaff, rate_id: TaxRateId, version: IfMatch, now: Now, tx: Tx) -> None:
    """Levy a tax no more."""
    await service.delete_tax_rate(tx, rate_id, version=version, actor=caller.actor, now=now)
