"""What is expected of the shop while everything goes wrong, measured from outside.

- No request takes longer than 10 s while its process lives: a 503 with Retry-After instead.
- Every living API is ready within 10 s of the database answering again, by itself.
- Catalogue reads keep their pace while the provider hangs.
- At quiet, no connection is `idle in transaction`.

The database "answers" when the shop could reach it: a new login as the shop, through the wire.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import asyncpg
import httpx

from chaos.plan import (
    ANSWER_WITHIN,
    HEALTHY_WITHIN,
    READS_FLOOR,
    READS_WORSE,
    STOPS_WITHIN,
)
from chaos.world.processes import Child
from chaos.world.shop import PREFIX, Shop

LOOK_SECONDS = 0.25
READ_EVERY, WRITE_EVERY = 0.1, 0.4
PATIENCE = 25.0  # how long a probe waits, to learn how long the answer took
ENOUGH_READS = 20
AWAY = (
    OSError,  # TimeoutError is one
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
LINGERING = """
    SELECT pid, application_name, state, extract(epoch FROM now() - state_change)::float8 AS seconds
      FROM pg_stat_activity
     WHERE state LIKE 'idle in transaction%' AND now() - state_change > interval '1 second'
"""


@dataclass(frozen=True, slots=True)
class Probe:
    """One request of ours. `status` 0: no answer; `lived`: its process did all the while."""

    at: float
    seconds: float
    what: str
    status: int
    lived: bool
    advised: bool  # a 503 said when to come back


@dataclass(slots=True)
class _Health:
    """Of one API: when it was last known to be ready, and what was said since."""

    ready_at: float = 0.0
    was_ready: bool = True
    told: bool = False


@dataclass
class Expectations:
    """Start `watch` before the first fault; ask for `broken` after quiet."""

    shop: Shop
    probes: list[Probe] = field(default_factory=list)
    recoveries: list[float] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    lingering: list[str] = field(default_factory=list)
    _answers_since: float | None = None
    _numbers: Iterator[int] = field(default_factory=count)

    async def watch(self, stop: asyncio.Event) -> None:
        """Probe until `stop`."""
        limits = httpx.Limits(max_connections=200)
        async with (
            httpx.AsyncClient(trust_env=False, limits=limits, timeout=PATIENCE) as http,
            asyncio.TaskGroup() as group,
        ):
            group.create_task(self._ask_database(stop))
            for child in self.shop.apis:
                group.create_task(self._ask_health(http, child, stop))
            group.create_task(self._probe(http, self._read, READ_EVERY, stop))
            group.create_task(self._probe(http, self._write, WRITE_EVERY, stop))

    async def look_at_quiet(self) -> None:
        """Whether any connection sits in a transaction that nobody goes on with."""
        connection = await asyncpg.connect(self.shop.world.database_url, timeout=10)
        try:
            for row in await connection.fetch(LINGERING):
                self.lingering.append(f"{row['application_name']}: {row['seconds']:.1f} s")
        finally:
            await connection.close()

    # Asking

    async def _ask_database(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                async with asyncio.timeout(2):
                    connection = await asyncpg.connect(self.shop.shop_url, timeout=2)
                    try:
                        await connection.fetchval("SELECT 1")
                    finally:
                        connection.terminate()
            except AWAY:
                self._answers_since = None
            else:
                self._answers_since = self._answers_since or time.monotonic()
            await asyncio.sleep(LOOK_SECONDS)

    async def _ask_health(self, http: httpx.AsyncClient, child: Child, stop: asyncio.Event) -> None:
        url = f"http://127.0.0.1:{child.serves}/health/ready"
        found = _Health()
        while not stop.is_set():
            ready = False
            with suppress(httpx.HTTPError):
                ready = (await http.get(url, timeout=5)).status_code == 200
            self._note_health(child, found, ready=ready)
            await asyncio.sleep(LOOK_SECONDS)

    def _note_health(self, child: Child, found: _Health, *, ready: bool) -> None:
        """Time counts from when it could have been ready: database, process, its last good word."""
        now = time.monotonic()
        if self._answers_since is None or not child.is_running() or not child.wanted:
            found.was_ready = found.told = False
            return
        took = now - max(self._answers_since, child.started_at, found.ready_at)
        if ready:
            if not found.was_ready:
                self.recoveries.append(took)
            found.ready_at, found.told = now, False
        elif took > HEALTHY_WITHIN + self.shop.plan.margin and not found.told:
            found.told = True
            where = self._meanwhile(now)
            self.late.append(f"{child.name} is not ready after {took:.1f} s, in {where}")
            self.shop.log.record("not healthy in time", {"victim": child.name})
        found.was_ready = ready

    async def _probe(
        self, http: httpx.AsyncClient, ask: Any, every: float, stop: asyncio.Event
    ) -> None:
        """One request each so often, however long the earlier ones take."""
        asked: set[asyncio.Task[None]] = set()
        for number in self._numbers:
            if stop.is_set():
                break
            child = self.shop.apis[number % len(self.shop.apis)]
            if child.is_running() and child.wanted:
                task = asyncio.create_task(ask(http, child, number))
                asked.add(task)
                task.add_done_callback(asked.discard)
            await asyncio.sleep(every)
        for task in asked:
            task.cancel()
        await asyncio.gather(*asked, return_exceptions=True)

    async def _read(self, http: httpx.AsyncClient, child: Child, number: int) -> None:
        """A listing that no cache has."""
        path = f"/products?currency=USD&limit=24&chaos={number}"
        await self._timed(http, child, "read", "GET", path)

    async def _write(self, http: httpx.AsyncClient, child: Child, _number: int) -> None:
        await self._timed(http, child, "write", "POST", "/cart", json={"country": "DE"})

    async def _timed(
        self, http: httpx.AsyncClient, child: Child, what: str, method: str, path: str, **how: Any
    ) -> None:
        url = f"http://127.0.0.1:{child.serves}{PREFIX}{path}"
        life, began, status, advised = child.started_at, time.monotonic(), 0, False
        try:
            answer = await http.request(method, url, **how)
            status, advised = answer.status_code, "retry-after" in answer.headers
        except httpx.HTTPError:
            pass
        lived = child.started_at == life and child.is_running() and child.wanted
        took = time.monotonic() - began
        self.probes.append(Probe(began, took, what, status, lived, advised))

    # Judging

    def broken(self) -> list[str]:
        """One sentence for each expectation that was not met."""
        return [
            *self.late,
            *self._hanging(),
            *self._rude(),
            *self._slow_reads(),
            *self._stopping(),
            *(f"a connection is idle in transaction at quiet: {one}" for one in self.lingering),
        ]

    def measured(self) -> dict[str, object]:
        """Figures for the report; seconds."""
        lived = [probe for probe in self.probes if probe.lived]
        return {
            "probes": len(self.probes),
            "statuses": dict(Counter(str(probe.status) for probe in lived)),
            "slowest answer": round(max((p.seconds for p in lived), default=0), 2),
            "recoveries": len(self.recoveries),
            "slowest recovery": round(max(self.recoveries, default=0), 2),
            "reads calm p95": round(_p95(self._reads("phase", "calm")), 4),
            "reads p95 while the provider hangs": round(_p95(self._reads("provider hangs")), 4),
        }

    def _hanging(self) -> list[str]:
        most = ANSWER_WITHIN + self.shop.plan.margin
        slow = [probe for probe in self.probes if probe.lived and probe.seconds > most]
        if not slow:
            return []
        worst = max(slow, key=lambda probe: probe.seconds)
        where = f"{worst.what} {worst.seconds:.1f} s, in {self._meanwhile(worst.at)}"
        return [f"{len(slow)} requests took longer than {ANSWER_WITHIN:g} s; the worst: {where}"]

    def _rude(self) -> list[str]:
        """Answers that no client knows what to do with."""
        bare = [p for p in self.probes if p.status == 503 and not p.advised]
        errors = Counter(p.status for p in self.probes if p.status >= 500 and p.status != 503)
        said = [f"{len(bare)} times 503 without Retry-After"] if bare else []
        return said + [f"{number} times status {status}" for status, number in errors.items()]

    def _slow_reads(self) -> list[str]:
        if not self.shop.plan.seconds.get("hang"):
            return []
        calm, hung = self._reads("phase", "calm"), self._reads("provider hangs")
        if min(len(calm), len(hung)) < ENOUGH_READS:
            return [f"too few reads to compare: {len(calm)} calm, {len(hung)} in the hang"]
        allowed = max(READS_WORSE * _p95(calm), READS_FLOOR)
        if _p95(hung) <= allowed:
            return []
        was, became = (f"{_p95(reads) * 1000:.0f} ms" for reads in (calm, hung))
        return [f"catalogue reads take {became} (p95) while the provider hangs, {was} in calm"]

    def _stopping(self) -> list[str]:
        found = []
        events = [e for e in self.shop.log.events if e.kind == "checkouts at SIGTERM"]
        if events and not any(event.detail["acknowledged"] for event in events):
            found.append("no checkout was in flight at SIGTERM that was finished")
        for event in events:
            if not event.detail["ended"]:
                victim = event.detail["victim"]
                found.append(f"{victim} did not end within {STOPS_WITHIN:g} s of SIGTERM")
            found += [
                f"order {order} was acknowledged during SIGTERM and does not exist"
                for order in event.detail["missing"]
            ]
        return found

    def _reads(self, kind: str, name: str = "") -> list[float]:
        """Seconds of each good read in the times of this fault or phase."""
        spans = list(self.shop.log.spans(kind, name))
        return [
            probe.seconds
            for probe in self.probes
            if probe.what == "read"
            and probe.status == 200
            and any(start <= probe.at < end for start, end in spans)
        ]

    def _meanwhile(self, at: float) -> str:
        """The phase of this moment, or the one before it."""
        name = "no phase"
        for event in self.shop.log.events:
            if event.at > at:
                break
            if event.kind == "phase":
                name = str(event.detail["name"])
        return name


def _p95(seconds: list[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)] if seconds else 0.0
