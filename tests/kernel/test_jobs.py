"""Jobs run at least once, are tried again, given up, revived; periodic work has one winner."""

import asyncio
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from sokoni.kernel import jobs
from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database
from sokoni.kernel.jobs import Work
from sokoni.kernel.worker import TAKE_JOBS, Worker
from tests.support.waiting import wait_until


class Polish(jobs.Task, frozen=True):
    name: ClassVar = "test.polish"
    attempts: ClassVar = 3
    bell: str


class Cast(jobs.Task, frozen=True):
    name: ClassVar = "test.cast"
    bell: str


polished: list[str] = []
casting: dict[str, asyncio.Event] = {}
turns: list[str] = []


@jobs.handles(Polish)
async def polish(work: Work, task: Polish) -> None:
    polished.append(task.bell)
    if task.bell == "cracked" or (task.bell == "dull" and polished.count("dull") < 3):
        raise RuntimeError(task.bell)


@jobs.handles(Cast)
async def cast(work: Work, task: Cast) -> None:
    casting[task.bell].set()
    await asyncio.Event().wait()


async def chime(work: Work) -> None:
    turns.append("chime")


async def clapper(work: Work) -> None:
    raise RuntimeError("stuck")


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two periodic functions, known to these tests alone."""
    polished.clear()
    casting.clear()
    turns.clear()
    monkeypatch.setattr(jobs, "_periodic", {})
    jobs.periodic("test.chime", every=timedelta(minutes=5))(chime)
    jobs.periodic("test.clapper", every=timedelta(hours=1))(clapper)


def another_worker(app: FastAPI, number: int) -> Worker:
    return Worker(work=Work(app.state.resources), number=number)


async def enqueue(db: Database, task: jobs.Task, **options: Any) -> None:
    async with db.transaction() as tx:
        await jobs.enqueue(tx, task, **options)


async def rows(db: Database, columns: str) -> list[tuple[Any, ...]]:
    async with db.reading() as session:
        found = await session.execute(text(f"SELECT {columns} FROM kernel.jobs ORDER BY id"))
        return [tuple(row) for row in found]


async def set_jobs(db: Database, what: str) -> None:
    async with db.transaction() as tx:
        await tx.execute(text(f"UPDATE kernel.jobs SET {what}"))


async def test_a_job_of_an_undone_transaction_never_was(db: Database, worker: Worker) -> None:
    async def enqueue_and_fail() -> None:
        async with db.transaction() as tx:
            await jobs.enqueue(tx, Polish(bell="big"))
            raise LookupError

    with pytest.raises(LookupError):
        await enqueue_and_fail()
    await worker.until_idle()
    assert polished == []


async def test_a_job_runs_once_and_is_done(db: Database, worker: Worker) -> None:
    await enqueue(db, Polish(bell="big"))
    await worker.until_idle()
    await worker.until_idle()
    assert polished == ["big"]
    assert await rows(db, "state, attempts, error") == [("done", 1, None)]


async def test_a_failed_job_is_tried_again_later_and_later(
    db: Database, worker: Worker, clock: ShiftedClock
) -> None:
    await enqueue(db, Polish(bell="dull"))
    await worker.until_idle()
    assert await rows(db, "state, attempts, error") == [("queued", 1, "RuntimeError('dull')")]
    clock.advance(timedelta(seconds=1))
    await worker.until_idle()
    assert polished == ["dull"]

    clock.advance(timedelta(seconds=2))
    await worker.until_idle()
    assert polished == ["dull", "dull"]
    clock.advance(timedelta(seconds=3))
    await worker.until_idle()
    assert polished == ["dull", "dull"]
    clock.advance(timedelta(seconds=2))
    await worker.until_idle()
    assert await rows(db, "state, attempts") == [("done", 3)]


async def test_after_its_last_try_a_job_is_a_dead_letter(
    db: Database, worker: Worker, clock: ShiftedClock
) -> None:
    await enqueue(db, Polish(bell="cracked"))
    for _ in range(5):
        await worker.until_idle()
        clock.advance(timedelta(minutes=10))
    assert polished == ["cracked"] * 3
    assert await rows(db, "state, attempts, error") == [("dead", 3, "RuntimeError('cracked')")]


async def test_a_job_that_nobody_handles_is_dead_at_once(db: Database, worker: Worker) -> None:
    await enqueue(db, Polish(bell="big"))
    await set_jobs(db, "name = 'test.unheard_of'")
    await worker.until_idle()
    assert await rows(db, "state") == [("dead",)]


async def test_a_job_waits_for_its_time(db: Database, worker: Worker, clock: ShiftedClock) -> None:
    await enqueue(db, Polish(bell="big"), run_at=clock.now() + timedelta(hours=1))
    await worker.until_idle()
    assert polished == []
    clock.advance(timedelta(hours=1))
    await worker.until_idle()
    assert polished == ["big"]


async def test_a_twin_of_a_queued_job_is_left_out(db: Database, worker: Worker) -> None:
    for _ in range(3):
        await enqueue(db, Polish(bell="big"), dedup_key="polish:big")
    await worker.until_idle()
    await enqueue(db, Polish(bell="big"), dedup_key="polish:big")
    await worker.until_idle()
    assert polished == ["big", "big"]


async def test_a_failed_job_with_a_queued_twin_leaves_the_work_to_it(
    db: Database, worker: Worker
) -> None:
    await enqueue(db, Polish(bell="cracked"), dedup_key="k")
    async with db.transaction() as tx:
        await tx.execute(text("UPDATE kernel.jobs SET state = 'running', worker = 1"))
        await jobs.enqueue(tx, Polish(bell="big"), dedup_key="k")
    one = Worker(work=worker.work, number=1)
    async with db.reading() as session:
        job_id = await session.scalar(text("SELECT id FROM kernel.jobs WHERE state = 'running'"))
    assert job_id is not None
    await one._try_again(job_id, error="cracked")
    assert await rows(db, "state, error") == [("done", "cracked"), ("queued", None)]


async def test_a_job_whose_worker_died_is_taken_by_another(db: Database, worker: Worker) -> None:
    await enqueue(db, Polish(bell="big"))
    await set_jobs(db, "state = 'running', worker = 4711, attempts = 1, heartbeat_at = now()")
    await worker.until_idle()
    assert polished == []

    await set_jobs(db, "heartbeat_at = now() - interval '61 seconds'")
    await worker.until_idle()
    assert polished == ["big"]
    assert await rows(db, "state, attempts") == [("done", 2)]


async def test_stalled_twins_do_not_stop_the_queue(db: Database, worker: Worker) -> None:
    for bell in ("one", "two"):
        await enqueue(db, Polish(bell=bell), dedup_key="k")
        await set_jobs(db, "state = 'running', worker = 4711, heartbeat_at = 'epoch'")
    await worker.until_idle()
    assert polished == ["one"]
    assert await rows(db, "state") == [("done",), ("done",)]


async def test_a_job_that_kills_its_worker_at_every_try_is_given_up(
    db: Database, worker: Worker
) -> None:
    await enqueue(db, Polish(bell="big"))
    await set_jobs(db, "state = 'running', worker = 4711, attempts = 3, heartbeat_at = 'epoch'")
    await worker.until_idle()
    assert polished == []
    assert (await rows(db, "state"))[0] == ("dead",)


async def test_a_living_worker_keeps_its_job_and_gives_it_back_when_it_is_stopped(
    app: FastAPI, db: Database
) -> None:
    casting["big"] = asyncio.Event()
    await enqueue(db, Cast(bell="big"))
    one = another_worker(app, 1)
    task = asyncio.create_task(one.run_jobs())
    await casting["big"].wait()
    assert await rows(db, "state, worker") == [("running", 1)]

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await rows(db, "state, attempts, worker") == [("queued", 0, None)]


async def test_each_job_of_many_is_done_by_one_of_three_workers(app: FastAPI, db: Database) -> None:
    async with db.transaction() as tx:
        for number in range(30):
            await jobs.enqueue(tx, Polish(bell=str(number)))
    workers = [another_worker(app, number) for number in (1, 2, 3)]
    await asyncio.gather(*(worker.until_idle() for worker in workers))
    assert sorted(polished, key=int) == [str(number) for number in range(30)]


async def test_a_job_that_another_worker_is_taking_is_passed_over(
    db: Database, clock: ShiftedClock
) -> None:
    """Without waiting for it: what is left goes to whoever asks next."""
    await enqueue(db, Polish(bell="first"))
    await enqueue(db, Polish(bell="second"))
    now = clock.now()
    async with db.transaction() as one, db.transaction() as other:
        taken = [
            (await tx.execute(TAKE_JOBS, {"now": now, "most": 1, "worker": number})).one().args
            for tx, number in ((one, 1), (other, 2))
        ]
    assert [args["bell"] for args in taken] == ["first", "second"]


async def test_periodic_work_has_one_winner_among_three_workers(
    app: FastAPI, db: Database, clock: ShiftedClock
) -> None:
    workers = [another_worker(app, number) for number in (1, 2, 3)]
    await asyncio.gather(*(worker.until_idle() for worker in workers))
    assert turns == ["chime"]
    clock.advance(timedelta(minutes=5, seconds=1))
    await asyncio.gather(*(worker.until_idle() for worker in workers))
    assert turns == ["chime", "chime"]


async def test_periodic_work_that_fails_says_so_and_runs_again(
    db: Database, worker: Worker, clock: ShiftedClock
) -> None:
    await worker.until_idle()
    async with db.reading() as session:
        errors = await session.execute(
            text("SELECT name, last_error FROM kernel.schedules WHERE last_error IS NOT NULL")
        )
        assert [tuple(row) for row in errors] == [("test.clapper", "RuntimeError('stuck')")]


async def test_a_running_worker_hears_of_work_and_stops_when_told(
    app: FastAPI, db: Database
) -> None:
    worker = another_worker(app, 9)
    task = asyncio.create_task(worker.run())
    await enqueue(db, Polish(bell="big"))
    worker.wake()

    async def is_done() -> bool:
        return await rows(db, "state") == [("done",)]

    await wait_until(is_done, what="the job")
    worker.stop()
    await asyncio.wait_for(task, 5)
    assert polished == ["big"]
