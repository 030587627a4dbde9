"""Operators see what happens in the background, and send back what was given up; once."""

import asyncio
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import text

from sokoni.kernel import jobs, outbox
from sokoni.kernel.access import Permission
from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.ids import encode, new_id
from sokoni.kernel.jobs import Work
from sokoni.kernel.worker import Worker
from tests.checkout.factories import broken_laws
from tests.identity.factories import signed_in, staff

PATH = "/api/v1/admin/tasks"
done: list[str] = []
broken: set[str] = set()


class Mend(jobs.Task, frozen=True):
    name: ClassVar = "test.mend"
    attempts: ClassVar = 1
    what: str
    access_token: str = "hush"


class Broke(outbox.Event, frozen=True):
    topic: ClassVar = "test.broke"
    what: str
    thing_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        return self.thing_id


@jobs.handles(Mend)
async def mend(work: Work, task: Mend) -> None:
    if task.what in broken:
        raise RuntimeError(f"no glue for the {task.what}")
    done.append(task.what)


@outbox.subscribe(Broke, kind="test.sweep")
async def sweep(tx: WriteSession, event: Broke) -> None:
    done.append(event.what)


@pytest.fixture(autouse=True)
def _fresh() -> None:
    done.clear()
    broken.clear()


async def operator(client: AsyncClient, db: Database) -> dict[str, str]:
    return await staff(client, db, Permission.OPERATIONS_READ, Permission.OPERATIONS_WRITE)


async def dead_job(db: Database, worker: Worker, *, what: str, key: str | None = None) -> str:
    broken.add(what)
    async with db.transaction() as tx:
        job_id = await jobs.enqueue(tx, Mend(what=what), dedup_key=key)
    await worker.until_idle()
    return encode("job", job_id)


async def dead_event(db: Database, *, what: str) -> str:
    async with db.transaction() as tx:
        outbox.publish(tx, Broke(what=what, thing_id=new_id()))
    async with db.transaction() as tx:
        event_id = await tx.scalar(
            text(
                "UPDATE kernel.outbox SET state = 'dead', attempts = 10, error = 'no broom',"
                " created_at = now() - interval '1 day' RETURNING event_id"
            )
        )
    return encode("evt", event_id)


async def listed(client: AsyncClient, headers: dict[str, str], **asked: str | int) -> list[Any]:
    response = await client.get(PATH, params=asked, headers=headers)
    assert response.status_code == 200, response.text
    items: list[Any] = response.json()["items"]
    return items


async def test_a_dead_job_is_seen_and_retried(
    client: AsyncClient, db: Database, worker: Worker, clock: ShiftedClock
) -> None:
    headers = await operator(client, db)
    job_id = await dead_job(db, worker, what="cup")
    await dead_job(db, worker, what="jug")

    found = await listed(client, headers, state="dead", name="test.mend", limit=1)
    broken.clear()
    retried = await client.post(f"{PATH}/{job_id}/retry", headers=headers)

    assert [task["arguments"]["what"] for task in found] == ["jug"]
    assert found[0]["arguments"]["access_token"] == "[redacted]"
    assert (found[0]["error"], found[0]["attempts"]) == (
        "RuntimeError('no glue for the jug')",
        1,
    )
    assert retried.status_code == 200, retried.text
    assert (retried.json()["state"], retried.json()["attempts"]) == ("queued", 0)
    clock.advance(timedelta(seconds=2))
    await worker.until_idle()
    assert done == ["cup"]
    assert [task["id"] for task in await listed(client, headers, state="done")] == [job_id]


async def test_of_many_who_retry_at_once_one_does(
    client: AsyncClient, db: Database, worker: Worker, clock: ShiftedClock
) -> None:
    headers = await operator(client, db)
    job_id = await dead_job(db, worker, what="cup")
    broken.clear()

    answers = await asyncio.gather(
        *(client.post(f"{PATH}/{job_id}/retry", headers=headers) for _ in range(5))
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert refused.json()["type"] == "/problems/task-not-dead"
    clock.advance(timedelta(seconds=2))
    await worker.until_idle()
    assert done == ["cup"]
    async with db.reading() as reading:
        noted = await reading.scalar(
            text("SELECT count(*) FROM audit.log WHERE action = 'task.retried'")
        )
    assert noted == 1


async def test_a_job_whose_twin_is_queued_stays_dead(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    headers = await operator(client, db)
    job_id = await dead_job(db, worker, what="cup", key="cup")
    async with db.transaction() as tx:
        await jobs.enqueue(tx, Mend(what="cup"), dedup_key="cup")

    refused = await client.post(f"{PATH}/{job_id}/retry", headers=headers)

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/task-queued-again")
    assert [task["id"] for task in await listed(client, headers, state="dead")] == [job_id]


async def test_a_dead_event_is_delivered_after_all(
    client: AsyncClient, db: Database, worker: Worker, clock: ShiftedClock
) -> None:
    headers = await operator(client, db)
    event_id = await dead_event(db, what="vase")

    found = await listed(client, headers, kind="event", state="dead")
    retried = await client.post(f"{PATH}/{event_id}/retry", headers=headers)

    assert [(task["id"], task["name"], task["error"]) for task in found] == [
        (event_id, "test.broke", "no broom")
    ]
    assert (retried.status_code, retried.json()["state"]) == (200, "queued")
    assert await broken_laws(db) == {}
    clock.advance(timedelta(seconds=2))
    await worker.until_idle()
    assert done == ["vase"]
    assert await listed(client, headers, kind="event", state="running") == []


async def test_tasks_are_paged_newest_first(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    headers = await operator(client, db)
    ids = [await dead_job(db, worker, what=what) for what in ("cup", "jug", "pot")]

    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = (
            await client.get(PATH, params={"limit": 2, "state": "dead", **cursor}, headers=headers)
        ).json()
        seen += [task["id"] for task in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}

    assert seen == ids[::-1]


async def test_periodic_work_tells_how_it_went(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    headers = await operator(client, db)
    await worker.until_idle()

    found = (await client.get("/api/v1/admin/schedules", headers=headers)).json()["items"]

    names = [turn["name"] for turn in found]
    assert "books.check" in names
    assert names == sorted(names)
    assert {turn["last_error"] for turn in found} == {None}


async def test_only_operators_retry(client: AsyncClient, db: Database, worker: Worker) -> None:
    reader = await staff(client, db, Permission.OPERATIONS_READ)
    customer = await signed_in(client)
    job_id = await dead_job(db, worker, what="cup")
    writer = await operator(client, db)

    assert (await client.post(f"{PATH}/{job_id}/retry", headers=reader)).status_code == 403
    assert (await client.get(PATH, headers=customer)).status_code == 403
    for unknown in (encode("job", new_id()), encode("evt", new_id()), "cup"):
        missing = await client.post(f"{PATH}/{unknown}/retry", headers=writer)
        assert missing.status_code == 404
