"""The world of a run: the real shop and everything around it, as its visitors see it.

`World` is what buyers, watchers and witnesses are given. The processes behind it, which faults
kill and start, belong to `chaos.world.shop`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from chaos.world.faultlog import Event, FaultLog

__all__ = ["Event", "FaultLog", "World"]


@dataclass(frozen=True, slots=True)
class World:
    """Where everything is. URLs have no slash at the end."""

    api_urls: tuple[str, ...]  # one per API process, with /api/v1; any may be dead right now
    database_url: str  # straight to PostgreSQL, as its superuser, not through the faulty wire
    provider_url: str  # the Stripe server straight: its API, and its levers under /_control
    provider_ledger: Path  # JSONL of every movement of money, append-only
    webhook_secret: str
    hold_seconds: int  # CHECKOUT_HOLD_SECONDS of the shop
    home: Path  # of the run: logs and journals
    log: FaultLog
    seed: int
    environment: Mapping[str, str] = field(repr=False)  # for `sokoni` commands, straight to the DB

    def random(self, name: str) -> Random:
        """The named actor's own dice: the same for the same seed, whatever the others throw."""
        return Random(f"{self.seed}/{name}")
