"""Patience: a request that takes too long is answered 503, and its work is undone."""

import asyncio

import httpx
from fastapi import FastAPI
from sqlalchemy import text
from starlette.types import Receive, Scope, Send

from sokoni.kernel.db import Database
from sokoni.kernel.patience import Patience
from tests.kernel import bells

RINGS = "/api/v1/bells"


def _impatient(app: object, *, unhurried: str | None = None) -> httpx.AsyncClient:
    hurried = Patience(app, seconds=0.1, unhurried=unhurried)  # type: ignore[arg-type]
    transport = httpx.ASGITransport(app=hurried)
    return httpx.AsyncClient(transport=transport, base_url="http://shop")


async def test_who_waits_too_long_is_told_when_to_come_back(app: FastAPI, db: Database) -> None:
    bells.hold("slow")
    async with _impatient(app) as client:
        answer = await client.post(RINGS, json={"bell": "slow"})
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"
    assert answer.json()["type"] == "/problems/too-slow"


async def test_what_took_too_long_is_undone_and_lets_go_of_its_connection(
    app: FastAPI, db: Database
) -> None:
    bells.hold("slow")
    async with _impatient(app) as client:
        answer = await client.post(RINGS, json={"bell": "slow"})
    assert answer.status_code == 503
    assert app.state.db.engine.pool.checkedout() == 0
    async with db.reading() as reading:
        assert await reading.scalar(bells.COUNT, {"bell": "slow"}) == 0


async def test_a_statement_that_hangs_is_cancelled(app: FastAPI, db: Database) -> None:
    async def sleepy(_scope: Scope, _receive: Receive, _send: Send) -> None:
        async with db.reading() as reading:
            await reading.execute(text("SELECT pg_sleep(60) /* sleepy */"))

    async with _impatient(sleepy) as client:
        assert (await client.get("/")).status_code == 503
    async with db.reading() as reading:
        asked = (
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%sleepy%' AND state = 'active'"
        )
        assert await reading.scalar(text(f"{asked} AND pid <> pg_backend_pid()")) == 0


async def test_a_quick_answer_is_left_alone(app: FastAPI, db: Database) -> None:
    async with _impatient(app) as client:
        answer = await client.post(RINGS, json={"bell": "quick"})
        await asyncio.sleep(0.15)  # past the patience: the timer must be gone
        again = await client.get(f"{RINGS}/sum")
    assert (answer.status_code, again.status_code) == (201, 200)


async def test_an_answer_that_has_begun_goes_on(app: FastAPI) -> None:
    async def dripping(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.sleep(0.2)
        await send({"type": "http.response.body", "body": b"drop"})

    async with _impatient(dripping) as client:
        answer = await client.get("/")
    assert (answer.status_code, answer.content) == (200, b"drop")


async def test_staff_are_not_hurried(app: FastAPI) -> None:
    async def thorough(_scope: Scope, _receive: Receive, send: Send) -> None:
        await asyncio.sleep(0.2)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"done"})

    async with _impatient(thorough, unhurried="/api/v1/admin/") as client:
        assert (await client.get("/api/v1/admin/orders")).status_code == 200
        assert (await client.get("/api/v1/products")).status_code == 503
