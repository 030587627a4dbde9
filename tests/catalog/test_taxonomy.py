"""Categories stay a tree, whoever moves them at once; names spread to the ready rows."""

import asyncio
import json
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import text

from sokoni.catalog import queries
from sokoni.catalog import service as catalog
from sokoni.catalog.errors import BrandInUse, CategoryCycle, CategoryNotEmpty
from sokoni.catalog.models import Category
from sokoni.catalog.service import spreading
from sokoni.kernel.db import Database
from sokoni.kernel.worker import Worker
from tests.catalog.factories import ACTOR, NOW, brand, category, create


async def move(db: Database, category_id: UUID, *, to: UUID | None) -> Category:
    return await revise(db, category_id, parent_id=to)


async def revise(db: Database, category_id: UUID, **changes: object) -> Category:
    async with db.transaction() as tx:
        return await catalog.revise_category(
            tx,
            category_id=category_id,
            revise=lambda draft: replace(draft, **changes),  # type: ignore[arg-type]
            actor=ACTOR,
            now=NOW,
        )


async def cards(db: Database) -> list[str]:
    async with db.reading() as session:
        return list(await session.scalars(text("SELECT body FROM catalog.pages ORDER BY currency")))


async def test_two_moves_that_would_make_a_circle_end_in_one(db: Database) -> None:
    for _ in range(5):
        a, b = await category(db, "A"), await category(db, "B")

        results = await asyncio.gather(move(db, a, to=b), move(db, b, to=a), return_exceptions=True)

        assert sorted(type(result).__name__ for result in results) == ["Category", "CategoryCycle"]


async def test_a_category_cannot_move_below_itself(db: Database) -> None:
    root = await category(db, "Root")
    leaf = await category(db, "Leaf", parent=await category(db, "Middle", parent=root))

    for parent in (root, leaf):
        with pytest.raises(CategoryCycle):
            await move(db, root, to=parent)


async def test_what_is_below_moves_along(db: Database) -> None:
    old, new = await category(db, "Old"), await category(db, "New")
    middle = await category(db, "Middle", parent=old)
    leaf = await category(db, "Leaf", parent=middle)
    made = await create(db, category_ids=(leaf,))

    await move(db, middle, to=new)

    async with db.reading() as session:
        found = await queries.category_by(session, category=leaf)
        shelves = await session.scalar(
            text("SELECT category_ids FROM catalog.listings WHERE currency = 'EUR'")
        )
        sellable = await queries.sellables(
            session, variant_ids=[made.variants[0].id], currency="EUR"
        )
    assert found.ancestor_ids == [new, middle]
    assert set(shelves) == {new, middle, leaf}
    assert set(sellable[made.variants[0].id].category_ids) == {new, middle, leaf}


async def test_a_rename_reaches_the_ready_rows_of_all_below(db: Database) -> None:
    root = await category(db, "Home")
    maker = await brand(db, "Kilima Clay")
    await create(db, category_ids=(await category(db, "Mugs", parent=root),), brand_id=maker)

    await revise(db, root, name="House")
    async with db.transaction() as tx:
        await catalog.revise_brand(
            tx,
            brand_id=maker,
            revise=lambda draft: replace(draft, name="Kilima"),
            actor=ACTOR,
            now=NOW,
        )

    for body in await cards(db):
        page = json.loads(body.replace("\x1a", "/"))
        assert [crumb["name"] for crumb in page["breadcrumbs"]] == ["House", "Mugs"]
        assert page["brand"] == "Kilima"


async def test_a_category_below_an_inactive_one_is_not_shown(db: Database) -> None:
    root = await category(db, "Home")
    leaf = await category(db, "Mugs", parent=root)
    await create(db, category_ids=(leaf,))

    await revise(db, root, is_active=False)

    async with db.reading() as session:
        assert await queries.tree(session) == []
        assert await queries.branch(session, category=leaf) is None
        shelves = await session.scalar(text("SELECT category_ids FROM catalog.listings LIMIT 1"))
    assert shelves == []


async def test_only_what_is_empty_can_be_deleted(db: Database) -> None:
    root = await category(db, "Home")
    leaf = await category(db, "Mugs", parent=root)
    maker = await brand(db, "Kilima")
    await create(db, category_ids=(leaf,), brand_id=maker)

    async with db.transaction() as tx:
        with pytest.raises(CategoryNotEmpty):
            await catalog.delete_category(tx, category_id=root, actor=ACTOR, now=NOW)
        await tx.rollback()
    async with db.transaction() as tx:
        with pytest.raises(BrandInUse):
            await catalog.delete_brand(tx, brand_id=maker, actor=ACTOR, now=NOW)
        await tx.rollback()
    async with db.transaction() as tx:
        await catalog.delete_category(tx, category_id=leaf, actor=ACTOR, now=NOW)

    assert json.loads((await cards(db))[0])["categories"] == []


async def test_paths_of_names_become_categories_once(db: Database) -> None:
    paths = [("Home", "Mugs"), ("Home", "Bowls"), ("home", "MUGS")]

    for _ in range(2):
        async with db.transaction() as tx:
            found = await catalog.ensure_categories(tx, paths=paths)

    assert found["Home", "Mugs"] == found["home", "MUGS"]
    assert found["Home", "Bowls"] != found["Home", "Mugs"]
    async with db.reading() as session:
        assert await session.scalar(text("SELECT count(*) FROM catalog.categories")) == 3


async def test_a_rename_of_many_products_is_left_to_a_job(
    db: Database, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "AT_ONCE", 1)
    root = await category(db, "Home")
    for _ in range(2):
        await create(db, category_ids=(root,))

    await revise(db, root, name="House")
    assert {json.loads(body)["categories"][0]["name"] for body in await cards(db)} == {"Home"}

    await worker.until_idle()
    assert {json.loads(body)["categories"][0]["name"] for body in await cards(db)} == {"House"}
