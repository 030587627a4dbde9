"""A shelf is walked along or read whole, as its size and the filters are: the list is the same."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from runpy import run_path
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import text

from sokoni.catalog.queries import ready
from sokoni.kernel.db import Database
from tests.catalog.factories import category, create, simple

sorted_page = import_module("sokoni.catalog.queries.sorted_page")  # its function has its name
MIGRATIONS = Path(__file__).parent.parent.parent / "migrations" / "versions"
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


async def test_the_listings_of_an_older_shop_are_put_on_their_shelves(db: Database) -> None:
    home = await category(db, "Home")
    light = await category(db, "Light", parent=home)
    for nth, title in enumerate(TITLES):
        await create(db, simple(title), category_ids=(light,) if nth % 2 else (home,))
    kept = await shelved(db)
    revision = run_path(str(MIGRATIONS / "2026-11-21_0017_fill_the_shelves.py"))
    last: Any = {"product_id": str(UUID(int=0)), "currency": ""}

    async with db.transaction() as tx:
        await tx.execute(text("DELETE FROM catalog.shelved"))
        while row := (await tx.execute(revision["FILL"], {**last, "batch": 2})).one_or_none():
            last = {"product_id": str(row.product_id), "currency": row.currency}

    assert len(kept) == 7  # what lies in a category lies in those above it
    assert await shelved(db) == kept


async def shelved(db: Database) -> list[Any]:
    async with db.transaction() as tx:
        rows = await tx.execute(text("SELECT * FROM catalog.shelved ORDER BY 1, 2, 3"))
        return [tuple(row) for row in rows]
