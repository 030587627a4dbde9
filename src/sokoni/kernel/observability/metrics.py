"""Numbers for Prometheus: what this process counted, and what the database says when asked.

With several API processes `PROMETHEUS_MULTIPROC_DIR` names a directory in which they add up; it is
set, and empty, before they start. What the database says is asked once per scrape, in one short
statement, and left out when the database does not answer.

Requests are counted in memory first: adding to the shared files for each would cost several
microseconds. A process killed by -9 forgets the last `TOGETHER_SECONDS`.
"""

import asyncio
import os
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
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
TOGETHER_SECONDS = 0.02
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
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
    buckets=BOUNDS,
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


@dataclass(slots=True)
class _Noted:
    """Requests of one kind that are not in the metrics yet."""

    count: int = 0
    seconds: float = 0.0
    by_bound: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))


def note(*, method: str, route: str, status: int, seconds: float) -> None:
    """Count one answered request, with others of the same moment."""
    kind = method, route, status
    noted = _noted.get(kind)
    if noted is None:
        if not _noted:
            _flush_soon()
        noted = _noted[kind] = _Noted()
    noted.count += 1
    noted.seconds += seconds
    noted.by_bound[bisect_left(BOUNDS, seconds)] += 1


def flush() -> None:
    """Add what was noted to the metrics. A histogram takes one observation; these are many."""
    for (method, route, status), noted in _noted.items():
        _counter(method, route, status).inc(noted.count)
        histogram = _histogram(method, route)
        histogram._sum.inc(noted.seconds)  # noqa: SLF001
        for bucket, count in zip(histogram._buckets, noted.by_bound, strict=True):  # noqa: SLF001
            if count:
                bucket.inc(count)
    _noted.clear()


def _flush_soon() -> None:
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return  # whoever asks for the metrics flushes first
    loop.call_later(TOGETHER_SECONDS, flush)


async def page(request: Request) -> Response:
    """`/metrics`."""
    db: Database = request.app.state.db
    asked = await ask(db)
    flush()
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
    flush()
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


_noted: dict[tuple[str, str, int], _Noted] = {}


@cache
def _counter(method: str, route: str, status: int) -> Any:
    return requests_total.labels(method, route, status)


@cache
def _histogram(method: str, route: str) -> Any:
    return request_seconds.labels(method, route)
