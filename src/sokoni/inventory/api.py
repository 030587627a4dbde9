"""Stock for others: is it there, and the three-step protocol of servers (reserve, commit, release).

All three steps take all lines or none, need an `Idempotency-Key` and are safe to repeat.
"""

from collections import Counter
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Path, status

from sokoni.catalog import queries as catalog
from sokoni.inventory import queries, service
from sokoni.inventory.errors import InsufficientStock, ReservationCommitted, ReservationExpired
from sokoni.inventory.models import ReservationState
from sokoni.inventory.schemas import (
    Ended,
    ReservationRef,
    ReservationRequest,
    Reserved,
    Stock,
)
from sokoni.kernel.access import AsBuyer, Caller, Permission, Server
from sokoni.kernel.db import Read, Tx
from sokoni.kernel.errors import FieldError, Invalid, NotFound
from sokoni.kernel.keyed import RequiredKey
from sokoni.kernel.now import Now
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api

AsServer = Annotated[Caller, Depends(Server(Permission.INVENTORY_WRITE))]
SkuInPath = Annotated[str, Path(max_length=255, pattern=r"^[^\x00]+$")]

router = Api(prefix="/inventory", tags=["inventory"])


@router.get("/{sku}", responses=problem_responses(NotFound))
async def get_stock(caller: AsBuyer, sku: SkuInPath, db: Read) -> Stock:
    """Say whether a SKU is in stock; staff and servers who may read inventory see the numbers."""
    found = (await catalog.variants_by_sku(db, skus=[sku])).get(sku)
    sees = caller.may(Permission.INVENTORY_READ) or caller.may(Permission.INVENTORY_WRITE)
    if found is None or (found.is_archived and not sees):
        raise NotFound
    levels = await queries.levels(db, variant_ids=[found.variant_id])
    return Stock.of(sku, found.variant_id, levels, numbers=sees)


@router.post(
    "/reserve",
    status_code=status.HTTP_201_CREATED,
    responses=problem_responses(InsufficientStock),
)
async def reserve(
    caller: AsServer, _key: RequiredKey, body: ReservationRequest, now: Now, tx: Tx
) -> Reserved:
    """Hold all the lines for a while, or none of them."""
    known = await catalog.variants_by_sku(tx, skus={line.sku for line in body.lines})
    wanted: Counter[str] = Counter()
    unknown = []
    for place, line in enumerate(body.lines):
        wanted[line.sku] += line.quantity
        if line.sku not in known or known[line.sku].is_archived:
            unknown.append(FieldError(f"/lines/{place}/sku", "is not a SKU of this shop"))
    if unknown:
        raise Invalid("Some SKUs are unknown.", errors=unknown)
    expires_at = now + timedelta(seconds=body.expires_in)
    reservation_id = await service.reserve(
        tx,
        lines={known[sku].variant_id: quantity for sku, quantity in wanted.items()},
        until=expires_at,
        now=now,
        owner=body.owner or caller.actor,
    )
    return Reserved(
        reservation_id=reservation_id, state=ReservationState.HELD, expires_at=expires_at
    )


@router.post("/commit", responses=problem_responses(NotFound, ReservationExpired))
async def commit(
    _caller: AsServer, _key: RequiredKey, body: ReservationRef, now: Now, tx: Tx
) -> Ended:
    """Sell what the reservation holds; once sold, repeating it changes nothing."""
    await service.commit(tx, reservation_id=body.reservation_id, now=now)
    return Ended(reservation_id=body.reservation_id, state=ReservationState.COMMITTED)


@router.post("/release", responses=problem_responses(NotFound, ReservationCommitted))
async def release(
    _caller: AsServer, _key: RequiredKey, body: ReservationRef, now: Now, tx: Tx
) -> Ended:
    """Free what the reservation holds; once free, repeating it changes nothing."""
    await service.release(tx, reservation_id=body.reservation_id, now=now)
    return Ended(reservation_id=body.reservation_id, state=ReservationState.RELEASED)
