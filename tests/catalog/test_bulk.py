"""One change to many products: previewed, made row by row, safe beside others and when repeated."""

import asyncio
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from httpx import AsyncClient, Response
from sqlalchemy import text

from sokoni.catalog.sources import ProductSource
from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode, new_id
from tests.catalog import factories as catalog
from tests.catalog.factories import MUG
from tests.identity.factories import staff

PATH = "/api/v1/admin/products"


@pytest.fixture
async def editor(client: AsyncClient, db: Database) -> dict[str, str]:
    return await staff(client, db, Permission.CATALOG_READ, Permission.CATALOG_WRITE)


def wire(product: ProductSource) -> str:
    return encode("prod", product.id)


async def edit(
    client: AsyncClient,
    headers: dict[str, str],
    *products: ProductSource,
    dry_run: bool = False,
    key: str | None = None,
    **change: Any,
) -> Response:
    items = [{"id": wire(product), "version": product.version} for product in products]
    sent = {"Idempotency-Key": key} if key else {}
    return await client.post(
        f"{PATH}/bulk",
        json={"items": items, "change": change, "dry_run": dry_run},
        headers=headers | sent,
    )


async def prices(client: AsyncClient, headers: dict[str, str], product: ProductSource) -> Any:
    found = (await client.get(f"{PATH}/{wire(product)}", headers=headers)).json()
    return [
        {price["currency"]: (price["amount"], price["compare_at"]) for price in variant["prices"]}
        for variant in found["variants"]
    ]


async def test_a_preview_shows_all_and_keeps_nothing(
    client: AsyncClient, db: Database, editor: dict[str, str]
) -> None:
    mug = await catalog.create(db)

    seen = await edit(
        client,
        editor,
        mug,
        dry_run=True,
        price={"percent_bp": -1050, "currency": "EUR", "compare_at": "was"},
        add_tags=["sale"],
    )

    assert seen.status_code == 200, seen.text
    (row,) = seen.json()["items"]
    assert (seen.json()["dry_run"], seen.json()["changed"]) == (True, 1)
    red, green = (variant.sku for variant in mug.variants)
    assert row["changes"] == [
        {"field": "tags", "sku": None, "currency": None,
         "before": ["coffee", "handmade"], "after": ["coffee", "handmade", "sale"]},
        {"field": "price", "sku": red, "currency": "EUR", "before": 2400, "after": 2148},
        {"field": "compare_at", "sku": red, "currency": "EUR", "before": 3000, "after": 2400},
        {"field": "price", "sku": green, "currency": "EUR", "before": 2200, "after": 1969},
        {"field": "compare_at", "sku": green, "currency": "EUR", "before": None, "after": 2200},
    ]  # fmt: skip
    assert await prices(client, editor, mug) == [
        {"EUR": (2400, 3000), "TZS": (7_000_000, None)},
        {"EUR": (2200, None)},
    ]
    async with db.reading() as reading:
        events = await reading.scalar(text("SELECT count(*) FROM kernel.outbox"))
        logged = await reading.scalar(
            text("SELECT count(*) FROM audit.log WHERE action = 'product.changed'")
        )
    assert (events, logged) == (1, 0)


async def test_each_row_is_judged_by_itself(
    client: AsyncClient, db: Database, editor: dict[str, str]
) -> None:
    mug = await catalog.create(db)
    bowl = await catalog.create(db, catalog.simple("Bowl", price=500))
    plate = await catalog.create(db, catalog.simple("Plate", price=600), tags=("sale",))
    old = msgspec.structs.replace(bowl, version=7)
    gone = msgspec.structs.replace(mug, id=new_id())

    done = await edit(client, editor, mug, old, plate, gone, add_tags=["sale"])

    assert done.status_code == 200, done.text
    told = done.json()
    assert (told["changed"], told["unchanged"], told["refused"]) == (1, 1, 2)
    assert [row["outcome"] for row in told["items"]] == [
        "changed",
        "refused",
        "unchanged",
        "refused",
    ]
    assert [row["version"] for row in told["items"]] == [mug.version + 1, None, plate.version, None]
    stale, missing = told["items"][1]["problem"], told["items"][3]["problem"]
    assert (stale["type"], stale["version"]) == ("/problems/stale", bowl.version)
    assert missing["type"] == "/problems/product-not-found"
    shown = (await client.get(f"{PATH}/{wire(bowl)}", headers=editor)).json()
    assert (shown["tags"], shown["version"]) == ([], bowl.version)


async def test_a_fixed_price_is_set_where_there_was_none(
    client: AsyncClient, db: Database, editor: dict[str, str]
) -> None:
    mug = await catalog.create(db)

    await edit(
        client, editor, mug, price={"amount": 5_000_000, "currency": "TZS", "compare_at": "clear"}
    )

    assert await prices(client, editor, mug) == [
        {"EUR": (2400, 3000), "TZS": (5_000_000, None)},
        {"EUR": (2200, None), "TZS": (5_000_000, None)},
    ]


async def test_status_and_categories_change_together(
    client: AsyncClient, db: Database, editor: dict[str, str]
) -> None:
    mugs = await catalog.category(db, "Mugs")
    sale = await catalog.category(db, "Sale")
    mug = await catalog.create(db, replace(MUG, category_ids=(mugs,)))

    done = await edit(
        client,
        editor,
        mug,
        status="archived",
        add_category_ids=[encode("cat", sale)],
        remove_category_ids=[encode("cat", mugs)],
        remove_tags=["COFFEE"],
    )

    assert [(each["field"], each["after"]) for each in done.json()["items"][0]["changes"]] == [
        ("status", "archived"),
        ("categories", ["Sale"]),
        ("tags", ["handmade"]),
    ]
    unknown = await edit(client, editor, mug, add_category_ids=[encode("cat", new_id())])
    assert unknown.json()["items"][0]["problem"]["status"] == 412


async def test_a_repeated_change_is_answered_and_not_made_again(
    client: AsyncClient, db: Database, editor: dict[str, str]
) -> None:
    mug = await catalog.create(db)
    change: dict[str, Any] = {"price": {"percent_bp": -5000, "currency": "TZS"}}

    first = await edit(client, editor, mug, key="half", **change)
    again = await edit(client, editor, mug, key="half", **change)

    assert first.status_code == again.status_code == 200
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == first.json()
    assert (await prices(client, editor, mug))[0]["TZS"] == (3_500_000, None)


async def test_of_many_who_saw_the_same_version_one_changes_it(
    client: AsyncClient, db: Database, editor: dict[str, str]
) -> None:
    shelf = [
        await catalog.create(db, catalog.simple(f"Cup {number}", price=1000)) for number in range(4)
    ]

    answers = await asyncio.gather(
        *(
            edit(
                client,
                editor,
                *(shelf if number % 2 else shelf[::-1]),
                price={"percent_bp": -1000, "currency": "EUR"},
            )
            for number in range(6)
        )
    )

    assert {answer.status_code for answer in answers} == {200}
    assert sorted(answer.json()["changed"] for answer in answers) == [0, 0, 0, 0, 0, 4]
    for cup in shelf:
        assert await prices(client, editor, cup) == [{"EUR": (900, None)}]


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"price": {}},
        {"price": {"amount": 100}},
        {"price": {"amount": 100, "percent_bp": 100, "currency": "EUR"}},
        {"price": {"percent_bp": -10_000}},
        {"price": {"percent_bp": 1.5}},
        {"status": "sold"},
        {"stock": 3},
    ],
)
async def test_a_change_that_means_nothing_is_refused(
    client: AsyncClient, db: Database, editor: dict[str, str], change: dict[str, Any]
) -> None:
    mug = await catalog.create(db)

    refused = await edit(client, editor, mug, **change)

    assert refused.status_code == 422, refused.text


async def test_nobody_without_the_permission_edits(client: AsyncClient, db: Database) -> None:
    mug = await catalog.create(db)
    reader = await staff(client, db, Permission.CATALOG_READ)

    assert (await edit(client, reader, mug, add_tags=["x"])).status_code == 403
    copied = await client.post(f"{PATH}/{wire(mug)}/duplicate", json={}, headers=reader)
    assert copied.status_code == 403


async def test_a_copy_is_a_draft_with_names_of_its_own(
    client: AsyncClient, db: Database, editor: dict[str, str]
) -> None:
    mug = await catalog.create(db, seo_title="Haven Mug, stoneware")

    copied = await client.post(f"{PATH}/{mug.slug}/duplicate", json={}, headers=editor)
    named = await client.post(
        f"{PATH}/{wire(mug)}/duplicate", json={"title": "Haven Cup"}, headers=editor
    )

    assert copied.status_code == 201, copied.text
    copy = copied.json()
    assert (copy["title"], copy["status"]) == ("Copy of Haven Stoneware Mug", "draft")
    assert copy["seo"] == {"title": None, "description": None}
    assert (copy["slug"], copy["tags"]) == ("copy-of-haven-stoneware-mug", ["coffee", "handmade"])
    assert [variant["options"] for variant in copy["variants"]] == [
        {"Color": "Terracotta"},
        {"Color": "Sage"},
    ]
    assert await prices(client, editor, mug) == [
        {price["currency"]: (price["amount"], price["compare_at"]) for price in variant["prices"]}
        for variant in copy["variants"]
    ]
    assert not {variant["sku"] for variant in copy["variants"]} & {v.sku for v in mug.variants}
    assert (named.json()["title"], named.json()["slug"]) == ("Haven Cup", "haven-cup")
    missing = await client.post(f"{PATH}/no-such-thing/duplicate", json={}, headers=editor)
    assert missing.status_code == 404


async def test_a_copy_shows_the_same_pictures(
    client: AsyncClient, db: Database, editor: dict[str, str]
) -> None:
    mug = await catalog.create(db)
    files = {"files": ("mug.png", catalog.picture(), "image/png")}
    added = await client.post(f"{PATH}/{wire(mug)}/images", files=files, headers=editor)
    assert added.status_code == 201, added.text

    copy = (await client.post(f"{PATH}/{wire(mug)}/duplicate", json={}, headers=editor)).json()
    bare = await client.post(
        f"{PATH}/{wire(mug)}/duplicate", json={"with_images": False}, headers=editor
    )

    original = (await client.get(f"{PATH}/{wire(mug)}", headers=editor)).json()
    assert [image["url"] for image in copy["images"]] == [
        image["url"] for image in original["images"]
    ]
    assert copy["images"][0]["id"] != original["images"][0]["id"]
    assert bare.json()["images"] == []
