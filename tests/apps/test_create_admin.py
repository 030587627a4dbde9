"""`sokoni create-admin` makes administrators, and says in a sentence why it does not."""

import asyncio

import pytest
from httpx import AsyncClient
from typer.testing import CliRunner, Result

from sokoni.apps.cli import app
from tests.identity.factories import PASSWORD, person


@pytest.fixture(autouse=True)
def _database_of_the_tests(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)


async def create_admin(*words: str, typed: str = "") -> Result:
    return await asyncio.to_thread(CliRunner().invoke, app, ["create-admin", *words], typed)


async def permissions(client: AsyncClient, email: str, password: str) -> list[str]:
    body = {"email": email, "password": password}
    answer = await client.post("/api/v1/auth/login", json=body)
    assert answer.status_code == 200
    granted: list[str] = answer.json()["user"]["permissions"]
    return granted


async def test_an_administrator_is_made_by_options(client: AsyncClient) -> None:
    done = await create_admin("--email", "Owner@Example.com", "--password", PASSWORD)

    assert (done.exit_code, done.stdout) == (0, "owner@example.com is an administrator.\n")
    assert await permissions(client, "owner@example.com", PASSWORD) == ["*"]


async def test_what_is_missing_is_asked_for(client: AsyncClient) -> None:
    done = await create_admin(typed=f"owner@example.com\n{PASSWORD}\n{PASSWORD}\n")

    assert done.exit_code == 0
    assert PASSWORD not in done.output
    assert await permissions(client, "owner@example.com", PASSWORD) == ["*"]


async def test_an_account_is_promoted_and_keeps_its_password(client: AsyncClient) -> None:
    asha = await person(client)

    done = await create_admin("--email", asha.email, "--promote")

    assert done.exit_code == 0
    assert await permissions(client, asha.email, PASSWORD) == ["*"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--email", "taken@example.com", "--password", PASSWORD), "There is an account"),
        (("--email", "nobody@example.com", "--promote"), "There is no active account"),
        (("--email", "new@example.com", "--password", "password123"), "The password is among "),
        (("--email", "new@example.com", "--password", "short"), "The password must have 8 to "),
        (("--email", "new", "--password", PASSWORD), "'new' is not an e-mail address."),
    ],
)
async def test_a_refusal_is_a_sentence(
    client: AsyncClient, words: tuple[str, ...], sentence: str
) -> None:
    await person(client, email="taken@example.com")

    done = await create_admin(*words)

    assert done.exit_code == 1
    assert sentence in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        ((), "--email"),
        (("--email", "owner@example.com"), "--password"),
        (("--promote",), "--email"),
    ],
)
async def test_without_a_terminal_it_says_what_is_missing(
    words: tuple[str, ...], missing: str
) -> None:
    done = await create_admin(*words)

    assert done.exit_code == 1
    assert done.stderr == f"{missing} is missing, and there is no terminal to ask at.\n"
