"""The worker's loops: deliver the outbox, run jobs, run what is periodic.

Everything is taken with `SKIP LOCKED` or a conditional update, so any number of workers may run,
and one that dies leaves nothing that another does not pick up.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import random
from typing import Any

import msgspec
import structlog
from sqlalchemy import text
from sqlalchemy.engine import Row

from sokoni.kernel import crash, jobs, outbox
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.jobs import JobState, Work

log = structlog.get_logger(__name__)

BATCH = 200
POLL = 0.5
MOST_DELIVERIES = 10
STALLED = timedelta(seconds=60)
HEARTBEAT = 10.0
SIDE_BY_SIDE = 4

SHARD_LOCK = 0x50C0

DUE_SHARDS = text(
    """
    SELECT DISTINCT shard FROM (
        SELECT shard FROM kernel.outbox
         WHERE state = 'pending' AND next_try_at <= now() LIMIT 2000) AS due
    """
)
TAKE_SHARD = text("SELECT pg_try_advisory_xact_lock(:space, :shard)")
TAKE_EVENTS = text(
    """
    SELECT id, event_id, dedup_key, topic, order_id, payload, attempts
      FROM kernel.outbox AS o
     WHERE shard = :shard AND state = 'pending' AND next_try_at <= now()
       AND NOT EXISTS (
           SELECT FROM kernel.outbox AS earlier
            WHERE earlier.aggregate_id = o.aggregate_id AND earlier.state = 'pending'
              AND earlier.id < o.id AND earlier.next_try_at > now())
     ORDER BY id LIMIT :batch FOR UPDATE SKIP LOCKED
    """
)
NOTE_EFFECTS = text(
    """
    INSERT INTO kernel.effects (dedup_key, kind, order_id)
    SELECT * FROM unnest(cast(:keys AS text[]), cast(:kinds AS text[]), cast(:orders AS uuid[]))
    ON CONFLICT DO NOTHING RETURNING dedup_key, kind
    """
)
MARK_SENT = text(
    "UPDATE kernel.outbox SET state = 'sent', sent_at = now(), error = NULL WHERE id = ANY(:ids)"
)
NOTE_FAILURE = text(
    """
    UPDATE kernel.outbox
       SET attempts = attempts + 1, error = :error,
           state = CASE WHEN attempts + 1 >= :most THEN 'dead' ELSE state END,
           next_try_at = now() + least(power(2, attempts), 300) * interval '1 second'
     WHERE id = :id AND state = 'pending'
    """
)
TAKE_JOBS = text(
    """
    UPDATE kernel.jobs
       SET state = 'running', attempts = attempts + 1, worker = :worker, heartbeat_at = now()
     WHERE id IN (SELECT id FROM kernel.jobs WHERE state = 'queued' AND run_at <= now()
                   ORDER BY run_at, id LIMIT :batch FOR UPDATE SKIP LOCKED)
    RETURNING id, name, args, attempts
    """
)
END_JOB = text(
    """
    UPDATE kernel.jobs
       SET state = cast(:state AS text), run_at = now() + cast(:wait AS interval),
           error = :error, worker = NULL,
           finished_at = CASE WHEN cast(:state AS text) IN ('done', 'dead') THEN now() END
     WHERE id = :id AND state = 'running' AND worker = :worker
    """
)
BEAT = text(
    "UPDATE kernel.jobs SET heartbeat_at = now() WHERE state = 'running' AND worker = :worker"
)
REVIVE = text(
    """
    UPDATE kernel.jobs SET state = 'queued', worker = NULL, error = 'its worker stopped'
     WHERE state = 'running' AND heartbeat_at < now() - cast(:stalled AS interval)
    """
)
PLAN = text(
    """
    INSERT INTO kernel.schedules (name, next_run_at)
    SELECT unnest(cast(:names AS text[])), now() ON CONFLICT DO NOTHING
    """
)
TAKE_TURN = text(
    """
    UPDATE kernel.schedules SET next_run_at = now() + cast(:every AS interval), last_run_at = now()
     WHERE name = :name AND next_run_at <= now() RETURNING name
    """
)
NOTE_TURN = text("UPDATE kernel.schedules SET last_error = :error WHERE name = :name")


@dataclass
class Worker:
    """One worker process. `wake` is set by whoever hears that there is something to do."""

    work: Work
    number: int
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def db(self) -> Database:
        return self.work.db

    async def run(self) -> None:
        """Work until `stop`; a database that is away is waited for."""
        await self._retrying(self._plan)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._loop(self.deliver))
            group.create_task(self._loop(self.run_jobs))
            group.create_task(self._loop(self.take_turns))
            group.create_task(self._beat())

    def stop(self) -> None:
        self.stopping.set()
        self.wake.set()

    async def until_idle(self) -> None:
        """Do all that is due now, and what follows from it, then return."""
        await self._plan()
        while await self.deliver() + await self.run_jobs() + await self.take_turns():
            pass

    async def deliver(self) -> int:
        """Deliver one batch per shard that has something due. Returns how many events went."""
        async with self.db.reading() as db:
            shards = list((await db.scalars(DUE_SHARDS)).all())
        shards.sort(key=lambda _: random())  # noqa: S311 - only spreads workers over shards
        return sum([await self._deliver_shard(shard) for shard in shards])

    async def _deliver_shard(self, shard: int) -> int:
        try:
            return await self._deliver_batch(shard, BATCH)
        except Exception as error:  # noqa: BLE001 - one bad event must not stop the others
            log.info("delivering one by one", shard=shard, error=repr(error))
        delivered = 0
        for _ in range(BATCH):
            done = await self._deliver_one(shard)
            if done is None:
                break
            delivered += done
        return delivered

    async def _deliver_one(self, shard: int) -> int | None:
        """Deliver the first due event of the shard; None when there is none, 0 when it failed."""
        head: list[int] = []
        try:
            return await self._deliver_batch(shard, 1, head) or None
        except Exception as error:
            if not head:
                raise
            log.warning("event not delivered", id=head[0], exc_info=error)
            async with self.db.transaction() as tx:
                await tx.execute(
                    NOTE_FAILURE,
                    {"id": head[0], "error": repr(error)[:2000], "most": MOST_DELIVERIES},
                )
            return 0

    async def _deliver_batch(self, shard: int, size: int, head: list[int] | None = None) -> int:
        async with self.db.transaction() as tx:
            if not await tx.scalar(TAKE_SHARD, {"space": SHARD_LOCK, "shard": shard}):
                return 0
            rows = (await tx.execute(TAKE_EVENTS, {"shard": shard, "batch": size})).all()
            if not rows:
                return 0
            if head is not None:
                head.append(rows[0].id)
            await deliver_rows(tx, rows)
            crash.point("after-effect")
            await tx.execute(MARK_SENT, {"ids": [row.id for row in rows]})
        return len(rows)

    async def run_jobs(self) -> int:
        """Take a few queued jobs and carry them out side by side."""
        async with self.db.transaction() as tx:
            await tx.execute(REVIVE, {"stalled": STALLED})
            taken = (
                await tx.execute(TAKE_JOBS, {"worker": self.number, "batch": SIDE_BY_SIDE})
            ).all()
        await asyncio.gather(*(self._run_job(row) for row in taken))
        return len(taken)

    async def _run_job(self, row: Row[Any]) -> None:
        state, error, wait = JobState.DONE, None, timedelta()
        most = 1
        try:
            found = jobs.handler_of(row.name)
            if found is None:
                raise LookupError(f"nothing handles {row.name}")
            task, handler = found
            most = task.attempts
            await handler(self.work, msgspec.convert(row.args, task, strict=False))
        except Exception as failure:
            log.warning("job failed", job=row.name, id=str(row.id), exc_info=failure)
            state = JobState.DEAD if row.attempts >= most else JobState.QUEUED
            error, wait = repr(failure)[:2000], timedelta(seconds=min(2**row.attempts, 300))
        async with self.db.transaction() as tx:
            end = {"id": row.id, "state": state, "error": error, "wait": wait}
            await tx.execute(END_JOB, {**end, "worker": self.number})

    async def take_turns(self) -> int:
        """Run each periodic function whose time has come and that no other worker took."""
        taken = 0
        for periodic in jobs.periodic_work():
            async with self.db.transaction() as tx:
                mine = await tx.scalar(TAKE_TURN, {"name": periodic.name, "every": periodic.every})
            if mine is None:
                continue
            taken += 1
            await self._take_turn(periodic)
        return taken

    async def _take_turn(self, periodic: jobs.Periodic) -> None:
        error = None
        try:
            await periodic.run(self.work)
        except Exception as failure:
            log.warning("periodic work failed", name=periodic.name, exc_info=failure)
            error = repr(failure)[:2000]
        async with self.db.transaction() as tx:
            await tx.execute(NOTE_TURN, {"name": periodic.name, "error": error})

    async def _plan(self) -> None:
        async with self.db.transaction() as tx:
            await tx.execute(PLAN, {"names": [item.name for item in jobs.periodic_work()]})

    async def _loop(self, step: Any) -> None:
        while not self.stopping.is_set():
            done = await self._retrying(step)
            if not done and not self.stopping.is_set():
                await self._rest()

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(POLL):
                await self.wake.wait()
            self.wake.clear()
        except TimeoutError:
            pass

    async def _retrying(self, step: Any) -> Any:
        wait = 0.1
        while not self.stopping.is_set():
            try:
                return await step()
            except Exception as error:  # noqa: BLE001 - a worker outlives its database
                log.warning("worker step failed", step=step.__name__, error=repr(error))
                await asyncio.sleep(wait)
                wait = min(wait * 2, 5)
        return None

    async def _beat(self) -> None:
        while not self.stopping.is_set():
            try:
                async with self.db.transaction() as tx:
                    await tx.execute(BEAT, {"worker": self.number})
            except Exception as error:  # noqa: BLE001 - the next beat may get through
                log.warning("no heartbeat", error=repr(error))
            try:
                async with asyncio.timeout(HEARTBEAT):
                    await self.stopping.wait()
            except TimeoutError:
                continue


async def deliver_rows(tx: WriteSession, rows: Sequence[Row[Any]]) -> None:
    """Let each subscriber act on each event it has not acted on yet."""
    wanted = [
        (row, kind) for row in rows for kind in (outbox.subscribers_of(row.topic) or ("log",))
    ]
    noted = await tx.execute(
        NOTE_EFFECTS,
        {
            "keys": [row.dedup_key for row, _ in wanted],
            "kinds": [kind for _, kind in wanted],
            "orders": [row.order_id for row, _ in wanted],
        },
    )
    fresh = {(dedup_key, kind) for dedup_key, kind in noted}
    for row, kind in wanted:
        subscriber = outbox.subscribers_of(row.topic).get(kind)
        if subscriber is not None and (row.dedup_key, kind) in fresh:
            await subscriber(tx, outbox.read_event(row.topic, row.payload))
