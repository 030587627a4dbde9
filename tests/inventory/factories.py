"""Stock for tests: a location, and variants that have units there.

`stocked(db, units=5)` gives a variant of a product of its own; rows of the catalogue are written
plainly, without prices or read model (`tests.catalog.factories` makes whole products).
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import text

from sokoni.inventory import queries, service
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.ids import new_id

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=30)


async def location(tx: WriteSession, *, name: str = "Warehouse", priority: int = 0) -> UUID:
    """The location of this name, made if need be."""
    found = {place.name: place.id for place in await queries.locations(tx)}
    if name in found:
        return found[name]
    return await service.create_location(
        tx, name=name, code=name.upper(), priority=priority, actor="system", now=NOW
    )


async def variant(tx: WriteSession, *, sku: str | None = None) -> UUID:
    """A variant without stock, of a draft product."""
    product_id, variant_id = new_id(), new_id()
    await tx.execute(
        text(
            "INSERT INTO catalog.products (id, slug, title, created_at, updated_at)"
            " VALUES (:id, :slug, 'Lamp', now(), now())"
        ),
        {"id": product_id, "slug": str(product_id)},
    )
    await tx.execute(
        text(
            "INSERT INTO catalog.variants (id, product_id, sku, title, position)"
            " VALUES (:id, :product_id, :sku, 'Lamp', 0)"
        ),
        {"id": variant_id, "product_id": product_id, "sku": sku or f"SKU-{variant_id.hex[-12:]}"},
    )
    return variant_id


async def stock(
    tx: WriteSession, variant_id: UUID, *, units: int, at: str = "Warehouse", priority: int = 0
) -> UUID:
    """Put units of a variant somewhere; answers the location."""
    location_id = await location(tx, name=at, priority=priority)
    await service.set_stock(tx, {(variant_id, location_id): units}, now=NOW)
    return location_id


async def stocked(db: Database, *, units: int, sku: str | None = None) -> UUID:
    """A variant with this many units in the warehouse."""
    async with db.transaction() as tx:
        variant_id = await variant(tx, sku=sku)
        await stock(tx, variant_id, units=units)
        return variant_id


async def reserve(
    db: Database, lines: Mapping[UUID, int], *, order_id: UUID | None = None, owner: str = ""
) -> UUID:
    """Hold the lines until LATER, in a transaction of its own."""
    async with db.transaction() as tx:
        return await service.reserve(
            tx, lines=lines, until=LATER, now=NOW, order_id=order_id, owner=owner
        )


async def available(db: Database, variant_id: UUID) -> int:
    """What one line can take of the variant now."""
    async with db.reading() as session:
        return (await queries.availability(session, [variant_id]))[variant_id]
