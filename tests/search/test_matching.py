"""Products are found by their words, the better match first."""

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sokoni.catalog.service import wording
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode, new_id
from tests.search.factories import (
    ARTICLES,
    SEARCH,
    STONEWARE,
    SUGGEST,
    Article,
    Shop,
    found,
    stocked,
    titles,
)

HOSTILE = [
    "':*&|!()<>",
    "' OR 1=1 --",
    "mug & | !",
    "((((",
    "<->",
    '"',
    '""""',
    '-"',
    "-",
    "--mug",
    "mug:*A",
    "\\",
    "%_",
    "\x00mug\x00",
    "\x1a\x07",
    "😀 🫖",
    "مرحبا بالعالم",
    "\u202emug",
    "the and of",
    "x" * 1000,
    "mug " * 250,
    "-a " * 300,
]


async def test_a_word_in_the_title_beats_tags_and_description(
    client: AsyncClient, shop: Shop
) -> None:
    found_titles = await titles(client, "linen")

    assert found_titles == ["Linen Dress", "Linen Shirt", "Wool Blanket", "Reading Lamp"]


async def test_a_word_of_the_options_stands_between_tags_and_description(
    client: AsyncClient, db: Database
) -> None:
    await stocked(
        db,
        [
            Article("Jar", description="Cobalt for the kitchen."),
            Article("Pot", colors=("Cobalt",)),
            Article("Pan", tags=("cobalt",)),
            Article("Cobalt"),
        ],
    )

    assert await titles(client, "cobalt") == ["Cobalt", "Pan", "Pot", "Jar"]


async def test_every_word_must_match(client: AsyncClient, shop: Shop) -> None:
    assert await titles(client, "stoneware mug") == [STONEWARE]
    assert await titles(client, "stoneware chair") == []


async def test_the_last_word_may_be_unfinished_and_no_other(
    client: AsyncClient, shop: Shop
) -> None:
    assert await titles(client, "haven stonew") == [STONEWARE, "Stoneware Bowl"]
    assert await titles(client, '"linen shi"') == []


async def test_a_whole_word_beats_the_beginning_of_another(
    client: AsyncClient, db: Database
) -> None:
    await stocked(db, [Article("Carpet", sold=50), Article("Car")])

    assert await titles(client, "car") == ["Car", "Carpet"]


async def test_of_equal_matches_those_in_stock_come_first_then_the_popular_ones(
    client: AsyncClient, db: Database
) -> None:
    await stocked(
        db,
        [
            Article("Lamp one", sold=90, stocked=False),
            Article("Lamp two", sold=1),
            Article("Lamp three", sold=7),
        ],
    )

    assert await titles(client, "lamp") == ["Lamp three", "Lamp two", "Lamp one"]


@pytest.mark.parametrize("q", ["creme brulee", "Crème Brûlée", "CRÈME", "“crème—brûlée”", "brûl"])
async def test_accents_case_and_punctuation_do_not_matter(
    client: AsyncClient, shop: Shop, q: str
) -> None:
    assert await titles(client, q) == ["Crème Brûlée Dish"]


async def test_a_sku_finds_its_product_first(client: AsyncClient, db: Database) -> None:
    await stocked(
        db,
        [
            Article("Holder for XK-20-1", sold=1000, tags=("xk", "20", "1")),
            Article("Kettle", sku="XK-20", colors=("Red", "Blue")),
        ],
    )

    assert (await titles(client, "xk-20-1"))[0] == "Kettle"
    assert await titles(client, "XK-20-2") == ["Kettle"]


async def test_a_phrase_must_stand_as_it_is(client: AsyncClient, shop: Shop) -> None:
    assert await titles(client, '"stoneware mug"') == [STONEWARE]
    assert await titles(client, '"mug stoneware"') == []
    assert await titles(client, "mug stoneware") == [STONEWARE]


async def test_excluded_words_and_phrases_leave_products_out(
    client: AsyncClient, shop: Shop
) -> None:
    assert await titles(client, "mug -stoneware") == ["Enamel Mug"]
    assert await titles(client, 'mug -"stoneware mug"') == ["Enamel Mug"]
    assert await titles(client, "-haven -mbao -nyota -mug", sort="name") == [
        "Reading Lamp",
        "Wool Blanket",
    ]


async def test_drafts_and_archived_products_never_appear(client: AsyncClient, shop: Shop) -> None:
    assert await titles(client, "mug") == [STONEWARE, "Enamel Mug"]
    assert await titles(client, "secret") == []
    assert "Forgotten Mug" not in await titles(client, limit=100)


async def test_only_products_with_a_price_in_the_currency_appear(
    client: AsyncClient, shop: Shop
) -> None:
    answer = await found(client, "stoneware", currency="USD")

    assert [item["price"] for item in answer["items"]] == [{"amount": 2900, "currency": "USD"}]
    assert answer["facets"]["price"]["currency"] == "USD"
    assert await titles(client, "stoneware", currency="JPY") == []


async def test_without_a_query_the_newest_come_first(client: AsyncClient, shop: Shop) -> None:
    active = [each.title for each in ARTICLES if each.status == "active"]

    assert await titles(client) == active[::-1]
    assert await titles(client, "  ") == active[::-1]


async def test_a_query_without_any_word_finds_nothing(client: AsyncClient, shop: Shop) -> None:
    answer = await found(client, "!?")

    assert answer["items"] == []
    assert answer["facets"]["categories"] == []


@pytest.mark.parametrize("q", HOSTILE)
async def test_hostile_text_is_only_text(client: AsyncClient, shop: Shop, q: str) -> None:
    for sort in (None, "price"):
        await found(client, q, sort=sort)
    answer = await client.get(SUGGEST, params={"q": q[:200]})

    assert answer.status_code == 200


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.text(max_size=40))
async def test_any_text_is_a_query(app: FastAPI, client: AsyncClient, q: str) -> None:
    sent = q.encode("utf-8", "replace").decode()
    response = await client.get(SEARCH, params={"q": sent})

    assert response.status_code == 200, response.text


LETTERS = st.one_of(
    st.sampled_from("ab 12-'./\"éßΣøİ"),
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")),
)
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "M", "N")), min_size=1, max_size=60)
TITLES = st.one_of(
    st.text(LETTERS, min_size=1, max_size=30),
    st.lists(WORDS, min_size=1, max_size=16).map(" ".join),
).filter(lambda title: len(title) <= 255 and has_a_word(title))


def has_a_word(title: str) -> bool:
    """Whether there is something to find it by when the catalogue has taken out the markup."""
    return any(letter.isalnum() and letter.isascii() for letter in wording.line(title))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=TITLES)
@example(title="Mugs <b>and</b> bowls, 0<A")
@example(title="Donau" * 9 + "mütze hat")
@example(title="長" * 45 + " 帽子 A4")
async def test_every_product_is_found_by_its_own_title(
    client: AsyncClient, db: Database, title: str
) -> None:
    shop = await stocked(db, [Article(title, sku=str(new_id()))])
    product_id = encode("prod", shop.products[title])
    kept: str = (await client.get(f"/api/v1/products/{product_id}")).json()["title"]
    quiet = kept.replace('"', " ").replace(" -", " ").lstrip("-")

    answer = await found(client, quiet, limit=100)

    assert product_id in [item["id"] for item in answer["items"]]
