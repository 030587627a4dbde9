"""Numbers for Prometheus: what this process counted, and what the database says when asked.

With several API processes `PROMETHEUS_MULTIPROC_DIR` names a directory in which they add up; it is
set, and empty, before they start. What the database says is asked once per scrape, in one short
statement, and left out when the database does not answer.
"""

import asyncio
import os
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import structlog
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
    values,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import Response

from sokoni.kernel.db import Database

log = structlog.get_logger(__name__)

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
PATIENCE_SECONDS = 2
COUNTED = 10_000
MULTIPLE = values.ValueClass.__name__ == "MmapedValue"

disable_created_metrics()  # type: ignore[no-untyped-call]
own = CollectorRegistry()
requests_total = Counter(
    "sokoni_http_requests_total",
    "Requests answered.",
    ["method", "route", "status"],
    registry=own,
)
request_seconds = Histogram(
    "sokoni_http_request_seconds",
    "Time from the request to the last byte of its answer.",
    ["method", "route"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=own,
)
pool_in_use = Gauge(
    "sokoni_db_pool_in_use",
    "Database connections in use.",
    multiprocess_mode="livesum",
    registry=own,
)

# Every count stops at a bound, so that a shop in trouble is not asked to count its trouble.
ASK = text(
    """
    SELECT 'sokoni_outbox_pending' AS name, '' AS state, count(*)::float8 AS value
      FROM (SELECT FROM kernel.outbox WHERE state = 'pending' LIMIT :most) AS o
    UNION ALL
    SELECT 'sokoni_outbox_lag_seconds', '',
           coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8
      FROM (SELECT created_at FROM kernel.outbox WHERE state = 'pending' ORDER BY id LIMIT 100) AS o
    UNION ALL
    SELECT 'sokoni_jobs', s.state, (
        SELECT count(*)
          FROM (SELECT FROM kernel.jobs AS one WHERE one.state = s.state LIMIT :most) AS j)
      FROM unnest(ARRAY['queued', 'running', 'dead']) AS s (state)
    UNION ALL
    SELECT 'sokoni_jobs_lag_seconds', '',
           greatest(coalesce(extract(epoch FROM now() - min(run_at)), 0), 0)::float8
      FROM (SELECT run_at FROM kernel.jobs WHERE state = 'queued' ORDER BY run_at LIMIT 1) AS j
    UNION ALL
    SELECT 'sokoni_worker_seen_seconds', '',
           coalesce(extract(epoch FROM now() - max(last_run_at)), -1)::float8 FROM kernel.schedules
    """
)
MEANING = {
    "sokoni_outbox_pending": f"Events that wait for delivery, counted up to {COUNTED}.",
    "sokoni_outbox_lag_seconds": "Age of the oldest event that waits.",
    "sokoni_jobs": f"Jobs by state, counted up to {COUNTED}.",
    "sokoni_jobs_lag_seconds": "How long the first queued job has been due.",
    "sokoni_worker_seen_seconds": "Seconds since a worker last ran something; -1: never.",
}


def note(*, method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    _counter(method, route, status).inc()
    _histogram(method, route).observe(seconds)


async def page(request: Request) -> Response:
    """`/metrics`."""
    db: Database = request.app.state.db
    asked = await ask(db)
    body = await asyncio.to_thread(_render, asked)
    return Response(body, media_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})


async def ask(db: Database) -> Sequence[Any]:
    """Rows of (name, state, value); none when the database does not answer in time."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), db.reading() as session:
            return (await session.execute(ASK, {"most": COUNTED})).all()
    except Exception as error:  # noqa: BLE001 - the process's own numbers are still worth having
        log.info("metrics without the database", error=repr(error))
        return []


def note_pool(db: Database | None) -> None:
    if db is not None:
        pool: Any = db.engine.pool
        pool_in_use.set(pool.checkedout())


def forget_process() -> None:
    """This process ends: what it holds now no longer counts, what it counted stays."""
    if MULTIPLE:
        mark_process_dead(os.getpid())  # type: ignore[no-untyped-call]


def _render(asked: Sequence[Any]) -> bytes:
    registry = CollectorRegistry()
    if MULTIPLE:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    found = generate_latest(registry if MULTIPLE else own)
    told = CollectorRegistry()
    told.register(_Told(asked))
    return found + generate_latest(told)


class _Told(Collector):
    """What the database said, as metrics."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = rows

    def collect(self) -> Iterable[Metric]:
        for name in dict.fromkeys(row.name for row in self._rows):
            rows = [row for row in self._rows if row.name == name]
            labels = ["state"] if rows[0].state else []
            family = GaugeMetricFamily(name, MEANING[name], labels=labels)
            for row in rows:
                family.add_metric([row.state] if labels else [], row.value)
            yield family


@cache
def _counter(method: str, route: str, status: int) -> Any:
    return requests_total.labels(method, route, status)


@cache
def _histogram(method: str, route: str) -> Any:
    return request_seconds.labels(method, route)
