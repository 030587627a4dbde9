"""Memory: of an idle API process with an idle background worker, and over half an hour of load.

Counted is what is resident, shared pages by their share (Pss). Idle: one API process and one
worker, freshly started, each with its parent, after some seconds of quiet. Load: every path of the
bench in turn on the processes of this run; the API's memory when the first tenth of the time is
over, and its highest after that.

`--minutes` of the module shortens the load: `python -m bench.rows.memory --minutes 10`.
"""

import argparse
import asyncio
import itertools
import sys
import time
from collections.abc import Sequence
from dataclasses import replace

from bench import machine, pressing, shop
from bench.measuring import Bound, Finding, Side
from bench.paths import paths
from bench.plan import USUAL, Plan
from bench.shop import Bench

NAME = "memory"
PLACE = 90
FULL_ONLY = True

MINUTES = 30.0
MOST_IDLE = 250
MOST_GROWTH = 1.10
QUIET_SECONDS = 8
TURN_SECONDS = 2.0
MEGABYTE = 1024 * 1024


async def measure(bench: Bench, plan: Plan) -> Sequence[Finding]:
    return [await _idle(bench), await _under_load(bench, plan, minutes=MINUTES)]


async def _idle(bench: Bench) -> Bound:
    other = replace(bench, port=shop.free_port(), processes={})
    shop.serve(other, workers=1)
    try:
        await asyncio.sleep(QUIET_SECONDS)
        taken = {
            name: machine.resident_bytes([process.pid]) / MEGABYTE
            for name, process in other.processes.items()
        }
    finally:
        other.stop()
    return Bound(
        name="memory: API and worker, idle",
        value=sum(taken.values()),
        unit="MB",
        side=Side.AT_MOST,
        limit=MOST_IDLE,
        note=", ".join(f"{name} {size:.0f} MB" for name, size in taken.items()) + ", with parents",
    )


async def _under_load(bench: Bench, plan: Plan, *, minutes: float) -> Bound:
    """The API's memory while it is busy, beside what it was when caches had filled."""
    chosen = await paths(bench)
    began = time.monotonic()
    sizes: list[float] = []
    early = 0
    for path in itertools.cycle(chosen):
        seconds = min(TURN_SECONDS, minutes * 60 / len(chosen) / 10)
        await pressing.drive(
            bench, path, name="api", port=bench.port, seconds=seconds, warm_up=plan.warm_up
        )
        sizes.append(machine.resident_bytes([bench.processes["api"].pid]) / MEGABYTE)
        passed = time.monotonic() - began
        if passed < minutes * 6:
            early = len(sizes)
        if passed > minutes * 60:
            break
    first, highest = sizes[early], max(sizes[early:])
    return Bound(
        name=f"memory: API over {minutes:g} minutes of load",
        value=highest / first,
        unit="×",
        side=Side.AT_MOST,
        limit=MOST_GROWTH,
        note=f"{first:.0f} MB after {minutes / 10:g} minutes, at most {highest:.0f} MB later",
    )


def main() -> int:
    """The row alone, on a shop of its own."""
    parser = argparse.ArgumentParser(prog="python -m bench.rows.memory", description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    minutes = parser.parse_args().minutes
    with shop.opened() as bench:
        bench.command("seed", "load", "--products", str(USUAL.products))
        shop.serve(bench, workers=USUAL.workers)

        async def both() -> list[Bound]:
            return [await _idle(bench), await _under_load(bench, USUAL, minutes=minutes)]

        for bound in asyncio.run(both()):
            print(f"{bound.name}: {bound.value:.2f} {bound.unit} ({bound.note})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
