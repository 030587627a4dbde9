"""Guessing passwords, secrets and tokens is slow: each door lets in only so many a minute."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from sokoni.kernel.db import Database
from sokoni.kernel.settings import Settings
from tests.identity.factories import signed_in

AUTH = "/api/v1/auth"
LOGIN = {"email": "asha@example.com", "password": "a-wrong-guess"}
SECRET = {**LOGIN, "admin_secret": "a-wrong-guess"}


@pytest.fixture(autouse=True)
def _limits_are_on(app: FastAPI, settings: Settings) -> Iterator[None]:
    app.state.settings = settings.model_copy(update={"rate_limit_enabled": True})
    yield
    app.state.settings = settings


@pytest.mark.parametrize(
    ("path", "times", "body"),
    [
        ("/login", 10, {"json": LOGIN}),
        ("/token", 10, {"data": {"username": "asha@example.com", "password": "guess"}}),
        ("/admin/register", 5, {"json": SECRET}),
        ("/refresh", 60, {"json": {"refresh_token": "guess"}}),
    ],
)
async def test_guesses_are_counted(
    client: AsyncClient, db: Database, path: str, times: int, body: dict[str, Any]
) -> None:
    allowed = [await client.post(AUTH + path, **body) for _ in range(times)]
    assert {answer.status_code for answer in allowed} <= {401, 403}

    # A slow machine earns a few tries back while it asks; a fast one is stopped at once.
    for _ in range(times * 4):
        if (await client.post(AUTH + path, **body)).status_code == 429:
            return
    raise AssertionError("nobody was ever told to slow down")


async def test_a_form_and_a_body_share_one_count(client: AsyncClient, db: Database) -> None:
    form = {"username": "asha@example.com", "password": "guess"}
    for _ in range(5):
        await client.post(f"{AUTH}/login", json=LOGIN)
        await client.post(f"{AUTH}/token", data=form)

    assert (await client.post(f"{AUTH}/login", json=LOGIN)).status_code == 429


async def test_a_session_does_not_help_to_guess_its_password(
    client: AsyncClient, db: Database
) -> None:
    headers = await signed_in(client)

    async def guess(number: int) -> int:
        if number % 2:
            body = {"current_password": "guess", "new_password": "nine-dry-mangoes"}
            url = f"{AUTH}/change-password"
            return (await client.post(url, json=body, headers=headers)).status_code
        answer = await client.request(
            "DELETE", f"{AUTH}/me", json={"password": "guess"}, headers=headers
        )
        return answer.status_code

    assert [await guess(number) for number in range(11)] == [403] * 10 + [429]
