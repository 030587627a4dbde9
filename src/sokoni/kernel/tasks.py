"""What there is to do in the background, as operators see it: jobs, and events to deliver.

Whoever gave up can be sent back: a dead letter is queued again with all its tries, one conditional
update, so that of two who do it at once one does. Its first try is due a moment later, for work
with a named next try is not late (see the laws of delivery).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.engine import Row
from sqlalchemy.exc import IntegrityError

from sokoni.kernel.db import ReadSession, WriteSession, violated
from sokoni.kernel.errors import Conflict, NotFound
from sokoni.kernel.jobs import JobState
from sokoni.kernel.outbox import WAKE, OutboxState
from sokoni.kernel.paging import Rows, decode_cursor, encode_cursor

SOON = timedelta(seconds=1)
MOST_COUNTED = 1_000


class TaskNotDead(Conflict):
    """The task has not been given up, so there is nothing to retry"""


class TaskQueuedAgain(Conflict):
    """The same task is queued already"""


class TaskKind(StrEnum):
    JOB = "job"
    EVENT = "event"


STATES = {
    OutboxState.PENDING: JobState.QUEUED,
    OutboxState.SENT: JobState.DONE,
    OutboxState.DEAD: JobState.DEAD,
}
OF_EVENTS = {state: outbox for outbox, state in STATES.items()}


@dataclass(frozen=True, slots=True)
class Listed:
    """A job or an event. `next_try_at` is told of what is queued, `finished_at` of what ended."""

    kind: TaskKind
    id: UUID
    name: str
    state: JobState
    arguments: dict[str, Any]
    attempts: int
    error: str | None
    created_at: datetime
    next_try_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Turn:
    """Periodic work: when it ran last and runs next, and the error of its last run."""

    name: str
    next_run_at: datetime
    last_run_at: datetime | None
    last_error: str | None


JOBS = """
    SELECT id, id AS place, name, state, args AS arguments, attempts, error, created_at,
           CASE WHEN state = 'queued' THEN run_at END AS next_try_at, finished_at
      FROM kernel.jobs
     WHERE (CAST(:state AS text) IS NULL OR state = :state)
       AND (CAST(:name AS text) IS NULL OR name = :name)
       {place}
     ORDER BY id DESC LIMIT :most
"""
EVENTS = """
    SELECT event_id AS id, id AS place, topic AS name, state, payload AS arguments, attempts, error,
           created_at, CASE WHEN state = 'pending' THEN next_try_at END AS next_try_at,
           sent_at AS finished_at
      FROM kernel.outbox
     WHERE (CAST(:state AS text) IS NULL OR state = :state)
       AND (CAST(:name AS text) IS NULL OR topic = :name)
       {place}
     ORDER BY id DESC LIMIT :most
"""
# Dead ones are few among many: written into the statement, the state finds its own small index.
PLACES = {TaskKind.JOB: "AND id < CAST(:after AS uuid)", TaskKind.EVENT: "AND id < :after"}
DEAD = "AND state = 'dead' "
JOB, EVENT = (
    text(JOBS.format(place="AND id = CAST(:id AS uuid)")),
    text(EVENTS.format(place="AND event_id = CAST(:id AS uuid)")),
)
TURNS = text(
    "SELECT name, next_run_at, last_run_at, last_error FROM kernel.schedules ORDER BY name"
)
DEAD_LETTERS = text(
    """
    SELECT (SELECT count(*) FROM (
                SELECT FROM kernel.jobs WHERE state = 'dead' LIMIT :most) AS j)
         + (SELECT count(*) FROM (
                SELECT FROM kernel.outbox WHERE state = 'dead' LIMIT :most) AS e)
    """
)
RETRY_JOB = text(
    """
    UPDATE kernel.jobs
       SET state = 'queued', attempts = 0, finished_at = NULL,
           run_at = greatest(now(), :now) + CAST(:soon AS interval)
     WHERE id = :id AND state = 'dead' RETURNING id
    """
)
RETRY_EVENT = text(
    """
    UPDATE kernel.outbox
       SET state = 'pending', attempts = 1,
           next_try_at = greatest(now(), :now) + CAST(:soon AS interval)
     WHERE event_id = :id AND state = 'dead' RETURNING id
    """
)


async def tasks(
    db: ReadSession,
    *,
    kind: TaskKind,
    state: JobState | None,
    name: str | None,
    limit: int,
    cursor: str | None,
) -> Rows[Listed]:
    """A page of jobs or of events, newest first; `name` is the job's or the event's topic."""
    listed = f"tasks.{kind}"
    values: dict[str, Any] = {"state": state, "name": name, "most": limit + 1}
    place = DEAD if state is JobState.DEAD else ""
    if kind is TaskKind.EVENT and state is not None:
        if state not in OF_EVENTS:  # nobody runs an event
            return Rows(items=[], next_cursor=None)
        values["state"] = OF_EVENTS[state]
    if cursor is not None:
        of: Any = tuple[UUID] if kind is TaskKind.JOB else tuple[int]
        values["after"] = decode_cursor(listed, cursor, of=of)[0]
        place += PLACES[kind]
    statement = text((JOBS if kind is TaskKind.JOB else EVENTS).format(place=place))
    found = (await db.execute(statement, values)).all()
    page = found[:limit]
    more = len(found) > limit
    return Rows(
        items=[_listed(kind, row) for row in page],
        next_cursor=encode_cursor(listed, [page[-1].place]) if more else None,
    )


async def task(db: ReadSession, *, kind: TaskKind, task_id: UUID) -> Listed:
    """One job or event. Raises NotFound."""
    values = {"state": None, "name": None, "most": 1, "id": task_id}
    row = (await db.execute(JOB if kind is TaskKind.JOB else EVENT, values)).one_or_none()
    if row is None:
        raise NotFound
    return _listed(kind, row)


async def turns(db: ReadSession) -> list[Turn]:
    """All periodic work, by name."""
    return [Turn(*row) for row in await db.execute(TURNS)]


async def dead_letters(db: ReadSession) -> int:
    """How many jobs and events were given up; each counted to 1,000 at most."""
    return int(await db.scalar(DEAD_LETTERS, {"most": MOST_COUNTED}) or 0)


async def retry(tx: WriteSession, *, kind: TaskKind, task_id: UUID, now: datetime) -> None:
    """Queue a dead letter again, with all its tries. NotFound, TaskNotDead, TaskQueuedAgain."""
    values = {"id": task_id, "now": now, "soon": SOON}
    try:
        async with tx.begin_nested():
            statement = RETRY_JOB if kind is TaskKind.JOB else RETRY_EVENT
            queued = await tx.scalar(statement, values)
    except IntegrityError as error:
        if violated(error, "jobs_queued_once"):
            raise TaskQueuedAgain from error
        raise
    if queued is None:
        found = await task(tx, kind=kind, task_id=task_id)
        raise TaskNotDead(f"The task is {found.state}.")
    tx.info[WAKE] = True


def _listed(kind: TaskKind, row: Row[Any]) -> Listed:
    state = JobState(row.state) if kind is TaskKind.JOB else STATES[OutboxState(row.state)]
    return Listed(
        kind=kind,
        id=row.id,
        name=row.name,
        state=state,
        arguments=row.arguments,
        attempts=row.attempts,
        error=row.error,
        created_at=row.created_at,
        next_try_at=row.next_try_at,
        finished_at=row.finished_at,
    )
