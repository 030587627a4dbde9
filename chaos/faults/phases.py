"""The run: one kind of misfortune after another, and many of them at once.

Through all but two, processes are killed as well; left alone are those whose answers the phase is
measured by.

What the provider does comes early, so that the last tries to reach it are over by the end. Between
two phases the shop gets the time to come back, so that what is measured in one is not the other's
doing. The two in which nothing can be written lie apart: one after the other they last longer than
the minute in which whatever is due must be done.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from chaos.buyers.shelf import Shelf
from chaos.faults import clocks, database, killing, network, provider, stopping
from chaos.faults.killing import ALL, PROCESSES, WORKERS
from chaos.journal import Journal
from chaos.plan import HEALTHY_WITHIN
from chaos.world.shop import Shop, is_ready

LOOK_SECONDS = 0.2
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Phase:
    name: str
    victims: frozenset[str]  # of kills meanwhile
    strike: Callable[[float], Awaitable[object]]


async def run(shop: Shop, shelf: Shelf, journal: Journal) -> None:
    """All phases, in order; webhooks misbehave through all of them."""
    moods = asyncio.create_task(provider.moods(shop))
    try:
        for phase in _phases(shop, shelf, journal):
            if seconds := shop.plan.seconds.get(phase.name, 0.0):
                await _pass(shop, phase, seconds)
    finally:
        moods.cancel()
        await asyncio.gather(moods, return_exceptions=True)


async def _pass(shop: Shop, phase: Phase, seconds: float) -> None:
    began = time.monotonic()
    async with shop.log.during("phase", {"name": phase.name}), _killing(shop, phase):
        await phase.strike(seconds)
    took = time.monotonic() - began
    await _recovered(shop)
    print(f"  {phase.name:<12} {took:5.1f} s", flush=True)


@asynccontextmanager
async def _killing(shop: Shop, phase: Phase) -> AsyncIterator[None]:
    """Kills beside the block. Raises what they raise."""
    if not phase.victims:
        yield
        return
    async with asyncio.TaskGroup() as group:
        killer = killing.kill(shop, victims=phase.victims, name=f"kills in {phase.name}")
        task = group.create_task(killer)
        yield
        task.cancel()
    killing.disarm(shop)


def _phases(shop: Shop, shelf: Shelf, journal: Journal) -> list[Phase]:
    """In the order of the run. The database is let alone where its own trouble is the phase."""
    return [
        Phase("calm", NOBODY, asyncio.sleep),
        Phase("kills", ALL, asyncio.sleep),
        Phase("provider", ALL, lambda seconds: provider.misbehave(shop, seconds)),
        Phase("hang", NOBODY, lambda seconds: provider.hang(shop, seconds)),
        Phase("wires", ALL, lambda seconds: network.wires(shop, seconds)),
        Phase("everything", ALL, lambda seconds: _everything(shop, shelf, seconds)),
        Phase(
            "connections", PROCESSES, lambda seconds: database.exhaust_connections(shop, seconds)
        ),
        Phase("SIGTERM", WORKERS, lambda seconds: _stopping(shop, shelf, journal, seconds)),
        Phase("disk", PROCESSES, lambda seconds: database.fill_disk(shop, seconds)),
        Phase("clients", ALL, lambda seconds: _cutting(shop, shelf, seconds)),
    ]


async def _stopping(shop: Shop, shelf: Shelf, journal: Journal, seconds: float) -> None:
    """Once, and again while there is time."""
    until = time.monotonic() + seconds
    number = 0
    while number == 0 or time.monotonic() < until - seconds / 3:
        number += 1
        await stopping.stop_gently(shop, shelf, journal, name=f"sigterm-{number}")
        await _recovered(shop)


async def _cutting(shop: Shop, shelf: Shelf, seconds: float) -> None:
    began = time.monotonic()
    await network.cut_clients(shop, shelf)
    await asyncio.sleep(max(began + seconds - time.monotonic(), 0))


async def _everything(shop: Shop, shelf: Shelf, seconds: float) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(network.wires_at_random(shop, seconds))
        dice = shop.world.random("errors")
        group.create_task(provider.errors(shop, dice, seconds, remembered=False))
        group.create_task(provider.silence(shop, seconds / 2))
        group.create_task(clocks.skew_one(shop, seconds, name="skew"))
        group.create_task(network.cut_clients(shop, shelf, clients=300))


async def _recovered(shop: Shop) -> None:
    """Wait until every API is ready, for a while; `expectations` says whether it took too long."""
    deadline = time.monotonic() + 2 * HEALTHY_WITHIN
    async with httpx.AsyncClient(trust_env=False, timeout=3) as http:
        while time.monotonic() < deadline:
            if all([await is_ready(http, child) for child in shop.apis]):
                return
            await asyncio.sleep(LOOK_SECONDS)
    shop.log.record("not recovered", {"after": 2 * HEALTHY_WITHIN})
