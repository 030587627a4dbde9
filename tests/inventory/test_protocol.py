"""Reserve, commit, release over HTTP: all lines or none, and safe to repeat."""

from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient, Response

from sokoni.kernel.access import Permission
from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode, new_id
from sokoni.kernel.worker import Worker
from tests.identity.factories import server_key, signed_in, staff
from tests.inventory.books import broken
from tests.inventory.factories import available, stocked
from tests.support.statements import counted

STOCK = "/api/v1/inventory"


class Till:
    """A server that reserves over HTTP, each request with a key of its own unless told."""

    def __init__(self, client: AsyncClient, headers: dict[str, str]) -> None:
        self.client = client
        self.headers = headers

    async def post(self, step: str, body: dict[str, Any], *, key: str | None = None) -> Response:
        headers = self.headers | {"Idempotency-Key": key or str(new_id())}
        return await self.client.post(f"{STOCK}/{step}", json=body, headers=headers)

    async def reserve(
        self, *lines: tuple[str, Any], key: str | None = None, **more: Any
    ) -> Response:
        wanted = [{"sku": sku, "quantity": quantity} for sku, quantity in lines]
        return await self.post("reserve", {"owner": "till 7", "lines": wanted} | more, key=key)

    async def held(self, *lines: tuple[str, int], **more: Any) -> dict[str, str]:
        response = await self.reserve(*lines, **more)
        assert response.status_code == 201, response.text
        return {"reservation_id": response.json()["reservation_id"]}


@pytest.fixture
async def till(client: AsyncClient, db: Database) -> Till:
    return Till(client, await server_key(db, Permission.INVENTORY_WRITE))


async def test_a_server_reserves_and_sells(db: Database, till: Till) -> None:
    lamp = await stocked(db, units=5, sku="LAMP")

    response = await till.reserve(("LAMP", 2), expires_in=60)
    assert response.status_code == 201
    assert set(response.json()) == {"reservation_id", "state", "expires_at"}
    ref = {"reservation_id": response.json()["reservation_id"]}
    first, second = await till.post("commit", ref), await till.post("commit", ref)

    assert first.json() == second.json() == ref | {"state": "committed"}
    stock = (await till.client.get(f"{STOCK}/LAMP", headers=till.headers)).json()
    assert stock["locations"][0].pop("id").startswith("loc_")
    assert stock == {
        "sku": "LAMP",
        "variant_id": encode("var", lamp),
        "in_stock": True,
        "available": 3,
        "on_hand": 3,
        "reserved": 0,
        "locations": [
            {
                "name": "Warehouse",
                "is_active": True,
                "on_hand": 3,
                "reserved": 0,
                "available": 3,
                "low_stock_threshold": None,
            }
        ],
    }
    assert await broken(db) == []


async def test_a_repeated_key_answers_again_and_holds_once(db: Database, till: Till) -> None:
    lamp = await stocked(db, units=5, sku="LAMP")

    first = await till.reserve(("LAMP", 2), key="once")
    second = await till.reserve(("LAMP", 2), key="once")
    other = await till.reserve(("LAMP", 3), key="once")

    assert second.json() == first.json()
    assert second.headers["idempotency-replayed"] == "true"
    assert other.status_code == 422
    assert await available(db, lamp) == 3


async def test_what_was_released_is_free_and_cannot_be_sold(db: Database, till: Till) -> None:
    lamp = await stocked(db, units=5, sku="LAMP")
    ref = await till.held(("LAMP", 5))

    first, second = await till.post("release", ref), await till.post("release", ref)
    sold = await till.post("commit", ref)

    assert first.status_code == second.status_code == 200
    assert (sold.status_code, sold.json()["type"]) == (409, "/problems/reservation-expired")
    assert await available(db, lamp) == 5


async def test_what_was_sold_cannot_be_released(db: Database, till: Till) -> None:
    await stocked(db, units=5, sku="LAMP")
    ref = await till.held(("LAMP", 5))
    await till.post("commit", ref)

    response = await till.post("release", ref)

    assert response.status_code == 409
    assert response.json()["type"] == "/problems/reservation-committed"


async def test_lines_of_one_sku_are_added_up(db: Database, till: Till) -> None:
    lamp = await stocked(db, units=5, sku="LAMP")

    refused = await till.reserve(("LAMP", 3), ("LAMP", 3))
    await till.held(("LAMP", 3), ("LAMP", 2))

    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/insufficient-stock"
    assert refused.json()["lines"] == [
        {"variant_id": encode("var", lamp), "requested": 6, "available": 5}
    ]
    assert await available(db, lamp) == 0


@pytest.mark.parametrize("quantity", [0, -1, 1_000_001, 2**63, 1.5, "2", True, None])
async def test_a_quantity_is_a_sensible_whole_number(
    db: Database, till: Till, quantity: Any
) -> None:
    lamp = await stocked(db, units=5, sku="LAMP")

    response = await till.reserve(("LAMP", quantity))

    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/lines/0/quantity"
    assert await available(db, lamp) == 5


async def test_an_unknown_sku_is_pointed_at_and_nothing_is_held(db: Database, till: Till) -> None:
    lamp = await stocked(db, units=5, sku="LAMP")

    response = await till.reserve(("LAMP", 1), ("LMAP", 1))

    assert response.status_code == 422
    assert [error["pointer"] for error in response.json()["errors"]] == ["/lines/1/sku"]
    assert await available(db, lamp) == 5
    assert (await till.reserve()).status_code == 422


async def test_a_key_is_required_and_ids_are_checked(db: Database, till: Till) -> None:
    await stocked(db, units=5, sku="LAMP")
    for step in ("reserve", "commit", "release"):
        body = (
            {"lines": [{"sku": "LAMP", "quantity": 1}]}
            if step == "reserve"
            else {"reservation_id": encode("res", new_id())}
        )
        bare = await till.client.post(f"{STOCK}/{step}", json=body, headers=till.headers)
        assert bare.status_code == 400
        assert bare.json()["type"] == "/problems/idempotency-key-required"
    for step in ("commit", "release"):
        unknown = await till.post(step, {"reservation_id": encode("res", new_id())})
        strange = await till.post(step, {"reservation_id": "res_1"})
        assert unknown.status_code == 404
        assert strange.json()["errors"][0]["pointer"] == "/reservation_id"


async def test_a_reservation_ends_at_its_time(
    db: Database, till: Till, clock: ShiftedClock, worker: Worker
) -> None:
    lamp = await stocked(db, units=5, sku="LAMP")
    ref = await till.held(("LAMP", 5), expires_in=60)

    clock.advance(timedelta(seconds=59))
    await worker.until_idle()
    assert await available(db, lamp) == 0
    clock.advance(timedelta(seconds=10))
    assert (await till.post("commit", ref)).status_code == 409
    await worker.until_idle()

    assert await available(db, lamp) == 5
    assert (await till.post("release", ref)).status_code == 200
    assert await broken(db) == []


async def test_strangers_learn_whether_but_not_how_many(db: Database, client: AsyncClient) -> None:
    lamp = await stocked(db, units=5, sku="LAMP")
    await stocked(db, units=0, sku="RUG")

    for headers in ({}, await signed_in(client)):
        seen = (await client.get(f"{STOCK}/LAMP", headers=headers)).json()
        assert seen == {
            "sku": "LAMP",
            "variant_id": encode("var", lamp),
            "in_stock": True,
            "available": None,
            "on_hand": None,
            "reserved": None,
            "locations": None,
        }
    assert not (await client.get(f"{STOCK}/RUG")).json()["in_stock"]
    assert (await client.get(f"{STOCK}/LMAP")).status_code == 404


async def test_only_servers_and_staff_who_may_move_stock_do(
    db: Database, client: AsyncClient
) -> None:
    await stocked(db, units=5, sku="LAMP")
    body = {"lines": [{"sku": "LAMP", "quantity": 1}]}

    async def status(headers: dict[str, str]) -> int:
        sent = headers | {"Idempotency-Key": "k"}
        return (await client.post(f"{STOCK}/reserve", json=body, headers=sent)).status_code

    assert await status({}) == 401
    assert await status(await signed_in(client)) == 403
    assert await status(await server_key(db, Permission.INVENTORY_READ)) == 403
    assert await status(await staff(client, db, Permission.INVENTORY_WRITE)) == 201


@pytest.mark.parametrize("lines", [1, 50])
async def test_a_reservation_takes_four_statements_however_many_its_lines(
    db: Database, till: Till, lines: int
) -> None:
    wanted = [(f"SKU-{number}", 1) for number in range(lines)]
    for sku, _ in wanted:
        await stocked(db, units=2, sku=sku)

    with counted(db) as statements:
        ref = await till.held(*wanted)
    assert len(statements) == 4, statements
    with counted(db) as statements:
        await till.post("commit", ref)
    assert len(statements) == 3, statements
