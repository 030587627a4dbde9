"""How long a run of the bench takes: how often each path is measured, and for how long."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """Seconds are per path, per limit and round. `is_quick`: coarse figures are enough.

    `is_full`: the rows that take long (growth, memory) are wanted as well.
    """

    products: int
    rounds: int
    seconds: float
    warm_up: float
    running_in: float
    workers: int = 2
    only: str = ""
    is_quick: bool = False
    is_full: bool = False


QUICK = Plan(products=500, rounds=2, seconds=1.2, warm_up=0.2, running_in=0.5, is_quick=True)
USUAL = Plan(products=10_000, rounds=5, seconds=2.0, warm_up=0.3, running_in=1.5)
