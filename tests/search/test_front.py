"""In a large shop common words are looked for among its most popular products, rare ones in all."""

import pytest
from httpx import AsyncClient
from sqlalchemy import text

from sokoni.catalog.service import front
from sokoni.kernel.db import Database
from sokoni.search.queries import answering
from sokoni.search.queries import facets as counting
from tests.search.factories import Article, Shop, found, stocked, titles

MUGS = tuple(
    Article(
        f"{name} Mug",
        price=1000 + nth,
        brand="Haven",
        colors=("Blue",),
        shelves=("Mugs",),
        sold=10 - nth,
        sku=f"MUG-{nth}",
    )
    for nth, name in enumerate(("Amber", "Birch", "Cedar", "Daisy", "Ember", "Fern"))
)
FIRST_THREE = ["Amber Mug", "Birch Mug", "Cedar Mug"]


@pytest.fixture
async def large(db: Database, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Six mugs, three of them in front, in a shop that counts as large."""
    monkeypatch.setattr(answering, "LARGE", -1)
    monkeypatch.setattr(counting, "ENOUGH", 2)
    monkeypatch.setattr(front, "FRONT", 3)
    monkeypatch.setattr(front, "KEPT", 3)
    made = await stocked(db, MUGS)
    assert await front.rearrange(db) == 3
    return made


async def in_front(db: Database) -> list[str]:
    async with db.reading() as reading:
        rows = await reading.scalars(
            text("SELECT title FROM catalog.listings WHERE is_front ORDER BY title")
        )
        return list(rows)


async def pages(client: AsyncClient, query: str) -> list[list[str]]:
    """The titles page by page, two on each."""
    answer = await found(client, query, limit=2)
    read = [[item["title"] for item in answer["items"]]]
    while answer["next_cursor"]:
        answer = await found(client, query, limit=2, cursor=answer["next_cursor"])
        read.append([item["title"] for item in answer["items"]])
    return read


async def test_a_word_of_many_products_finds_those_in_front_first_and_then_all_others(
    client: AsyncClient, large: Shop, db: Database
) -> None:
    async with db.transaction() as tx:
        await tx.execute(text("UPDATE catalog.listings SET popularity = 99 WHERE NOT is_front"))

    read = await pages(client, "mug")

    assert read[:2] == [["Amber Mug", "Birch Mug"], ["Cedar Mug", read[1][1]]]
    assert sorted(title for page in read for title in page) == [each.title for each in MUGS]


async def test_a_word_that_does_not_fill_a_page_in_front_is_ranked_over_all(
    client: AsyncClient, large: Shop, db: Database
) -> None:
    async with db.transaction() as tx:
        await tx.execute(
            text("UPDATE catalog.listings SET popularity = 99 WHERE title = 'Fern Mug'")
        )
        await tx.execute(
            text("UPDATE catalog.listings SET is_front = false WHERE title = 'Birch Mug'")
        )

    assert [page[0] for page in await pages(client, "mug")] == [
        "Fern Mug",
        "Birch Mug",
        "Daisy Mug",
    ]


async def test_a_rare_word_and_a_sku_are_found_behind_the_front(
    client: AsyncClient, large: Shop
) -> None:
    assert await titles(client, "ember mug") == ["Ember Mug"]
    assert (await titles(client, "MUG-5"))[0] == "Fern Mug"


async def test_another_order_than_by_relevance_is_complete(
    client: AsyncClient, large: Shop
) -> None:
    by_price = await titles(client, "mug", sort="-price")

    assert by_price == [article.title for article in reversed(MUGS)]


async def test_facets_count_the_front_and_say_so_while_a_total_counts_all(
    client: AsyncClient, large: Shop
) -> None:
    answer = await found(client, "mug", with_total="true", **{"attr[color]": "blue"})

    assert answer["total"] == 6
    assert answer["facets"]["approximate"] is True
    assert [each["count"] for each in answer["facets"]["brands"]] == [3]
    alone = await found(client, "ember")
    assert [each["count"] for each in alone["facets"]["brands"]] == [1]
    assert alone["facets"]["approximate"] is False


async def test_who_becomes_popular_comes_to_the_front(
    client: AsyncClient, db: Database, large: Shop
) -> None:
    assert await in_front(db) == FIRST_THREE
    async with db.transaction() as tx:
        await tx.execute(
            text("UPDATE catalog.listings SET popularity = 99 WHERE title = 'Fern Mug'")
        )

    assert await front.rearrange(db) == 2  # one comes, one goes
    assert await front.rearrange(db) == 0
    assert await in_front(db) == ["Amber Mug", "Birch Mug", "Fern Mug"]
    assert (await titles(client, "mug"))[:3] == ["Fern Mug", "Amber Mug", "Birch Mug"]


async def test_the_planner_hears_how_few_stand_in_front(
    db: Database, large: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = text("SELECT most_common_freqs FROM pg_stats WHERE attname = 'is_front'")
    async with db.transaction() as tx:
        await tx.execute(text("UPDATE catalog.listings SET popularity = 10 - popularity"))
    monkeypatch.setattr(front, "BATCH", 2)

    await front.rearrange(db)

    async with db.reading() as reading:
        assert sum(await reading.scalar(known) or []) == 1


@pytest.mark.parametrize("index", ["listings_front_by_word", "listings_front_by_category"])
async def test_counting_sales_leaves_no_unsorted_list_to_the_searches_of_the_front(
    index: str, large: Shop, db: Database
) -> None:
    async with db.transaction() as tx:
        await tx.execute(text("UPDATE catalog.listings SET popularity = popularity + 1"))
        waiting = await tx.scalar(text(f"SELECT gin_clean_pending_list('catalog.{index}')"))

    assert waiting == 0
