"""Staff's list of products: what it is filtered by, and its orders."""

from datetime import timedelta

import pytest
from httpx import AsyncClient

from sokoni.catalog.queries import StaffSort
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode
from tests.catalog import factories as catalog
from tests.catalog.factories import MUG, NOW

PATH = "/api/v1/admin/products"


async def test_products_are_found_by_brand_category_tag_and_stock(
    client: AsyncClient, db: Database, editor: dict[str, str]
) -> None:
    mugs, clay = await catalog.category(db, "Mugs"), await catalog.brand(db, "Kilima Clay")
    mug = await catalog.create(db, MUG, category_ids=(mugs,), brand_id=clay)
    bowl = await catalog.create(db, catalog.simple("Bowl"), tags=("coffee",))
    await catalog.in_stock(db, {bowl.variants[0].id: True})

    async def found(**asked: str) -> set[str]:
        page = await client.get(PATH, params=asked, headers=editor)
        assert page.status_code == 200, page.text
        return {line["slug"] for line in page.json()["items"]}

    assert await found(category=encode("cat", mugs)) == {mug.slug}
    assert await found(brand=encode("brd", clay)) == {mug.slug}
    assert await found(tag="coffee") == {mug.slug, bowl.slug}
    assert await found(tag="coffee", in_stock="true") == {bowl.slug}
    assert await found(in_stock="false") == {mug.slug}
    assert await found(tag="tea") == set()


@pytest.mark.parametrize(
    ("sort", "titles"),
    [
        (StaffSort.NEWEST, ["Amphora", "bowl", "Bowl", "Cup"]),
        (StaffSort.CREATED, ["Cup", "Bowl", "bowl", "Amphora"]),
        (StaffSort.TITLE, ["Amphora", "Bowl", "bowl", "Cup"]),
        (StaffSort.TITLE_DOWN, ["Cup", "bowl", "Bowl", "Amphora"]),
        (StaffSort.UPDATED, ["Bowl", "bowl", "Amphora", "Cup"]),
        (StaffSort.UPDATED_LAST, ["Cup", "Amphora", "bowl", "Bowl"]),
    ],
)
async def test_every_order_is_kept_from_page_to_page(
    client: AsyncClient,
    db: Database,
    editor: dict[str, str],
    sort: StaffSort,
    titles: list[str],
) -> None:
    made = [
        await catalog.create(db, catalog.simple(title), at=NOW - timedelta(days=1))
        for title in ("Cup", "Bowl", "bowl", "Amphora")
    ]
    touched = await client.patch(
        f"{PATH}/{encode('prod', made[0].id)}", json={"tags": ["new"]}, headers=editor
    )
    assert touched.status_code == 200, touched.text

    seen: list[str] = []
    cursor: str | None = None
    while len(seen) < len(titles):
        asked = {"sort": str(sort), "limit": "1"} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(PATH, params=asked, headers=editor)).json()
        seen += [line["title"] for line in page["items"]]
        cursor = page["next_cursor"]

    assert seen == titles
    assert cursor is None


async def test_a_cursor_of_another_order_is_refused(
    client: AsyncClient, db: Database, editor: dict[str, str]
) -> None:
    for title in ("Cup", "Bowl"):
        await catalog.create(db, catalog.simple(title))
    first = await client.get(PATH, params={"sort": "title", "limit": "1"}, headers=editor)

    asked = {"sort": "-title", "cursor": first.json()["next_cursor"]}
    refused = await client.get(PATH, params=asked, headers=editor)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/query/cursor"
