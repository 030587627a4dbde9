"""The watcher: the money and stock laws of the books hold at every second of a run.

Each second all of them are asked in one consistent snapshot, on a connection straight to the
database. That the database is away is tolerated, and counted; everything else is not. A law that
gives the shop a minute for something gives it longer during a run, in which the database is full or
away for most of a minute at a stretch; in the end it is a minute again.
"""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace

import asyncpg

from chaos.world import World
from sokoni.apps.books.laws import MONEY, STOCK, Law

IN_TIME, IN_TIME_MEANWHILE = "interval '60 seconds'", "interval '150 seconds'"
LAWS = tuple(
    replace(law, query=law.query.replace(IN_TIME, IN_TIME_MEANWHILE))
    for law in (*MONEY, *STOCK)
    if not law.not_yet
)
EXAMPLES = 3
# What a database says, or does not say, that is going down, coming up, or out of room.
AWAY = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.PostgresSystemError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the driver's word for a server that died mid-sentence
)


@dataclass(frozen=True, slots=True)
class Broken:
    """A law that did not hold. `second` of the run; `wall` is Unix time."""

    law: str
    says: str
    second: int
    wall: float
    examples: tuple[str, ...]


@dataclass(slots=True)
class Watched:
    """What the watcher saw. A law broken for many seconds is told once, with its first second."""

    seconds_checked: int = 0
    seconds_away: int = 0  # the database did not answer
    seconds_missed: int = 0  # the checks took longer than a second
    slowest: float = 0.0  # seconds of the slowest check
    broken: dict[str, Broken] = field(default_factory=dict)
    seconds_broken: dict[str, int] = field(default_factory=dict)


async def watch(world: World, stop: asyncio.Event, watched: Watched) -> None:
    """Check every second until `stop`; what is found is in `watched` as soon as it is found."""
    connection: asyncpg.Connection | None = None
    began = time.monotonic()
    second = 0
    try:
        while not stop.is_set():
            second += 1
            try:
                if connection is None:
                    connection = await asyncpg.connect(
                        world.database_url, timeout=2, command_timeout=30
                    )
                await _check(connection, watched, second=second)
            except AWAY:
                watched.seconds_away += 1
                _drop(connection)
                connection = None
            late = int(time.monotonic() - began - second)
            if late > 0:
                watched.seconds_missed += late
                second += late
            rest = began + second - time.monotonic()
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), max(rest, 0))
    finally:
        _drop(connection)


async def _check(connection: asyncpg.Connection, watched: Watched, *, second: int) -> None:
    began = time.monotonic()
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        for law in LAWS:
            if rows := await connection.fetch(law.query):
                _note(watched, law, rows, second=second)
    watched.seconds_checked += 1
    watched.slowest = max(watched.slowest, time.monotonic() - began)


def _note(watched: Watched, law: Law, rows: list[asyncpg.Record], *, second: int) -> None:
    examples = tuple(" ".join(map(str, row.values())) for row in rows[:EXAMPLES])
    found = Broken(law.name, law.says, second, time.time(), examples)
    watched.broken.setdefault(law.name, found)
    watched.seconds_broken[law.name] = watched.seconds_broken.get(law.name, 0) + 1


def _drop(connection: asyncpg.Connection | None) -> None:
    if connection is not None:
        connection.terminate()
