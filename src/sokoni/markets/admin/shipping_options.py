"""Staff: ways to ship within regions."""

from fastapi import status

from sokoni.kernel.db import Read, Tx
from sokoni.kernel.errors import NotFound, Stale
from sokoni.kernel.ids import ShippingOptionId
from sokoni.kernel.now import Now
from sokoni.kernel.paging import Listed
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch, Versioned
from sokoni.markets import queries, service
from sokoni.markets.admin.callers import AsStaff
from sokoni.markets.schemas import (
    ShippingOptionChange,
    ShippingOptionWrite,
    StaffShippingOption,
    money,
)

router = Api(prefix="/admin/shipping-options", tags=["admin.shipping_options"])


@router.get("", name="list")
async def list_shipping_options(_caller: AsStaff, db: Read) -> Listed[StaffShippingOption]:
    """List all shipping options, region by region."""
    rows = await queries.shipping_options(db)
    return Listed(items=[StaffShippingOption.of(row) for row in rows])


@router.get("/{option_id}", responses=problem_responses(NotFound))
async def get(
    _caller: AsStaff, option_id: ShippingOptionId, db: Read
) -> Versioned[StaffShippingOption]:
    """Show a shipping option."""
    return StaffShippingOption.of(await queries.shipping_option(db, option_id))


@router.post("", status_code=status.HTTP_201_CREATED)
async def create(
    caller: AsStaff, body: ShippingOptionWrite, now: Now, tx: Tx
) -> Versioned[StaffShippingOption]:
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
    return StaffShippingOption.of(await queries.shipping_option(tx, option_id))


@router.patch("/{option_id}", responses=problem_responses(NotFound, Stale))
async def change(
    caller: AsStaff,
    option_id: ShippingOptionId,
    body: ShippingOptionChange,
    version: IfMatch,
    now: Now,
    tx: Tx,
) -> Versioned[StaffShippingOption]:
    """Change a shipping option; orders that are placed keep theirs."""
    await service.change_shipping_option(
        tx, option_id, fields=body.sent(), version=version, actor=caller.actor, now=now
    )
    return StaffShippingOption.of(await queries.shipping_option(tx, option_id))


@router.delete(
    "/{option_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problem_responses(NotFound, Stale),
)
async def delete(
    caller: AsStaff, option_id: ShippingOptionId, version: IfMatch, now: Now, tx: Tx
) -> None:
    """Offer a way to ship no more."""
    await service.delete_shipping_option(
        tx, option_id, version=version, actor=caller.actor, now=now
    )
