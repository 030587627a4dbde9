"""The first administrator claims the shop with its secret; afterwards the secret opens nothing."""

import asyncio
from typing import Any

from httpx import AsyncClient, Response

from sokoni.identity import flows, queries
from sokoni.identity.flows import Newcomer
from sokoni.kernel.db import Database
from tests.identity.factories import NOW, PASSWORD, administrator, person

URL = "/api/v1/auth/admin/register"
SECRET = "test-admin-secret"


async def claim(client: AsyncClient, **changes: Any) -> Response:
    body = {"email": "owner@example.com", "password": PASSWORD, "admin_secret": SECRET}
    return await client.post(URL, json={**body, **changes})


async def test_the_first_administrator_may_do_everything(client: AsyncClient) -> None:
    answer = await claim(client)

    assert answer.status_code == 201
    assert answer.json()["user"]["permissions"] == ["*"]
    bearer = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    assert (await client.get("/api/v1/admin/users", headers=bearer)).status_code == 200


async def test_a_wrong_secret_makes_nobody_an_administrator(client: AsyncClient) -> None:
    for wrong in ("test-admin-secre", "test-admin-secret ", "é", "x" * 500):
        answer = await claim(client, admin_secret=wrong)
        assert answer.status_code == 403
        assert answer.json()["type"] == "/problems/wrong-admin-secret"

    assert (await claim(client, admin_secret="")).status_code == 422


async def test_the_secret_works_once(client: AsyncClient) -> None:
    await claim(client)

    again = await claim(client, email="second@example.com")
    wrong = await claim(client, email="second@example.com", admin_secret="wrong")

    assert again.status_code == 409
    assert again.json()["type"] == "/problems/administrator-exists"
    assert wrong.status_code == 403


async def test_of_ten_claims_at_once_one_gets_the_shop(client: AsyncClient) -> None:
    answers = await asyncio.gather(
        *(claim(client, email=f"owner{number}@example.com") for number in range(10))
    )

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9


async def test_a_customer_is_not_made_an_administrator_by_the_secret(
    client: AsyncClient,
) -> None:
    asha = await person(client)

    answer = await claim(client, email=asha.email)

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/email-taken"
    me = await client.get("/api/v1/auth/me", headers=asha.headers)
    assert me.json()["permissions"] == []


async def test_an_administrator_made_elsewhere_closes_the_door(
    client: AsyncClient, db: Database
) -> None:
    await administrator(client, db)

    assert (await claim(client)).status_code == 409


async def test_accounts_are_made_without_http(client: AsyncClient, db: Database) -> None:
    owner = Newcomer(email=" Owner@Example.com", password="Admin@123", name="Owner")
    await flows.create_account(db, newcomer=owner, is_administrator=True, now=NOW)
    buyer = Newcomer(email="alice@example.com", password="Alice@123")
    await flows.create_account(db, newcomer=buyer, is_administrator=False, now=NOW)

    async with db.reading() as reading:
        found = await queries.user_by_email(reading, "OWNER@example.com")
        assert found is not None
        assert found.permissions == ["*"]
    for newcomer, permissions in ((owner, ["*"]), (buyer, [])):
        credentials = {"email": newcomer.email, "password": newcomer.password}
        answer = await client.post("/api/v1/auth/login", json=credentials)
        assert answer.json()["user"]["permissions"] == permissions
