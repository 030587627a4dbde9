"""How long everything takes, how often it strikes, and what is expected: one place for numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Plan:
    """`seconds` of each phase, by its name; one of 0 seconds is left out.

    `quiet` is the longest wait at the end, in seconds; `margin` what a promise in seconds may be
    late by, because the harness and the shop share two busy cores.
    """

    name: str
    seconds: Mapping[str, float]
    quiet: float = 120.0
    margin: float = 1.5
    products: int = 300
    hold: int = 8  # CHECKOUT_HOLD_SECONDS: short, so that orders expire and money comes late
    api_processes: int = 2
    workers: int = 2

    @property
    def length(self) -> float:
        """Seconds of all phases, without start, quiet and comparing."""
        return sum(self.seconds.values())

    def lasting(self, minutes: float) -> "Plan":
        """The same mix for another length of the phases."""
        factor = minutes * 60 / self.length
        return replace(self, seconds={name: s * factor for name, s in self.seconds.items()})


BUSY = 5.0  # what runs on build servers has loud neighbours

WHOLE = Plan(
    name="whole",
    seconds={
        "calm": 20,
        "kills": 120,
        "provider": 36,
        "hang": 24,
        "wires": 70,
        "everything": 90,
        "connections": 30,
        "SIGTERM": 30,
        "disk": 30,
        "clients": 20,
    },
)
SMOKE = Plan(
    name="smoke",
    seconds={
        "calm": 6,
        "kills": 18,
        "provider": 6,
        "hang": 4,
        "wires": 10,
        "everything": 9,
        "connections": 4,
        "SIGTERM": 4,
        "disk": 4,
        "clients": 5,
    },
    margin=BUSY,
)
TEETH = Plan(
    name="teeth",
    seconds={"calm": 2, "kills": 16},
    quiet=60.0,
    products=100,
    workers=1,  # what is planted dies with a worker
    margin=BUSY,
)

KILL_EVERY = 2.4  # seconds, ± a third: 25 in a minute
KILLS_A_MINUTE = 18  # at the least, over all phases but these
UNSTRUCK = ("calm", "hang")  # what is measured in them is not the doing of kills
ANSWER_WITHIN = 10.0  # of any request while its process lives
HEALTHY_WITHIN = 10.0  # of the database answering again
STOPS_WITHIN = 20.0  # of SIGTERM; what `sokoni serve` gives requests in flight
READS_WORSE = 2.0  # times the calm p95, while the provider hangs
READS_FLOOR = 0.1  # seconds: below it the noise of a busy machine decides, not the shop
CHECKOUTS_IN_FLIGHT = 50
CLIENTS_CUT = 2000  # 0–200 ms after their request
