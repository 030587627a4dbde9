"""Limits count callers across processes, tell what is left, and never close a shop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from asgi_lifespan import LifespanManager
from fastapi import FastAPI
from sqlalchemy import text
from starlette.requests import Request

from sokoni.apps.api import create_app
from sokoni.kernel import limits
from sokoni.kernel.access import Authenticator
from sokoni.kernel.db import Database
from sokoni.kernel.settings import Settings
from tests.kernel import bells

LIMITED = "/api/v1/bells/limited"


@asynccontextmanager
async def shop(settings: Settings, database_url: str) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(settings, database_url=database_url, modules=(), more=[bells.router])
    async with LifespanManager(app):
        app.state.resources.put(Authenticator, bells.Doorman())
        transport = httpx.ASGITransport(app=app, client=("198.51.100.7", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
            yield client


@pytest.fixture
def limiting(settings: Settings) -> Settings:
    return settings.model_copy(update={"rate_limit_enabled": True})


async def test_two_processes_share_one_limit(
    limiting: Settings, database_url: str, db: Database
) -> None:
    async with shop(limiting, database_url) as one, shop(limiting, database_url) as other:
        answers = [await client.get(LIMITED) for client in (one, other, one, other)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert {answer.headers["RateLimit-Limit"] for answer in answers} == {"3"}
    refused = answers[-1]
    assert refused.json()["type"] == "/problems/too-many"
    assert 19 <= int(refused.headers["Retry-After"]) <= 20
    assert 59 <= int(refused.headers["RateLimit-Reset"]) <= 60


async def test_of_twenty_at_once_three_get_in(
    limiting: Settings, database_url: str, db: Database
) -> None:
    async with shop(limiting, database_url) as client:
        answers = await asyncio.gather(*(client.get(LIMITED) for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [200] * 3 + [429] * 17


async def test_the_allowance_comes_back_bit_by_bit(
    limiting: Settings, database_url: str, db: Database
) -> None:
    async with shop(limiting, database_url) as client:
        for _ in range(3):
            await client.get(LIMITED)
        async with db.transaction() as tx:
            await tx.execute(
                text("UPDATE kernel.rate_limits SET full_at = full_at - interval '20 s'")
            )
        answers = [await client.get(LIMITED) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]


async def test_each_user_counts_alone(limiting: Settings, database_url: str, db: Database) -> None:
    async with shop(limiting, database_url) as client:
        for _ in range(4):
            asha = await client.get(LIMITED, headers={"Authorization": "Bearer asha"})
        juma = await client.get(LIMITED, headers={"Authorization": "Bearer juma"})
        guest = await client.get(LIMITED)
    assert (asha.status_code, juma.status_code, guest.status_code) == (429, 200, 200)


async def test_switched_off_nothing_is_counted(client: httpx.AsyncClient, db: Database) -> None:
    answers = [await client.get(LIMITED) for _ in range(5)]
    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit-Limit" not in answers[0].headers
    async with db.reading() as session:
        assert await session.scalar(text("SELECT count(*) FROM kernel.rate_limits")) == 0


async def test_a_shop_that_cannot_count_still_serves(
    limiting: Settings, database_url: str, db: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    async with db.transaction() as tx:
        await tx.execute(text("ALTER TABLE kernel.rate_limits RENAME TO away"))
    try:
        async with shop(limiting, database_url) as client:
            answer = await client.get(LIMITED)
    finally:
        async with db.transaction() as tx:
            await tx.execute(text("ALTER TABLE kernel.away RENAME TO rate_limits"))
    assert answer.status_code == 200
    assert "rate limit not checked" in capsys.readouterr().err


async def test_full_allowances_are_forgotten(db: Database) -> None:
    await limits.take(db, "gone", times=5, per=60)
    await limits.take(db, "here", times=5, per=60)
    async with db.transaction() as tx:
        await tx.execute(text("UPDATE kernel.rate_limits SET full_at = 'epoch' WHERE key = 'gone'"))
        await limits.forget_full(tx)
    async with db.reading() as session:
        assert list(await session.scalars(text("SELECT key FROM kernel.rate_limits"))) == ["here"]


@pytest.mark.parametrize(
    ("peer", "proxies", "forwarded", "expected"),
    [
        ("198.51.100.7", [], "203.0.113.9", "198.51.100.7"),
        ("198.51.100.7", ["10.0.0.0/8"], "203.0.113.9", "198.51.100.7"),
        ("10.0.0.1", ["10.0.0.0/8"], "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", ["10.0.0.0/8"], "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", ["10.0.0.0/8"], "1.1.1.1, nonsense", "10.0.0.1"),
        ("10.0.0.1", ["10.0.0.0/8"], "", "10.0.0.1"),
        ("::ffff:10.0.0.1", ["10.0.0.0/8"], "203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", [], "", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", [], "", "198.51.100.7"),
    ],
)
def test_the_address_is_believed_as_far_as_our_proxies_go(
    app: FastAPI, peer: str, proxies: list[str], forwarded: str, expected: str
) -> None:
    settings = Settings(_env_file=None, trusted_proxies=proxies)
    scope = {
        "type": "http",
        "client": (peer, 1),
        "headers": [(b"x-forwarded-for", forwarded.encode())] if forwarded else [],
        "app": FastAPI(),
    }
    scope["app"].state.settings = settings  # type: ignore[attr-defined]
    assert limits.client_address(Request(scope)) == expected
