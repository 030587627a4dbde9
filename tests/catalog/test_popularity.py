"""Sales are noted at once and counted together: each unit once, whoever counts."""

import asyncio
from uuid import UUID

from sqlalchemy import text

from sokoni.catalog import service as catalog
from sokoni.catalog.service import popularity
from sokoni.kernel.db import Database
from tests.catalog.factories import MUG, create


async def note(db: Database, product_id: UUID, units: int) -> None:
    async with db.transaction() as tx:
        await catalog.popularity.note_sold(tx, {product_id: units})


async def counts(db: Database, product_id: UUID) -> list[int]:
    """As the product has it, then as its listings have it."""
    statement = text(
        "SELECT popularity FROM catalog.products WHERE id = :id UNION ALL"
        " SELECT popularity FROM catalog.listings WHERE product_id = :id"
    )
    async with db.reading() as session:
        return list(await session.scalars(statement, {"id": product_id}))


async def test_noted_sales_rise_a_product_when_they_are_counted_and_only_then(
    db: Database,
) -> None:
    mug = (await create(db, MUG)).id
    await note(db, mug, 2)
    await note(db, mug, 3)
    assert set(await counts(db, mug)) == {0}

    assert await db.run(popularity.count_sold) == 1
    assert set(await counts(db, mug)) == {5}
    assert await db.run(popularity.count_sold) == 0
    assert set(await counts(db, mug)) == {5}


async def test_four_who_count_side_by_side_count_each_sale_once(db: Database) -> None:
    mug = (await create(db, MUG)).id
    await asyncio.gather(*(note(db, mug, 1) for _ in range(40)))

    await asyncio.gather(*(db.run(popularity.count_sold) for _ in range(4)))
    await db.run(popularity.count_sold)

    assert set(await counts(db, mug)) == {40}


async def test_a_sale_of_a_product_that_is_gone_is_forgotten(db: Database) -> None:
    await note(db, UUID(int=1), 2)

    assert await db.run(popularity.count_sold) == 1
    assert await db.run(popularity.count_sold) == 0
