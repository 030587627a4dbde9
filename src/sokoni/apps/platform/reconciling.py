"""One round of reconciliation, with a runtime of its own."""

from dataclasses import dataclass

from sokoni.apps.runtime import running
from sokoni.kernel.clock import Clock
from sokoni.kernel.db import Database
from sokoni.kernel.settings import Settings
from sokoni.payments import flows
from sokoni.payments.providers import Providers


@dataclass(frozen=True, slots=True)
class Reconciled:
    """How many things were asked about, and how many of the provider's were news."""

    asked: int
    missed: int


async def reconcile(settings: Settings, *, database_url: str) -> Reconciled:
    """Ask about all that is undecided, then look through the provider's list."""
    async with running(settings, database_url=database_url, pool_size=2) as resources:
        db, providers = resources.get(Database), resources.get(Providers)
        now = resources.get(Clock).now()
        asked = 0
        while more := await flows.reconcile(db, providers, now=now):
            asked += more
        return Reconciled(asked, await flows.compare_lists(db, providers, now=now))
