"""Waiting for quiet: until the shop has done all that follows from what happened.

Nothing queued, nothing unsent, nothing undecided that can be decided. What is still waiting when
time is up is a finding of its own: a shop that never comes to rest has lost its way.
"""

import asyncio
import json
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import asyncpg

from chaos.world import World

LOOK_SECONDS = 0.5
WAITING = """
    SELECT (SELECT count(*) FROM kernel.outbox WHERE state = 'pending') AS "events unsent",
           (SELECT count(*) FROM kernel.outbox WHERE state = 'dead') AS "events dead",
           (SELECT count(*) FROM kernel.jobs WHERE state = 'queued') AS "jobs queued",
           (SELECT count(*) FROM kernel.jobs WHERE state = 'running') AS "jobs running",
           (SELECT count(*) FROM kernel.jobs WHERE state = 'dead') AS "jobs dead",
           (SELECT count(*) FROM payments.inbox WHERE NOT done) AS "webhooks unprocessed",
           (SELECT count(*) FROM kernel.idempotency_keys
             WHERE state = 'in_progress') AS "requests in progress",
           (SELECT count(*) FROM orders.orders WHERE status = 'pending') AS "orders pending",
           (SELECT count(*) FROM inventory.reservations
             WHERE state = 'held') AS "reservations held",
           (SELECT count(*) FROM payments.sessions
             WHERE status IN ('pending', 'requires_action')) AS "payments open",
           (SELECT count(*) FROM payments.refunds
             WHERE status = 'pending') AS "refunds undecided"
"""
PAID_HERE = "SELECT capture_reference FROM payments.sessions WHERE status = 'succeeded'"


@dataclass(frozen=True, slots=True)
class Quiet:
    """How long it took, and what was still waiting when time was up (empty: it is quiet)."""

    seconds: float
    waiting: Mapping[str, int]

    @property
    def came(self) -> bool:
        return not self.waiting


async def quiet(world: World, within: float = 120) -> Quiet:
    """Wait until nothing is left to do, for so many seconds at most."""
    began = time.monotonic()
    waiting: Mapping[str, int] = {"database": 1}
    while True:
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            waiting = await _waiting(world)
        took = time.monotonic() - began
        if not waiting or took > within:
            return Quiet(seconds=took, waiting=waiting)
        await asyncio.sleep(LOOK_SECONDS)


async def _waiting(world: World) -> dict[str, int]:
    connection = await asyncpg.connect(world.database_url, timeout=5)
    try:
        counts = dict(await connection.fetchrow(WAITING))
        settled = {row[0] for row in await connection.fetch(PAID_HERE)}
    finally:
        await connection.close()
    counts["charges unsettled"] = len(_charges(world) - settled)
    return {what: number for what, number in counts.items() if number}


def _charges(world: World) -> set[str]:
    """Every charge that the provider has made."""
    if not world.provider_ledger.exists():
        return set()
    lines = world.provider_ledger.read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines if line.endswith("}")]
    return {entry["charge"] for entry in entries if entry["kind"] == "capture"}
