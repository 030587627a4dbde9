"""Staff: who may find, change and promote whom, and what nobody may."""

import asyncio
from typing import Any

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import text

from sokoni.identity import queries, service
from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode
from tests.identity.factories import NOW, OWNER, Person, administrator, member, person, staff

USERS, ROLES = "/api/v1/admin/users", "/api/v1/admin/roles"
CUSTOMERS = (Permission.CUSTOMERS_READ, Permission.CUSTOMERS_WRITE)


async def make_role(db: Database, name: str, *permissions: Permission) -> str:
    """The wire id of a new role."""
    async with db.transaction() as tx:
        role = await service.create_role(
            tx, caller=OWNER, name=name, permissions=permissions, now=NOW
        )
    return encode("role", role.id)


async def change(client: AsyncClient, by: dict[str, str], who: Person, **changes: Any) -> Response:
    return await client.patch(f"{USERS}/{who.wire_id}", json=changes, headers=by)


async def test_accounts_are_found_by_how_they_begin(client: AsyncClient, db: Database) -> None:
    reader = await member(client, db, Permission.CUSTOMERS_READ, email="reader@example.com")
    for email in ("juma@example.com", "asha_1@example.com", "ashaX1@example.com"):
        await person(client, email=email)

    async def found(query: str) -> list[str]:
        answer = await client.get(f"{USERS}?{query}", headers=reader.headers)
        assert answer.status_code == 200
        return [item["email"] for item in answer.json()["items"]]

    assert await found("q=asha_1") == ["asha_1@example.com"]
    assert await found("q=JUMA") == ["juma@example.com"]
    assert len(await found("q=asha m")) == 4
    assert await found("q=%25") == []
    assert await found("is_active=false") == []
    role = (await client.get("/api/v1/auth/me", headers=reader.headers)).json()["roles"][0]
    assert await found(f"role={role['id']}") == ["reader@example.com"]


async def test_accounts_come_in_pages(client: AsyncClient, db: Database) -> None:
    reader = await staff(client, db, Permission.CUSTOMERS_READ)
    for number in range(6):
        await person(client, email=f"buyer{number}@example.com")

    seen, cursor = [], ""
    for _ in range(4):
        page = (await client.get(f"{USERS}?limit=2{cursor}", headers=reader)).json()
        seen += [item["email"] for item in page["items"]]
        cursor = f"&cursor={page['next_cursor']}"

    assert page["next_cursor"] is None
    assert seen[:6] == [f"buyer{number}@example.com" for number in reversed(range(6))]
    assert len(seen) == len(set(seen)) == 7
    broken = await client.get(f"{USERS}?cursor=abc", headers=reader)
    assert broken.status_code == 422


async def test_accounts_come_with_the_permissions_of_all_their_roles(
    client: AsyncClient, db: Database
) -> None:
    owner, asha = await administrator(client, db), await person(client)
    desk = await make_role(db, "Desk", Permission.ORDERS_READ, Permission.ORDERS_WRITE)
    audit = await make_role(db, "Audit", Permission.AUDIT_READ, Permission.ORDERS_READ)

    await change(client, owner.headers, asha, roles=[desk, audit, desk])

    listed = (await client.get(f"{USERS}?q={asha.email}", headers=owner.headers)).json()
    assert listed["items"][0]["permissions"] == ["audit:read", "orders:read", "orders:write"]
    assert [role["name"] for role in listed["items"][0]["roles"]] == ["Audit", "Desk"]


async def test_a_change_of_roles_acts_at_once(client: AsyncClient, db: Database) -> None:
    owner, asha = await administrator(client, db), await person(client)
    role = await make_role(db, "Desk", *CUSTOMERS)
    assert (await client.get(USERS, headers=asha.headers)).status_code == 403

    given = await change(client, owner.headers, asha, roles=[role])
    allowed = await client.get(USERS, headers=asha.headers)
    taken = await change(client, owner.headers, asha, roles=[])

    assert given.status_code == 200
    assert given.json()["permissions"] == ["customers:read", "customers:write"]
    assert allowed.status_code == 200
    assert taken.json()["roles"] == []
    assert (await client.get(USERS, headers=asha.headers)).status_code == 403


async def test_a_change_of_a_role_acts_at_once(client: AsyncClient, db: Database) -> None:
    owner = await administrator(client, db)
    packer = await member(client, db, Permission.CUSTOMERS_READ)
    role = (await client.get("/api/v1/auth/me", headers=packer.headers)).json()["roles"][0]

    changed = await client.patch(
        f"{ROLES}/{role['id']}",
        json={"name": "Packers", "permissions": ["orders:read", "orders:read"]},
        headers=owner.headers,
    )

    assert changed.json()["permissions"] == ["orders:read"]
    assert (changed.json()["name"], changed.json()["version"]) == ("Packers", 2)
    assert (await client.get(USERS, headers=packer.headers)).status_code == 403


async def test_nobody_gives_what_they_lack(client: AsyncClient, db: Database) -> None:
    chief = await member(client, db, *CUSTOMERS, Permission.STAFF_WRITE)
    asha = await person(client)
    wide = await make_role(db, "Refunds", Permission.ORDERS_REFUND)
    await administrator(client, db)
    roles = (await client.get(ROLES, headers=chief.headers)).json()["items"]
    all_powerful = next(role for role in roles if role["name"] == "administrator")

    answers = [
        await change(client, chief.headers, asha, roles=[wide]),
        await change(client, chief.headers, chief, roles=[wide]),
        await change(client, chief.headers, chief, roles=[all_powerful["id"]]),
        await client.post(
            ROLES, json={"name": "Mine", "permissions": ["*"]}, headers=chief.headers
        ),
        await client.post(
            ROLES, json={"name": "Mine", "permissions": ["orders:refund"]}, headers=chief.headers
        ),
        await client.patch(f"{ROLES}/{wide}", json={"permissions": []}, headers=chief.headers),
        await client.delete(f"{ROLES}/{wide}", headers=chief.headers),
        await client.post(
            "/api/v1/admin/api-keys", json={"name": "x", "scopes": ["*"]}, headers=chief.headers
        ),
    ]

    assert [answer.status_code for answer in answers] == [403] * 8
    assert {answer.json()["type"] for answer in answers} == {"/problems/more-than-yours"}
    me = (await client.get("/api/v1/auth/me", headers=chief.headers)).json()
    assert me["permissions"] == ["customers:read", "customers:write", "staff:write"]


async def test_somebody_widens_no_role_of_their_own(client: AsyncClient, db: Database) -> None:
    chief = await member(client, db, *CUSTOMERS, Permission.STAFF_WRITE)
    mine = (await client.get("/api/v1/auth/me", headers=chief.headers)).json()["roles"][0]

    answer = await client.patch(
        f"{ROLES}/{mine['id']}",
        json={"permissions": ["staff:write", "payments:read"]},
        headers=chief.headers,
    )

    assert answer.status_code == 403


async def test_lesser_staff_cannot_touch_greater(client: AsyncClient, db: Database) -> None:
    owner = await administrator(client, db)
    await administrator(client, db)
    chief = await staff(client, db, *CUSTOMERS, Permission.STAFF_WRITE)
    clerk = await staff(client, db, *CUSTOMERS)
    packer, asha = await member(client, db, Permission.CUSTOMERS_READ), await person(client)

    assert (await change(client, chief, owner, is_active=False)).status_code == 403
    assert (await change(client, chief, owner, roles=[])).status_code == 403
    assert (await change(client, clerk, packer, is_active=False)).status_code == 403
    assert (await change(client, clerk, asha, roles=[])).status_code == 403
    assert (await change(client, clerk, asha, is_active=False)).status_code == 200
    assert (await change(client, chief, packer, is_active=False)).status_code == 200


@pytest.mark.parametrize("field", ["email", "permissions", "password", "version", "name"])
async def test_staff_change_nothing_else_of_an_account(
    client: AsyncClient, db: Database, field: str
) -> None:
    owner, asha = await administrator(client, db), await person(client)

    answer = await change(client, owner.headers, asha, **{field: "x"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/{field}"


async def test_a_deactivated_user_may_come_back(client: AsyncClient, db: Database) -> None:
    owner, asha = await administrator(client, db), await person(client)
    await change(client, owner.headers, asha, is_active=False)

    back = await change(client, owner.headers, asha, is_active=True)

    assert back.json()["is_active"] is True
    # The old sessions stay ended: signing in again takes the password.
    assert (await client.get("/api/v1/auth/me", headers=asha.headers)).status_code == 401


async def test_an_old_version_changes_no_account(client: AsyncClient, db: Database) -> None:
    owner, asha = await administrator(client, db), await person(client)
    await change(client, owner.headers, asha, is_active=True)

    late = await client.patch(
        f"{USERS}/{asha.wire_id}",
        json={"is_active": False},
        headers={**owner.headers, "If-Match": '"1"'},
    )

    assert late.status_code == 412
    assert (await client.get("/api/v1/auth/me", headers=asha.headers)).status_code == 200


async def test_unknown_accounts_and_roles_are_not_there(client: AsyncClient, db: Database) -> None:
    owner = (await administrator(client, db)).headers
    nobody = "usr_00000000000000000000000000"
    no_role = "role_00000000000000000000000000"

    assert (await client.get(f"{USERS}/{nobody}", headers=owner)).status_code == 404
    unknown = await client.patch(f"{USERS}/{nobody}", json={}, headers=owner)
    assert unknown.status_code == 404
    assert (await client.patch(f"{ROLES}/{no_role}", json={}, headers=owner)).status_code == 404
    assert (await client.delete(f"{ROLES}/{no_role}", headers=owner)).status_code == 404
    asha = await person(client)
    assert (await change(client, owner, asha, roles=[no_role])).status_code == 422


async def test_the_shop_keeps_an_administrator(client: AsyncClient, db: Database) -> None:
    owner = await administrator(client, db)

    alone = [
        await change(client, owner.headers, owner, is_active=False),
        await change(client, owner.headers, owner, roles=[]),
    ]

    assert [answer.status_code for answer in alone] == [409, 409]
    assert {answer.json()["type"] for answer in alone} == {"/problems/last-administrator"}
    await administrator(client, db)
    assert (await change(client, owner.headers, owner, roles=[])).status_code == 200


async def test_two_administrators_who_deactivate_each_other_leave_one(
    client: AsyncClient, db: Database
) -> None:
    first, second = await administrator(client, db), await administrator(client, db)

    answers = await asyncio.gather(
        change(client, first.headers, second, is_active=False),
        change(client, second.headers, first, is_active=False),
    )

    assert sorted(answer.status_code for answer in answers) in ([200, 401], [200, 409])
    async with db.reading() as reading:
        active = "SELECT count(*) FROM identity.users WHERE is_active"
        assert await reading.scalar(text(active)) == 1


async def test_this_bench_loses_both_without_the_lock(client: AsyncClient, db: Database) -> None:
    people = [await administrator(client, db), await administrator(client, db)]
    both_looked = asyncio.Barrier(2)

    async def naive(who: Person) -> None:
        async with db.transaction() as tx:
            assert await queries.administrator_exists(tx, besides=who.id)
            await both_looked.wait()
            leave = text("UPDATE identity.users SET is_active = false WHERE id = :id")
            await tx.execute(leave, {"id": who.id})

    await asyncio.gather(*(naive(who) for who in people))

    async with db.reading() as reading:
        assert not await queries.administrator_exists(reading)


async def test_the_last_role_with_everything_keeps_everything(
    client: AsyncClient, db: Database
) -> None:
    owner = await member(client, db, Permission.ALL)
    role = (await client.get("/api/v1/auth/me", headers=owner.headers)).json()["roles"][0]

    answer = await client.patch(
        f"{ROLES}/{role['id']}", json={"permissions": ["staff:write"]}, headers=owner.headers
    )

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/last-administrator"


async def test_roles_are_made_named_once_and_deleted_when_free(
    client: AsyncClient, db: Database
) -> None:
    owner, asha = await administrator(client, db), await person(client)
    body = {"name": "Desk", "permissions": ["orders:read"]}

    made = await client.post(ROLES, json=body, headers=owner.headers)
    again = await client.post(ROLES, json=body, headers=owner.headers)
    other = await client.post(ROLES, json={**body, "name": "Other"}, headers=owner.headers)
    desk = f"{ROLES}/{made.json()['id']}"
    clash = await client.patch(desk, json={"name": "Other"}, headers=owner.headers)
    await change(client, owner.headers, asha, roles=[made.json()["id"]])
    used = await client.delete(desk, headers=owner.headers)
    await change(client, owner.headers, asha, roles=[])
    free = await client.delete(desk, headers=owner.headers)

    assert (made.status_code, other.status_code) == (201, 201)
    assert again.json()["type"] == clash.json()["type"] == "/problems/role-name-taken"
    assert used.json()["type"] == "/problems/role-in-use"
    assert free.status_code == 204
    names = [
        item["name"] for item in (await client.get(ROLES, headers=owner.headers)).json()["items"]
    ]
    assert names == ["Other", "administrator"]


async def test_the_built_in_role_stays(client: AsyncClient, db: Database) -> None:
    owner = (await administrator(client, db)).headers
    role = (await client.get(ROLES, headers=owner)).json()["items"][0]
    one = f"{ROLES}/{role['id']}"

    changed = await client.patch(one, json={"permissions": []}, headers=owner)
    deleted = await client.delete(one, headers=owner)
    named = await client.post(
        ROLES, json={"name": "administrator", "permissions": []}, headers=owner
    )

    assert [changed.status_code, deleted.status_code, named.status_code] == [409, 409, 409]
    assert changed.json()["type"] == "/problems/built-in-role"


async def test_a_permission_that_does_not_exist_is_refused(
    client: AsyncClient, db: Database
) -> None:
    owner = (await administrator(client, db)).headers

    answer = await client.post(
        ROLES, json={"name": "Desk", "permissions": ["orders:read", "orders:*"]}, headers=owner
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/permissions/1"


async def test_what_staff_change_is_in_the_audit_log(client: AsyncClient, db: Database) -> None:
    owner, asha = await administrator(client, db), await person(client)
    role = await client.post(
        ROLES, json={"name": "Desk", "permissions": ["orders:read"]}, headers=owner.headers
    )
    await change(client, owner.headers, asha, roles=[role.json()["id"]], is_active=False)

    url = f"/api/v1/admin/audit-log?actor={owner.wire_id}"
    log = (await client.get(url, headers=owner.headers)).json()["items"]

    assert [(entry["action"], entry["subject"]) for entry in log] == [
        ("user.changed", asha.wire_id),
        ("role.created", role.json()["id"]),
    ]
    assert log[0]["actor"] == owner.wire_id
    assert log[0]["before"] == {"is_active": True, "roles": []}
    assert log[0]["after"] == {"is_active": False, "roles": ["Desk"]}
