"""Staff's view of stock: levels, adjustments, movements, locations."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query, status

from sokoni.catalog import queries as catalog
from sokoni.inventory import queries, service
from sokoni.inventory.errors import BelowReserved, LocationNameTaken, LocationNotEmpty
from sokoni.inventory.queries import LevelSort
from sokoni.inventory.schemas import (
    Adjustment,
    LevelOut,
    LiveReservationOut,
    LocationChange,
    LocationOut,
    LocationWrite,
    MovementOut,
    Stock,
    StockAtLocation,
    ThresholdChange,
)
from sokoni.kernel.access import Caller, Permission, Staff
from sokoni.kernel.db import Read, ReadSession, Tx
from sokoni.kernel.errors import Invalid, NotFound, Stale
from sokoni.kernel.ids import LocationId
from sokoni.kernel.keyed import RequiredKey
from sokoni.kernel.now import Now
from sokoni.kernel.paging import DEFAULT_LIMIT, Cursor, Limit, Listed, Page
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch, Versioned

AsReader = Annotated[Caller, Depends(Staff(Permission.INVENTORY_READ))]
AsWriter = Annotated[Caller, Depends(Staff(Permission.INVENTORY_WRITE))]
SkuInPath = Annotated[str, Path(max_length=255, pattern=r"^[^\x00]+$")]
STOCK = "admin.inventory"
PLACES = "admin.locations"

router = Api(prefix="/admin")


@router.get("/inventory", tags=[STOCK], name="list")
async def list_levels(
    *,
    _caller: AsReader,
    db: Read,
    below_threshold: Annotated[
        bool, Query(description="Only where no more than the threshold is available.")
    ] = False,
    location: Annotated[LocationId | None, Query(description="Only there.")] = None,
    q: Annotated[
        str | None,
        Query(max_length=255, pattern=r"^[^\x00]*$", description="Part of the SKU or title."),
    ] = None,
    sort: Annotated[
        LevelSort, Query(description="A minus turns the order round.")
    ] = LevelSort.ADDED,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[LevelOut]:
    """List stock by SKU and location."""
    rows = await queries.list_levels(
        db,
        below_threshold=below_threshold,
        location_id=location,
        words=q or None,
        sort=sort,
        limit=limit,
        cursor=cursor,
    )
    labels = await catalog.labels(db, variant_ids={level.variant_id for level in rows.items})
    items = [
        LevelOut(
            sku=label.sku,
            variant_id=level.variant_id,
            variant_title=label.variant_title,
            product_id=label.product_id,
            title=label.title,
            location=StockAtLocation.of(level),
        )
        for level in rows.items
        if (label := labels.get(level.variant_id)) is not None
    ]
    return Page(items=items, next_cursor=rows.next_cursor)


@router.get(
    "/reservations", tags=["admin.reservations"], name="list", responses=problem_responses(NotFound)
)
async def list_reservations(
    *,
    _caller: AsReader,
    db: Read,
    now: Now,
    sku: Annotated[
        str | None, Query(max_length=255, pattern=r"^[^\x00]+$", description="Only of this one.")
    ] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[LiveReservationOut]:
    """List what is held right now, the newest first."""
    variant_id = await _variant(db, sku) if sku else None
    rows = await queries.live_reservations(db, variant_id=variant_id, limit=limit, cursor=cursor)
    held = {line.variant_id for found in rows.items for line in found.lines}
    labels = await catalog.labels(db, variant_ids=held)
    items = [LiveReservationOut.of(found, labels=labels, now=now) for found in rows.items]
    return Page(items=items, next_cursor=rows.next_cursor)


@router.patch(
    "/inventory/{sku}", tags=[STOCK], name="change", responses=problem_responses(NotFound)
)
async def change_threshold(
    _caller: AsWriter, sku: SkuInPath, body: ThresholdChange, tx: Tx
) -> Stock:
    """Set when to warn that a SKU runs low at a location."""
    variant_id = await _variant(tx, sku)
    changed = await service.set_threshold(
        tx,
        variant_id=variant_id,
        location_id=body.location,
        threshold=body.low_stock_threshold,
    )
    if not changed:
        raise Invalid.field("/location", "has no stock level of this SKU")
    return await _stock(tx, sku, variant_id)


@router.post(
    "/inventory/{sku}/adjustments",
    tags=[STOCK],
    name="adjust",
    status_code=status.HTTP_201_CREATED,
    responses=problem_responses(NotFound, BelowReserved),
)
async def adjust(
    caller: AsWriter, _key: RequiredKey, sku: SkuInPath, body: Adjustment, now: Now, tx: Tx
) -> Stock:
    """Add units to a location or take them away, never those that are promised."""
    variant_id = await _variant(tx, sku)
    if await queries.location(tx, location_id=body.location) is None:
        raise Invalid.field("/location", "is not a location")
    await service.adjust(
        tx,
        variant_id=variant_id,
        location_id=body.location,
        delta=body.delta,
        reason=body.reason.movement,
        cause=body.reason,
        note=body.note,
        actor=caller.actor,
        now=now,
    )
    return await _stock(tx, sku, variant_id)


@router.get(
    "/inventory/{sku}/movements",
    tags=[STOCK],
    name="movements",
    responses=problem_responses(NotFound),
)
async def list_movements(
    *,
    _caller: AsReader,
    sku: SkuInPath,
    db: Read,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[MovementOut]:
    """List what changed the stock of a SKU, newest first."""
    variant_id = await _variant(db, sku)
    rows = await queries.movements(db, variant_id=variant_id, limit=limit, cursor=cursor)
    return Page[MovementOut].model_validate(rows, from_attributes=True)


@router.get("/locations", tags=[PLACES], name="list")
async def list_locations(_caller: AsReader, db: Read) -> Listed[LocationOut]:
    """List the locations, those served from first before others."""
    places = await queries.locations(db)
    return Listed(items=[LocationOut.model_validate(place) for place in places])


@router.get(
    "/locations/{location_id}", tags=[PLACES], name="get", responses=problem_responses(NotFound)
)
async def get_location(
    _caller: AsReader, location_id: LocationId, db: Read
) -> Versioned[LocationOut]:
    """Show a location."""
    return await _location(db, location_id)


@router.post(
    "/locations",
    tags=[PLACES],
    name="create",
    status_code=status.HTTP_201_CREATED,
    responses=problem_responses(LocationNameTaken),
)
async def create_location(
    caller: AsWriter, body: LocationWrite, now: Now, tx: Tx
) -> Versioned[LocationOut]:
    """Open a location."""
    location_id = await service.create_location(
        tx,
        name=body.name,
        code=body.code,
        priority=body.priority,
        is_active=body.is_active,
        address=body.address.model_dump() if body.address else None,
        actor=caller.actor,
        now=now,
    )
    return await _location(tx, location_id)


@router.patch(
    "/locations/{location_id}",
    tags=[PLACES],
    name="change",
    responses=problem_responses(NotFound, Stale, LocationNameTaken),
)
async def change_location(
    caller: AsWriter,
    location_id: LocationId,
    body: LocationChange,
    version: IfMatch,
    now: Now,
    tx: Tx,
) -> Versioned[LocationOut]:
    """Change a location; a closed one (`is_active` false) sells nothing."""
    await service.change_location(
        tx, location_id, fields=body.sent(), version=version, actor=caller.actor, now=now
    )
    return await _location(tx, location_id)


@router.delete(
    "/locations/{location_id}",
    tags=[PLACES],
    name="delete",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problem_responses(NotFound, Stale, LocationNotEmpty),
)
async def delete_location(
    caller: AsWriter, location_id: LocationId, version: IfMatch, now: Now, tx: Tx
) -> None:
    """Delete a location that never had stock; close any other."""
    await service.delete_location(tx, location_id, version=version, actor=caller.actor, now=now)


async def _variant(db: ReadSession, sku: str) -> UUID:
    found = (await catalog.variants_by_sku(db, skus=[sku])).get(sku)
    if found is None:
        raise NotFound
    return found.variant_id


async def _stock(db: ReadSession, sku: str, variant_id: UUID) -> Stock:
    levels = await queries.levels(db, variant_ids=[variant_id])
    return Stock.of(sku, variant_id, levels, numbers=True)


async def _location(db: ReadSession, location_id: UUID) -> LocationOut:
    place = await queries.location(db, location_id=location_id)
    if place is None:
        raise NotFound
    return LocationOut.model_validate(place)
