"""Products through the service: what is kept, matched, refused, archived."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from sokoni.catalog import queries
from sokoni.catalog import service as catalog
from sokoni.catalog.errors import ProductNotFound, SkuTaken, SlugTaken
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.service import OptionDraft, PriceDraft, ProductDraft, VariantDraft
from sokoni.catalog.sources import ProductSource
from sokoni.kernel.db import Database
from sokoni.kernel.errors import Invalid, Stale
from sokoni.kernel.ids import new_id
from sokoni.kernel.money import MAX_AMOUNT
from tests.catalog.factories import ACTOR, MUG, NOW, create, read_model, revise, simple


async def test_twenty_twins_get_twenty_addresses_and_skus(db: Database) -> None:
    made = await asyncio.gather(*(create(db, simple("Brass Lamp")) for _ in range(20)))

    assert {product.slug for product in made} == {
        "brass-lamp",
        *(f"brass-lamp-{number}" for number in range(2, 21)),
    }
    assert len({product.variants[0].sku for product in made}) == 20
    assert all(product.variants[0].sku.startswith("BRA-LAM-") for product in made)


async def test_of_twenty_who_ask_for_one_address_and_sku_one_gets_it(db: Database) -> None:
    draft = simple("Brass Lamp", sku="LAMP-1")
    attempts = [create(db, draft, slug=f"lamp-{n}") for n in range(10)]
    attempts += [create(db, simple("Lamp"), slug="the-lamp") for _ in range(10)]

    results = await asyncio.gather(*attempts, return_exceptions=True)

    kinds = [type(result) for result in results]
    assert kinds[:10].count(ProductSource) == 1
    assert kinds[:10].count(SkuTaken) == 9
    assert kinds[10:].count(ProductSource) == 1
    assert kinds[10:].count(SlugTaken) == 9


async def test_a_product_keeps_its_variants_when_it_is_replaced(db: Database) -> None:
    before = await create(db)
    terracotta, sage = before.variants

    ink = VariantDraft(options={"Color": "Ink"}, prices=(PriceDraft("EUR", 2500),))
    dearer = VariantDraft(options={"Color": "Sage"}, prices=(PriceDraft("EUR", 2300),))
    draft = replace(MUG, options=(), variants=(ink, dearer))
    async with db.transaction() as tx:
        after = await catalog.replace_product(
            tx, product_id=before.id, draft=draft, actor=ACTOR, now=NOW
        )

    assert [variant.title for variant in after.variants] == ["Ink", "Sage"]
    assert after.variants[1].id == sage.id
    assert after.variants[1].sku == sage.sku
    assert after.variants[1].version == 2
    assert after.slug == before.slug
    assert after.version == 2
    assert terracotta.id not in {variant.id for variant in after.variants}


async def test_what_does_not_change_keeps_its_version(db: Database) -> None:
    before = await create(db)

    after = await revise(db, before.id, title="Haven Mug")

    assert after.version == 2
    assert [variant.version for variant in after.variants] == [1, 1]


async def test_two_skus_can_be_exchanged(db: Database) -> None:
    before = await create(db)
    first, second = before.variants

    def exchange(draft: ProductDraft) -> ProductDraft:
        one, other = draft.variants
        swapped = (replace(one, sku=second.sku), replace(other, sku=first.sku))
        return replace(draft, variants=swapped)

    async with db.transaction() as tx:
        after = await catalog.revise_product(
            tx, product_id=before.id, revise=exchange, actor=ACTOR, now=NOW
        )

    assert [(v.id, v.sku) for v in after.variants] == [
        (first.id, second.sku),
        (second.id, first.sku),
    ]


async def test_of_two_who_read_the_same_version_one_writes(db: Database) -> None:
    before = await create(db)

    results = await asyncio.gather(
        *(revise(db, before.id, title=f"Mug {n}", version=1) for n in range(2)),
        return_exceptions=True,
    )

    assert sorted(type(result).__name__ for result in results) == ["ProductSource", "Stale"]
    stale = next(result for result in results if isinstance(result, Stale))
    assert stale.members["version"] == 2


async def test_an_ordered_variant_is_archived_and_comes_back_with_its_sku(db: Database) -> None:
    before = await create(db)
    terracotta, sage = before.variants
    async with db.transaction() as tx:
        await catalog.mark_ordered(tx, variant_ids=[sage.id])

    for variant in (terracotta, sage):
        async with db.transaction() as tx:
            await catalog.delete_variant(tx, variant_id=variant.id, actor=ACTOR, now=NOW)

    async with db.reading() as session:
        left = (await queries.product_by(session, product=before.id)).variants
        sellables = await queries.sellables(session, variant_ids=[sage.id], currency="EUR")
    assert [(variant.id, variant.is_archived) for variant in left] == [(sage.id, True)]
    assert sellables[sage.id].is_sellable is False

    async with db.transaction() as tx:
        again = await catalog.add_variant(
            tx,
            product_id=before.id,
            draft=VariantDraft(
                sku=sage.sku, options={"Color": "Sage"}, prices=(PriceDraft("EUR", 2200),)
            ),
            actor=ACTOR,
            now=NOW,
        )
    assert [(v.id, v.is_archived) for v in again.variants] == [(sage.id, False)]


async def test_a_product_that_was_ordered_is_archived_and_others_are_deleted(db: Database) -> None:
    ordered, never = await create(db), await create(db, simple("Rug"))
    async with db.transaction() as tx:
        await catalog.mark_ordered(tx, variant_ids=[ordered.variants[0].id])

    async with db.transaction() as tx:
        gone = [
            await catalog.delete_product(tx, product_id=product.id, actor=ACTOR, now=NOW)
            for product in (ordered, never)
        ]

    assert gone == [False, True]
    assert await read_model(db) == []
    async with db.reading() as session:
        kept = await queries.product_by(session, product=ordered.id)
        assert kept.status is ProductStatus.ARCHIVED
        with pytest.raises(ProductNotFound):
            await queries.product_by(session, product=never.id)
        assert await session.scalar(text("SELECT count(*) FROM catalog.variants")) == 2


async def test_scripts_are_taken_out_and_harmless_html_stays(db: Database) -> None:
    made = await create(
        db,
        title='Mug <script>alert("x")</script> & <b>Saucer</b>',
        description='<p onclick="steal()">Thrown <em>by hand</em>.</p><script>steal()</script>'
        '<a href="javascript:steal()">here</a><img src=x onerror=steal()>',
        tags=("<i>clay</i>", "a < b", "clay"),
    )

    assert made.title == "Mug & Saucer"
    assert made.description.startswith("<p>Thrown <em>by hand</em>.</p>")
    for word in ("script", "onclick", "onerror", "steal"):
        assert word not in made.description
    assert made.tags == ["clay", "a < b"]


REFUSED = [
    ({"title": " <b></b> "}, "/title"),
    ({"slug": "Not A Slug"}, "/slug"),
    ({"slug": "search"}, "/slug"),
    ({"category_ids": (new_id(),)}, "/category_ids/0"),
    ({"brand_id": new_id()}, "/brand"),
    ({"variants": (MUG.variants[0], MUG.variants[0])}, "/variants/1/options"),
    ({"variants": (VariantDraft(),)}, "/variants/0/options"),
    ({"variants": (VariantDraft(options={"Color": "Blue"}),)}, "/variants/0/options/Color"),
    (
        {"variants": (VariantDraft(options={"Color": "Sage", "Size": "M"}),)},
        "/variants/0/options/Size",
    ),
    ({"options": (OptionDraft("Color", ("Sage", "sage")),)}, "/options/0/values"),
]


@pytest.mark.parametrize(("changes", "pointer"), REFUSED)
async def test_a_draft_that_cannot_be_is_refused_by_field(
    db: Database, changes: dict[str, Any], pointer: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        await create(db, **changes)

    assert pointer in [error["pointer"] for error in refusal.value.members["errors"]]
    async with db.reading() as session:
        assert await session.scalar(text("SELECT count(*) FROM catalog.products")) == 0


@pytest.mark.parametrize(
    ("price", "pointer"),
    [
        (PriceDraft("EUR", -1), "amount"),
        (PriceDraft("EUR", MAX_AMOUNT + 1), "amount"),
        (PriceDraft("XYZ", 1), "currency"),
        (PriceDraft("EUR", 1, -5), "compare_at"),
    ],
)
async def test_a_price_that_cannot_be_is_refused(
    db: Database, price: PriceDraft, pointer: str
) -> None:
    variant = VariantDraft(options={"Color": "Sage"}, prices=(price,))
    with pytest.raises(Invalid) as refusal:
        await create(db, variants=(variant,))

    assert refusal.value.members["errors"][0]["pointer"] == f"/variants/0/prices/0/{pointer}"


async def test_a_former_address_still_leads_to_the_product(db: Database) -> None:
    before = await create(db)
    after = await revise(db, before.id, slug="haven-mug")
    assert after.slug == "haven-mug"

    other = await create(db, simple("Other"), slug="haven-stoneware-mug")

    async with db.reading() as session:
        found = await queries.product_ids(session, slugs=["haven-mug", "haven-stoneware-mug"])
        redirects = await session.scalar(text("SELECT count(*) FROM catalog.slug_redirects"))
    assert found == {"haven-mug": before.id, "haven-stoneware-mug": other.id}
    assert redirects == 0


async def test_sellables_tell_price_currency_and_shelf(db: Database) -> None:
    made = await create(db)
    terracotta, sage = made.variants

    async with db.reading() as session:
        found = await queries.sellables(
            session, variant_ids=[terracotta.id, sage.id, new_id()], currency="TZS"
        )

    assert set(found) == {terracotta.id, sage.id}
    assert found[terracotta.id].unit_price == 7_000_000
    assert found[terracotta.id].weight_g == 380
    assert found[terracotta.id].variant_title == "Terracotta"
    assert found[sage.id].unit_price is None
    assert found[sage.id].is_sellable is True
