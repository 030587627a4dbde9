"""An address book is its owner's alone, and has one default."""

import asyncio

import pytest
from httpx import AsyncClient

from tests.identity.factories import signed_in

URL = "/api/v1/addresses"
HOME = {
    "name": "Asha Mrema",
    "line1": "12 Samora Avenue",
    "city": "Dar es Salaam",
    "postal_code": "11101",
    "country": "TZ",
}


async def test_an_address_is_saved_changed_and_deleted(client: AsyncClient) -> None:
    headers = await signed_in(client)

    made = await client.post(URL, json=HOME, headers=headers)
    one = f"{URL}/{made.json()['id']}"
    patched = await client.patch(one, json={"city": "Arusha", "phone": "+255"}, headers=headers)
    replaced = await client.put(one, json={**HOME, "line1": "13"}, headers=headers)
    read = await client.get(one, headers=headers)
    deleted = await client.delete(one, headers=headers)

    assert made.status_code == 201
    assert made.json() == {
        **HOME,
        "id": made.json()["id"],
        "company": None,
        "line2": None,
        "state": None,
        "phone": None,
        "is_default": True,
        "created_at": made.json()["created_at"],
        "version": 1,
    }
    assert made.json()["id"].startswith("adr_")
    assert (patched.json()["city"], patched.json()["phone"]) == ("Arusha", "+255")
    assert patched.json()["line1"] == HOME["line1"]
    assert (replaced.json()["line1"], replaced.json()["phone"]) == ("13", None)
    assert read.json() == replaced.json()
    assert read.headers["etag"] == '"3"'
    assert deleted.status_code == 204
    assert (await client.get(one, headers=headers)).status_code == 404
    assert (await client.get(URL, headers=headers)).json() == {"items": []}


async def test_a_book_has_one_default(client: AsyncClient) -> None:
    headers = await signed_in(client)

    for line in ("first", "second", "third"):
        body = {**HOME, "line1": line, "is_default": line == "third"}
        assert (await client.post(URL, json=body, headers=headers)).status_code == 201
    items = (await client.get(URL, headers=headers)).json()["items"]
    second = next(item for item in items if item["line1"] == "second")
    await client.patch(f"{URL}/{second['id']}", json={"is_default": True}, headers=headers)

    after = (await client.get(URL, headers=headers)).json()["items"]
    assert [item["line1"] for item in items] == ["third", "second", "first"]
    assert [(item["line1"], item["is_default"]) for item in after] == [
        ("second", True),
        ("third", False),
        ("first", False),
    ]


async def test_defaults_made_at_once_leave_one(client: AsyncClient) -> None:
    headers = await signed_in(client)

    answers = await asyncio.gather(
        *(client.post(URL, json={**HOME, "is_default": True}, headers=headers) for _ in range(8))
    )

    assert [answer.status_code for answer in answers] == [201] * 8
    items = (await client.get(URL, headers=headers)).json()["items"]
    assert sum(item["is_default"] for item in items) == 1


async def test_a_book_holds_fifty(client: AsyncClient) -> None:
    headers = await signed_in(client)

    answers = await asyncio.gather(
        *(client.post(URL, json=HOME, headers=headers) for _ in range(52))
    )

    assert sorted(answer.status_code for answer in answers) == [201] * 50 + [409] * 2
    full = next(answer for answer in answers if answer.status_code == 409)
    assert full.json()["type"] == "/problems/too-many-addresses"


async def test_an_address_of_somebody_else_is_not_there(client: AsyncClient) -> None:
    asha, juma = await signed_in(client), await signed_in(client)
    one = f"{URL}/{(await client.post(URL, json=HOME, headers=asha)).json()['id']}"

    answers = [
        await client.get(one, headers=juma),
        await client.put(one, json=HOME, headers=juma),
        await client.patch(one, json={"city": "x"}, headers=juma),
        await client.delete(one, headers=juma),
        await client.get(f"{URL}/adr_00000000000000000000000000", headers=juma),
        await client.get(f"{URL}/nonsense", headers=juma),
    ]

    assert [answer.status_code for answer in answers] == [404] * 6
    problems = [{**answer.json(), "request_id": None} for answer in answers]
    assert problems == [problems[0]] * 6
    assert (await client.get(URL, headers=juma)).json() == {"items": []}
    assert (await client.get(one, headers=asha)).json()["city"] == HOME["city"]


async def test_an_old_version_changes_nothing(client: AsyncClient) -> None:
    headers = await signed_in(client)
    one = f"{URL}/{(await client.post(URL, json=HOME, headers=headers)).json()['id']}"
    await client.patch(one, json={"city": "Arusha"}, headers=headers)
    old = {**headers, "If-Match": '"1"'}

    answers = [
        await client.patch(one, json={"city": "x"}, headers=old),
        await client.put(one, json=HOME, headers=old),
        await client.delete(one, headers=old),
    ]

    assert [answer.status_code for answer in answers] == [412] * 3
    assert answers[0].json()["version"] == 2
    assert (await client.get(one, headers=headers)).json()["city"] == "Arusha"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"user_id": "usr_01j4vg0000e0080000000000g1"}, "/user_id"),
        ({"version": 9}, "/version"),
        ({"country": "tz"}, "/country"),
        ({"name": ""}, "/name"),
        ({"city": None}, "/city"),
        ({"line1": "x" * 256}, "/line1"),
        ({"is_default": "true"}, "/is_default"),
    ],
)
async def test_an_odd_address_is_refused(
    client: AsyncClient, change: dict[str, object], pointer: str
) -> None:
    headers = await signed_in(client)
    one = f"{URL}/{(await client.post(URL, json=HOME, headers=headers)).json()['id']}"

    made = await client.post(URL, json={**HOME, **change}, headers=headers)
    patched = await client.patch(one, json=change, headers=headers)

    assert (made.status_code, made.json()["errors"][0]["pointer"]) == (422, pointer)
    assert (patched.status_code, patched.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_a_repeated_key_saves_one_address(client: AsyncClient) -> None:
    headers = {**await signed_in(client), "Idempotency-Key": "save-home"}

    first = await client.post(URL, json=HOME, headers=headers)
    again = await client.post(URL, json=HOME, headers=headers)

    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert len((await client.get(URL, headers=headers)).json()["items"]) == 1
