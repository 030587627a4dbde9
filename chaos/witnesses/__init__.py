"""The witnesses: after a run, three who were there are heard and compared.

- the journal: what the buyers sent and were told (`chaos.journal`);
- the provider's ledger: what money moved (`provider`);
- the database: what the shop believes (`books`), and `sokoni check` as a process of its own.

None reads the others' files, so a mistake of one shows against the two others. `quiet` waits until
there is nothing left to do before they are heard.
"""

import asyncio
import sys
from itertools import chain
from pathlib import Path

from chaos.journal import Journal
from chaos.witnesses import agreeing, books, provider
from chaos.witnesses.finding import Finding, Kind
from chaos.witnesses.quiet import Quiet, quiet
from chaos.world import World

__all__ = ["Finding", "Kind", "Quiet", "compare", "quiet"]

ROOT = Path(__file__).parent.parent.parent


async def compare(world: World, journal: Journal) -> list[Finding]:
    """Everything that speaks against the shop; call it when it is quiet."""
    found = await books.read(world.database_url)
    ledger = provider.read(world.provider_ledger)
    known = journal.orders()
    return [
        *chain(
            agreeing.orders(known, found),
            agreeing.keys(journal.orders_by_key(), found),
            agreeing.money(ledger, found),
            agreeing.refunds(ledger, found),
            agreeing.stock(journal.stock(), known, found),
            agreeing.deliveries(journal.counted_before(), found),
            agreeing.webhooks(ledger, found),
        ),
        *await checked_books(world),
    ]


async def checked_books(world: World) -> list[Finding]:
    """What `sokoni check` says, run as an operator would."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "sokoni.apps.cli", "check"),
        env={**world.environment, "COLUMNS": "200"},
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    if process.returncode == 0:
        return []
    lines = said.decode(errors="replace").splitlines()
    broken = [line.strip() for line in lines if line.startswith("✗")]
    return [Finding(Kind.BOOKS, "sokoni check", line) for line in broken or lines[-3:]]
