"""`/health`, `/health/live`, `/health/ready`: for people, for restarts, for balancers.

Ready means that the database answers within two seconds and is not behind this code. One that is
ahead is fine: a roll-out migrates first.
"""

import asyncio
from datetime import datetime
from time import perf_counter
from typing import Literal

import structlog
from fastapi import Depends, Request
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from sokoni import __version__
from sokoni.kernel.access import PUBLIC
from sokoni.kernel.db import Database
from sokoni.kernel.errors import Unavailable
from sokoni.kernel.observability import metrics
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import Out
from sokoni.kernel.settings import Settings

log = structlog.get_logger(__name__)

PATIENCE_SECONDS = 2
LATE_SECONDS = 120

ASK = text(
    """
    SELECT (SELECT version_num FROM public.alembic_version) AS revision,
           (SELECT max(last_run_at) FROM kernel.schedules) AS worker_seen_at
    """
)

router = Api(prefix="/health", tags=["health"], dependencies=[Depends(PUBLIC)])


class NotReady(Unavailable):
    """The shop is not ready to serve"""


class Live(Out):
    status: Literal["ok"] = "ok"


class DatabaseHealth(Out):
    revision: str
    latency_ms: float


class QueueHealth(Out):
    """Numbers are counted up to 10,000; `late` when something has waited for two minutes."""

    late: bool
    events_pending: int
    events_lag_seconds: float
    jobs_queued: int
    jobs_running: int
    jobs_dead: int
    worker_seen_at: datetime | None


class Configuration(Out):
    environment: str
    payment_provider: str
    file_storage_provider: str
    rate_limit_enabled: bool
    default_currency: str


class Health(Out):
    status: Literal["ok", "late"]
    version: str
    database: DatabaseHealth
    queue: QueueHealth
    configuration: Configuration


@router.get("/live")
async def live() -> Live:
    """The process answers."""
    return Live()


@router.get("/ready", responses=problem_responses(NotReady))
async def ready(request: Request) -> Live:
    """The process can serve: its database answers and has the right schema."""
    await _asked(request)
    return Live()


@router.get("", responses=problem_responses(NotReady))
async def health(request: Request) -> Health:
    """Database, queue, configuration and version."""
    settings: Settings = request.app.state.settings
    database, worker_seen_at = await _asked(request)
    queue = await _queue(request, worker_seen_at)
    return Health(
        status="late" if queue.late else "ok",
        version=__version__,
        database=database,
        queue=queue,
        configuration=Configuration(
            environment=settings.environment,
            payment_provider=settings.payment_provider,
            file_storage_provider=settings.file_storage_provider,
            rate_limit_enabled=settings.rate_limit_enabled,
            default_currency=settings.default_currency,
        ),
    )


async def _asked(request: Request) -> tuple[DatabaseHealth, datetime | None]:
    """Ask the database. Raises NotReady."""
    db: Database = request.app.state.db
    outdated: frozenset[str] = request.app.state.outdated_revisions
    started = perf_counter()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), db.reading() as session:
            row = (await session.execute(ASK)).one()
    except ProgrammingError:
        raise NotReady("The database has no schema yet: run 'sokoni migrate'.") from None
    except Exception as error:
        log.info("not ready", error=repr(error))
        raise NotReady("The database does not answer.", retry_after=2) from error
    if row.revision is None or row.revision in outdated:
        raise NotReady(
            f"The database is at migration {row.revision}, behind this code: run 'sokoni migrate'."
        )
    latency_ms = round((perf_counter() - started) * 1000, 1)
    return DatabaseHealth(revision=row.revision, latency_ms=latency_ms), row.worker_seen_at


async def _queue(request: Request, worker_seen_at: datetime | None) -> QueueHealth:
    rows = await metrics.ask(request.app.state.db)
    told = {(row.name.removeprefix("sokoni_"), row.state): row.value for row in rows}
    lag = max(told.get(("outbox_lag_seconds", ""), 0), told.get(("jobs_lag_seconds", ""), 0))
    return QueueHealth(
        late=lag > LATE_SECONDS,
        events_pending=int(told.get(("outbox_pending", ""), 0)),
        events_lag_seconds=round(told.get(("outbox_lag_seconds", ""), 0), 1),
        jobs_queued=int(told.get(("jobs", "queued"), 0)),
        jobs_running=int(told.get(("jobs", "running"), 0)),
        jobs_dead=int(told.get(("jobs", "dead"), 0)),
        worker_seen_at=worker_seen_at,
    )
