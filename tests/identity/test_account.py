"""An account over HTTP: register, sign in, change it, delete it."""

import asyncio

import pytest
from httpx import AsyncClient
from sqlalchemy import text

from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from tests.identity.factories import PASSWORD, administrator, member, person, signed_in

AUTH = "/api/v1/auth"


async def test_a_newcomer_registers_and_is_signed_in(client: AsyncClient) -> None:
    body = {"email": "Asha@Example.com ", "password": PASSWORD, "name": "Asha"}
    response = await client.post(f"{AUTH}/register", json=body)

    assert response.status_code == 201
    assert response.headers["cache-control"] == "no-store"
    tokens = response.json()
    assert tokens["token_type"] == "bearer"
    assert tokens["expires_in"] == 900
    assert tokens["user"]["email"] == "asha@example.com"
    assert tokens["user"]["permissions"] == []
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    me = await client.get(f"{AUTH}/me", headers=bearer)
    assert me.status_code == 200
    assert me.json() == tokens["user"]
    assert me.headers["etag"] == '"1"'


async def test_an_address_has_one_account_in_any_case(client: AsyncClient) -> None:
    await person(client, email="asha@example.com")

    body = {"email": "ASHA@example.COM", "password": PASSWORD}
    again = await client.post(f"{AUTH}/register", json=body)

    assert again.status_code == 409
    assert again.json()["type"] == "/problems/email-taken"
    assert "set-cookie" not in again.headers


async def test_of_ten_registrations_at_once_one_gets_the_address(client: AsyncClient) -> None:
    body = {"email": "asha@example.com", "password": PASSWORD}

    answers = await asyncio.gather(*(client.post(f"{AUTH}/register", json=body) for _ in range(10)))

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9


@pytest.mark.parametrize(
    "extra",
    [
        {"is_active": True},
        {"roles": ["administrator"]},
        {"permissions": ["*"]},
        {"email_verified_at": "2026-01-01T00:00:00Z"},
        {"id": "usr_01j4vg0000e0080000000000g1"},
    ],
)
async def test_nobody_registers_with_fields_that_are_not_theirs(
    client: AsyncClient, extra: dict[str, object]
) -> None:
    body = {"email": "asha@example.com", "password": PASSWORD, **extra}

    response = await client.post(f"{AUTH}/register", json=body)

    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == f"/{next(iter(extra))}"


@pytest.mark.parametrize(
    "password",
    [
        "1234567",
        "x" * 129,
        "password",
        "Password123",
        "aaaaaaaaaaaa",
        "asha.mrema@example.com",
        "asha.mrema",
    ],
)
async def test_a_password_that_is_easily_guessed_is_refused(
    client: AsyncClient, password: str
) -> None:
    body = {"email": "asha.mrema@example.com", "password": password}

    response = await client.post(f"{AUTH}/register", json=body)

    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == "/password"
    assert f'"{password}"' not in response.text


@pytest.mark.parametrize("password", ["12345abc", "x1" * 64, "Admin@123", "mañana ümlaut 雪"])
async def test_a_password_within_the_limits_is_taken(client: AsyncClient, password: str) -> None:
    body = {"email": "asha@example.com", "password": password}

    assert (await client.post(f"{AUTH}/register", json=body)).status_code == 201
    assert (await client.post(f"{AUTH}/login", json=body)).status_code == 200


async def test_a_wrong_password_and_an_unknown_address_answer_alike(client: AsyncClient) -> None:
    known = await person(client)

    wrong = await client.post(f"{AUTH}/login", json={"email": known.email, "password": "wrong"})
    unknown = await client.post(f"{AUTH}/login", json={"email": "no@example.com", "password": "x"})

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json()["type"] == "/problems/invalid-credentials"
    assert {**wrong.json(), "request_id": None} == {**unknown.json(), "request_id": None}


async def test_the_documentation_signs_in_by_the_oauth2_form(client: AsyncClient) -> None:
    asha = await person(client)

    form = {"grant_type": "password", "username": asha.email.upper(), "password": PASSWORD}
    right = await client.post(f"{AUTH}/token", data=form)
    wrong = await client.post(f"{AUTH}/token", data={**form, "password": "wrong"})

    assert right.status_code == 200
    assert right.json()["user"]["id"] == asha.wire_id
    assert wrong.status_code == 401


async def test_the_refresh_cookie_is_for_our_server_alone(client: AsyncClient) -> None:
    asha = await person(client)

    answer = await client.post(f"{AUTH}/login", json={"email": asha.email, "password": PASSWORD})

    value, *flags = answer.headers["set-cookie"].split("; ")
    assert value == f"refresh_token={answer.json()['refresh_token']}"
    assert sorted(flags) == [
        "HttpOnly",
        "Max-Age=2592000",
        "Path=/api/v1/auth",
        "SameSite=Lax",
        "Secure",
    ]


@pytest.mark.parametrize("site", ["same-origin", "same-site"])
async def test_scripts_of_a_page_never_see_the_refresh_token(
    client: AsyncClient, site: str
) -> None:
    asha = await person(client)

    answer = await client.post(
        f"{AUTH}/login",
        json={"email": asha.email, "password": PASSWORD},
        headers={"Sec-Fetch-Site": site},
    )

    assert answer.json()["refresh_token"] is None
    assert answer.headers["set-cookie"].startswith("refresh_token=")


async def test_somebody_changes_their_name(client: AsyncClient) -> None:
    headers = await signed_in(client)

    changed = await client.patch(f"{AUTH}/me", json={"name": " Neema "}, headers=headers)
    late = await client.patch(
        f"{AUTH}/me", json={"name": "Late"}, headers={**headers, "If-Match": '"1"'}
    )
    timely = await client.patch(
        f"{AUTH}/me", json={"name": None}, headers={**headers, "If-Match": '"2"'}
    )

    assert (changed.status_code, changed.json()["name"]) == (200, "Neema")
    assert changed.headers["etag"] == '"2"'
    assert late.status_code == 412
    assert (timely.status_code, timely.json()["name"]) == (200, None)


@pytest.mark.parametrize("field", ["email", "is_active", "roles", "permissions", "version"])
async def test_nobody_changes_about_themselves_what_is_not_theirs(
    client: AsyncClient, field: str
) -> None:
    headers = await signed_in(client)

    response = await client.patch(f"{AUTH}/me", json={field: "x"}, headers=headers)

    assert response.status_code == 422
    assert response.json()["errors"][0]["pointer"] == f"/{field}"


async def test_a_new_password_ends_all_other_sessions(client: AsyncClient) -> None:
    asha = await person(client)
    old = {"email": asha.email, "password": PASSWORD}
    elsewhere = (await client.post(f"{AUTH}/login", json=old)).json()
    client.cookies.clear()

    wrong = await client.post(
        f"{AUTH}/change-password",
        json={"current_password": "wrong", "new_password": "nine-dry-mangoes"},
        headers=asha.headers,
    )
    changed = await client.post(
        f"{AUTH}/change-password",
        json={"current_password": PASSWORD, "new_password": "nine-dry-mangoes"},
        headers=asha.headers,
    )

    assert wrong.status_code == 403
    assert wrong.json()["type"] == "/problems/wrong-password"
    assert changed.status_code == 204
    assert (await client.get(f"{AUTH}/me", headers=asha.headers)).status_code == 200
    stranger = {"Authorization": f"Bearer {elsewhere['access_token']}"}
    assert (await client.get(f"{AUTH}/me", headers=stranger)).status_code == 401
    token = {"refresh_token": elsewhere["refresh_token"]}
    assert (await client.post(f"{AUTH}/refresh", json=token)).status_code == 401
    assert (await client.post(f"{AUTH}/login", json=old)).status_code == 401
    new = {**old, "password": "nine-dry-mangoes"}
    assert (await client.post(f"{AUTH}/login", json=new)).status_code == 200


async def test_a_new_password_follows_the_rules(client: AsyncClient) -> None:
    asha = await person(client)

    for weak in ("short", "password123", asha.email):
        response = await client.post(
            f"{AUTH}/change-password",
            json={"current_password": PASSWORD, "new_password": weak},
            headers=asha.headers,
        )
        assert response.status_code == 422
        assert response.json()["errors"][0]["pointer"] == "/new_password"


async def test_of_two_password_changes_at_once_one_wins(client: AsyncClient) -> None:
    asha = await person(client)

    async def change(new: str) -> int:
        body = {"current_password": PASSWORD, "new_password": new}
        answer = await client.post(f"{AUTH}/change-password", json=body, headers=asha.headers)
        return answer.status_code

    answers = await asyncio.gather(*(change(f"{number}-dry-mangoes") for number in range(4)))

    assert sorted(answers) == [204, 403, 403, 403]


async def test_a_deleted_account_is_forgotten(client: AsyncClient, db: Database) -> None:
    asha = await person(client, email="asha@example.com")
    address = {"name": "Asha", "line1": "12 Samora Avenue", "city": "Dodoma", "country": "TZ"}
    await client.post("/api/v1/addresses", json=address, headers=asha.headers)

    async def delete(password: str) -> int:
        answer = await client.request(
            "DELETE", f"{AUTH}/me", json={"password": password}, headers=asha.headers
        )
        return answer.status_code

    assert await delete("wrong") == 403
    assert await delete(PASSWORD) == 204

    assert (await client.get(f"{AUTH}/me", headers=asha.headers)).status_code == 401
    credentials = {"email": asha.email, "password": PASSWORD}
    assert (await client.post(f"{AUTH}/login", json=credentials)).status_code == 401
    async with db.reading() as reading:
        left = (
            await reading.execute(
                text(
                    "SELECT u.email, u.name, u.password_hash, u.is_active,"
                    " (SELECT count(*) FROM identity.addresses) AS addresses,"
                    " (SELECT count(*) FROM identity.sessions) AS sessions"
                    " FROM identity.users AS u"
                )
            )
        ).one()
    assert left == (f"{asha.wire_id}@deleted.invalid", None, "!", False, 0, 0)
    assert (await client.post(f"{AUTH}/register", json=credentials)).status_code == 201


async def test_the_last_administrator_cannot_delete_themselves(
    client: AsyncClient, db: Database
) -> None:
    first = await administrator(client, db)
    body = {"password": PASSWORD}

    alone = await client.request("DELETE", f"{AUTH}/me", json=body, headers=first.headers)
    await administrator(client, db)
    together = await client.request("DELETE", f"{AUTH}/me", json=body, headers=first.headers)

    assert alone.status_code == 409
    assert alone.json()["type"] == "/problems/last-administrator"
    assert together.status_code == 204


async def test_somebody_sees_and_ends_their_own_sessions_only(client: AsyncClient) -> None:
    asha, juma = await person(client), await person(client)
    credentials = {"email": asha.email, "password": PASSWORD}
    phone = await client.post(
        f"{AUTH}/login", json=credentials, headers={"User-Agent": "Asha's phone"}
    )
    client.cookies.clear()
    on_phone = {"Authorization": f"Bearer {phone.json()['access_token']}"}

    mine = (await client.get(f"{AUTH}/sessions", headers=asha.headers)).json()["items"]
    his = (await client.get(f"{AUTH}/sessions", headers=juma.headers)).json()["items"]

    assert [(session["user_agent"], session["is_current"]) for session in mine] == [
        ("Asha's phone", False),
        (mine[1]["user_agent"], True),
    ]
    assert len(his) == 1
    theft = await client.delete(f"{AUTH}/sessions/{his[0]['id']}", headers=asha.headers)
    assert theft.status_code == 404
    assert (await client.get(f"{AUTH}/me", headers=juma.headers)).status_code == 200
    ended = await client.delete(f"{AUTH}/sessions/{mine[0]['id']}", headers=asha.headers)
    assert ended.status_code == 204
    assert (await client.get(f"{AUTH}/me", headers=on_phone)).status_code == 401
    assert (await client.get(f"{AUTH}/me", headers=asha.headers)).status_code == 200
    again = await client.delete(f"{AUTH}/sessions/{mine[0]['id']}", headers=asha.headers)
    assert again.status_code == 404


async def test_staff_see_their_permissions_in_their_account(
    client: AsyncClient, db: Database
) -> None:
    packer = await member(client, db, Permission.ORDERS_READ, Permission.INVENTORY_WRITE)

    me = (await client.get(f"{AUTH}/me", headers=packer.headers)).json()

    assert me["permissions"] == ["inventory:write", "orders:read"]
    assert [role["name"] for role in me["roles"]] == [f"Role of {packer.email}"]
