"""Rows that are more than requests beside a limit: each is a file of its own in this folder.

Such a file has

    NAME = "webhook acknowledgement"   # `--only` looks for its text in here
    PLACE = 40                         # in the table, ascending
    FULL_ONLY = False                  # True: takes long, is part of `make bench-full` alone

    async def measure(bench: Bench, plan: Plan) -> Sequence[Finding]: ...

`measure` runs once, after the rounds of the paths, alone. API (`bench.port`), worker and database
(`bench.url`) run and are warm; whoever stops or changes something puts it back (see
`Bench.without`). It repeats and takes medians by itself, as often as `plan.rounds` or time allows:
in `make bench` a file may take 30 seconds, with `plan.is_quick` 10. A finding is

- a `Row`: something beside a limit that was measured in the same minutes, with a goal as a share
  of it (one hot SKU beside many);
- a `Bound`: a figure with a unit that may be at most, or has to be at least, so much
  (p99 ≤ 1,000 ms; ≥ 1,000 events/s; ≤ 2 × as long).

An exception ends the run: a figure of something broken means nothing. Requests that are simply
pressed against a limit need no file here: they are a `Path` in `paths`.
"""

import importlib
import pkgutil
from collections.abc import Sequence
from typing import Protocol, cast

from bench.measuring import Finding
from bench.plan import Plan
from bench.shop import Bench


class RowFile(Protocol):
    """What each module in this folder has."""

    NAME: str
    PLACE: int
    FULL_ONLY: bool

    async def measure(self, bench: Bench, plan: Plan) -> Sequence[Finding]: ...


def wanted(plan: Plan) -> list[RowFile]:
    """The files whose rows belong to this run, by place."""
    files = [
        cast("RowFile", importlib.import_module(f"{__name__}.{found.name}"))
        for found in pkgutil.iter_modules(__path__)
    ]
    chosen = [
        file for file in files if plan.only in file.NAME and (plan.is_full or not file.FULL_ONLY)
    ]
    return sorted(chosen, key=lambda file: file.PLACE)
