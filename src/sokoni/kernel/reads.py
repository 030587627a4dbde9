"""Reads on the bare driver, for the statements that the shop answers most.

Public lists, product pages and search need one or two statements each and nothing of what a
session is for. Here a statement is prepared once per connection and costs about 30 µs of this
process; through a session it costs ten times that.

Each statement is a transaction of its own. A connection that broke meanwhile (the database was
restarted, a firewall forgot it) is replaced, and the statement asked again, once: reading twice is
harmless. Nobody waits for ever: neither for a connection nor for an answer.
"""

import asyncio
import re
from collections import deque
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import asyncpg
from asyncpg import Record
from sqlalchemy.engine import make_url

from sokoni.kernel.errors import Unavailable

__all__ = ["DatabaseBusy", "Reads", "Record"]

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 6.0  # the server gives up after five by itself, unless the network is cut
WAIT_SECONDS = 3.0
TRIES = 2
NAMED = re.compile(r"(?<!:):([a-z_][a-z0-9_]*)")
CACHE_SIZE = "prepared_statement_cache_size"
BROKEN = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    OSError,  # TimeoutError is one
)

Connection = Any


class DatabaseBusy(Unavailable):
    """The database is busy or restarting; try again"""


class Reads:
    """At most `size` connections, opened when all others are busy; the last used is used next."""

    def __init__(self, url: str, *, size: int, server_settings: Mapping[str, str]) -> None:
        self.heard: list[Callable[[str, list[Any]], None]] = []
        self._arguments = _arguments(url) | {"server_settings": dict(server_settings)}
        self._size = size
        self._opened = 0
        self._idle: list[Connection] = []
        self._waiting: deque[asyncio.Future[Connection | None]] = deque()

    async def rows(self, sql: str, values: Mapping[str, Any]) -> list[Record]:
        """The rows of one statement; `:name` in it stands for `values["name"]`.

        Raises the driver's errors, and `DatabaseBusy` when there was no connection to ask.
        """
        text, names = numbered(sql)
        arguments = [values[name] for name in names]
        for hear in self.heard:
            hear(text, arguments)
        for tried in range(1, TRIES + 1):
            connection = self._idle.pop() if self._idle else await self._connection()
            try:
                found: list[Record] = await connection.fetch(
                    text, *arguments, timeout=ANSWER_SECONDS
                )
            except Exception as error:
                if not self._is_broken(connection, error):
                    self._return(connection)
                    raise
                self._forget(connection)
                self._drop_idle()
                if tried == TRIES or isinstance(error, TimeoutError):
                    raise DatabaseBusy from error
            except BaseException:
                self._forget(connection)
                raise
            else:
                self._return(connection)
                return found
        raise AssertionError("unreachable")

    async def close(self) -> None:
        idle, self._idle = self._idle, []
        for connection in idle:
            self._opened -= 1
            await connection.close(timeout=CONNECT_SECONDS)

    async def _connection(self) -> Connection:
        """A new connection while there may be more, else the next one that is returned."""
        if self._opened >= self._size:
            waiter = asyncio.get_running_loop().create_future()
            self._waiting.append(waiter)
            try:
                async with asyncio.timeout(WAIT_SECONDS):
                    given: Connection | None = await waiter
            except BaseException as error:
                self._give_up(waiter)
                if isinstance(error, TimeoutError):
                    raise DatabaseBusy from error
                raise
            if given is not None:
                return given
            return await self._connection()
        self._opened += 1
        try:
            return await asyncpg.connect(timeout=CONNECT_SECONDS, **self._arguments)
        except BaseException:
            self._opened -= 1
            self._wake()
            raise

    def _give_up(self, waiter: "asyncio.Future[Connection | None]") -> None:
        """Pass on what arrived for somebody who no longer waits."""
        if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
            given = waiter.result()
            if given is None:
                self._wake()
            else:
                self._return(given)
        elif waiter in self._waiting:
            self._waiting.remove(waiter)

    def _return(self, connection: Connection) -> None:
        if connection.is_closed():
            self._forget(connection)
            return
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(connection)
                return
        self._idle.append(connection)

    def _is_broken(self, connection: Connection, error: Exception) -> bool:
        return isinstance(error, BROKEN) or bool(connection.is_closed())

    def _forget(self, connection: Connection) -> None:
        connection.terminate()
        self._opened -= 1
        self._wake()

    def _drop_idle(self) -> None:
        """What broke one connection has probably broken the others."""
        while self._idle:
            self._forget(self._idle.pop())

    def _wake(self) -> None:
        """Somebody who waits may open a connection now."""
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return


@lru_cache(maxsize=1024)
def numbered(sql: str, *, first: int = 1) -> tuple[str, tuple[str, ...]]:
    """The statement with `$1` for the first named parameter, and the names in that order."""
    names: dict[str, int] = {}

    def number(found: re.Match[str]) -> str:
        return f"${names.setdefault(found[1], len(names) + first)}"

    text = NAMED.sub(number, sql)
    return text, tuple(names)


def _arguments(url: str) -> dict[str, Any]:
    """What asyncpg takes of an SQLAlchemy URL."""
    made = make_url(url)
    _, found = made.get_dialect()().create_connect_args(made)
    if CACHE_SIZE in found:
        found["statement_cache_size"] = found.pop(CACHE_SIZE)
    return dict(found)
