"""A category or brand changed: write the ready rows of its products anew.

Up to `AT_ONCE` products change with the transaction. More are left to a job, so a rename does not
hold the shop: their rows show the old name until the job has passed.
"""

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from sqlalchemy import TextClause, text

from sokoni.catalog.events import ProductChanged
from sokoni.catalog.service import readmodel
from sokoni.kernel import jobs, outbox
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.jobs import Task

AT_ONCE = 1_000

OF_BRAND = text("""
    SELECT id FROM catalog.products
    WHERE brand_id = :id AND (CAST(:after AS uuid) IS NULL OR id > CAST(:after AS uuid))
    ORDER BY id LIMIT :most
""")
OF_CATEGORY = text("""
    SELECT DISTINCT pc.product_id AS id
    FROM catalog.categories AS c JOIN catalog.product_categories AS pc ON pc.category_id = c.id
    WHERE (c.id = :id OR c.ancestor_ids @> ARRAY[CAST(:id AS uuid)])
      AND (CAST(:after AS uuid) IS NULL OR pc.product_id > CAST(:after AS uuid))
    ORDER BY pc.product_id LIMIT :most
""")


class SpreadBrand(Task, frozen=True):
    name: ClassVar = "catalog.spread_brand"
    brand_id: UUID


class SpreadCategory(Task, frozen=True):
    name: ClassVar = "catalog.spread_category"
    category_id: UUID


async def brand_changed(tx: WriteSession, *, brand_id: UUID) -> None:
    """Write the rows of the brand's products anew."""
    ids = await _ids(tx, OF_BRAND, brand_id, after=None, most=AT_ONCE + 1)
    if len(ids) > AT_ONCE:
        key = f"{SpreadBrand.name}:{brand_id}"
        await jobs.enqueue(tx, SpreadBrand(brand_id=brand_id), dedup_key=key)
    else:
        await rebuild(tx, ids)


async def category_changed(tx: WriteSession, *, category_id: UUID) -> None:
    """Write the rows of the products in this category and those below it anew."""
    ids = await _ids(tx, OF_CATEGORY, category_id, after=None, most=AT_ONCE + 1)
    if len(ids) > AT_ONCE:
        key = f"{SpreadCategory.name}:{category_id}"
        await jobs.enqueue(tx, SpreadCategory(category_id=category_id), dedup_key=key)
    else:
        await rebuild(tx, ids)


async def products_of_category(tx: WriteSession, *, category_id: UUID) -> list[UUID]:
    """The products in this category or below it."""
    return await _ids(tx, OF_CATEGORY, category_id, after=None, most=2**31 - 1)


async def rebuild(tx: WriteSession, ids: Sequence[UUID]) -> None:
    """Write the rows of these products anew, a batch at a time."""
    for start in range(0, len(ids), readmodel.BATCH):
        await _rebuild(tx, ids[start : start + readmodel.BATCH])


async def spread_brand(db: Database, *, brand_id: UUID) -> None:
    """The job's part of `brand_changed`; safe to repeat."""
    await _spread(db, OF_BRAND, brand_id)


async def spread_category(db: Database, *, category_id: UUID) -> None:
    """The job's part of `category_changed`; safe to repeat."""
    await _spread(db, OF_CATEGORY, category_id)


async def _spread(db: Database, products: TextClause, owner_id: UUID) -> None:
    after: UUID | None = None
    while True:
        async with db.transaction() as tx:
            ids = await _ids(tx, products, owner_id, after=after, most=readmodel.BATCH)
            await _rebuild(tx, ids)
        if not ids:
            return
        after = ids[-1]


async def _rebuild(tx: WriteSession, ids: Sequence[UUID]) -> None:
    await readmodel.rebuild(tx, ids)
    for product_id in ids:
        outbox.publish(tx, ProductChanged(product_id=product_id))


async def _ids(
    tx: WriteSession, products: TextClause, owner_id: UUID, *, after: UUID | None, most: int
) -> list[UUID]:
    found = await tx.scalars(products, {"id": owner_id, "after": after, "most": most})
    return list(found)
