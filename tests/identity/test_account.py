"""An account over HTTP: register, sign in, who am I, change it, delete it."""

from httpx import AsyncClient

from tests.identity.factories import (
    PASSWORD,
)

AUTH = "/api/v1/auth"


async def test_a_newcomer_registers_and_is_signed_in(client: AsyncClient) -> None:
    body = {"email": "Asha@Example.com ", "password": PASSWORD, "name": "Asha"}
    response = await client.post(f"{AUTH}/register", json=body)

    assert response.status_code == 201
    tokens = response.json()
    assert tokens["token_type"] == "bearer"
    assert tokens["expires_in"] == 900
    assert tokens["user"]["email"] == "asha@example.com"
    assert tokens["user"]["permissions"] == []
    me = await client.get(
        f"{AUTH}/me", headers={"Authorization": f"Bearer {tokens['access_token']}"}
    )
    assert me.status_code == 200
    assert me.json() == tokens["user"]
    assert me.headers["etag"] == '"1"'
