"""Background work: a task is a row of the transaction that asks for it.

A `Task` subclass carries the arguments; `@handles` names the function that carries it out, at
least once, with its own transactions. A job whose worker died is queued again when its heartbeat
stops; one that fails is tried again with back-off and ends as a dead letter that staff can revive.
`@periodic` work has no row per run: one conditional update of `kernel.schedules` picks the worker.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import BigInteger, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from sokoni.kernel.clock import Clock
from sokoni.kernel.db import Base, Database, WriteSession
from sokoni.kernel.ids import new_id
from sokoni.kernel.outbox import WAKE
from sokoni.kernel.resources import Resources, Thing
from sokoni.kernel.settings import Settings

QUEUED = text("state = 'queued'")


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    DEAD = "dead"


class Job(Base):
    """One task, from queued over running to done, or dead after its last try."""

    __tablename__ = "jobs"
    __table_args__ = (
        Index("jobs_queued", "run_at", "id", postgresql_where=QUEUED),
        Index("jobs_queued_once", "dedup_key", unique=True, postgresql_where=QUEUED),
        Index("jobs_running", "heartbeat_at", postgresql_where=text("state = 'running'")),
        Index("jobs_finished", "finished_at", postgresql_where=text("state = 'done'")),
        Index("jobs_dead", "id", postgresql_where=text("state = 'dead'")),
        {"schema": "kernel"},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    args: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED)
    dedup_key: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    run_at: Mapped[datetime] = mapped_column(server_default=func.now())
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    worker: Mapped[int | None] = mapped_column(BigInteger)
    error: Mapped[str | None]


class Schedule(Base):
    """When each periodic function runs next."""

    __tablename__ = "schedules"
    __table_args__ = ({"schema": "kernel"},)

    name: Mapped[str] = mapped_column(primary_key=True)
    next_run_at: Mapped[datetime]
    last_run_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """Arguments of a job. Subclasses set `name` (`catalog.fetch_picture`) and how often to try."""

    name: ClassVar[str]
    attempts: ClassVar[int] = 5


@dataclass(frozen=True, slots=True)
class Work:
    """What a job or periodic function works with."""

    resources: Resources

    @property
    def db(self) -> Database:
        return self.resources.get(Database)

    @property
    def settings(self) -> Settings:
        return self.resources.get(Settings)

    def now(self) -> datetime:
        clock: Clock = self.resources.get(Clock)
        return clock.now()

    def get(self, kind: type[Thing]) -> Thing:
        return self.resources.get(kind)


@dataclass(frozen=True, slots=True)
class Periodic:
    """A function that one worker runs every so often."""

    name: str
    every: timedelta
    run: Callable[[Work], Awaitable[None]]


SomeTask = TypeVar("SomeTask", bound=Task)
Handler = Callable[[Work, SomeTask], Awaitable[None]]

_handlers: dict[str, tuple[type[Task], Callable[[Work, Any], Awaitable[None]]]] = {}
_periodic: dict[str, Periodic] = {}


def handles(task: type[SomeTask]) -> Callable[[Handler[SomeTask]], Handler[SomeTask]]:
    """Register the function that carries out this task."""

    def register(handler: Handler[SomeTask]) -> Handler[SomeTask]:
        _handlers[task.name] = (task, handler)
        return handler

    return register


def periodic(
    name: str, *, every: timedelta
) -> Callable[[Callable[[Work], Awaitable[None]]], Callable[[Work], Awaitable[None]]]:
    """Register a function that one worker runs every so often; it must be safe to repeat."""

    def register(run: Callable[[Work], Awaitable[None]]) -> Callable[[Work], Awaitable[None]]:
        _periodic[name] = Periodic(name=name, every=every, run=run)
        return run

    return register


def handler_of(name: str) -> tuple[type[Task], Callable[[Work, Any], Awaitable[None]]] | None:
    return _handlers.get(name)


def periodic_work() -> list[Periodic]:
    return list(_periodic.values())


async def enqueue(
    tx: WriteSession, task: Task, *, run_at: datetime | None = None, dedup_key: str | None = None
) -> UUID:
    """Queue the task with this transaction's commit.

    With a `dedup_key`, a twin that is still queued makes this a no-op; the id is then of nothing.
    """
    job_id = new_id()
    values = {"id": job_id, "name": task.name, "args": msgspec.to_builtins(task)}
    if run_at is not None:
        values["run_at"] = run_at
    await tx.execute(
        insert(Job)
        .values(**values, dedup_key=dedup_key)
        .on_conflict_do_nothing(index_elements=["dedup_key"], index_where=QUEUED)
    )
    tx.info[WAKE] = True
    return job_id


async def enqueue_many(tx: WriteSession, tasks: Sequence[Task]) -> None:
    """Queue many tasks in one statement, with this transaction's commit; none is deduplicated."""
    if not tasks:
        return
    rows = [
        {"id": new_id(), "name": task.name, "args": msgspec.to_builtins(task)} for task in tasks
    ]
    await tx.execute(insert(Job), rows)
    tx.info[WAKE] = True
