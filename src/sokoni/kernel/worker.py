"""The worker: deliver the outbox, run jobs, run what is periodic.

Everything is taken with `SKIP LOCKED` or a conditional update, so any number of workers may run,
and one that dies leaves nothing that another does not pick up. Times are compared with the later
of the database's clock and the injected one, so that a test which moves its clock moves the
worker too.

A job that has to run again while a twin of it (same `dedup_key`) is queued ends as done: the twin
does the work, and two queued twins are impossible by an index.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.engine import Row

from sokoni.kernel import delivery, jobs
from sokoni.kernel.db import Database, RetryTransaction, WriteSession, violated
from sokoni.kernel.errors import SokoniError
from sokoni.kernel.jobs import JobState, Work

log = structlog.get_logger(__name__)

POLL_SECONDS = 0.5
BREATH_SECONDS = 0.03  # when woken from idleness: what comes in a rush is taken together
HEARTBEAT_SECONDS = 5.0
STALLED = timedelta(seconds=20)  # several beats: until then nobody takes a dead worker's jobs
SIDE_BY_SIDE = 3
LONGEST_WAIT_SECONDS = 300

REVIVE = text(
    """
    WITH stalled AS (
        SELECT id, dedup_key FROM kernel.jobs
         WHERE state = 'running' AND heartbeat_at < now() - cast(:stalled AS interval)
         ORDER BY id FOR UPDATE SKIP LOCKED)
    UPDATE kernel.jobs AS j
       SET state = CASE WHEN twin.is_there THEN 'done' ELSE 'queued' END,
           finished_at = CASE WHEN twin.is_there THEN now() END,
           worker = NULL, error = 'its worker stopped'
      FROM stalled AS s,
           LATERAL (SELECT EXISTS (SELECT FROM kernel.jobs AS t
                                    WHERE t.state = 'queued' AND t.dedup_key = s.dedup_key)
                        OR EXISTS (SELECT FROM stalled AS t
                                    WHERE t.dedup_key = s.dedup_key AND t.id < s.id)
                    AS is_there) AS twin
     WHERE j.id = s.id
    """
)
TAKE_JOBS = text(
    """
    UPDATE kernel.jobs
       SET state = 'running', attempts = attempts + 1, worker = :worker, heartbeat_at = now()
     WHERE id IN (SELECT id FROM kernel.jobs
                   WHERE state = 'queued' AND run_at <= greatest(now(), :now)
                   ORDER BY run_at, id LIMIT :most FOR UPDATE SKIP LOCKED)
    RETURNING id, name, args, attempts
    """
)
END_JOB = text(
    """
    UPDATE kernel.jobs
       SET state = cast(:state AS text), error = :error, worker = NULL,
           finished_at = CASE WHEN cast(:state AS text) <> 'queued' THEN now() END
     WHERE id = :id AND state = 'running' AND worker = :worker
    """
)
TRY_JOB_AGAIN = text(
    """
    UPDATE kernel.jobs AS j
       SET state = CASE WHEN twin.is_there THEN 'done' ELSE 'queued' END,
           finished_at = CASE WHEN twin.is_there THEN now() END,
           attempts = attempts - cast(:given_back AS integer), worker = NULL, error = :error,
           run_at = greatest(now(), :now) + cast(:wait AS interval)
      FROM (SELECT EXISTS (SELECT FROM kernel.jobs AS t, kernel.jobs AS own
                            WHERE own.id = :id AND t.state = 'queued'
                              AND t.dedup_key = own.dedup_key) AS is_there) AS twin
     WHERE j.id = :id AND j.state = 'running' AND j.worker = :worker
    """
)
BEAT = text(
    """
    UPDATE kernel.jobs SET heartbeat_at = now()
     WHERE id = ANY(cast(:ids AS uuid[])) AND state = 'running' AND worker = :worker
    """
)
PLAN = text(
    """
    INSERT INTO kernel.schedules (name, next_run_at)
    SELECT unnest(cast(:names AS text[])), now() ON CONFLICT DO NOTHING
    """
)
TAKE_TURNS = text(
    """
    UPDATE kernel.schedules AS s
       SET next_run_at = greatest(now(), :now) + wanted.every, last_run_at = greatest(now(), :now)
      FROM unnest(cast(:names AS text[]), cast(:every AS interval[])) AS wanted (name, every)
     WHERE s.name = wanted.name
       AND s.name IN (SELECT name FROM kernel.schedules
                       WHERE name = ANY(cast(:names AS text[]))
                         AND next_run_at <= greatest(now(), :now)
                       FOR UPDATE SKIP LOCKED)
    RETURNING s.name
    """
)
NOTE_TURN = text("UPDATE kernel.schedules SET last_error = :error WHERE name = :name")

Done = TypeVar("Done")


@dataclass
class Worker:
    """One worker process; `number` tells it from all others."""

    work: Work
    number: int
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _bells: list[asyncio.Event] = field(default_factory=list)
    _running: set[UUID] = field(default_factory=set)
    _in_turn: set[str] = field(default_factory=set)

    @property
    def db(self) -> Database:
        return self.work.db

    async def run(self) -> None:
        """Work until `stop`, then finish what has begun; a database that is away is waited for."""
        await self._retrying(self._plan)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._loop(self.deliver))
            group.create_task(self._loop(lambda: self._start_jobs(group)))
            group.create_task(self._loop(lambda: self._start_turns(group), wakes=False))
            group.create_task(self._beat())

    def stop(self) -> None:
        self._stopping.set()
        self.wake()

    def wake(self) -> None:
        """Look at once: there may be something to do."""
        for bell in self._bells:
            bell.set()

    async def until_idle(self) -> None:
        """Do all that is due now, and what follows from it, then return."""
        await self._plan()
        while await self.deliver() + await self.run_jobs() + await self.take_turns():
            pass

    async def deliver(self) -> int:
        """Deliver what is due of the outbox. Returns how many events went or were put off."""
        went = 0
        while not self._stopping.is_set():
            batch = await delivery.deliver(self.db, now=self.work.now())
            if not batch:
                break
            went += batch
        return went

    async def run_jobs(self) -> int:
        """Take a few queued jobs and carry them out side by side. Returns how many."""
        await self._revive()
        taken = await self._take_jobs(most=SIDE_BY_SIDE)
        await asyncio.gather(*(self._run_job(row) for row in taken))
        return len(taken)

    async def _start_jobs(self, group: asyncio.TaskGroup) -> int:
        """As `run_jobs`, without waiting: the next one starts when any of them has ended."""
        taken = await self._take_jobs(most=SIDE_BY_SIDE - len(self._running))
        for row in taken:
            group.create_task(self._run_and_wake(row))
        return len(taken)

    async def _run_and_wake(self, row: Row[Any]) -> None:
        try:
            await self._run_job(row)
        except Exception as error:  # noqa: BLE001 - without a heartbeat, it is queued again
            log.warning("end of a job not noted", id=str(row.id), error=repr(error))
        self.wake()

    async def _take_jobs(self, *, most: int) -> Sequence[Row[Any]]:
        if most <= 0:
            return ()
        take = {"worker": self.number, "most": most, "now": self.work.now()}
        async with self.db.transaction() as tx:
            taken = (await tx.execute(TAKE_JOBS, take)).all()
        self._running.update(row.id for row in taken)
        return taken

    async def _revive(self) -> None:
        """Queue the jobs of workers that died."""
        async with self.db.transaction() as tx:
            await tx.execute(REVIVE, {"stalled": STALLED})

    async def _run_job(self, row: Row[Any]) -> None:
        try:
            await self._carry_out(row)
        finally:
            self._running.discard(row.id)

    async def _carry_out(self, row: Row[Any]) -> None:
        most = 1
        try:
            found = jobs.handler_of(row.name)
            if found is None:
                raise LookupError(f"nothing handles {row.name}")
            task, handler = found
            most = task.attempts
            if row.attempts > most:
                raise RuntimeError("its worker stopped at every try")
            await handler(self.work, msgspec.convert(row.args, task, strict=False))
        except asyncio.CancelledError:
            await self._try_again(row.id, error="its worker was stopped", given_back=1)
            raise
        except Exception as failure:
            # An error of ours says all there is to say; the way to any other has to be found.
            unforeseen = None if isinstance(failure, SokoniError) else failure
            error = repr(failure)[:2000]
            log.warning(
                "job failed", job=row.name, id=str(row.id), error=error, exc_info=unforeseen
            )
            if row.attempts >= most:
                await self._end(row.id, JobState.DEAD, error=error)
            else:
                wait = timedelta(seconds=min(2**row.attempts, LONGEST_WAIT_SECONDS))
                await self._try_again(row.id, error=error, wait=wait)
        else:
            await self._end(row.id, JobState.DONE)

    async def _end(self, job_id: UUID, state: JobState, *, error: str | None = None) -> None:
        end = {"id": job_id, "worker": self.number, "state": state, "error": error}
        async with self.db.transaction() as tx:
            await tx.execute(END_JOB, end)

    async def _try_again(
        self, job_id: UUID, *, error: str, wait: timedelta = timedelta(), given_back: int = 0
    ) -> None:
        """Queue the job again; `given_back` tries do not count."""
        again = {"id": job_id, "worker": self.number, "error": error, "wait": wait}
        again |= {"given_back": given_back, "now": self.work.now()}

        async def queue(tx: WriteSession) -> None:
            try:
                await tx.execute(TRY_JOB_AGAIN, again)
            except Exception as failure:
                if violated(failure, "jobs_queued_once"):
                    raise RetryTransaction from failure
                raise

        await self.db.run(queue)

    async def take_turns(self) -> int:
        """Run each periodic function whose time has come and that no other worker took."""
        due = await self._take_due()
        await asyncio.gather(*(self._take_turn(periodic) for periodic in due))
        return len(due)

    async def _start_turns(self, group: asyncio.TaskGroup) -> int:
        """As `take_turns`, without waiting: a slow one must not hold up the others."""
        for periodic in await self._take_due():
            group.create_task(self._take_turn(periodic))
        return 0

    async def _take_due(self) -> list[jobs.Periodic]:
        free = {item.name: item for item in jobs.periodic_work() if item.name not in self._in_turn}
        take = {"names": list(free), "every": [item.every for item in free.values()]}
        async with self.db.transaction() as tx:
            mine = (await tx.scalars(TAKE_TURNS, {**take, "now": self.work.now()})).all()
        self._in_turn.update(mine)
        return [free[name] for name in mine]

    async def _take_turn(self, periodic: jobs.Periodic) -> None:
        error = None
        try:
            await periodic.run(self.work)
        except Exception as failure:
            log.warning("periodic work failed", name=periodic.name, exc_info=failure)
            error = repr(failure)[:2000]
        finally:
            self._in_turn.discard(periodic.name)
        try:
            async with self.db.transaction() as tx:
                await tx.execute(NOTE_TURN, {"name": periodic.name, "error": error})
        except Exception as failure:  # noqa: BLE001 - the next turn notes it again
            log.warning("turn not noted", name=periodic.name, error=repr(failure))

    async def _plan(self) -> None:
        async with self.db.transaction() as tx:
            await tx.execute(PLAN, {"names": [item.name for item in jobs.periodic_work()]})

    async def _loop(self, step: Callable[[], Awaitable[int]], *, wakes: bool = True) -> None:
        """Step on while there is something to do, then until woken or half a second has passed."""
        bell = asyncio.Event()
        if wakes:
            self._bells.append(bell)
        while not self._stopping.is_set():
            bell.clear()
            if not await self._retrying(step):
                await _until(bell if wakes else self._stopping, within=POLL_SECONDS)
                await _until(self._stopping, within=BREATH_SECONDS)

    async def _retrying(self, step: Callable[[], Awaitable[Done]]) -> Done | None:
        wait = 0.1
        while not self._stopping.is_set():
            try:
                return await step()
            except Exception as error:  # noqa: BLE001 - a worker outlives its database
                log.warning("worker step failed", error=repr(error))
                await _until(self._stopping, within=wait)
                wait = min(wait * 2, 5)
        return None

    async def _beat(self) -> None:
        while not self._stopping.is_set() or self._running:
            try:
                if self._running:
                    async with self.db.transaction() as tx:
                        beat = {"worker": self.number, "ids": list(self._running)}
                        await tx.execute(BEAT, beat)
                await self._revive()
            except Exception as error:  # noqa: BLE001 - the next beat may get through
                log.warning("no heartbeat", error=repr(error))
            pause = asyncio.Event() if self._stopping.is_set() else self._stopping
            await _until(pause, within=1 if self._stopping.is_set() else HEARTBEAT_SECONDS)


async def _until(event: asyncio.Event, *, within: float) -> None:
    try:
        async with asyncio.timeout(within):
            await event.wait()
    except TimeoutError:
        pass
