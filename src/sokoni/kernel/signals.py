"""Signals between processes, over PostgreSQL's LISTEN and NOTIFY: a hurry, never the truth.

A commit that published events or changed cached reads is followed by a NOTIFY on its own: inside
the transaction it would take a lock that makes all commits queue. Signals may be lost; the worker
polls and caches expire, so nothing depends on them.

The listening connection also holds the advisory lock on this process's number, by which others
tell whether the process is alive (see `idempotency`). It needs a direct connection, not a
transaction pooler: `DATABASE_DIRECT_URL`.
"""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from secrets import randbits
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg
import structlog

from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.outbox import WAKE

log = structlog.get_logger(__name__)

WAKE_CHANNEL = "sokoni_wake"
CACHE_CHANNEL = "sokoni_cache"
STALE = "stale"
EVERYTHING = "*"
SETTLE = 0.005
BREATH = 0.025  # the next signal waits for so long: under load one speaks for many commits
RESEND = 0.5
LAST_WORD = 2.0
PAYLOAD = 7000
TELL_AGAIN = 5.0  # seconds between two lines of the log about a database that is away


def changed(tx: WriteSession, *tags: str) -> None:
    """Let cached reads with these tags go stale when this transaction commits."""
    tx.info.setdefault(STALE, set()).update(tags)


class Signals:
    """Sends after commits, listens for those of others, and holds the process's number."""

    def __init__(self, db: Database, direct_url: str, *, breath: float = BREATH) -> None:
        self.number = randbits(62)
        self._db = db
        self._url = direct_url
        self._breath = breath
        self._on_wake: list[Callable[[], None]] = []
        self._on_stale: list[Callable[[frozenset[str]], None]] = []
        self._wake = False
        self._stale: set[str] = set()
        self._pending = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        db.after_commit.append(self._note)

    def on_wake(self, hear: Callable[[], None]) -> None:
        """Call `hear` whenever there may be events or jobs to do."""
        self._on_wake.append(hear)

    def on_stale(self, hear: Callable[[frozenset[str]], None]) -> None:
        """Call `hear` with the tags that went stale; `*` after a gap in listening."""
        self._on_stale.append(hear)

    async def start(self) -> None:
        listening = asyncio.Event()
        self._tasks = [
            asyncio.create_task(self._send()),
            asyncio.create_task(self._listen(listening)),
        ]
        with suppress(TimeoutError):
            async with asyncio.timeout(5):
                await listening.wait()

    async def stop(self) -> None:
        """Send what is pending (a command ends right after its commit), then stop."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._pending.is_set():
            try:
                async with asyncio.timeout(LAST_WORD):
                    await self._send_pending()
            except Exception as error:  # noqa: BLE001 - caches expire by themselves
                log.info("signal not sent", error=repr(error))

    def _note(self, tx: WriteSession) -> None:
        stale = tx.info.pop(STALE, None)
        if stale:
            self._stale |= stale
            self._heard_stale(stale)
        if tx.info.pop(WAKE, False):
            self._wake = True
            self._heard_wake()
        if self._wake or self._stale:
            self._pending.set()

    async def _send(self) -> None:
        while True:
            await self._pending.wait()
            await asyncio.sleep(SETTLE)
            try:
                await self._send_pending()
                await asyncio.sleep(self._breath)
            except Exception as error:  # noqa: BLE001 - said again when the database is back
                log.info("signal not sent", error=repr(error))
                await asyncio.sleep(RESEND)

    async def _send_pending(self) -> None:
        self._pending.clear()
        wake, stale = self._wake, self._stale
        self._wake, self._stale = False, set()
        try:
            if wake:
                await self._notify(WAKE_CHANNEL, "")
            for tags in _chunks(stale):
                await self._notify(CACHE_CHANNEL, f"{self.number} {tags}")
        except BaseException:
            self._wake, self._stale = self._wake or wake, self._stale | stale
            self._pending.set()
            raise

    async def _notify(self, channel: str, payload: str) -> None:
        await self._db.reads.rows(NOTIFY, {"channel": channel, "payload": payload})

    async def _listen(self, listening: asyncio.Event) -> None:
        wait, told_at = 0.1, -TELL_AGAIN
        now = asyncio.get_running_loop().time
        while True:
            try:
                connection = await _connect(self._url)
                try:
                    await self._subscribe(connection)
                    listening.set()
                    wait = 0.1
                    await self._stay(connection)
                finally:
                    connection.terminate()
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                if now() - told_at >= TELL_AGAIN:
                    told_at = now()
                    host = host_of(self._url)
                    log.warning("database away, trying again", host=host, error=repr(error))
            await asyncio.sleep(wait)
            wait = min(wait * 2, 5)

    async def _stay(self, connection: Any) -> None:
        """Notice a dead connection within seconds, and get the mark of life if it was not free."""
        is_marked = False
        while not connection.is_closed():
            if is_marked:
                await connection.execute("SELECT 1", timeout=5)
            else:
                is_marked = await connection.fetchval(MARK_ALIVE, self.number, timeout=5)
            await asyncio.sleep(1)

    async def _subscribe(self, connection: Any) -> None:
        await connection.add_listener(WAKE_CHANNEL, lambda *_: self._heard_wake())
        await connection.add_listener(
            CACHE_CHANNEL, lambda *heard: self._heard_others(str(heard[-1]).split())
        )
        self._heard_stale([EVERYTHING])
        self._heard_wake()

    def _heard_wake(self) -> None:
        for hear in self._on_wake:
            hear()

    def _heard_others(self, words: list[str]) -> None:
        """The first word says who speaks; our own echo was acted upon at the commit."""
        if words and words[0] != str(self.number):
            self._heard_stale(words[1:])

    def _heard_stale(self, tags: Iterable[str]) -> None:
        found = frozenset(tags)
        for hear in self._on_stale:
            hear(found)


NOTIFY = "SELECT pg_notify(:channel, :payload)"
# Tried, not waited for: after a cut network our own earlier session may still hold it for a while.
MARK_ALIVE = "SELECT pg_try_advisory_lock($1)"


def host_of(url: str) -> str:
    """Which server the URL means, without user, password and parameters."""
    parts = urlsplit(url)
    host = parse_qs(parts.query).get("host", [parts.hostname or "localhost"])[0]
    return host if host.startswith("/") else f"{host}:{parts.port or 5432}"


async def _connect(url: str) -> Any:
    """A connection of its own; asyncpg takes a socket directory as `host` only as an argument."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    if "host" not in query:
        return await asyncpg.connect(url, timeout=5)
    return await asyncpg.connect(
        host=query["host"][0],
        port=int(query.get("port", ["5432"])[0]),
        user=unquote(parts.username or "") or None,
        password=unquote(parts.password or "") or None,
        database=parts.path.lstrip("/"),
        timeout=5,
    )


def _chunks(tags: Iterable[str]) -> Iterable[str]:
    payload = ""
    for tag in sorted(tags):
        if len(payload) + len(tag) > PAYLOAD:
            yield payload.strip()
            payload = ""
        payload += tag + " "
    if payload:
        yield payload.strip()
