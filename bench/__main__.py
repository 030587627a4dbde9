"""`python -m bench`: measure, print one table, keep it as JSON and as a picture."""

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path as File
from typing import Any

import uvloop

from bench import limits, machine, picture, pressing, rows, shop
from bench.limits import Scripts
from bench.measuring import Finding, Measurement, Row, median
from bench.paths import BARE, Path, paths
from bench.plan import QUICK, USUAL, Plan
from bench.shop import Bench
from bench.table import document, table

RESULTS = shop.ROOT / "bench" / "results" / "latest.json"
PICTURE = shop.ROOT / "docs" / "performance.svg"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="coarse figures in 90 seconds")
    parser.add_argument("--full", action="store_true", help="growth and memory as well")
    parser.add_argument("--products", type=int, help="how many to seed (10,000)")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=float, help="of each measurement")
    parser.add_argument("--workers", type=int, help="API processes (2)")
    parser.add_argument("--only", default="", help="only rows whose names contain this")
    parser.add_argument("--picture", action="store_true", help="draw docs/performance.svg anew")
    parser.add_argument("--profile", type=File, help="write a flame graph here, with py-spy")
    asked = parser.parse_args()
    plan = QUICK if asked.quick else USUAL
    plan = replace(
        plan,
        products=asked.products or plan.products,
        rounds=asked.rounds or plan.rounds,
        seconds=asked.seconds or plan.seconds,
        workers=asked.workers or plan.workers,
        only=asked.only,
        is_full=asked.full,
    )
    started = time.perf_counter()
    with shop.opened() as bench:
        about = _seed(bench, plan)
        shop.serve(bench, workers=plan.workers)
        found, about = uvloop.run(_run(bench, plan, about=about, profile=asked.profile))
    about["minutes"] = round((time.perf_counter() - started) / 60, 1)
    _tell(found, plan=plan, about=about, draws=asked.picture)
    return 0


def _seed(bench: Bench, plan: Plan) -> dict[str, Any]:
    started = time.perf_counter()
    bench.command("seed", "load", "--products", str(plan.products))
    seeding = time.perf_counter() - started
    rate = plan.products / seeding
    print(f"{plan.products:,} products seeded in {seeding:.1f} s ({rate:,.0f}/s)", flush=True)
    return {"seed_seconds": round(seeding, 2), "products": plan.products}


async def _run(
    bench: Bench, plan: Plan, *, about: dict[str, Any], profile: File | None
) -> tuple[list[Finding], dict[str, Any]]:
    load_before = machine.load_average()
    profiler = _profiler(bench, profile)
    chosen = [path for path in await paths(bench) if plan.only in path.name]
    found: list[Finding] = [*(await _rounds(bench, plan, chosen))] if chosen else []
    if profiler is not None:
        profiler.terminate()
        profiler.wait()
    for file in rows.wanted(plan):
        began = time.perf_counter()
        found += await file.measure(bench, plan)
        print(f"{file.NAME}: {time.perf_counter() - began:.0f} s", flush=True)
    return found, {**about, "load_average": [load_before, machine.load_average()]}


async def _rounds(bench: Bench, plan: Plan, chosen: Sequence[Path]) -> list[Row]:
    """Every path and its limit, one after another, again and again."""
    answers = await limits.keep_answers(bench, chosen)
    port = shop.free_port()
    bench.start("bare", "bench.bare", str(port), str(plan.workers), str(answers))
    scripts = await limits.write_scripts(bench, chosen)
    await pressing.until_it_listens(port)
    for path in chosen:  # connections prepare their statements, caches fill
        await pressing.drive(
            bench, path, name="api", port=bench.port, seconds=0, warm_up=plan.running_in
        )
    found: dict[str, tuple[list[Measurement], list[Measurement]]] = {}
    for round_ in range(plan.rounds):
        for path in chosen:
            ours, limit = found.setdefault(path.name, ([], []))
            ours.append(await pressing.shop(bench, plan, path))
            if path.limit == BARE:
                limit.append(await pressing.bare(bench, plan, path, port=port))
            else:
                limit.append(await pressing.scripts(bench, plan, path, scripts[path.name]))
        print(f"round {round_ + 1} of {plan.rounds}", flush=True)
    return [_row(path, *found[path.name], scripts.get(path.name)) for path in chosen]


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
        most_cpu=path.most_cpu,
    )


def _tell(found: list[Finding], *, plan: Plan, about: dict[str, Any], draws: bool) -> None:
    before, after = about["load_average"]
    print(f"\n{table(found)}\n")
    print(
        f"{plan.products:,} products, {plan.workers} API processes, {plan.rounds} rounds of "
        f"{plan.seconds:g} s; load average {before:.2f} before, {after:.2f} after; "
        f"{about['minutes']} minutes. API and PG: CPU milliseconds per operation."
    )
    said = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "rounds": plan.rounds,
        "seconds": plan.seconds,
        "workers": plan.workers,
        **about,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(document(found, about=said), indent=2) + "\n")
    print(f"Kept in {RESULTS.relative_to(shop.ROOT)}.")
    if draws:
        PICTURE.write_text(picture.drawn(found, about=said), encoding="utf-8")
        print(f"Drawn in {PICTURE.relative_to(shop.ROOT)}.")


if __name__ == "__main__":
    sys.exit(main())
