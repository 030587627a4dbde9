"""A worker that was taken for dead changes nothing about the job that another one has now."""

from typing import Any, ClassVar

import pytest
from sqlalchemy import text

from sokoni.kernel import jobs
from sokoni.kernel.db import Database
from sokoni.kernel.jobs import Work
from sokoni.kernel.worker import BEAT, Worker

OTHER = 4711
TAKE_OVER = text("UPDATE kernel.jobs SET worker = :other, attempts = 2, heartbeat_at = now()")


class Engrave(jobs.Task, frozen=True):
    name: ClassVar = "test.engrave"
    goes_wrong: bool


@jobs.handles(Engrave)
async def engrave(work: Work, task: Engrave) -> None:
    """While it lasts, its job goes to another worker."""
    async with work.db.transaction() as tx:
        await tx.execute(TAKE_OVER, {"other": OTHER})
    if task.goes_wrong:
        raise RuntimeError("slipped")


async def job(db: Database, columns: str) -> tuple[Any, ...]:
    async with db.reading() as session:
        return tuple((await session.execute(text(f"SELECT {columns} FROM kernel.jobs"))).one())


@pytest.mark.parametrize("goes_wrong", [False, True])
async def test_a_job_is_ended_and_queued_again_only_by_the_worker_that_has_it(
    *, goes_wrong: bool, db: Database, worker: Worker
) -> None:
    async with db.transaction() as tx:
        await jobs.enqueue(tx, Engrave(goes_wrong=goes_wrong))

    await worker.until_idle()

    assert await job(db, "state, worker, attempts, error") == ("running", OTHER, 2, None)


async def test_a_heart_beats_only_for_its_own_jobs(db: Database) -> None:
    async with db.transaction() as tx:
        await jobs.enqueue(tx, Engrave(goes_wrong=False))
        await tx.execute(TAKE_OVER, {"other": OTHER})
        taken = await tx.scalar(
            text("UPDATE kernel.jobs SET state = 'running', heartbeat_at = 'epoch' RETURNING id")
        )

        await tx.execute(BEAT, {"worker": OTHER + 1, "ids": [taken]})

    assert await job(db, "heartbeat_at = 'epoch'") == (True,)
