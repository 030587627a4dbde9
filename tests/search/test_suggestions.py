"""While somebody types: words, products and categories that may be meant."""

from typing import Any

import pytest
from httpx import AsyncClient

from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode
from sokoni.search.queries import answering
from tests.search.factories import STONEWARE, SUGGEST, Shop
from tests.support.statements import counted


async def suggested(client: AsyncClient, q: str, **parameters: Any) -> dict[str, Any]:
    response = await client.get(SUGGEST, params={"q": q, **parameters})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


async def test_products_categories_and_words_for_a_beginning(
    client: AsyncClient, shop: Shop
) -> None:
    assert await suggested(client, "mu") == {
        "words": ["mug", "mugs"],
        "products": [
            {
                "id": encode("prod", shop.products["Enamel Mug"]),
                "slug": "enamel-mug",
                "title": "Enamel Mug",
                "thumbnail": None,
            },
            {
                "id": encode("prod", shop.products[STONEWARE]),
                "slug": "haven-stoneware-mug",
                "title": STONEWARE,
                "thumbnail": None,
            },
        ],
        "categories": [{"id": encode("cat", shop.shelves["Mugs"]), "slug": "mugs", "name": "Mugs"}],
    }


@pytest.mark.parametrize("common", [0, 5_000])
async def test_common_and_rare_words_give_the_same(
    client: AsyncClient, shop: Shop, monkeypatch: pytest.MonkeyPatch, common: int
) -> None:
    monkeypatch.setattr(answering, "COMMON", common)
    answer = await suggested(client, "haven stonew")

    assert [each["title"] for each in answer["products"]] == [STONEWARE, "Stoneware Bowl"]
    assert answer["words"] == ["haven stoneware"]


async def test_words_of_descriptions_suggest_no_products(client: AsyncClient, shop: Shop) -> None:
    assert (await suggested(client, "glazed"))["products"] == []


async def test_accents_do_not_matter(client: AsyncClient, shop: Shop) -> None:
    answer = await suggested(client, "BRÛ")

    assert [each["title"] for each in answer["products"]] == ["Crème Brûlée Dish"]
    assert answer["words"] == ["brulee"]


async def test_the_limit_is_of_each_kind_and_the_currency_counts(
    client: AsyncClient, shop: Shop
) -> None:
    assert len((await suggested(client, "haven", limit=2))["products"]) == 2
    dollars = await suggested(client, "haven", currency="USD")
    assert [each["title"] for each in dollars["products"]] == [STONEWARE]


async def test_nothing_typed_suggests_nothing(client: AsyncClient, shop: Shop) -> None:
    assert await suggested(client, " ") == {"words": [], "products": [], "categories": []}


@pytest.mark.parametrize("typed", ["stonware", "stonware mu", "haven mgu"])
async def test_misspelt_words_suggest_what_was_meant(
    client: AsyncClient, shop: Shop, typed: str
) -> None:
    answer = await suggested(client, typed)

    assert STONEWARE in [each["title"] for each in answer["products"]]
    assert answer["words"][0].split()[0] in {"stoneware", "haven"}


async def test_a_correction_costs_one_statement_and_only_where_nothing_was_found(
    client: AsyncClient, shop: Shop, db: Database
) -> None:
    assert (await suggested(client, "xylophone"))["products"] == []

    with counted(db) as right:
        await suggested(client, "haven st")
    with counted(db) as misspelt:
        await suggested(client, "havne stonware")

    assert (len(right), len(misspelt)) == (1, 2)
