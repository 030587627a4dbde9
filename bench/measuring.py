"""What one round measured, and what the rounds say together."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


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
    """A path beside its limit, both as medians of their rounds."""

    name: str
    limit_name: str
    goal: float
    ours: Measurement
    limit: Measurement
    statements: int | None = None

    @property
    def ratio(self) -> float:
        return self.ours.per_second / self.limit.per_second if self.limit.per_second else 0.0

    @property
    def is_met(self) -> bool:
        return self.ratio >= self.goal


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
