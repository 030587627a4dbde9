"""Start: from `sokoni serve` to the first answer, of one process and of two.

The database runs already and its schema is there, as at every start but the first. The answer is
that of `/health/ready`, so the process has reached the database, too.
"""

import statistics
import time
from collections.abc import Sequence
from dataclasses import replace

from bench import shop
from bench.measuring import Bound, Finding, Side
from bench.plan import Plan
from bench.shop import Bench
from sokoni.apps.platform import ports

NAME = "start"
PLACE = 60
FULL_ONLY = False

ROUNDS, ROUNDS_QUICK = 3, 1
MOST_SECONDS = 2.0


async def measure(bench: Bench, plan: Plan) -> Sequence[Finding]:
    rounds = range(ROUNDS_QUICK if plan.is_quick else ROUNDS)
    taken: dict[int, list[float]] = {1: [], 2: []}
    for _ in rounds:
        for workers, seconds in taken.items():
            seconds.append(_started(bench, workers=workers))
    return [
        Bound(
            name=f"start: sokoni serve --workers {workers} to the first answer",
            value=statistics.median(seconds),
            unit="s",
            side=Side.AT_MOST,
            limit=MOST_SECONDS,
            note=f"median of {len(rounds)}",
        )
        for workers, seconds in taken.items()
    ]


def _started(bench: Bench, *, workers: int) -> float:
    """Seconds from the command to its first answer, on a port of its own."""
    other = replace(bench, port=shop.free_port(), processes={})
    began = time.perf_counter()
    other.start("start", "sokoni.apps.cli", "serve", "--workers", str(workers))
    try:
        while not ports.is_ready(other.port):
            if other.processes["start"].poll() is not None:
                raise RuntimeError((bench.home / "start.log").read_text()[-3000:])
            time.sleep(0.01)
        return time.perf_counter() - began
    finally:
        other.stop()
