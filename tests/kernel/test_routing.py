"""Routes open, commit, retry and give up; and nobody forgets to say who may call them."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

import httpx
import pytest
from fastapi import Depends, FastAPI
from sqlalchemy import text

from sokoni.kernel.access import PUBLIC, USER
from sokoni.kernel.db import Database
from sokoni.kernel.routing import Api
from tests.kernel import bells

RINGS = "/api/v1/bells"
ASHA = {"Authorization": "Bearer asha"}


async def rings(db: Database) -> int:
    async with db.reading() as session:
        return int(await session.scalar(text("SELECT count(*) FROM trial.rings")) or 0)


async def test_the_transaction_is_committed_before_the_answer_is_sent(
    app: FastAPI, db: Database
) -> None:
    seen: list[int] = []
    body = b'{"bell": "a"}'
    scope = {
        "type": "http",
        "method": "POST",
        "path": RINGS,
        "raw_path": RINGS.encode(),
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
        "client": ("127.0.0.1", 1),
        "server": ("shop.test", 80),
        "scheme": "http",
        "root_path": "",
        "http_version": "1.1",
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            assert message["status"] == 201
            seen.append(await rings(db))

    await app(scope, receive, send)
    assert seen == [1]


async def test_a_refused_request_leaves_nothing(client: httpx.AsyncClient, db: Database) -> None:
    await client.post(f"{RINGS}/once", json={"bell": "a"})
    answer = await client.post(f"{RINGS}/once", json={"bell": "a"})
    assert answer.status_code == 409
    assert await rings(db) == 1


async def test_a_lost_race_runs_the_handler_again_in_a_fresh_transaction(
    client: httpx.AsyncClient, db: Database
) -> None:
    answer = await client.post(f"{RINGS}/unlucky/2", json={"bell": "a"})
    assert answer.status_code == 201
    assert len(bells.tries) == 3
    assert await rings(db) == 1


async def test_who_always_loses_is_told_to_come_back(
    client: httpx.AsyncClient, db: Database
) -> None:
    answer = await client.post(f"{RINGS}/unlucky/9", json={"bell": "a"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "1"
    assert answer.json()["type"] == "/problems/database-busy"
    assert len(bells.tries) == 3
    assert await rings(db) == 0


async def test_two_requests_in_a_deadlock_both_succeed(
    client: httpx.AsyncClient, db: Database
) -> None:
    async with db.transaction() as tx:
        await tx.execute(text("INSERT INTO trial.rings (bell, times) VALUES ('a', 0), ('b', 0)"))
    a, b = bells.hold("a"), bells.hold("b")

    async def both_are_inside() -> None:
        await bells.inside["a"].wait()
        await bells.inside["b"].wait()
        a.set()
        b.set()

    one, other, _ = await asyncio.gather(
        client.post(f"{RINGS}/pair/a/b", headers=ASHA),
        client.post(f"{RINGS}/pair/b/a", headers=ASHA),
        both_are_inside(),
    )

    assert (one.status_code, other.status_code) == (204, 204)
    assert len(bells.tries) == 3
    async with db.reading() as session:
        found = await session.scalars(text("SELECT times FROM trial.rings"))
        assert list(found) == [2, 2]


def test_a_route_that_does_not_say_who_may_call_it_cannot_be_built() -> None:
    api = Api(prefix="/open", tags=["open"])
    with pytest.raises(RuntimeError, match="say who may call it"):

        @api.get("")
        async def door() -> None:
            """Open to whom?"""


def test_access_must_come_before_everything_else() -> None:
    async def something() -> None:
        pass

    api = Api(prefix="/late", tags=["late"])
    with pytest.raises(RuntimeError, match="say who may call it"):

        @api.get("", dependencies=[Depends(something), Depends(PUBLIC)])
        async def late() -> None:
            """Too late."""


async def test_a_bad_credential_is_refused_where_none_would_do(client: httpx.AsyncClient) -> None:
    refused = await client.post(
        RINGS, json={"bell": "a"}, headers={"Authorization": "Bearer nobody"}
    )
    guest = await client.post(RINGS, json={"bell": "a"})
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert guest.status_code == 201


async def test_a_route_for_users_lets_no_guest_and_no_server_in(client: httpx.AsyncClient) -> None:
    guest = await client.get(f"{RINGS}/stored")
    server = await client.get(f"{RINGS}/stored", headers={"X-API-Key": "robot"})
    user = await client.get(f"{RINGS}/stored", headers=ASHA)
    assert [guest.status_code, server.status_code, user.status_code] == [401, 401, 200]


def test_the_document_says_who_may_call(app: FastAPI) -> None:
    paths = app.openapi()["paths"]
    assert paths[f"{RINGS}/stored"]["get"]["x-access"] == USER.label
    assert paths[f"{RINGS}/sum"]["get"]["x-access"] == "public"
    assert paths[f"{RINGS}/sum"]["get"]["security"] == []
    assert paths[RINGS]["post"]["operationId"] == "bells.ring"
    assert paths[RINGS]["post"]["summary"] == "Ring a bell"
