"""One run, from an empty machine to what everybody saw: the verdict is made of its `Outcome`."""

import asyncio
import time
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg

from chaos import laws
from chaos.buyers import shop_until
from chaos.buyers.shelf import found
from chaos.expectations import Expectations
from chaos.faults import phases, provider
from chaos.journal import Journal
from chaos.laws import Watched
from chaos.plan import Plan
from chaos.wire import Mode
from chaos.witnesses import compare
from chaos.witnesses.finding import Finding
from chaos.witnesses.quiet import Quiet, quiet
from chaos.world import World
from chaos.world.shop import Shop, opened

WAITING = """
    SELECT name, state, attempts, round(extract(epoch FROM run_at - now())) AS due_in, args, error
      FROM kernel.jobs WHERE state IN ('queued', 'running', 'dead')
     UNION ALL
    SELECT topic, state, attempts, round(extract(epoch FROM next_try_at - now())), payload, error
      FROM kernel.outbox WHERE state <> 'sent'
     LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has shown. `expectations` are sentences about what was not met."""

    plan: Plan
    seed: int
    world: World  # its log knows every fault; its processes are gone
    journal: Journal
    watched: Watched
    quiet: Quiet
    findings: list[Finding]
    expectations: list[str]
    measured: dict[str, object]
    seconds: float


async def run(plan: Plan, *, seed: int, plant: str = "") -> Outcome:
    """Start the world, let everything go wrong, wait for quiet, compare. Says how far it is."""
    began = time.monotonic()
    async with opened(plan, seed=seed, plant=plant) as shop:
        _say(f"the shop is open after {time.monotonic() - began:.1f} s; logs in {shop.world.home}")
        journal = Journal(shop.world.home / "journal.jsonl")
        expected, watched = Expectations(shop), Watched()
        stop = asyncio.Event()
        async with (
            _until(stop, expected.watch(stop)),
            _until(stop, laws.watch(shop.world, stop, watched)),
        ):
            await _shopping(shop, journal)
            came = await quiet(shop.world, plan.quiet)
            _say(f"quiet after {came.seconds:.1f} s" if came.came else f"no quiet: {came.waiting}")
            if not came.came:
                await _say_what_waits(shop)
            await expected.look_at_quiet()
            stop.set()
        findings = await compare(shop.world, journal)
        journal.close()
    return Outcome(
        plan=plan,
        seed=seed,
        world=shop.world,
        journal=journal,
        watched=watched,
        quiet=came,
        findings=findings,
        expectations=expected.broken(),
        measured=expected.measured(),
        seconds=time.monotonic() - began,
    )


async def _shopping(shop: Shop, journal: Journal) -> None:
    """Buyers shop through all phases; then the wires are mended and nothing is kept back."""
    shelf = await found(shop.world.database_url)
    closing = asyncio.Event()
    async with _until(closing, shop_until(shop.world, closing, journal=journal)):
        await phases.run(shop, shelf, journal)
        await shop.wires.order("database", Mode.OK)
        await shop.wires.order("provider", Mode.OK)
        await shop.lever("DELETE", "faults")
        await shop.lever("PUT", "behaviour", drop=0.0, silent=False)
        await provider.flush(shop, newest_first=True)
        closing.set()
    _say("the last buyer has gone home")
    await provider.flush(shop, newest_first=False)


@asynccontextmanager
async def _until(stop: asyncio.Event, doing: Coroutine[Any, Any, Any]) -> AsyncIterator[None]:
    """Do something beside the block, and wait for its end after it. Raises what it raises."""
    task = asyncio.create_task(doing)
    try:
        yield
        await task
    finally:
        stop.set()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _say_what_waits(shop: Shop) -> None:
    """The jobs and events that keep the shop from coming to rest."""
    connection = await asyncpg.connect(shop.world.database_url, timeout=10)
    try:
        for row in await connection.fetch(WAITING):
            shop.log.record("waits", dict(row))
            _say("  waits: " + ", ".join(f"{name} {value}" for name, value in row.items()))
    finally:
        await connection.close()


def _say(what: str) -> None:
    print(f"  {what}", flush=True)
