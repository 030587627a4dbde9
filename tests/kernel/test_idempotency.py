"""The same request, sent again, is answered and not done again."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from sokoni.kernel import idempotency
from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database
from sokoni.kernel.idempotency import Answer, RequestInProgress, Resumable
from sokoni.kernel.ids import new_id
from sokoni.kernel.keyed import Keyed
from tests.kernel import bells

RINGS = "/api/v1/bells"


def key(value: str, **more: str) -> dict[str, str]:
    return {"Idempotency-Key": value, **more}


async def rings(db: Database) -> int:
    async with db.reading() as session:
        return int(await session.scalar(text("SELECT count(*) FROM trial.rings")) or 0)


async def test_the_same_request_again_gets_the_same_answer_and_does_nothing(
    client: httpx.AsyncClient, db: Database
) -> None:
    first = await client.post(RINGS, json={"bell": "a", "times": 2}, headers=key("k1"))
    again = await client.post(RINGS, json={"times": 2, "bell": "a"}, headers=key("k1"))

    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert await rings(db) == 1


async def test_a_trailing_slash_is_the_same_request(
    client: httpx.AsyncClient, db: Database
) -> None:
    await client.post(RINGS, json={"bell": "a"}, headers=key("k1"))
    again = await client.post(f"{RINGS}/", json={"bell": "a"}, headers=key("k1"))

    assert again.headers["Idempotency-Replayed"] == "true"
    assert await rings(db) == 1


async def test_another_body_under_the_same_key_is_refused(
    client: httpx.AsyncClient, db: Database
) -> None:
    await client.post(RINGS, json={"bell": "a"}, headers=key("k1"))
    other = await client.post(RINGS, json={"bell": "b"}, headers=key("k1"))

    assert other.status_code == 422
    assert other.json()["type"] == "/problems/idempotency-key-reused"
    assert await rings(db) == 1


async def test_each_caller_has_keys_of_their_own(client: httpx.AsyncClient, db: Database) -> None:
    callers: list[dict[str, str]] = [
        {"Authorization": "Bearer asha"},
        {"Authorization": "Bearer juma"},
        {"X-Cart-Token": "one"},
        {"X-Cart-Token": "two"},
        {"X-Order-Token": "one"},
        {"X-Order-Token": "two"},
        {},
    ]
    answers = [
        await client.post(RINGS, json={"bell": "a"}, headers=key("k1", **caller))
        for caller in callers
    ]

    assert [answer.status_code for answer in answers] == [201] * 7
    assert len({answer.json()["id"] for answer in answers}) == 7
    assert await rings(db) == 7


async def test_a_required_key_that_is_missing_is_refused(
    client: httpx.AsyncClient, db: Database
) -> None:
    missing = await client.post(f"{RINGS}/keyed", json={"bell": "a"})
    given = await client.post(f"{RINGS}/keyed", json={"bell": "a"}, headers=key("k1"))

    assert missing.status_code == 400
    assert missing.json()["type"] == "/problems/idempotency-key-required"
    assert given.status_code == 201
    assert await rings(db) == 1


@pytest.mark.parametrize("bad", ["", "x" * 256, "caf\u0007"])
async def test_a_key_that_is_none_is_refused(client: httpx.AsyncClient, bad: str) -> None:
    answer = await client.post(RINGS, json={"bell": "a"}, headers=key(bad))
    assert answer.status_code == 400


async def test_a_twin_in_flight_is_told_to_ask_again(
    client: httpx.AsyncClient, db: Database
) -> None:
    let_go = bells.hold("slow")
    first = asyncio.create_task(client.post(RINGS, json={"bell": "slow"}, headers=key("k1")))
    await bells.inside["slow"].wait()
    twin = await client.post(RINGS, json={"bell": "slow"}, headers=key("k1"))
    let_go.set()

    assert twin.status_code == 409
    assert twin.json()["type"] == "/problems/request-in-progress"
    assert twin.headers["Retry-After"] == "1"
    assert (await first).status_code == 201
    assert await rings(db) == 1


async def test_ten_twins_at_once_leave_one_effect(client: httpx.AsyncClient, db: Database) -> None:
    async def send() -> httpx.Response:
        return await client.post(f"{RINGS}/once", json={"bell": "x"}, headers=key("k1"))

    answers = await asyncio.gather(*(send() for _ in range(10)))

    made = {answer.content for answer in answers if answer.status_code == 201}
    others = {answer.json()["type"] for answer in answers if answer.status_code != 201}
    assert len(made) == 1
    assert others <= {"/problems/request-in-progress"}
    assert await rings(db) == 1


async def test_without_keys_ten_twins_leave_ten_effects(
    client: httpx.AsyncClient, db: Database
) -> None:
    await asyncio.gather(*(client.post(RINGS, json={"bell": "x"}) for _ in range(10)))
    assert await rings(db) == 10


async def test_a_refusal_caused_by_the_twin_becomes_the_twins_answer(
    client: httpx.AsyncClient, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await client.post(f"{RINGS}/once", json={"bell": "x"}, headers=key("k1"))
    recall, seen = idempotency.recall, []

    async def too_early(tx: Any, keyed: Keyed) -> Answer | Resumable | None:
        seen.append(keyed)
        return None if len(seen) == 1 else await recall(tx, keyed)

    monkeypatch.setattr(idempotency, "recall", too_early)
    again = await client.post(f"{RINGS}/once", json={"bell": "x"}, headers=key("k1"))

    assert again.status_code == 201
    assert again.content == first.content
    assert again.headers["Idempotency-Replayed"] == "true"


async def test_only_what_was_committed_is_kept(client: httpx.AsyncClient, db: Database) -> None:
    await client.post(f"{RINGS}/once", json={"bell": "x"})
    refused = await client.post(f"{RINGS}/once", json={"bell": "x"}, headers=key("k1"))
    async with db.transaction() as tx:
        await tx.execute(text("DELETE FROM trial.rings"))
    again = await client.post(f"{RINGS}/once", json={"bell": "x"}, headers=key("k1"))

    assert refused.status_code == 409
    assert again.status_code == 201
    assert "Idempotency-Replayed" not in again.headers


async def test_after_a_day_a_key_is_new_again(
    client: httpx.AsyncClient, db: Database, clock: ShiftedClock
) -> None:
    await client.post(RINGS, json={"bell": "a"}, headers=key("k1"))
    clock.advance(timedelta(hours=23, minutes=59))
    within = await client.post(RINGS, json={"bell": "a"}, headers=key("k1"))
    clock.advance(timedelta(minutes=2))
    after = await client.post(RINGS, json={"bell": "b"}, headers=key("k1"))

    assert within.headers["Idempotency-Replayed"] == "true"
    assert after.status_code == 201
    assert "Idempotency-Replayed" not in after.headers
    assert await rings(db) == 2


async def test_a_form_is_recognised_whatever_its_boundary(
    client: httpx.AsyncClient, db: Database
) -> None:
    async def send(content: bytes) -> httpx.Response:
        return await client.post(
            f"{RINGS}/form", files={"file": ("bell.txt", content)}, headers=key("k1")
        )

    first, again, other = await send(b"abc"), await send(b"abc"), await send(b"abcd")

    assert [first.status_code, again.status_code, other.status_code] == [201, 201, 422]
    assert first.content == again.content
    async with db.reading() as session:
        assert await session.scalar(text("SELECT sum(times) FROM trial.rings")) == 3


def a_key(app: FastAPI, clock: ShiftedClock) -> Keyed:
    return Keyed(
        scope="anyone",
        method="POST",
        path="/api/v1/checkout",
        key="k1",
        fingerprint=b"body",
        worker=app.state.process_number,
        now=clock.now(),
    )


async def test_a_flow_that_stopped_half_way_is_resumed_once_its_process_is_dead(
    app: FastAPI, db: Database, clock: ShiftedClock
) -> None:
    living = a_key(app, clock)
    dead = replace(living, worker=4711)
    order_id = new_id()
    async with db.transaction() as tx:
        await idempotency.claim(tx, dead, order_id=order_id)
    async with db.transaction() as tx:
        assert await idempotency.recall(tx, living) == Resumable(order_id=order_id)
        await idempotency.reclaim(tx, living)

    answer = Answer(status=201, headers={"content-type": "application/json"}, body=b"{}")
    async with db.transaction() as tx:
        with pytest.raises(RequestInProgress):
            await idempotency.recall(tx, living)
    async with db.transaction() as tx:
        await idempotency.finish(tx, living, answer)
    async with db.transaction() as tx:
        assert await idempotency.recall(tx, living) == answer


async def test_a_flow_that_lets_go_may_be_resumed_at_once(
    app: FastAPI, db: Database, clock: ShiftedClock
) -> None:
    keyed = a_key(app, clock)
    async with db.transaction() as tx:
        await idempotency.claim(tx, keyed, order_id=None)
    async with db.transaction() as tx:
        await idempotency.let_go(tx, keyed)
    async with db.transaction() as tx:
        assert await idempotency.recall(tx, keyed) == Resumable(order_id=None)


async def test_old_records_are_forgotten_and_young_ones_are_not(
    client: httpx.AsyncClient, db: Database, clock: ShiftedClock
) -> None:
    await client.post(RINGS, json={"bell": "a"}, headers=key("old"))
    clock.advance(timedelta(hours=25))
    await client.post(RINGS, json={"bell": "a"}, headers=key("young"))
    async with db.transaction() as tx:
        await idempotency.forget_old(tx, now=clock.now())
    async with db.reading() as session:
        left = await session.scalars(text("SELECT key FROM kernel.idempotency_keys"))
        assert list(left) == ["young"]
