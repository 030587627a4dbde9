"""How long everything takes, how often it strikes, and what is expected: one place for numbers."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Plan:
    """Seconds. The phases are in the order of the run; one of 0 seconds is left out.

    `quiet` is the longest wait at the end.
    """

    name: str
    calm: float
    kills: float
    wires: float
    provider: float
    exhaustion: float
    disk: float
    stopping: float
    cut: float
    everything: float
    quiet: float = 120.0
    products: int = 300
    hold: int = 8  # CHECKOUT_HOLD_SECONDS: short, so that orders expire and money comes late
    api_processes: int = 2
    workers: int = 2

    @property
    def length(self) -> float:
        """Of all phases, without start, quiet and comparing."""
        return (
            self.calm
            + self.kills
            + self.wires
            + self.provider
            + self.exhaustion
            + self.disk
            + self.stopping
            + self.cut
            + self.everything
        )

    def lasting(self, minutes: float) -> "Plan":
        """The same mix for another length of the phases."""
        factor = minutes * 60 / self.length
        return replace(
            self,
            calm=self.calm * factor,
            kills=self.kills * factor,
            wires=self.wires * factor,
            provider=self.provider * factor,
            exhaustion=self.exhaustion * factor,
            disk=self.disk * factor,
            stopping=self.stopping * factor,
            cut=self.cut * factor,
            everything=self.everything * factor,
        )


WHOLE = Plan(
    name="whole",
    calm=20,
    kills=120,
    wires=70,
    provider=60,
    exhaustion=30,
    disk=30,
    stopping=30,
    cut=20,
    everything=90,
)
SMOKE = Plan(
    name="smoke",
    calm=6,
    kills=18,
    wires=10,
    provider=10,
    exhaustion=4,
    disk=4,
    stopping=4,
    cut=5,
    everything=9,
    quiet=90.0,
)
QUICK = Plan(
    name="quick",
    calm=5,
    kills=15,
    wires=8,
    provider=8,
    exhaustion=4,
    disk=4,
    stopping=4,
    cut=4,
    everything=8,
    quiet=90.0,
)
TEETH = Plan(
    name="teeth",
    calm=2,
    kills=16,
    wires=0,
    provider=0,
    exhaustion=0,
    disk=0,
    stopping=0,
    cut=0,
    everything=0,
    quiet=60.0,
    products=100,
    workers=1,  # what is planted dies with a worker
)

KILL_EVERY = 2.4  # seconds, ± a third: 25 kills in a minute
ANSWER_WITHIN = 10.0  # of any request while its process lives
ANSWER_MARGIN = 1.5  # two busy cores and a client in the same machine
HEALTHY_WITHIN = 10.0  # of the database answering again
HEALTHY_MARGIN = 1.5
STOPS_WITHIN = 20.0  # of SIGTERM; what `sokoni serve` gives requests in flight
READS_WORSE = 2.0  # times the calm p95, while the provider hangs
READS_FLOOR = 0.1  # seconds: below it the noise of a busy machine decides, not the shop
CHECKOUTS_IN_FLIGHT = 50
CLIENTS_CUT = 2000  # 0–200 ms after their request
