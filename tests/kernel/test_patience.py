"""Patience: a request that takes too long is answered 503, and its work is undone."""

import asyncio
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from starlette.types import Receive, Scope, Send

from sokoni.kernel import patience
from sokoni.kernel.db import Database
from sokoni.kernel.patience import Patience
from tests.kernel import bells

RINGS = "/api/v1/bells"
LONG = 12.5


def _impatient(
    app: object, *, seconds: float = 0.1, unhurried: str | None = None
) -> httpx.AsyncClient:
    hurried = Patience(app, seconds=seconds, unhurried=unhurried)  # type: ignore[arg-type]
    transport = httpx.ASGITransport(app=hurried)
    return httpx.AsyncClient(transport=transport, base_url="http://shop")


@pytest.fixture
def at_its_end(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Set when the time of a request is up."""
    ended = asyncio.Event()
    give_up = patience._Waited.give_up

    def noted(waited: patience._Waited) -> None:
        give_up(waited)
        ended.set()

    monkeypatch.setattr(patience._Waited, "give_up", noted)
    return ended


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


async def test_a_quick_answer_is_left_alone(
    app: FastAPI, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    later, timers = loop.call_later, list[asyncio.TimerHandle]()

    def noted(seconds: float, *what: Any, **more: Any) -> asyncio.TimerHandle:
        timer = later(seconds, *what, **more)
        if seconds == LONG:
            timers.append(timer)
        return timer

    monkeypatch.setattr(loop, "call_later", noted)
    async with _impatient(app, seconds=LONG) as client:
        answer = await client.post(RINGS, json={"bell": "quick"})
    assert answer.status_code == 201
    assert [timer.cancelled() for timer in timers] == [True]


async def test_an_answer_that_has_begun_goes_on(app: FastAPI, at_its_end: asyncio.Event) -> None:
    async def dripping(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await at_its_end.wait()
        await send({"type": "http.response.body", "body": b"drop"})

    async with _impatient(dripping) as client:
        answer = await client.get("/")
    assert (answer.status_code, answer.content) == (200, b"drop")


async def test_staff_are_not_hurried(app: FastAPI, at_its_end: asyncio.Event) -> None:
    async def thorough(_scope: Scope, _receive: Receive, send: Send) -> None:
        await at_its_end.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"done"})

    async with _impatient(thorough, unhurried="/api/v1/admin/") as client:
        staffs, buyers = await asyncio.gather(
            client.get("/api/v1/admin/orders"), client.get("/api/v1/products")
        )
    assert (staffs.status_code, buyers.status_code) == (200, 503)
