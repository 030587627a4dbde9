"""`python -m bench`: measure, print one table, keep it as JSON."""

import argparse
import asyncio
import json
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path as File
from typing import Any

import uvloop

from bench import client, limits, machine, pgbench, shop
from bench.client import Pressed
from bench.limits import Scripts
from bench.measuring import Measurement, Row, measurement, median
from bench.paths import BARE, Path, paths
from bench.shop import Bench
from bench.table import document, table

RESULTS = shop.ROOT / "bench" / "results" / "latest.json"
READ_CONNECTIONS, WRITE_CONNECTIONS = 16, 8


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how often. Seconds per path, per limit and round."""

    products: int
    rounds: int
    seconds: float
    warm_up: float
    running_in: float
    workers: int
    only: str


QUICK = Plan(products=500, rounds=2, seconds=1.2, warm_up=0.2, running_in=0.5, workers=2, only="")
FULL = Plan(products=2000, rounds=5, seconds=2.5, warm_up=0.4, running_in=2.0, workers=2, only="")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="coarse figures in 90 seconds")
    parser.add_argument("--products", type=int, help="how many to seed (2,000)")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=float, help="of each measurement")
    parser.add_argument("--workers", type=int, help="API processes (2)")
    parser.add_argument("--only", default="", help="only paths whose names contain this")
    parser.add_argument("--profile", type=File, help="write a flame graph here, with py-spy")
    asked = parser.parse_args()
    plan = QUICK if asked.quick else FULL
    plan = replace(
        plan,
        products=asked.products or plan.products,
        rounds=asked.rounds or plan.rounds,
        seconds=asked.seconds or plan.seconds,
        workers=asked.workers or plan.workers,
        only=asked.only,
    )
    with shop.opened() as bench:
        started = time.perf_counter()
        bench.command("seed", "load", "--products", str(plan.products))
        seeding = time.perf_counter() - started
        rate = plan.products / seeding
        print(f"{plan.products:,} products seeded in {seeding:.1f} s ({rate:,.0f}/s)", flush=True)
        shop.serve(bench, workers=plan.workers)
        about = {"seed_seconds": round(seeding, 2), "products": plan.products}
        return uvloop.run(_run(bench, plan, about=about, profile=asked.profile))


async def _run(bench: Bench, plan: Plan, *, about: dict[str, Any], profile: File | None) -> int:
    chosen = [path for path in await paths(bench) if plan.only in path.name]
    answers = await limits.keep_answers(bench, chosen)
    bare = shop.free_port()
    bench.start("bare", "bench.bare", str(bare), str(plan.workers), str(answers))
    scripts = await limits.write_scripts(bench, chosen)
    await _until_it_listens(bare)
    profiler = _profiler(bench, profile)
    for path in chosen:  # connections prepare their statements, caches fill
        await _drive(bench, path, port=bench.port, seconds=0, warm_up=plan.running_in)
    load_before = machine.load_average()
    found: dict[str, tuple[list[Measurement], list[Measurement]]] = {}
    for round_ in range(plan.rounds):
        for path in chosen:
            ours, limit = found.setdefault(path.name, ([], []))
            ours.append(await _press(bench, plan, path, port=bench.port))
            if path.limit == BARE:
                limit.append(await _press(bench, plan, path, port=bare))
            else:
                limit.append(await _pgbench(bench, plan, scripts[path.name]))
        print(f"round {round_ + 1} of {plan.rounds}", flush=True)
    load_after = machine.load_average()
    if profiler is not None:
        profiler.terminate()
        profiler.wait()
    rows = [_row(path, *found[path.name], scripts.get(path.name)) for path in chosen]
    print(f"\n{table(rows)}\n")
    print(
        f"{plan.products:,} products, {plan.workers} API processes, {plan.rounds} rounds of "
        f"{plan.seconds:g} s; load average {load_before:.2f} before, {load_after:.2f} after. "
        "API and PG: CPU milliseconds per operation."
    )
    _keep(rows, plan=plan, about={**about, "load_average": [load_before, load_after]})
    return 0


async def _press(bench: Bench, plan: Plan, path: Path, *, port: int) -> Measurement:
    """Our client against the shop, or against the bare application."""
    pressed = await _drive(bench, path, port=port, seconds=plan.seconds, warm_up=plan.warm_up)
    return measurement(
        pressed.latencies,
        seconds=pressed.seconds,
        cpu_front=pressed.cpu[0],
        cpu_database=pressed.cpu[1],
    )


async def _drive(bench: Bench, path: Path, *, port: int, seconds: float, warm_up: float) -> Pressed:
    front = bench.processes["api" if port == bench.port else "bare"].pid

    def cpu() -> tuple[float, float]:
        return machine.cpu_seconds([front]), machine.cpu_seconds([bench.postmaster])

    writes = path.asks[0].method == "POST"
    return await client.press(
        port,
        path.requests(),
        connections=WRITE_CONNECTIONS if writes else READ_CONNECTIONS,
        seconds=seconds,
        warm_up=warm_up,
        cpu=cpu,
    )


async def _pgbench(bench: Bench, plan: Plan, scripts: Scripts) -> Measurement:
    return await pgbench.run(
        bench.server.program("pgbench"),
        bench.url,
        scripts.written,
        clients=WRITE_CONNECTIONS,
        seconds=plan.seconds,
        cpu=lambda: machine.cpu_seconds([bench.postmaster]),
    )


async def _until_it_listens(port: int) -> None:
    for _ in range(300):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise RuntimeError("the bare application does not listen")


def _profiler(bench: Bench, target: File | None) -> "subprocess.Popen[bytes] | None":
    """py-spy on the API processes, if it is wanted and installed."""
    if target is None:
        return None
    program = shutil.which("py-spy", path=f"{File(sys.executable).parent}:/usr/local/bin:/usr/bin")
    if program is None:
        print("py-spy is not installed: no profile is made")
        return None
    api = str(bench.processes["api"].pid)
    return subprocess.Popen([program, "record", "--subprocesses", "-o", target, "--pid", api])


def _row(
    path: Path, ours: list[Measurement], limit: list[Measurement], scripts: Scripts | None
) -> Row:
    return Row(
        name=path.name,
        limit_name=path.limit,
        goal=path.goal,
        ours=median(ours),
        limit=median(limit),
        statements=scripts.statements if scripts else None,
    )


def _keep(rows: list[Row], *, plan: Plan, about: dict[str, Any]) -> None:
    said = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "rounds": plan.rounds,
        "seconds": plan.seconds,
        "workers": plan.workers,
        **about,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(document(rows, about=said), indent=2) + "\n")
    print(f"Kept in {RESULTS.relative_to(shop.ROOT)}.")


if __name__ == "__main__":
    sys.exit(main())
