"""Measure the shop with Lighthouse as a telephone sees it: medians of three, against our limits.

    python -m tools.lighthouse          exit code 1 when a limit is missed

Lighthouse has a package of its own (frontend/tools/lighthouse), for it brings a hundred others.
Numbers of a busy machine say nothing: below a benchmark index of about 1000, measure again.
"""

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.e2e.browser import FLAGS, chromium
from tests.e2e.shop import running_shop

from tools import frontend

PACKAGE = frontend.FRONTEND / "tools" / "lighthouse"
PAGES = {"home": "/", "listing": "/products", "product": "/products/haven-stoneware-mug"}
RUNS = 3
# Of 100.
LIMITS = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
TIMES = {
    "LCP": "largest-contentful-paint",
    "TBT": "total-blocking-time",
    "CLS": "cumulative-layout-shift",
}
BUSY = 1000
# Lighthouse's own choice: without a compositor process Chromium sometimes holds a page's first
# frame back for a whole second, whatever the page.
CHROMIUM = ["--headless=new", *(flag for flag in FLAGS if flag != "--disable-gpu")]


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians: scores of 100, times in milliseconds (CLS without unit), and how idle it was."""

    scores: dict[str, int]
    times: dict[str, float]
    failed: list[str]
    benchmark: float


def measure(url: str, place: Path) -> Measured:
    runs = [_run(url, place / f"{number}.json") for number in range(RUNS)]
    audits = runs[-1]["audits"]
    return Measured(
        scores={
            name: round(_median(run["categories"][name]["score"] * 100 for run in runs))
            for name in LIMITS
        },
        times={
            short: _median(run["audits"][name]["numericValue"] for run in runs)
            for short, name in TIMES.items()
        },
        failed=[
            f"{name}: {audits[each['id']]['title']}"
            for name in LIMITS
            if name != "performance"
            for each in runs[-1]["categories"][name]["auditRefs"]
            if each["weight"] and audits[each["id"]]["score"] == 0
        ],
        benchmark=_median(run["environment"]["benchmarkIndex"] for run in runs),
    )


def _median(values: Any) -> float:
    return float(statistics.median(list(values)))


def _run(url: str, report: Path) -> Any:
    """One visit with an empty browser."""
    node = frontend.node()
    command = [
        str(node),
        str(PACKAGE / "node_modules" / "lighthouse" / "cli" / "index.js"),
        url,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        f"--chrome-flags={' '.join(CHROMIUM)}",
    ]
    environment = {**os.environ, "CHROME_PATH": str(chromium())}
    subprocess.run(command, check=True, cwd=PACKAGE, env=environment)
    return json.loads(report.read_text())


def main() -> int:
    frontend.install(PACKAGE)
    missed = 0
    with running_shop() as url, TemporaryDirectory() as place:
        for name, path in PAGES.items():
            found = measure(f"{url}{path}", Path(place))
            scores = "  ".join(f"{each} {score}" for each, score in found.scores.items())
            times = "  ".join(f"{each} {value:.4g}" for each, value in found.times.items())
            print(f"{name:8} {scores}\n         {times}  (benchmark {found.benchmark:.0f})")
            for sentence in found.failed:
                print(f"         ✗ {sentence}")
            if found.benchmark < BUSY:
                print("         This machine was busy: measure again when it is idle.")
            missed += sum(found.scores[each] < limit for each, limit in LIMITS.items())
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
