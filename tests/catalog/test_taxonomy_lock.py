"""Who writes a product while its category or brand is renamed waits, and writes the new name."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID

import pytest

from sokoni.catalog import service as catalog
from sokoni.catalog.service import ProductDraft, readmodel
from sokoni.kernel.db import Database, WriteSession
from tests.catalog.factories import ACTOR, NOW, brand, category, create, read_model, simple
from tests.support.locks import one_before_the_other

Write = Callable[[WriteSession, UUID, ProductDraft], Awaitable[object]]


async def made_anew(tx: WriteSession, _product_id: UUID, draft: ProductDraft) -> None:
    await catalog.create_product(tx, draft=draft, actor=ACTOR, now=NOW)


async def made_in_a_batch(tx: WriteSession, _product_id: UUID, draft: ProductDraft) -> None:
    await catalog.bulk.upsert_products(tx, drafts=[replace(draft, slug="kanga")], now=NOW)


async def put_there(tx: WriteSession, product_id: UUID, draft: ProductDraft) -> None:
    await catalog.revise_product(
        tx,
        product_id=product_id,
        revise=lambda now: replace(now, category_ids=draft.category_ids, brand_id=draft.brand_id),
        actor=ACTOR,
        now=NOW,
    )


async def rename_shelf(tx: WriteSession, shelf: UUID) -> None:
    await catalog.revise_category(
        tx,
        category_id=shelf,
        revise=lambda draft: replace(draft, name="New name"),
        actor=ACTOR,
        now=NOW,
    )


async def rename_brand(tx: WriteSession, maker: UUID) -> None:
    await catalog.revise_brand(
        tx,
        brand_id=maker,
        revise=lambda draft: replace(draft, name="New name"),
        actor=ACTOR,
        now=NOW,
    )


@pytest.mark.parametrize("renamed", ["category", "brand"])
@pytest.mark.parametrize("write", [made_anew, made_in_a_batch, put_there])
async def test_a_product_written_while_its_shelf_is_renamed_has_the_new_name(
    db: Database, write: Write, renamed: str
) -> None:
    shelf, maker = await category(db, "Old shelf"), await brand(db, "Old brand")
    lamp = await create(db, simple("Lamp"))
    draft = replace(simple("Kanga"), category_ids=(shelf,), brand_id=maker)

    await one_before_the_other(
        db,
        lambda tx: rename_shelf(tx, shelf) if renamed == "category" else rename_brand(tx, maker),
        lambda tx: write(tx, lamp.id, draft),
    )

    written = await read_model(db)
    assert "New name" in str(written)
    await readmodel.rebuild_all(db)
    assert await read_model(db) == written
