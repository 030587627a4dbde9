"""Background work for operators: jobs, events to deliver, periodic work; dead letters retried."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from fastapi import Depends, Path, Query
from pydantic import Field

from sokoni.audit import service as audit
from sokoni.kernel import tasks
from sokoni.kernel.access import Caller, Permission, Staff
from sokoni.kernel.db import Read, Tx
from sokoni.kernel.errors import NotFound
from sokoni.kernel.ids import decode, encode
from sokoni.kernel.jobs import JobState
from sokoni.kernel.now import Now
from sokoni.kernel.paging import DEFAULT_LIMIT, Cursor, Limit, Listed, Page
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import Out
from sokoni.kernel.tasks import TaskKind, TaskNotDead, TaskQueuedAgain

router = Api(prefix="/admin", tags=["admin.tasks"])

READER = Depends(Staff(Permission.OPERATIONS_READ))
Writer = Annotated[Caller, Depends(Staff(Permission.OPERATIONS_WRITE))]
PREFIXES = {TaskKind.JOB: "job", TaskKind.EVENT: "evt"}
TaskId = Annotated[
    str,
    Path(
        max_length=64,
        description="A job (`job_…`) or an event (`evt_…`).",
        examples=["job_01j4vg0000e0080000000000g1"],
    ),
]


class TaskOut(Out):
    """Something to do in the background. `error` is that of the last try.

    `next_try_at` is told of what is queued, `finished_at` of what ended.
    """

    id: Annotated[str, Field(examples=["job_01j4vg0000e0080000000000g1"])]
    kind: TaskKind
    name: Annotated[str, Field(examples=["payments.send_refund"])]
    state: JobState
    arguments: dict[str, Any]
    attempts: int
    error: str | None
    created_at: datetime
    next_try_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, task: tasks.Listed) -> Self:
        names = cls.model_fields.keys() - {"id", "arguments"}
        return cls(
            id=encode(PREFIXES[task.kind], task.id),
            arguments=audit.without_secrets(task.arguments),
            **{name: getattr(task, name) for name in names},
        )


class TurnOut(Out):
    """Periodic work, and how its last run went."""

    name: Annotated[str, Field(examples=["inventory.expire"])]
    next_run_at: datetime
    last_run_at: datetime | None
    last_error: str | None


@router.get("/tasks", name="list", dependencies=[READER])
async def list_tasks(
    *,
    db: Read,
    kind: Annotated[TaskKind, Query(description="Jobs, or events to deliver.")] = TaskKind.JOB,
    state: Annotated[JobState | None, Query(description="`dead`: given up.")] = None,
    name: Annotated[
        str | None,
        Query(max_length=255, pattern=r"^[^\x00]*$", description="The job's, or the topic."),
    ] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[TaskOut]:
    """List background tasks, newest first."""
    rows = await tasks.tasks(
        db, kind=kind, state=state, name=name or None, limit=limit, cursor=cursor
    )
    items = [TaskOut.of(task) for task in rows.items]
    return Page(items=items, next_cursor=rows.next_cursor)


@router.post(
    "/tasks/{task_id}/retry",
    responses=problem_responses(NotFound, TaskNotDead, TaskQueuedAgain),
)
async def retry(caller: Writer, task_id: TaskId, tx: Tx, now: Now) -> TaskOut:
    """Queue a task again that was given up, with all its tries."""
    kind, found = _named(task_id)
    before = await tasks.task(tx, kind=kind, task_id=found)
    await tasks.retry(tx, kind=kind, task_id=found, now=now)
    await audit.record(
        tx,
        actor=caller.actor,
        action="task.retried",
        subject=task_id,
        before={"name": before.name, "error": before.error},
        now=now,
    )
    return TaskOut.of(await tasks.task(tx, kind=kind, task_id=found))


@router.get("/schedules", name="schedules", dependencies=[READER])
async def list_schedules(*, db: Read) -> Listed[TurnOut]:
    """List periodic work: when it ran last, when it runs next, what went wrong."""
    return Listed(items=[TurnOut.model_validate(turn) for turn in await tasks.turns(db)])


def _named(task_id: str) -> tuple[TaskKind, UUID]:
    for kind, prefix in PREFIXES.items():
        found = decode(prefix, task_id)
        if found is not None:
            return kind, found
    raise NotFound
