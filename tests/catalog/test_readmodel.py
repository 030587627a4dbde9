"""The ready rows always equal a rebuild from scratch, whatever happened and who raced."""

import asyncio
from dataclasses import dataclass, replace
from functools import partial
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import text

from sokoni.catalog import service as catalog
from sokoni.catalog.errors import CategoryCycle
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.service import PriceDraft, ProductDraft, VariantDraft, readmodel
from sokoni.catalog.sources import ProductSource
from sokoni.kernel.db import Database, WriteSession
from tests.catalog.factories import ACTOR, MUG, NOW, brand, category, create, read_model, simple
from tests.support.statements import counted


@dataclass(frozen=True, slots=True)
class Storm:
    """A small shop, and everything that people do to it at once; `n` chooses what."""

    random: Random
    shelves: list[UUID]
    brands: list[UUID]
    products: list[ProductSource]

    async def act(self, tx: WriteSession, n: int) -> None:
        acts = (
            self.write,
            self.stock,
            self.rename_shelf,
            self.rename_brand,
            self.publish,
            self.sell,
            self.shelve,
            self.price,
        )
        await acts[n % len(acts)](tx, n)

    async def write(self, tx: WriteSession, n: int) -> None:
        await self.revise(tx, n, title=f"Mug <i>{n}</i> é", tags=(f"tag {n}",))

    async def publish(self, tx: WriteSession, n: int) -> None:
        status = self.random.choice([ProductStatus.ACTIVE, ProductStatus.DRAFT])
        await self.revise(tx, n, status=status, brand_id=self.random.choice(self.brands))

    async def shelve(self, tx: WriteSession, n: int) -> None:
        await self.revise(tx, n, category_ids=tuple(self.random.sample(self.shelves, 2)))

    async def stock(self, tx: WriteSession, n: int) -> None:
        some = self.random.sample(self.variants, 3)
        await readmodel.set_in_stock(tx, {each: self.random.random() < 0.5 for each in some})

    async def sell(self, tx: WriteSession, n: int) -> None:
        await readmodel.add_popularity(tx, {each.id: 1 for each in self.products[: n % 5]})

    async def rename_shelf(self, tx: WriteSession, n: int) -> None:
        await catalog.revise_category(
            tx,
            category_id=self.shelves[n % 3],
            revise=lambda draft: replace(
                draft,
                name=f"Shelf {n}",
                is_active=self.random.random() < 0.7,
                parent_id=self.random.choice([None, *self.shelves]),
            ),
            actor=ACTOR,
            now=NOW,
        )

    async def rename_brand(self, tx: WriteSession, n: int) -> None:
        await catalog.revise_brand(
            tx,
            brand_id=self.brands[n % 2],
            revise=lambda draft: replace(draft, name=f"Brand {n}"),
            actor=ACTOR,
            now=NOW,
        )

    async def price(self, tx: WriteSession, n: int) -> None:
        await catalog.revise_variant(
            tx,
            variant_id=self.variants[n % 12],
            revise=lambda draft: replace(draft, prices=(PriceDraft("EUR", 100 + n),)),
            actor=ACTOR,
            now=NOW,
        )

    async def revise(self, tx: WriteSession, n: int, **changes: object) -> None:
        await catalog.revise_product(
            tx,
            product_id=self.products[n % 6].id,
            revise=lambda draft: replace(draft, **changes),  # type: ignore[arg-type]
            actor=ACTOR,
            now=NOW,
        )

    @property
    def variants(self) -> list[UUID]:
        return [variant.id for product in self.products for variant in product.variants]


async def test_the_rows_equal_a_rebuild_after_a_storm(db: Database) -> None:
    shelves = [await category(db, name) for name in ("A", "B", "C")]
    brands = [await brand(db, name) for name in ("X", "Y")]
    drafts = [
        replace(MUG, title=f"Mug {n}", category_ids=(shelves[n % 3],), brand_id=brands[n % 2])
        for n in range(6)
    ]
    products = [await create(db, draft) for draft in drafts]
    storm = Storm(random=Random(11), shelves=shelves, brands=brands, products=products)

    async def act(n: int) -> None:
        await db.run(lambda tx: storm.act(tx, n))

    results = await asyncio.gather(*(act(n) for n in range(160)), return_exceptions=True)

    refused = [result for result in results if result is not None]
    assert {type(result).__name__ for result in refused} <= {"CategoryCycle"}, refused
    after_the_storm = await read_model(db)
    async with db.transaction() as tx:
        await tx.execute(text("DELETE FROM catalog.listings"))
        await tx.execute(text("DELETE FROM catalog.pages"))
    assert await readmodel.rebuild_all(db) == 6
    assert await read_model(db) == after_the_storm
    assert len(after_the_storm) >= 2


async def test_writers_who_meet_leave_rows_that_know_of_both(db: Database) -> None:
    shelf, maker = await category(db, "Shelf"), await brand(db, "Brand")
    made = await create(db, category_ids=(shelf,), brand_id=maker)
    storm = Storm(random=Random(3), shelves=[shelf] * 3, brands=[maker] * 2, products=[made] * 6)

    async def restock(tx: WriteSession, n: int) -> None:
        await readmodel.set_in_stock(tx, {each.id: n % 2 == 0 for each in made.variants})

    for n in range(40):
        acts = (storm.write, restock, storm.rename_brand, storm.sell)
        await asyncio.gather(*(db.run(partial(act, n=4 + 5 * n)) for act in acts))

        left_behind = await read_model(db)
        async with db.transaction() as tx:
            await readmodel.rebuild(tx, [made.id])
        assert left_behind == await read_model(db), n


async def test_a_product_put_on_a_shelf_just_being_renamed_shows_the_new_name(db: Database) -> None:
    shelf, maker = await category(db, "Shelf"), await brand(db, "Brand")
    made = await create(db)
    storm = Storm(random=Random(3), shelves=[shelf] * 3, brands=[maker] * 2, products=[made] * 6)

    async def put(tx: WriteSession, n: int) -> None:
        await storm.revise(tx, n, category_ids=(shelf,), brand_id=maker)

    async def rename(tx: WriteSession, n: int) -> None:
        await (storm.rename_brand if n % 2 else storm.rename_shelf)(tx, n)

    for n in range(30):
        async with db.transaction() as tx:
            await storm.revise(tx, n, category_ids=(), brand_id=None)
        put_there, renamed = await asyncio.gather(
            db.run(partial(put, n=n)), db.run(partial(rename, n=n)), return_exceptions=True
        )
        assert put_there is None
        assert renamed is None or isinstance(renamed, CategoryCycle)

        left_behind = await read_model(db)
        async with db.transaction() as tx:
            await readmodel.rebuild(tx, [made.id])
        assert left_behind == await read_model(db), n


async def test_a_product_that_is_no_longer_active_loses_its_rows(db: Database) -> None:
    made = await create(db)
    assert len(await read_model(db)) == 4

    async with db.transaction() as tx:
        await catalog.revise_product(
            tx,
            product_id=made.id,
            revise=lambda draft: replace(draft, status=ProductStatus.DRAFT),
            actor=ACTOR,
            now=NOW,
        )

    assert await read_model(db) == []


async def test_no_text_can_pass_for_the_address_of_the_media_store(db: Database) -> None:
    made = await create(db, title="A \x1a lamp \\u001a", tags=("\x1a",))

    async with db.reading() as session:
        body: str = await session.scalar(text("SELECT body FROM catalog.pages LIMIT 1")) or ""

    assert made.title == "A lamp \\u001a"
    assert "\x1a" not in body
    assert '"title":"A lamp \\\\u001a"' in body


@pytest.mark.parametrize("many", [1, 50])
async def test_a_rebuild_takes_five_statements(db: Database, many: int) -> None:
    ids = [(await create(db, simple(f"Thing {n}"))).id for n in range(many)]

    async with db.transaction() as tx:
        with counted(db) as statements:
            await readmodel.rebuild(tx, ids)

    assert len(statements) == 5, statements


async def test_stock_that_changes_nothing_takes_one_statement(db: Database) -> None:
    made = await create(db)

    async with db.transaction() as tx:
        with counted(db) as statements:
            await readmodel.set_in_stock(tx, {each.id: False for each in made.variants})

    assert len(statements) == 1, statements


def drafts(many: int, *, price: int = 100) -> list[ProductDraft]:
    return [
        ProductDraft(
            title=f"Thing {n}",
            slug=f"thing-{n}",
            status=ProductStatus.ACTIVE,
            variants=tuple(
                VariantDraft(options={"Size": size}, prices=(PriceDraft("EUR", price),))
                for size in ("S", "M")
            ),
        )
        for n in range(many)
    ]


async def test_a_batch_takes_the_same_statements_for_one_and_for_two_hundred(db: Database) -> None:
    counts = []
    for many in (1, 200):
        async with db.transaction() as tx:
            with counted(db) as statements:
                outcomes = await catalog.bulk.upsert_products(tx, drafts=drafts(many), now=NOW)
                await tx.flush()
            counts.append(len(statements))
        assert [outcome.refused for outcome in outcomes] == [None] * many

    assert counts[1] - counts[0] <= 1
    assert counts[0] <= 16


async def test_a_batch_again_changes_nothing_but_what_is_new(db: Database) -> None:
    async with db.transaction() as tx:
        first = await catalog.bulk.upsert_products(tx, drafts=drafts(3), now=NOW)
    async with db.transaction() as tx:
        again = await catalog.bulk.upsert_products(tx, drafts=drafts(3, price=90), now=NOW)

    assert [outcome.was_created for outcome in first] == [True] * 3
    assert [len(outcome.new_variant_ids) for outcome in first] == [2] * 3
    assert [outcome.was_created for outcome in again] == [False] * 3
    assert [outcome.new_variant_ids for outcome in again] == [()] * 3
    for before, after in zip(first, again, strict=True):
        assert before.product is not None
        assert after.product is not None
        assert [v.sku for v in before.product.variants] == [v.sku for v in after.product.variants]
        assert [v.prices[0].amount for v in after.product.variants] == [90, 90]


async def test_a_merge_keeps_what_the_draft_leaves_out(db: Database) -> None:
    shelf = await category(db, "Mugs")
    made = await create(db, category_ids=(shelf,), seo_title="Mug")
    terracotta = VariantDraft(options={"Color": "Terracotta"}, prices=(PriceDraft("EUR", 2000),))
    draft = ProductDraft(
        title="New title", slug=made.slug, status=ProductStatus.ACTIVE, variants=(terracotta,)
    )

    async with db.transaction() as tx:
        (outcome,) = await catalog.bulk.upsert_products(tx, drafts=[draft], now=NOW)

    after = outcome.product
    assert after is not None
    assert after.title == "New title"
    assert [category.id for category in after.categories] == [shelf]
    assert after.seo_title == "Mug"
    assert [v.id for v in after.variants] == [v.id for v in made.variants]
    assert [(p.currency, p.amount) for p in after.variants[0].prices] == [
        ("EUR", 2000),
        ("TZS", 7_000_000),
    ]
    assert after.variants[0].weight_g == 380


async def test_a_refused_draft_does_not_keep_the_others_out(db: Database) -> None:
    await create(db, simple("Lamp", sku="LAMP-1"))
    good, bad, taken, twin = drafts(4)
    twin_sku = VariantDraft(sku="TWIN", options={"Size": "S"}, prices=(PriceDraft("EUR", 1),))
    batch = [
        replace(good, variants=(twin_sku,)),
        replace(bad, title=""),
        replace(taken, variants=(replace(twin_sku, sku="LAMP-1"),)),
        replace(twin, variants=(twin_sku,)),
    ]

    async with db.transaction() as tx:
        outcomes = await catalog.bulk.upsert_products(tx, drafts=batch, now=NOW)

    assert [type(outcome.refused).__name__ for outcome in outcomes] == [
        "NoneType",
        "Invalid",
        "SkuTaken",
        "SkuTaken",
    ]
    async with db.reading() as session:
        slugs = await session.scalars(text("SELECT slug FROM catalog.products ORDER BY slug"))
        assert list(slugs) == ["lamp", "thing-0"]


async def test_brands_of_an_import_are_created_once(db: Database) -> None:
    for _ in range(2):
        async with db.transaction() as tx:
            found = await catalog.bulk.ensure_brands(
                tx, names=["Kilima Clay", "KILIMA CLAY", "Weft"]
            )

    assert found["Kilima Clay"] == found["KILIMA CLAY"]
    async with db.reading() as session:
        assert await session.scalar(text("SELECT count(*) FROM catalog.brands")) == 2
