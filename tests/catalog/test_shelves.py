"""A shelf is walked along or read whole, as its size and the filters are: the list is the same."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from httpx import AsyncClient

from sokoni.catalog.queries import ready
from sokoni.kernel.db import Database
from tests.catalog.factories import category, create, simple

sorted_page = import_module("sokoni.catalog.queries.sorted_page")  # its function has its name
PRODUCTS = "/api/v1/products"
TITLES = ("Amber", "Birch", "Cedar", "Daisy", "Ember")


@pytest.fixture(params=[1_000, 0], ids=["small", "large"])
def _size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """With 0 every shelf that has a product is a large one, and its end too far away."""
    monkeypatch.setattr(sorted_page, "FEW", request.param)
    monkeypatch.setattr(sorted_page, "FAR", request.param)
    ready._statement.cache_clear()
    yield
    ready._statement.cache_clear()


async def pages(client: AsyncClient, **parameters: Any) -> list[str]:
    """The titles of all pages of two."""
    found: list[str] = []
    cursor: str | None = None
    while True:
        asked = {**parameters, "limit": 2} | ({"cursor": cursor} if cursor else {})
        answer = (await client.get(PRODUCTS, params=asked)).json()
        found += [item["title"] for item in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            return found


@pytest.mark.usefixtures("_size")
async def test_a_shelf_is_listed_in_order_whatever_its_size(
    client: AsyncClient, db: Database
) -> None:
    home = await category(db, "Home")
    light = await category(db, "Light", parent=home)
    await category(db, "Empty")
    for nth, title in enumerate(TITLES):
        shelf = light if nth % 2 else home
        await create(db, simple(title, price=1000 - nth), category_ids=(shelf,))
    await create(db, simple("Elsewhere"))

    assert await pages(client, category="home", sort="name") == list(TITLES)
    assert await pages(client, category="home", sort="price") == list(reversed(TITLES))
    assert await pages(client, category="home", sort="-price") == list(TITLES)
    assert await pages(client, category="home", sort="newest") == list(reversed(TITLES))
    assert await pages(client, category="home", sort="popularity") == list(reversed(TITLES))
    assert await pages(client, category="light", sort="name") == ["Birch", "Daisy"]
    assert await pages(client, category="empty") == []
    assert await pages(client, category="unknown") == []


@pytest.mark.usefixtures("_size")
@pytest.mark.parametrize("sort", ["newest", "price", "-price", "name", "popularity"])
async def test_filters_leave_the_same_products_however_far_apart_they_are(
    client: AsyncClient, db: Database, sort: str
) -> None:
    home = await category(db, "Home")
    for nth, title in enumerate(TITLES):
        await create(db, simple(title, price=1000 + nth), category_ids=(home,))
    await create(db, simple("Elsewhere", price=1002))

    found = await pages(client, category="home", sort=sort, price_min=1001, price_max=1003)
    assert sorted(found) == ["Birch", "Cedar", "Daisy"]
    nothing = await pages(client, category="home", sort=sort, on_sale="true")
    assert nothing == []
    there = await pages(client, category="home", sort=sort, on_sale="false", price_min=1003)
    assert sorted(there) == ["Daisy", "Ember"]
