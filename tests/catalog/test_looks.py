"""What a card shows of a product's looks: a second picture, and its colours."""

from dataclasses import replace
from typing import Any

from httpx import AsyncClient

from sokoni.catalog import service as catalog
from sokoni.catalog.images import encode_in_pool
from sokoni.catalog.service import NewPicture, OptionDraft, PriceDraft, VariantDraft
from sokoni.catalog.sources import ProductSource
from sokoni.kernel.db import Database
from tests.catalog.factories import ACTOR, MUG, NOW, create, picture

PRODUCTS = "/api/v1/products"


async def show(db: Database, product: ProductSource, *shown: tuple[str, bool]) -> None:
    """Pictures of these colours; with True it is what the first variant looks like."""
    async with db.transaction() as tx:
        await catalog.add_images(
            tx,
            product_id=product.id,
            pictures=[
                NewPicture(
                    encoded=await encode_in_pool(picture(color)),
                    alt=color,
                    variant_ids=(product.variants[0].id,) if is_variants else (),
                )
                for color, is_variants in shown
            ],
            actor=ACTOR,
            now=NOW,
        )


async def card(client: AsyncClient, **shop: str) -> dict[str, Any]:
    (found,) = (await client.get(PRODUCTS, params=shop)).json()["items"]
    return dict(found)


async def test_the_second_picture_is_the_next_that_is_no_variants(
    client: AsyncClient, db: Database
) -> None:
    await show(db, await create(db), ("red", False), ("teal", True), ("olive", False))

    found = await card(client)

    assert (found["thumbnail"]["alt"], found["hover_image"]["alt"]) == ("red", "olive")
    assert (found["hover_image"]["width"], found["hover_image"]["height"]) == (800, 978)
    assert found["hover_image"]["url"].endswith("_800.webp")


async def test_where_every_picture_is_a_variants_the_second_is_the_second(
    client: AsyncClient, db: Database
) -> None:
    made = await create(db)
    await show(db, made, ("red", False))
    assert (await card(client))["hover_image"] is None

    await show(db, made, ("teal", True))
    assert (await card(client))["hover_image"]["alt"] == "teal"


async def test_swatches_are_the_colours_that_can_be_bought_in_the_currency(
    client: AsyncClient, db: Database
) -> None:
    await create(db)

    euros, shillings = await card(client), await card(client, currency="TZS")

    assert (euros["swatches"], euros["swatch_count"]) == (["Terracotta", "Sage"], 2)
    assert (shillings["swatches"], shillings["swatch_count"]) == (["Terracotta"], 1)


async def test_a_card_names_eight_colours_and_counts_the_rest(
    client: AsyncClient, db: Database
) -> None:
    names = tuple(f"Blue {n}" for n in range(10))
    variants = tuple(
        VariantDraft(options={"Colour": name}, prices=(PriceDraft("EUR", 100),)) for name in names
    )
    await create(db, replace(MUG, options=(OptionDraft("Colour", names),), variants=variants))

    found = await card(client)

    assert (found["swatches"], found["swatch_count"]) == (list(names[:8]), 10)


async def test_an_option_that_is_no_colour_has_no_swatches(
    client: AsyncClient, db: Database
) -> None:
    sizes = ("S", "M")
    variants = tuple(
        VariantDraft(options={"Size": size}, prices=(PriceDraft("EUR", 100),)) for size in sizes
    )
    await create(db, replace(MUG, options=(OptionDraft("Size", sizes),), variants=variants))

    found = await card(client)

    assert (found["swatches"], found["swatch_count"]) == ([], 0)
