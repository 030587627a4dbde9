"""Filters narrow, facets tell what further choices would leave."""

from typing import Any

import pytest
from httpx import AsyncClient

from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode, new_id
from sokoni.search.queries import facets as counting
from tests.search.factories import SEARCH, STONEWARE, Article, Shop, found, stocked, titles


def counts(facet: list[dict[str, Any]], name: str = "name") -> dict[str, int]:
    return {each[name]: each["count"] for each in facet}


def colors(answer: dict[str, Any]) -> dict[str, int]:
    attributes = {each["name"]: each["values"] for each in answer["facets"]["attributes"]}
    return counts(attributes.get("color", []), "value")


async def test_facets_of_the_whole_shop(client: AsyncClient, shop: Shop) -> None:
    answer = await found(client, with_total="true")
    facets = answer["facets"]

    assert answer["total"] == 11
    assert counts(facets["categories"]) == {"Bowls": 2, "Mugs": 2, "Cups": 1}
    assert counts(facets["brands"]) == {"Haven": 4, "Mbao": 2, "Nyota": 2, "Camp": 1}
    assert colors(answer) == {"blue": 4, "red": 3, "white": 2, "black": 1}
    assert (facets["in_stock"], facets["on_sale"]) == (10, 1)
    assert facets["approximate"] is False
    assert facets["categories"][0] == {
        "id": encode("cat", shop.shelves["Bowls"]),
        "parent_id": None,
        "slug": "bowls",
        "name": "Bowls",
        "count": 2,
    }
    assert facets["price"]["currency"] == "EUR"
    assert (facets["price"]["min"], facets["price"]["max"]) == (900, 89000)


async def test_price_ranges_hold_every_product_once(client: AsyncClient, shop: Shop) -> None:
    ranges = (await found(client))["facets"]["price"]["ranges"]

    assert sum(each["count"] for each in ranges) == 11
    assert len(ranges) <= 6
    for each in ranges:
        inside = await titles(client, price_min=each["min"], price_max=each["max"])
        assert len(inside) == each["count"]


async def test_a_facet_ignores_its_own_filter_and_obeys_the_others(
    client: AsyncClient, shop: Shop
) -> None:
    answer = await found(client, **{"attr[color]": "blue", "brand": "haven"})

    assert [item["title"] for item in answer["items"]] == [
        "Stoneware Bowl",
        "Espresso Cup",
        STONEWARE,
    ]
    assert colors(answer) == {"blue": 3, "red": 1}  # of Haven
    assert counts(answer["facets"]["brands"]) == {"Haven": 3, "Nyota": 1}  # of the blue ones
    assert counts(answer["facets"]["categories"]) == {"Bowls": 1, "Cups": 1, "Mugs": 1}


async def test_values_of_an_option_are_alternatives_and_options_add_up(
    client: AsyncClient, db: Database
) -> None:
    await stocked(
        db,
        [
            Article("Red tee", colors=("Red",)),
            Article("Blue tee", colors=("Blue",)),
            Article("Sand tee", colors=("Sand",)),
        ],
    )
    both: dict[str, Any] = {"attr[color]": ["red", "Blue"], "sort": "name"}

    assert await titles(client, **both) == ["Blue tee", "Red tee"]
    assert colors(await found(client, **both)) == {"blue": 1, "red": 1, "sand": 1}
    assert await titles(client, **both, **{"attr[size]": "m"}) == []


async def test_brands_are_alternatives_by_slug_or_id(client: AsyncClient, shop: Shop) -> None:
    brands = ["mbao", encode("brd", shop.brands["Camp"])]

    assert await titles(client, brand=brands, sort="price") == [
        "Enamel Mug",
        "Oak Chair",
        "Oak Table",
    ]


@pytest.mark.parametrize("by", ["id", "slug"])
async def test_a_category_by_id_or_slug(client: AsyncClient, shop: Shop, by: str) -> None:
    category = "mugs" if by == "slug" else encode("cat", shop.shelves["Mugs"])
    answer = await found(client, category=category)

    assert [item["title"] for item in answer["items"]] == ["Enamel Mug", STONEWARE]
    assert counts(answer["facets"]["categories"]) == {"Bowls": 2, "Mugs": 2, "Cups": 1}
    assert await titles(client, category="no-such-shelf") == []
    assert await titles(client, category="mugs\x00") == []


async def test_price_stock_sale_and_ids(client: AsyncClient, shop: Shop) -> None:
    assert await titles(client, price_min=24000) == ["Oak Table", "Oak Chair"]
    assert await titles(client, price_min=900, price_max=1500) == ["Espresso Cup", "Enamel Mug"]
    assert await titles(client, in_stock="false") == ["Linen Shirt"]
    assert await titles(client, "linen", in_stock="true", on_sale="true") == ["Linen Dress"]
    chosen = [shop.products["Oak Chair"], shop.products["Enamel Mug"]]
    ids = ",".join(encode("prod", product_id) for product_id in chosen)
    assert await titles(client, ids=ids, sort="price") == ["Enamel Mug", "Oak Chair"]
    assert await titles(client, ids=encode("prod", new_id())) == []


async def test_facets_follow_the_words(client: AsyncClient, shop: Shop) -> None:
    answer = await found(client, "mug", with_total="true")

    assert answer["total"] == 2
    assert counts(answer["facets"]["brands"]) == {"Camp": 1, "Haven": 1}
    assert colors(answer) == {"blue": 1, "red": 1, "white": 1}


async def test_many_matches_are_counted_in_part_and_it_is_told(
    client: AsyncClient, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "COUNTED", 3)
    answer = await found(client, with_total="true")

    assert answer["facets"]["approximate"] is True
    assert answer["total"] == 3


async def test_facets_can_be_left_out(client: AsyncClient, shop: Shop) -> None:
    assert (await found(client, "mug", with_facets="false"))["facets"] is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"price_min": -1},
        {"sort": "rating"},
        {"limit": 101},
        {"cursor": "abc"},
        {"ids": "cat_1"},
        {"currency": "euro"},
        {"q": "x" * 1001},
    ],
)
async def test_parameters_that_mean_nothing_are_refused(
    client: AsyncClient, shop: Shop, wrong: dict[str, Any]
) -> None:
    response = await client.get(SEARCH, params=wrong)

    assert response.status_code == 422
    assert response.json()["errors"] != []
