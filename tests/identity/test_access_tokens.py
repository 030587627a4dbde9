"""An access token counts only as we signed it, and only for its time."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient
from joserfc import jwt
from joserfc.jwk import OctKey

from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.settings import Settings
from tests.identity.factories import person

ME = "/api/v1/auth/me"


async def status(client: AsyncClient, token: str) -> int:
    return (await client.get(ME, headers={"Authorization": f"Bearer {token}"})).status_code


def part(content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def claims_of(token: str) -> dict[str, Any]:
    body = token.split(".")[1]
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return read


def signed(claims: dict[str, Any], *, secret: str, algorithm: str = "HS256") -> str:
    key = OctKey.import_key(secret)
    return jwt.encode({"alg": algorithm}, claims, key, algorithms=[algorithm])


async def test_a_token_names_its_user_session_and_time(client: AsyncClient) -> None:
    asha = await person(client)

    claims = claims_of(asha.access_token)

    assert set(claims) == {"sub", "sid", "iat", "exp", "jti"}
    assert claims["sub"] == asha.wire_id
    assert claims["exp"] - claims["iat"] == 900


async def test_a_token_without_signature_is_refused(client: AsyncClient) -> None:
    asha = await person(client)
    head, body, signature = asha.access_token.split(".")

    for none in ("none", "None", "NONE"):
        bare = part({"alg": none, "typ": "JWT"})
        assert await status(client, f"{bare}.{body}.") == 401
        assert await status(client, f"{bare}.{body}.{signature}") == 401
    assert await status(client, f"{head}.{body}.") == 401
    assert await status(client, asha.access_token) == 200


async def test_a_token_of_another_key_or_algorithm_is_refused(
    client: AsyncClient, settings: Settings
) -> None:
    asha = await person(client)
    claims = claims_of(asha.access_token)
    ours = settings.jwt_secret.get_secret_value()

    assert await status(client, signed(claims, secret=ours)) == 200
    assert (
        await status(client, signed(claims, secret="another-key-of-thirty-two-characters")) == 401
    )
    assert await status(client, signed(claims, secret=ours, algorithm="HS512")) == 401


@pytest.mark.parametrize(
    "head",
    [
        {"alg": "HS256", "crit": 5},
        {"alg": "HS256", "crit": ["exp"]},
        {"alg": ["HS256"]},
        {"alg": None},
        {},
        [],
        "x",
    ],
)
async def test_a_token_with_an_odd_header_is_refused(client: AsyncClient, head: Any) -> None:
    asha = await person(client)
    _, body, signature = asha.access_token.split(".")

    assert await status(client, f"{part(head)}.{body}.{signature}") == 401


async def test_a_changed_token_is_refused(client: AsyncClient) -> None:
    asha, juma = await person(client), await person(client)
    head, _, signature = asha.access_token.split(".")
    forged = part({**claims_of(asha.access_token), "sub": juma.wire_id})

    assert await status(client, f"{head}.{forged}.{signature}") == 401


async def test_a_token_of_one_user_with_the_session_of_another_is_refused(
    client: AsyncClient, settings: Settings
) -> None:
    asha, juma = await person(client), await person(client)
    mixed = {**claims_of(asha.access_token), "sub": juma.wire_id}

    assert await status(client, _ours(mixed, settings)) == 401


@pytest.mark.parametrize(
    "change",
    [{"exp": None}, {"exp": "never"}, {"exp": 0}, {"sid": None}, {"sub": 7}, {"sub": "usr_1"}],
)
async def test_a_token_of_ours_with_odd_claims_is_refused(
    client: AsyncClient, settings: Settings, change: dict[str, Any]
) -> None:
    asha = await person(client)
    claims = {**claims_of(asha.access_token), **change}

    assert await status(client, _ours(claims, settings)) == 401


async def test_a_token_expires(client: AsyncClient, clock: ShiftedClock) -> None:
    asha = await person(client)

    clock.advance(timedelta(minutes=14, seconds=50))
    assert await status(client, asha.access_token) == 200
    clock.advance(timedelta(seconds=11))
    assert await status(client, asha.access_token) == 401


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer x", "Bearer a.b.c", "Bearer " + "x" * 5000, "Basic YTpi", "é"]
)
async def test_a_credential_that_is_none_is_refused_not_ignored(
    client: AsyncClient, header: str
) -> None:
    response = await client.get(ME, headers={b"Authorization": header.encode("latin-1")})

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.json()["type"] == "/problems/unauthorized"


def _ours(claims: dict[str, Any], settings: Settings) -> str:
    return signed(claims, secret=settings.jwt_secret.get_secret_value())
