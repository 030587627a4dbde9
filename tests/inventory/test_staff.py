"""Staff and stock: adjustments, movements, what runs low, locations."""

import asyncio
from typing import Any

import pytest
from httpx import AsyncClient, Response

from sokoni.inventory import service
from sokoni.inventory.queries import LevelSort
from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode, new_id
from tests.identity.factories import signed_in, staff
from tests.inventory.books import broken
from tests.inventory.factories import NOW, available, location, reserve, stock, stocked, variant

ADMIN = "/api/v1/admin"


class Keeper:
    """Staff who may read and change stock."""

    def __init__(self, client: AsyncClient, headers: dict[str, str], place: str) -> None:
        self.client = client
        self.headers = headers
        self.place = place

    async def get(self, path: str) -> Any:
        response = await self.client.get(f"{ADMIN}/{path}", headers=self.headers)
        assert response.status_code == 200, response.text
        return response.json()

    async def adjust(
        self, sku: str, delta: Any, *, key: str | None = None, **more: Any
    ) -> Response:
        body = {"location": self.place, "delta": delta, "reason": "count"} | more
        return await self.client.post(
            f"{ADMIN}/inventory/{sku}/adjustments",
            json=body,
            headers=self.headers | {"Idempotency-Key": key or str(new_id())},
        )


@pytest.fixture
async def keeper(client: AsyncClient, db: Database) -> Keeper:
    headers = await staff(client, db, Permission.INVENTORY_READ, Permission.INVENTORY_WRITE)
    async with db.transaction() as tx:
        place = encode("loc", await location(tx))
    return Keeper(client, headers, place)


async def test_an_adjustment_changes_what_is_there_and_is_written_down(
    db: Database, keeper: Keeper
) -> None:
    await stocked(db, units=5, sku="LAMP")

    down = await keeper.adjust("LAMP", -2, reason="damage", note="dropped")
    up = await keeper.adjust("LAMP", 4, reason="receive", key="k")
    again = await keeper.adjust("LAMP", 4, reason="receive", key="k")

    assert (down.status_code, down.json()["on_hand"]) == (201, 3)
    assert up.json()["available"] == again.json()["available"] == 7
    moves = (await keeper.get("inventory/LAMP/movements"))["items"]
    assert [(move["reason"], move["cause"], move["note"], move["d_on_hand"]) for move in moves] == [
        ("receive", "receive", "", 4),
        ("adjust", "damage", "dropped", -2),
        ("receive", "", "", 5),
    ]
    assert moves[0]["actor"].startswith("usr_")
    assert await broken(db) == []


async def test_promised_units_cannot_be_adjusted_away(db: Database, keeper: Keeper) -> None:
    lamp = await stocked(db, units=5, sku="LAMP")
    await reserve(db, {lamp: 3})

    response = await keeper.adjust("LAMP", -3)

    assert response.status_code == 409
    problem = response.json()
    assert problem["type"] == "/problems/below-reserved"
    assert (problem["on_hand"], problem["reserved"], problem["lowest_delta"]) == (5, 3, -2)
    assert (await keeper.adjust("LAMP", -2)).json()["available"] == 0
    assert await broken(db) == []


async def test_two_members_of_staff_count_down_at_once(db: Database, keeper: Keeper) -> None:
    lamp = await stocked(db, units=5, sku="LAMP")

    answers = await asyncio.gather(*(keeper.adjust("LAMP", -1) for _ in range(9)))

    assert sorted(answer.status_code for answer in answers) == [201] * 5 + [409] * 4
    assert await available(db, lamp) == 0
    assert await broken(db) == []


async def test_an_adjustment_names_what_exists(db: Database, keeper: Keeper) -> None:
    await stocked(db, units=5, sku="LAMP")

    async def pointer(delta: Any = 1, **more: Any) -> str:
        response = await keeper.adjust("LAMP", delta, **more)
        assert response.status_code == 422, response.text
        found: str = response.json()["errors"][0]["pointer"]
        return found

    assert (await keeper.adjust("LMAP", 1)).status_code == 404
    assert await pointer(0) == await pointer(1_000_001) == await pointer("1") == "/delta"
    assert await pointer(reason="theft") == "/reason"
    assert await pointer(location=encode("loc", new_id())) == "/location"
    assert await pointer(location="Warehouse") == "/location"


async def test_the_first_units_at_a_location_make_its_level(db: Database, keeper: Keeper) -> None:
    async with db.transaction() as tx:
        await variant(tx, sku="LAMP")

    none = await keeper.adjust("LAMP", -1)
    some = await keeper.adjust("LAMP", 6)

    assert none.status_code == 409
    assert (some.json()["on_hand"], len(some.json()["locations"])) == (6, 1)
    assert await broken(db) == []


async def test_what_runs_low_is_listed(db: Database, keeper: Keeper) -> None:
    for sku, units in [("LAMP", 5), ("RUG", 4), ("VASE", 1)]:
        await stocked(db, units=units, sku=sku)
    body = {"location": keeper.place, "low_stock_threshold": 4}
    for sku in ("LAMP", "RUG"):
        changed = await keeper.client.patch(
            f"{ADMIN}/inventory/{sku}", json=body, headers=keeper.headers
        )
        assert changed.json()["locations"][0]["low_stock_threshold"] == 4

    low = (await keeper.get("inventory?below_threshold=true"))["items"]
    first = await keeper.get("inventory?limit=2")
    rest = await keeper.get(f"inventory?limit=2&cursor={first['next_cursor']}")

    assert [item["sku"] for item in low] == ["RUG"]
    assert [item["sku"] for item in first["items"] + rest["items"]] == ["LAMP", "RUG", "VASE"]
    assert rest["next_cursor"] is None


async def test_every_sort_walks_through_all_levels_once(db: Database, keeper: Keeper) -> None:
    for sku, units in [("VASE", 7), ("LAMP", 3), ("RUG", 7), ("MUG", 0), ("BOWL", 3)]:
        await stocked(db, units=units, sku=sku)
    by_age = ["VASE", "LAMP", "RUG", "MUG", "BOWL"]
    by_available = ["MUG", "LAMP", "BOWL", "VASE", "RUG"]

    found = {sort: await walked(keeper, sort) for sort in LevelSort}

    assert found == {
        "added": by_age,
        "-added": by_age[::-1],
        "sku": sorted(by_age),
        "-sku": sorted(by_age)[::-1],
        "available": by_available,
        "-available": by_available[::-1],
    }
    first = await keeper.get("inventory?limit=2&sort=sku")
    wrong = f"{ADMIN}/inventory?sort=-sku&cursor={first['next_cursor']}"
    assert (await keeper.client.get(wrong, headers=keeper.headers)).status_code == 422


async def walked(keeper: Keeper, sort: LevelSort) -> list[str]:
    """The SKUs of all levels, two a page, until there is no page after."""
    found: list[str] = []
    cursor = ""
    while True:
        page = await keeper.get(f"inventory?limit=2&sort={sort}{cursor}")
        found += [item["sku"] for item in page["items"]]
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


async def test_movements_page_from_newest_to_oldest(db: Database, keeper: Keeper) -> None:
    await stocked(db, units=1, sku="LAMP")
    for delta in (1, 2, 3, 4):
        await keeper.adjust("LAMP", delta)

    seen, cursor = [], ""
    for _ in range(3):
        page = await keeper.get(f"inventory/LAMP/movements?limit=2{cursor}")
        seen += [move["d_on_hand"] for move in page["items"]]
        cursor = f"&cursor={page['next_cursor']}"

    assert seen == [4, 3, 2, 1, 1]
    assert page["next_cursor"] is None


async def test_only_staff_who_may_see_stock(db: Database, client: AsyncClient) -> None:
    await stocked(db, units=1, sku="LAMP")
    reader = await staff(client, db, Permission.INVENTORY_READ)
    paths = ["inventory", "inventory/LAMP/movements", "locations"]
    for path in paths:
        assert (await client.get(f"{ADMIN}/{path}")).status_code == 401
        customer = await signed_in(client)
        assert (await client.get(f"{ADMIN}/{path}", headers=customer)).status_code == 403
        assert (await client.get(f"{ADMIN}/{path}", headers=reader)).status_code == 200
    refused = await client.post(f"{ADMIN}/locations", json={}, headers=reader)
    assert refused.status_code == 403


async def test_locations_are_opened_changed_and_closed(db: Database, keeper: Keeper) -> None:
    async def send(method: str, path: str, body: Any = None, version: str = "") -> Response:
        headers = keeper.headers | ({"If-Match": version} if version else {})
        return await keeper.client.request(
            method, f"{ADMIN}/locations{path}", json=body, headers=headers
        )

    address = {"name": "Duka", "line1": "1 Samora", "city": "Dar es Salaam", "country": "TZ"}
    made = await send("POST", "", {"name": "Shop", "code": "DAR-1", "address": address})
    twin = await send("POST", "", {"name": "Shop", "code": "DAR-2"})
    wrong = await send("POST", "", {"name": "Other", "code": "a b"})
    assert made.status_code == 201
    assert made.json()["address"]["city"] == "Dar es Salaam"
    assert (twin.status_code, twin.json()["type"]) == (409, "/problems/location-name-taken")
    assert wrong.json()["errors"][0]["pointer"] == "/code"

    path = f"/{made.json()['id']}"
    changed = await send("PATCH", path, {"priority": 2, "is_active": False}, '"1"')
    stale = await send("PATCH", path, {"priority": 3}, '"1"')
    assert (changed.json()["priority"], changed.headers["etag"]) == (2, '"2"')
    assert changed.json()["address"]["city"] == "Dar es Salaam"
    assert stale.status_code == 412
    names = [place["name"] for place in (await keeper.get("locations"))["items"]]
    assert names == ["Warehouse", "Shop"]
    assert (await send("DELETE", path)).status_code == 204
    assert (await send("GET", path)).status_code == 404


async def test_a_location_that_had_stock_is_not_deleted(db: Database, keeper: Keeper) -> None:
    async with db.transaction() as tx:
        await stock(tx, await variant(tx), units=0)

    response = await keeper.client.delete(
        f"{ADMIN}/locations/{keeper.place}", headers=keeper.headers
    )

    assert (response.status_code, response.json()["type"]) == (409, "/problems/location-not-empty")


async def test_staff_sees_what_is_held_and_for_whom(
    client: AsyncClient, db: Database, keeper: Keeper
) -> None:
    lamp = await stocked(db, units=5, sku="LAMP")
    rug = await stocked(db, units=5, sku="RUG")
    first = await reserve(db, {lamp: 2}, owner="till 1")
    second = await reserve(db, {lamp: 1, rug: 3}, owner="till 2")
    ended = await reserve(db, {rug: 1}, owner="till 3")
    async with db.transaction() as tx:
        await service.release(tx, reservation_id=ended, now=NOW)

    page = await keeper.get("reservations?limit=1")
    rest = await keeper.get(f"reservations?cursor={page['next_cursor']}")
    rugs = await keeper.get("reservations?sku=RUG")

    assert [each["id"] for each in (*page["items"], *rest["items"])] == [
        encode("res", second),
        encode("res", first),
    ]
    assert [each["owner"] for each in rugs["items"]] == ["till 2"]
    lines = {(line["sku"], line["quantity"]) for line in rugs["items"][0]["lines"]}
    assert lines == {("LAMP", 1), ("RUG", 3)}
    assert {line["location"] for line in rugs["items"][0]["lines"]} == {"Warehouse"}
    missing = await client.get(f"{ADMIN}/reservations?sku=NONE", headers=keeper.headers)
    assert missing.status_code == 404
    clerk = await staff(client, db, Permission.ORDERS_READ)
    assert (await client.get(f"{ADMIN}/reservations", headers=clerk)).status_code == 403


async def test_levels_are_found_by_place_and_by_words(db: Database, keeper: Keeper) -> None:
    lamp = await stocked(db, units=5, sku="LAMP_1")
    await stocked(db, units=5, sku="LAMPX1")
    async with db.transaction() as tx:
        shop = await stock(tx, lamp, units=1, at="Shop")

    there = await keeper.get(f"inventory?location={encode('loc', shop)}")
    named = await keeper.get("inventory?q=lamp_")

    assert [(each["sku"], each["location"]["on_hand"]) for each in there["items"]] == [
        ("LAMP_1", 1)
    ]
    assert {each["sku"] for each in named["items"]} == {"LAMP_1"}
    assert {each["title"] for each in named["items"]} == {"Lamp"}
