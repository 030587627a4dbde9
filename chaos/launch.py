"""`python -m chaos.launch …`: the `sokoni` command with what only chaos wants.

`CHAOS_SKEW` shifts the injected clock by that many seconds; `CHAOS_PLANT` plants a bug. Both are
put in when this module is imported, not when it is run: a server that spawns its workers imports
it again in each of them. What comes after is the command line of `sokoni`, as it is.
"""

import os
from datetime import timedelta

SKEW, PLANT = "CHAOS_SKEW", "CHAOS_PLANT"


def _skew(seconds: float) -> None:
    from sokoni.apps import runtime  # noqa: PLC0415 - most processes of chaos change nothing
    from sokoni.kernel.clock import ShiftedClock  # noqa: PLC0415

    def shifted() -> ShiftedClock:
        return ShiftedClock(timedelta(seconds=seconds))

    setattr(runtime, "SystemClock", shifted)  # noqa: B010 - the module keeps it for itself


def _plant(bug: str) -> None:
    from chaos.planted import plant  # noqa: PLC0415

    plant(bug)


if seconds := float(os.environ.get(SKEW) or 0):
    _skew(seconds)
if bug := os.environ.get(PLANT):
    _plant(bug)

if __name__ == "__main__":
    from sokoni.apps.cli import app

    app(prog_name="sokoni")
