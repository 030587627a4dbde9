"""Staff's pictures: kept in order, described, moved, linked, removed, refused."""

import json
from typing import Any

import pytest
from httpx import AsyncClient

from sokoni.kernel.ids import encode, new_id
from tests.catalog.factories import picture
from tests.catalog.over_http import ADMIN, BODY, made, problem


async def test_several_pictures_are_kept_in_order_and_served_for_ever(
    client: AsyncClient, editor: dict[str, str]
) -> None:
    product = await made(client, editor)
    path = f"{ADMIN}/products/{product['id']}/images"
    files = [
        ("files", ("a.png", picture("teal", size=(2000, 1000)), "image/png")),
        ("files", ("b.png", picture("red", size=(300, 300)), "text/plain")),
    ]

    added = await client.post(
        path, files=files, data={"alt": ["Teal <b>mug</b>", "Red"]}, headers=editor
    )

    assert added.status_code == 201, added.text
    teal, red = added.json()["items"]
    assert [(size["width"], size["height"]) for size in teal["sizes"]] == [
        (320, 160),
        (800, 400),
        (1600, 800),
    ]
    assert [size["width"] for size in red["sizes"]] == [300]
    assert (teal["alt"], red["alt"]) == ("Teal mug", "Red")
    page = (await client.get(f"/api/v1/products/{product['slug']}")).json()
    assert page["images"] == [teal, red]
    assert page["thumbnail"] == teal["sizes"][0] | {"alt": "Teal mug", "sizes": teal["sizes"]}
    assert teal["url"].startswith("http://shop.test/media/products/")

    again = await client.post(path, files=files[:1], headers=editor)
    assert [item["id"] for item in again.json()["items"]] == [teal["id"]]
    listed = (await client.get("/api/v1/products")).json()["items"][0]
    assert listed["thumbnail"] == page["thumbnail"]


async def test_pictures_are_moved_described_linked_and_removed(
    client: AsyncClient, editor: dict[str, str]
) -> None:
    product = await made(client, editor)
    path = f"{ADMIN}/products/{product['id']}"
    files = [("f", (f"{c}.png", picture(c, size=(50, 40)), "image/png")) for c in ("red", "teal")]
    red, teal = (await client.post(f"{path}/images", files=files, headers=editor)).json()["items"]

    moved = await client.patch(
        f"{ADMIN}/images/{teal['id']}", json={"position": 0, "alt": "Teal"}, headers=editor
    )
    assert moved.json() == teal | {"alt": "Teal"}
    shown = (await client.get(path, headers=editor)).json()
    assert [image["id"] for image in shown["images"]] == [teal["id"], red["id"]]

    variant = f"{ADMIN}/variants/{product['variants'][0]['id']}"
    foreign = await client.patch(
        variant, json={"image_id": encode("img", new_id())}, headers=editor
    )
    assert problem(foreign) == (422, ["/image_id"])
    linked = await client.patch(variant, json={"image_id": red["id"]}, headers=editor)
    assert linked.json()["image_id"] == red["id"]

    assert (await client.delete(f"{ADMIN}/images/{red['id']}", headers=editor)).status_code == 204
    shown = (await client.get(path, headers=editor)).json()
    assert [image["id"] for image in shown["images"]] == [teal["id"]]
    assert shown["variants"][0]["image_id"] is None


@pytest.mark.parametrize(
    ("files", "status"),
    [
        ([("files", ("a.png", b"<svg onload=alert(1)>", "image/png"))], 422),
        ([("files", ("a.png", picture()[:500], "image/png"))], 422),
    ],
)
async def test_what_is_no_picture_is_refused(
    client: AsyncClient, editor: dict[str, str], files: list[Any], status: int
) -> None:
    product = await made(client, editor)

    response = await client.post(
        f"{ADMIN}/products/{product['id']}/images", files=files, headers=editor
    )

    assert response.status_code == status
    shown = await client.get(f"{ADMIN}/products/{product['id']}", headers=editor)
    assert shown.json()["images"] == []


async def test_a_form_without_pictures_is_refused(
    client: AsyncClient, editor: dict[str, str]
) -> None:
    path = f"{ADMIN}/products/{encode('prod', new_id())}/images"

    empty = await client.post(path, files=[("alt", (None, b"x"))], headers=editor)
    wrong = await client.post(path, json={}, headers=editor)

    assert problem(empty) == (422, ["/files"])
    assert wrong.status_code == 400


async def test_a_product_is_created_with_its_pictures_once(
    client: AsyncClient, editor: dict[str, str]
) -> None:
    form = {"product": json.dumps(BODY), "alt": "Teal"}
    headers = editor | {"Idempotency-Key": "with-images"}

    answers = [
        await client.post(
            f"{ADMIN}/products/with-images",
            data=form,
            files=[("files", ("a.png", picture(size=(40, 40)), "image/png"))],
            headers=headers,
        )
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201], answers[0].text
    assert answers[0].json() == answers[1].json()
    assert [image["alt"] for image in answers[0].json()["images"]] == ["Teal"]
    bad = await client.post(
        f"{ADMIN}/products/with-images",
        data={"product": json.dumps(BODY | {"title": 5})},
        files=[("files", ("a.png", picture(size=(40, 40)), "image/png"))],
        headers=editor,
    )
    assert problem(bad) == (422, ["/title"])
