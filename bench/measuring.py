"""What one round measured, and what the rounds say together."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Measurement:
    """One round. Latencies in milliseconds, CPU in milliseconds per operation.

    The percentiles are None where the tool reports none (pgbench).
    """

    per_second: float
    p50: float | None
    p99: float | None
    cpu_front: float
    cpu_database: float


@dataclass(frozen=True, slots=True)
class Row:
    """A path beside its limit, both as medians of their rounds.

    `goal` is the share of the limit that it shall reach; `most_cpu` the milliseconds of CPU, of
    API and PostgreSQL together, that one operation may take.
    """

    name: str
    limit_name: str
    goal: float
    ours: Measurement
    limit: Measurement
    statements: int | None = None
    most_cpu: float | None = None

    @property
    def ratio(self) -> float:
        return self.ours.per_second / self.limit.per_second if self.limit.per_second else 0.0

    @property
    def cpu(self) -> float:
        return self.ours.cpu_front + self.ours.cpu_database

    @property
    def is_met(self) -> bool:
        return self.ratio >= self.goal and (self.most_cpu is None or self.cpu <= self.most_cpu)


class Side(StrEnum):
    """On which side of its limit a figure shall be."""

    AT_MOST = "≤"
    AT_LEAST = "≥"


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure with a limit of its own instead of a ratio: p99 ≤ 1,000 ms, ≤ 250 MB, ≤ 2 ×.

    `note` says in a few words how it was measured, or what else was seen.
    """

    name: str
    value: float
    unit: str
    side: Side
    limit: float
    note: str = ""

    @property
    def is_met(self) -> bool:
        below = self.value <= self.limit
        return below if self.side is Side.AT_MOST else self.value >= self.limit


Finding = Row | Bound


def none_of(name: str, count: int, *, note: str) -> Bound:
    """A count of what must not happen."""
    return Bound(name=name, value=count, unit="", side=Side.AT_MOST, limit=0, note=note)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of the values do not exceed."""
    if not values:
        raise ValueError("a percentile of nothing")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def measurement(
    latencies: Sequence[float], *, seconds: float, cpu_front: float, cpu_database: float
) -> Measurement:
    """Of one round: `latencies` and CPU in seconds, as they were taken."""
    count = len(latencies)
    return Measurement(
        per_second=count / seconds,
        p50=percentile(latencies, 0.50) * 1000,
        p99=percentile(latencies, 0.99) * 1000,
        cpu_front=cpu_front * 1000 / count,
        cpu_database=cpu_database * 1000 / count,
    )


def median(rounds: Sequence[Measurement]) -> Measurement:
    """Each figure's median over the rounds."""
    return Measurement(
        per_second=statistics.median(one.per_second for one in rounds),
        p50=_median_of([one.p50 for one in rounds]),
        p99=_median_of([one.p99 for one in rounds]),
        cpu_front=statistics.median(one.cpu_front for one in rounds),
        cpu_database=statistics.median(one.cpu_database for one in rounds),
    )


def _median_of(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None
