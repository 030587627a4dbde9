"""Hot reads: the few public addresses that most requests go to, answered in front of everything.

What the framework does for a request (a dozen layers, finding the route, solving dependencies)
takes many times the work of a list or a product page itself, and of an answer from memory all of
it. `HotReads` is the outermost middleware. It answers a GET by itself when the bytes are in the
cache, or when a `HotRead` of a module knows them; everything else goes the usual way, and so does
whatever is not quite plain: credentials, other origins, repeated or odd parameters, no such
product. The usual way is the truth: it has the routes, their documentation, their refusals. A hot
read gives the same bytes and headers, or nothing (`Unusual`); a test asks both and compares.

Identical requests at one moment are computed once: the others wait for the first one's answer,
unless anything in the cache went stale since it began.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from starlette.types import ASGIApp, Receive, Scope, Send

from sokoni.kernel.cache import HIT, MISS, Entry, Headers, ReadCache, key_of, not_modified
from sokoni.kernel.http import careful_headers
from sokoni.kernel.observability import logs, requests

IF_NONE_MATCH, REQUEST_ID = b"if-none-match", b"x-request-id"
NOT_PLAIN = {b"authorization", b"origin"}
LOOKED_AT = NOT_PLAIN | {IF_NONE_MATCH, REQUEST_ID}
GUEST = "guest"
segment = re.compile(r"[a-z0-9][a-z0-9_-]{0,254}")
number = re.compile(r"0|[1-9][0-9]{0,14}")


class Unusual(Exception):
    """This request goes the usual way."""


class PlainQuery:
    """Parameters of which each is there once. What is not plain is `Unusual`.

    Values are read as the framework reads them, but fewer spellings are understood.
    """

    def __init__(self, query: bytes) -> None:
        text = query.decode("latin-1")
        if "%" in text or "+" in text:
            pairs = parse_qsl(text, keep_blank_values=True)
        else:  # nothing to decode: the same pairs in a third of the time
            pairs = [_pair(part) for part in text.split("&") if part]
        self.values = dict(pairs)
        if len(self.values) != len(pairs):
            raise Unusual

    def text(self, name: str, *, most: int) -> str | None:
        found = self.values.get(name)
        if found is not None and not 0 < len(found) <= most:
            raise Unusual
        return found

    def number(self, name: str, *, least: int = 0, most: int) -> int | None:
        found = self.values.get(name)
        if found is None:
            return None
        if not number.fullmatch(found) or not least <= int(found) <= most:
            raise Unusual
        return int(found)

    def flag(self, name: str) -> bool | None:
        found = self.values.get(name)
        if found is None:
            return None
        if found not in {"true", "false"}:
            raise Unusual
        return found == "true"


class HotAnswer(msgspec.Struct, frozen=True):
    """JSON, and the tags of which each makes it stale."""

    body: bytes
    tags: str


@dataclass(frozen=True, slots=True)
class HotRead:
    """Answers for one route. `path` is the route's; its last segment may be `{a_parameter}`.

    `answer` gets that segment (or the path's own) and the query. It raises `Unusual`, or what the
    database raises.
    """

    path: str
    answer: Callable[[str, PlainQuery], Awaitable[HotAnswer]]


class HotTable:
    """The hot reads of this process; empty until it has started."""

    def __init__(self) -> None:
        self._exact: dict[str, HotRead] = {}
        self._below: dict[str, HotRead] = {}

    def fill(self, reads: Iterable[HotRead]) -> None:
        self._exact, self._below = {}, {}
        for read in reads:
            parent, _, last = read.path.rpartition("/")
            if last.startswith("{"):
                self._below[parent] = read
            else:
                self._exact[read.path] = read

    def find(self, path: str) -> tuple[HotRead, str] | None:
        parent, _, last = path.rpartition("/")
        read = self._exact.get(path)
        if read is None:
            read = self._below.get(parent)
            if read is None or not segment.fullmatch(last):
                return None
        return read, last


class HotReads:
    """The middleware. `failing` is asked to answer for an error in `scope["state"]["failed"]`."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        cache: ReadCache,
        table: HotTable,
        failing: ASGIApp,
        careful: Headers,
        access_log: bool,
    ) -> None:
        self.app = app
        self._cache = cache
        self._table = table
        self._failing = failing
        self._careful = careful
        self._access_log = access_log
        self._flights: dict[bytes, _Flight] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = _plain(scope)
        if asked is None:
            await self.app(scope, receive, send)
            return
        key, outcome = key_of(scope), HIT
        entry = self._cache.find(key)
        if entry is None:
            found = self._table.find(scope["path"])
            outcome = MISS
            if found is not None:
                entry = await self._made(scope, receive, send, asked, found=found, key=key)
                if asked.is_answered:
                    return
            if entry is None:
                await self.app(scope, receive, send)
                return
        status = await _send(send, entry, asked, outcome=outcome, careful=self._careful)
        requests.note(
            method="GET",
            route=entry.route or "unmatched",
            status=status,
            seconds=perf_counter() - asked.started,
            request_id=asked.request_id,
            cache="hit" if outcome is HIT else "miss",
            actor=None if outcome is HIT else GUEST,
            logged=self._access_log,
        )

    async def _made(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        asked: "_Asked",
        *,
        found: tuple[HotRead, str],
        key: bytes,
    ) -> Entry | None:
        """The answer, computed here or by a twin; None sends the request the usual way."""
        flight = self._flights.get(key)
        if flight is not None and flight.moment == self._cache.moment:
            return await flight.wait()
        read, last = found
        flight = self._flights[key] = _Flight(self._cache.moment)
        entry = None
        token = logs.current_request.set(asked.request_id)
        try:
            answer = await read.answer(last, PlainQuery(scope["query_string"]))
            entry = self._cache.json(answer.body, tags=answer.tags, route=read.path)
            self._cache.keep(key, entry, since=flight.moment)
        except Unusual:
            pass
        except Exception as error:  # noqa: BLE001 - told in the place where all errors are told
            asked.is_answered = True
            state = scope.setdefault("state", {})
            state |= {"failed": error, "route": read.path, "started": asked.started}
            await self._failing(scope, receive, send)
        finally:
            logs.current_request.reset(token)
            flight.land(entry)
            if self._flights.get(key) is flight:
                del self._flights[key]
        return entry


class _Flight:
    """An answer that is being computed, since this moment of the cache."""

    __slots__ = ("_landed", "moment")

    def __init__(self, moment: int) -> None:
        self.moment = moment
        self._landed: asyncio.Future[Entry | None] | None = None

    async def wait(self) -> Entry | None:
        """For a twin; most flights have none, and need no future."""
        if self._landed is None:
            self._landed = asyncio.get_running_loop().create_future()
        return await asyncio.shield(self._landed)

    def land(self, entry: Entry | None) -> None:
        if self._landed is not None:
            self._landed.set_result(entry)


@dataclass(slots=True)
class _Asked:
    """What the request's headers say."""

    started: float
    request_id: str
    known: bytes
    is_answered: bool = False


def _pair(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name, value


async def raise_failure(scope: Scope, _receive: Receive, _send: Send) -> None:
    """The innermost application of `failing`: what was raised is raised where it is told."""
    raise scope["state"].pop("failed")


def _plain(scope: Scope) -> _Asked | None:
    """None for what is not for us."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    started, known, given = perf_counter(), b"", None
    for name, value in scope["headers"]:
        if name in LOOKED_AT:
            if name == IF_NONE_MATCH:
                known = known + b"," + value if known else value
            elif name == REQUEST_ID:
                given = given or value
            else:
                return None
    return _Asked(started, requests.id_of(given), known)


async def _send(
    send: Send, entry: Entry, asked: _Asked, *, outcome: tuple[bytes, bytes], careful: Headers
) -> int:
    status, body, headers = 200, entry.body, [*entry.headers, outcome]
    if asked.known and (unchanged := not_modified(entry, asked.known)):
        status, body, headers = 304, b"", [*unchanged, outcome]
    headers = careful_headers(headers, careful)
    headers.append((REQUEST_ID, asked.request_id.encode()))
    start: dict[str, Any] = {"type": "http.response.start", "status": status, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": body})
    return status
