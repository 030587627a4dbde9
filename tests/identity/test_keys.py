"""Server keys: shown once, limited to their scopes, gone when revoked."""

from datetime import timedelta

from httpx import AsyncClient
from sqlalchemy import text

from sokoni.kernel.access import Permission
from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database
from tests.identity.factories import administrator, member, server_key

URL = "/api/v1/admin/api-keys"
USERS, ROLES = "/api/v1/admin/users", "/api/v1/admin/roles"


async def test_a_key_is_shown_once_and_stored_as_a_hash(client: AsyncClient, db: Database) -> None:
    chief = await member(client, db, Permission.STAFF_WRITE, Permission.CUSTOMERS_READ)
    body = {"name": "Warehouse", "scopes": ["customers:read"]}

    # An answer kept for replays would hold the key.
    headers = {**chief.headers, "Idempotency-Key": "one"}
    made = await client.post(URL, json=body, headers=headers)
    listed = await client.get(URL, headers=chief.headers)

    assert made.status_code == 201
    assert made.headers["cache-control"] == "no-store"
    key = made.json()["key"]
    assert key.startswith(made.json()["prefix"])
    assert len(key) > 40
    [shown] = listed.json()["items"]
    assert shown == {name: value for name, value in made.json().items() if name != "key"}
    async with db.reading() as reading:
        row = (await reading.execute(text("SELECT * FROM identity.api_keys"))).one()
        assert key not in str(row)
        kept = await reading.scalar(text("SELECT count(*) FROM kernel.idempotency_keys"))
        assert kept == 0
        logged = await reading.scalar(
            text("SELECT after::text FROM audit.log WHERE action = 'key.issued'")
        )
        assert key not in logged


async def test_a_key_opens_its_scopes_only(client: AsyncClient, db: Database) -> None:
    headers = await server_key(db, Permission.CUSTOMERS_READ)

    assert (await client.get(USERS, headers=headers)).status_code == 200
    assert (await client.get(ROLES, headers=headers)).status_code == 403
    assert (await client.get("/api/v1/auth/me", headers=headers)).status_code == 401


async def test_a_wrong_key_is_refused_not_ignored(client: AsyncClient, db: Database) -> None:
    right = (await server_key(db, Permission.CUSTOMERS_READ))["X-API-Key"]

    for wrong in (right[:-1], right + "x", right.upper(), "sok_", right[:12]):
        answer = await client.get(USERS, headers={"X-API-Key": wrong})
        assert answer.status_code == 401


async def test_a_revoked_key_is_out_at_once(client: AsyncClient, db: Database) -> None:
    owner = (await administrator(client, db)).headers
    made = (
        await client.post(URL, json={"name": "x", "scopes": ["customers:read"]}, headers=owner)
    ).json()

    revoked = await client.delete(f"{URL}/{made['id']}", headers=owner)
    again = await client.delete(f"{URL}/{made['id']}", headers=owner)

    assert (revoked.status_code, again.status_code) == (204, 404)
    answer = await client.get(USERS, headers={"X-API-Key": made["key"]})
    assert answer.status_code == 401
    [shown] = (await client.get(URL, headers=owner)).json()["items"]
    assert shown["revoked_at"] is not None


async def test_the_use_of_a_key_is_noted_once_a_minute(
    client: AsyncClient, db: Database, clock: ShiftedClock
) -> None:
    headers = await server_key(db, Permission.CUSTOMERS_READ)

    async def noted() -> object:
        await client.get(USERS, headers=headers)
        async with db.reading() as reading:
            return await reading.scalar(text("SELECT last_used_at FROM identity.api_keys"))

    first = await noted()
    assert first is not None
    assert await noted() == first
    clock.advance(timedelta(seconds=61))
    assert await noted() != first


async def test_what_a_server_does_is_logged_under_its_key(
    client: AsyncClient, db: Database
) -> None:
    owner = (await administrator(client, db)).headers
    body = {"name": "Robot", "scopes": ["staff:write"]}
    robot = (await client.post(URL, json=body, headers=owner)).json()

    await client.post(
        ROLES, json={"name": "Desk", "permissions": []}, headers={"X-API-Key": robot["key"]}
    )

    url = f"/api/v1/admin/audit-log?actor={robot['id']}"
    [entry] = (await client.get(url, headers=owner)).json()["items"]
    assert (entry["actor"], entry["action"]) == (robot["id"], "role.created")


async def test_a_key_needs_scopes_and_a_name(client: AsyncClient, db: Database) -> None:
    owner = (await administrator(client, db)).headers

    for body in ({"name": "x", "scopes": []}, {"scopes": ["orders:read"]}, {"name": "x"}):
        assert (await client.post(URL, json=body, headers=owner)).status_code == 422
