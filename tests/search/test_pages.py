"""Pages follow one another without gaps and repeats; work stays the same however much there is."""

from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from sokoni.kernel.db import Database
from sokoni.search.queries import answering, matching
from tests.search.factories import SEARCH, SUGGEST, Article, Shop, found, known, stocked
from tests.support.statements import counted

SORTS = ["relevance", "newest", "price", "-price", "name", "popularity"]
MANY = [
    Article(
        f"Mug {'blue ' if number % 3 else ''}{number:02}",
        price=1000 + number % 4,
        sold=number % 5,
        stocked=number % 7 > 0,
        colors=("Red", "Blue") if number % 2 else ("Red",),
    )
    for number in range(23)
]


async def walk(client: AsyncClient, **parameters: Any) -> list[str]:
    seen: list[str] = []
    cursor = None
    while True:
        answer = await found(client, limit=5, cursor=cursor, **parameters)
        seen += [item["title"] for item in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            return seen
        assert len(answer["items"]) == 5


@pytest.mark.parametrize("q", ["mug", "mgu", None])
@pytest.mark.parametrize("sort", SORTS)
async def test_pages_hold_everything_once_in_one_order(
    app: FastAPI, client: AsyncClient, db: Database, sort: str, q: str | None
) -> None:
    await stocked(db, MANY)
    await known(app, db)

    whole = [item["title"] for item in (await found(client, q, sort=sort, limit=100))["items"]]

    assert sorted(whole) == sorted(article.title for article in MANY)
    assert await walk(client, q=q, sort=sort) == whole


async def test_sorts(client: AsyncClient, shop: Shop) -> None:
    async def first(sort: str) -> str:
        answer = await found(client, sort=sort, limit=1)
        title: str = answer["items"][0]["title"]
        return title

    assert [await first(sort) for sort in SORTS[1:]] == [
        "Oak Table",
        "Enamel Mug",
        "Oak Table",
        "Crème Brûlée Dish",
        "Enamel Mug",
    ]


@pytest.mark.parametrize("sort", ["relevance", "price"])
async def test_beyond_the_bound_the_popular_matches_are_among_the_ranked(
    client: AsyncClient, db: Database, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stocked(db, MANY)
    monkeypatch.setattr(matching, "RANKED", 3)
    monkeypatch.setattr(matching, "WALKED", 8)
    monkeypatch.setattr(matching, "SORTED", 3)

    seen = await walk(client, q="mug", sort=sort)

    if sort == "price":  # complete, along the index of prices
        assert sorted(seen) == sorted(article.title for article in MANY)
    else:
        popular = {article.title for article in MANY if article.sold == 4}
        assert popular <= set(seen)
        assert len(seen) == len(set(seen)) <= 3 + 1 + 8


async def test_a_cursor_of_another_sort_is_refused(client: AsyncClient, shop: Shop) -> None:
    cursor = (await found(client, sort="price", limit=2))["next_cursor"]

    response = await client.get(SEARCH, params={"sort": "name", "cursor": cursor})

    assert response.status_code == 422


@pytest.mark.parametrize(
    ("parameters", "most"),
    [
        ({"q": "mug"}, 2),
        ({"q": "mgu blu"}, 2),
        ({"q": "mug", "sort": "price", "with_total": "true"}, 2),
        ({"q": "-blue"}, 2),
        ({}, 2),
        ({"attr[color]": ["red", "blue"], "in_stock": "true", "price_min": 1, "brand": "x"}, 2),
        ({"q": "mug", "with_facets": "false"}, 1),
    ],
)
async def test_search_takes_two_statements_whatever_is_asked(
    app: FastAPI, client: AsyncClient, db: Database, parameters: dict[str, Any], most: int
) -> None:
    await stocked(db, MANY)
    await known(app, db)

    with counted(db) as statements:
        await found(client, **parameters)

    assert len(statements) == most, statements


async def test_suggestions_take_one_statement(
    app: FastAPI, client: AsyncClient, db: Database
) -> None:
    await stocked(db, MANY)
    await known(app, db)

    for q in ("m", "mug", "mug blu"):
        with counted(db) as statements:
            await client.get(SUGGEST, params={"q": q})
        assert len(statements) == 1, statements


@pytest.mark.parametrize("sort", ["relevance", "name"])
async def test_words_that_are_everywhere_are_found_without_their_index(
    app: FastAPI, client: AsyncClient, db: Database, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stocked(db, MANY)
    await known(app, db)
    usual = await found(client, "mug", sort=sort, limit=9, with_total="true")
    monkeypatch.setattr(answering, "COMMON_SHARE", -1)

    common = await found(client, "mug", sort=sort, limit=9, with_total="true")

    assert {**common, "took_ms": 0} == {**usual, "took_ms": 0}
