"""Staff's routes: who may, what is refused and where, versions, pictures."""

import asyncio
from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import text

from sokoni.catalog import service as catalog
from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from sokoni.kernel.ids import decode, encode, new_id
from tests.catalog.factories import create
from tests.catalog.over_http import ADMIN, BODY, made, problem
from tests.identity.factories import staff


async def test_a_product_is_written_read_changed_and_deleted(
    client: AsyncClient, editor: dict[str, str]
) -> None:
    product = await made(client, editor)
    assert product["brand"] == "Kilima Clay"
    assert product["price"] == {"amount": 2200, "currency": "EUR"}
    assert product["variants"][0]["prices"] == [
        {"currency": "EUR", "amount": 2400, "compare_at": 3000}
    ]
    assert product["variants"][1]["sku"].startswith("HAV-STO-MUG-RED-")
    path = f"{ADMIN}/products/{product['slug']}"

    shown = await client.get(path, headers=editor)
    assert shown.json() == product
    assert shown.headers["etag"] == '"1"'

    patch = {"title": "Haven Mug", "brand": None}
    patched = await client.patch(path, json=patch, headers=editor | {"If-Match": '"1"'})
    assert patched.status_code == 200, patched.text
    assert patched.json()["brand"] is None
    assert patched.json()["title"] == "Haven Mug"
    assert patched.json()["variants"] == product["variants"]
    assert patched.headers["etag"] == '"2"'

    body = BODY | {"variants": BODY["variants"][:1], "status": "draft"}
    put = await client.put(path, json=body, headers=editor)
    assert [v["id"] for v in put.json()["variants"]] == [product["variants"][0]["id"]]
    assert (await client.get(f"/api/v1/products/{product['slug']}")).status_code == 404

    assert (await client.delete(path, headers=editor)).status_code == 204
    assert (await client.get(path, headers=editor)).status_code == 404


async def test_only_those_who_may_write_write(client: AsyncClient, db: Database) -> None:
    reader = await staff(client, db, Permission.CATALOG_READ)

    nobody = await client.post(f"{ADMIN}/products", json=BODY)
    wrong = await client.post(f"{ADMIN}/products", json=BODY, headers=reader)
    read = await client.get(f"{ADMIN}/products", headers=reader)

    assert [each.status_code for each in (nobody, wrong, read)] == [401, 403, 200]
    assert read.json()["items"] == []


async def test_of_two_admins_with_one_version_one_wins(
    client: AsyncClient, editor: dict[str, str]
) -> None:
    product = await made(client, editor)
    path = f"{ADMIN}/products/{product['id']}"
    headers = editor | {"If-Match": '"1"'}

    answers = await asyncio.gather(
        *(client.patch(path, json={"title": f"Mug {n}"}, headers=headers) for n in range(2))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 412]
    winner = next(answer for answer in answers if answer.status_code == 200)
    assert (await client.get(path, headers=editor)).json()["title"] == winner.json()["title"]


def with_variant(**changes: Any) -> dict[str, Any]:
    return BODY | {"variants": [BODY["variants"][0] | changes]}


REFUSED: list[tuple[dict[str, Any], str]] = [
    (BODY | {"title": ""}, "/title"),
    (BODY | {"surprise": 1}, "/surprise"),
    (BODY | {"status": "published"}, "/status"),
    (BODY | {"category_ids": [encode("cat", new_id())]}, "/category_ids/0"),
    (BODY | {"brand": encode("brd", new_id())}, "/brand"),
    (BODY | {"slug": "suggest"}, "/slug"),
    (with_variant(prices=[{"currency": "EUR", "amount": "2"}]), "/variants/0/prices/0/amount"),
    (with_variant(prices=[{"currency": "EUR", "amount": True}]), "/variants/0/prices/0/amount"),
    (with_variant(prices=[{"currency": "EUR", "amount": -1}]), "/variants/0/prices/0/amount"),
    (with_variant(prices=[{"currency": "EUR", "amount": 10**16}]), "/variants/0/prices/0/amount"),
    (with_variant(prices=[{"currency": "XYZ", "amount": 1}]), "/variants/0/prices/0/currency"),
    (with_variant(options={"Color": "Green"}), "/variants/0/options/Color"),
    (BODY | {"variants": [BODY["variants"][1]] * 2}, "/variants/1/options"),
]


@pytest.mark.parametrize(("body", "pointer"), REFUSED)
async def test_a_product_that_cannot_be_is_refused_by_field(
    client: AsyncClient, editor: dict[str, str], body: dict[str, Any], pointer: str
) -> None:
    response = await client.post(f"{ADMIN}/products", json=body, headers=editor)

    assert problem(response) == (422, [pointer]), response.text


async def test_addresses_and_skus_are_taken_once(
    client: AsyncClient, editor: dict[str, str]
) -> None:
    await made(client, editor, slug="mug")

    slug = await client.post(
        f"{ADMIN}/products", json=BODY | {"slug": "mug", "variants": []}, headers=editor
    )
    sku = await client.post(f"{ADMIN}/products", json=BODY | {"slug": "other"}, headers=editor)

    assert (slug.status_code, slug.json()["type"]) == (409, "/problems/slug-taken")
    assert (sku.status_code, sku.json()["type"]) == (409, "/problems/sku-taken")
    assert sku.json()["sku"] == "MUG-BLUE"


async def test_variants_are_added_changed_and_removed(
    client: AsyncClient, editor: dict[str, str]
) -> None:
    product = await made(client, editor)
    path = f"{ADMIN}/products/{product['id']}"
    green = {"options": {"Color": "Green"}, "prices": [{"currency": "TZS", "amount": 700}]}

    added = await client.post(f"{path}/variants", json=green, headers=editor)
    assert added.status_code == 201, added.text
    twin = await client.post(f"{path}/variants", json=green, headers=editor)
    assert problem(twin) == (422, ["/options"])
    variant = f"{ADMIN}/variants/{added.json()['id']}"
    changed = await client.patch(
        variant, json={"sku": "MUG-GREEN"}, headers=editor | {"If-Match": '"1"'}
    )
    stale = await client.patch(variant, json={"weight_g": 1}, headers=editor | {"If-Match": '"1"'})
    assert (changed.json()["sku"], changed.headers["etag"]) == ("MUG-GREEN", '"2"')
    assert stale.status_code == 412

    shown = (await client.get(path, headers=editor)).json()
    assert shown["options"] == [{"name": "Color", "values": ["Blue", "Red", "Green"]}]
    assert (await client.delete(variant, headers=editor)).status_code == 204
    assert (await client.delete(variant, headers=editor)).status_code == 404
    assert len((await client.get(path, headers=editor)).json()["variants"]) == 2


async def test_the_list_filters_searches_and_pages(
    client: AsyncClient, editor: dict[str, str]
) -> None:
    for n in range(3):
        status = "draft" if n == 1 else "active"
        variants = [{"sku": f"SKU_{n}", "prices": [{"currency": "EUR", "amount": n}]}]
        await made(client, editor, title=f"Thing {n}", status=status, options=[], variants=variants)

    async def titles(**params: Any) -> list[str]:
        response = await client.get(f"{ADMIN}/products", params=params, headers=editor)
        return [item["title"] for item in response.json()["items"]]

    assert await titles() == ["Thing 2", "Thing 1", "Thing 0"]
    assert await titles(status="draft") == ["Thing 1"]
    assert await titles(q="thing 2") == ["Thing 2"]
    assert await titles(q="sku_0") == ["Thing 0"]
    assert await titles(q="%") == []
    first = await client.get(f"{ADMIN}/products", params={"limit": 2}, headers=editor)
    assert await titles(cursor=first.json()["next_cursor"]) == ["Thing 0"]


async def test_a_repeated_key_creates_one_product(
    client: AsyncClient, editor: dict[str, str]
) -> None:
    headers = editor | {"Idempotency-Key": "once"}

    answers = [await client.post(f"{ADMIN}/products", json=BODY, headers=headers) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["idempotency-replayed"] == "true"


async def test_an_ordered_product_is_archived_over_http(
    client: AsyncClient, editor: dict[str, str], db: Database
) -> None:
    product = await made(client, editor)
    variant_id = decode("var", product["variants"][0]["id"])
    assert variant_id is not None
    async with db.transaction() as tx:
        await catalog.mark_ordered(tx, variant_ids=[variant_id])

    answer = await client.delete(f"{ADMIN}/products/{product['id']}", headers=editor)

    assert answer.status_code == 204
    shown = await client.get(f"{ADMIN}/products/{product['id']}", headers=editor)
    assert shown.json()["status"] == "archived"


async def test_staff_writes_are_in_the_audit_log(
    client: AsyncClient, editor: dict[str, str], db: Database
) -> None:
    product = await made(client, editor)
    path = f"{ADMIN}/products/{product['id']}"
    await client.patch(path, json={"title": "Haven Mug"}, headers=editor)

    async with db.reading() as session:
        query = text("SELECT action, before, after FROM audit.log WHERE subject = :id")
        rows = (await session.execute(query, {"id": product["id"]})).all()

    changed = next(row for row in rows if row.action == "product.changed")
    assert changed.before == {"title": "Haven Stoneware Mug"}
    assert changed.after == {"title": "Haven Mug"}


async def test_ten_writers_of_one_product_all_count(
    client: AsyncClient, editor: dict[str, str], db: Database
) -> None:
    product = await create(db)
    path = f"{ADMIN}/products/{product.slug}"

    answers = await asyncio.gather(
        *(client.patch(path, json={"tags": [f"tag {n}"]}, headers=editor) for n in range(10))
    )

    assert [answer.status_code for answer in answers] == [200] * 10
    assert (await client.get(path, headers=editor)).json()["version"] == 11
