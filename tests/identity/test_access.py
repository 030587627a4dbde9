"""Every staff route opens to its own permission, and to no other."""

import asyncio
import re

from fastapi import FastAPI
from httpx import AsyncClient

from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from tests.identity.factories import administrator, signed_in, staff

SEGMENT = re.compile(r"\{[^}]+\}")


def staff_operations(app: FastAPI) -> list[tuple[str, str, str]]:
    """Method, path with a made-up id, and the permission of each route for staff or servers."""
    found = []
    for path, operations in app.openapi()["paths"].items():
        for method, operation in operations.items():
            kind, _, permission = operation.get("x-access", "").partition(":")
            if kind in {"staff", "server"}:
                found.append((method.upper(), SEGMENT.sub("nothing", path), permission))
    return found


async def test_a_permission_opens_its_own_routes_only(
    app: FastAPI, client: AsyncClient, db: Database
) -> None:
    operations = [one for one in staff_operations(app) if one[2]]
    assert len(operations) >= 11
    wrong = []

    async def knock(permission: Permission, headers: dict[str, str]) -> None:
        for method, path, needed in operations:
            answer = await client.request(method, path, headers=headers)
            forbidden = answer.status_code == 403
            if forbidden is (needed == permission) or answer.status_code in {401, 500}:
                wrong.append((permission, method, path, answer.status_code))

    for permission in Permission:
        if permission is not Permission.ALL:
            await knock(permission, await staff(client, db, permission))

    assert wrong == []


async def test_what_is_for_any_staff_opens_to_each_permission(
    app: FastAPI, client: AsyncClient, db: Database
) -> None:
    for_all = [(method, path) for method, path, needed in staff_operations(app) if not needed]
    assert for_all == [("GET", "/api/v1/admin/todo")]

    for permission in Permission:
        headers = await staff(client, db, permission)
        for method, path in for_all:
            assert (await client.request(method, path, headers=headers)).status_code == 200


async def test_customers_and_strangers_get_into_no_staff_route(
    app: FastAPI, client: AsyncClient
) -> None:
    customer = await signed_in(client)

    for method, path, _ in staff_operations(app):
        assert (await client.request(method, path, headers=customer)).status_code == 403
        assert (await client.request(method, path)).status_code == 401


async def test_an_administrator_gets_into_all_of_them(
    app: FastAPI, client: AsyncClient, db: Database
) -> None:
    owner = (await administrator(client, db)).headers

    async def knock(method: str, path: str) -> int:
        return (await client.request(method, path, headers=owner)).status_code

    answers = await asyncio.gather(
        *(knock(method, path) for method, path, _ in staff_operations(app))
    )

    assert not {401, 403, 500} & set(answers)
