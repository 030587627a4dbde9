"""The byte and ETag cache of public reads: pure ASGI, in front of routing.

An answer opts in with the header `X-Cache-Tags: product:018f… products` (see `tagged`); it never
leaves the process. Such an answer gets a strong ETag and `Cache-Control: public, max-age=0,
must-revalidate`: browsers and proxies may keep it and must ask, which costs them a 304. Prices and
stock are never older than our own invalidation.

What is kept is bytes under path and sorted query, for requests without `Authorization`; language,
currency and region are in the query, so answers vary on nothing else. `signals.changed` of a tag
drops the entries that carry it, in every process. An answer that was computed before a tag of its
own went stale is never kept, whenever it arrives. Notifications can get lost (a process may die
between its commit and its NOTIFY), so an entry lives 30 seconds at most.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice

import msgspec
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sokoni.kernel.observability.requests import route_template
from sokoni.kernel.signals import EVERYTHING

MOST_BYTES = 64 * 1024 * 1024
MOST_SECONDS = 30.0
MOST_TAGS = 20_000
SWEPT_AT_ONCE = 4
OVERHEAD_BYTES = 1200
TAGS = b"x-cache-tags"
CACHE_CONTROL = (b"cache-control", b"public, max-age=0, must-revalidate")
HIT, MISS = (b"x-cache", b"hit"), (b"x-cache", b"miss")
REPLACED = {TAGS, b"etag", b"cache-control", b"content-length"}

Headers = list[tuple[bytes, bytes]]
JSON: Headers = [(b"content-type", b"application/json")]


def tagged(*tags: str) -> dict[str, str]:
    """The headers of an answer that may be kept until one of the tags goes stale."""
    return {"X-Cache-Tags": " ".join(tags)}


class Entry(msgspec.Struct, frozen=True):
    """An answer ready to be sent. A struct is made in a fraction of a frozen dataclass's time."""

    body: bytes
    etag: bytes
    headers: Headers
    route: str | None
    tags: frozenset[str]
    expires_at: float
    size: int


class ReadCache:
    """The entries of one process, least recently used first."""

    def __init__(
        self,
        *,
        most_bytes: int = MOST_BYTES,
        most_seconds: float = MOST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.bytes = 0
        self._most_bytes = most_bytes
        self._most_seconds = most_seconds
        self._clock = clock
        self._entries: OrderedDict[bytes, Entry] = OrderedDict()
        self._by_tag: dict[str, set[bytes]] = {}
        self._moment = 0
        self._flushed_at = 0
        self._stale_at: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def moment(self) -> int:
        """Counts invalidations; an answer is kept only if none of its tags had one since."""
        return self._moment

    def find(self, key: bytes) -> Entry | None:
        entry = self._entries.get(key)
        if entry is None:
            return None
        if entry.expires_at <= self._clock():
            self._drop(key)
            return None
        self._entries.move_to_end(key)
        return entry

    def keep(self, key: bytes, entry: Entry, *, since: int) -> None:
        """Keep the answer, unless a tag of it went stale after the moment `since`."""
        if since < self._flushed_at or entry.size > self._most_bytes // 16:
            return
        if self._moment > since and any(self._stale_at.get(tag, 0) > since for tag in entry.tags):
            return
        if key in self._entries:
            self._drop(key)
        self._entries[key] = entry
        self.bytes += entry.size
        for tag in entry.tags:
            self._by_tag.setdefault(tag, set()).add(key)
        self._make_room()

    def _make_room(self) -> None:
        """Drop the least recently used: while there are too many bytes, and a few that expired.

        Nobody asks for most of what has expired, and a cache that forgot only when it was full
        would grow for hours in a quiet shop.
        """
        while self.bytes > self._most_bytes:
            self._drop(next(iter(self._entries)))
        now = self._clock()
        for key, entry in tuple(islice(self._entries.items(), SWEPT_AT_ONCE)):
            if entry.expires_at > now:
                return
            self._drop(key)

    def invalidate(self, tags: Iterable[str]) -> None:
        """Drop what carries one of the tags; `*` drops everything."""
        self._moment += 1
        for tag in tags:
            if tag == EVERYTHING:
                self._flush()
                return
            self._stale_at[tag] = self._moment
            for key in tuple(self._by_tag.get(tag, ())):
                self._drop(key)
        if len(self._stale_at) > MOST_TAGS:
            self._flushed_at = self._moment
            self._stale_at.clear()

    def entry(self, body: bytes, headers: Headers, *, tags: str, route: str | None) -> Entry:
        """The answer with its ETag and its headers as they will leave."""
        own = [(name.lower(), value) for name, value in headers if name.lower() not in REPLACED]
        return self._entry(body, own, tags=tags, route=route)

    def json(self, body: bytes, *, tags: str, route: str) -> Entry:
        """The same, of an answer that is JSON and says nothing else."""
        return self._entry(body, JSON, tags=tags, route=route)

    def _entry(self, body: bytes, own: Headers, *, tags: str, route: str | None) -> Entry:
        digest = sha256(body).hexdigest()[:32]  # processors have it built in
        etag = b'"%s"' % digest.encode()
        return Entry(
            body=body,
            etag=etag,
            headers=[*own, (b"etag", etag), CACHE_CONTROL, (b"content-length", b"%d" % len(body))],
            route=route,
            tags=frozenset(tags.split()),
            expires_at=self._clock() + self._most_seconds,
            size=len(body) + len(tags) * 2 + OVERHEAD_BYTES,
        )

    def _flush(self) -> None:
        self._flushed_at = self._moment
        self._entries.clear()
        self._by_tag.clear()
        self._stale_at.clear()
        self.bytes = 0

    def _drop(self, key: bytes) -> None:
        entry = self._entries.pop(key, None)
        if entry is None:
            return
        self.bytes -= entry.size
        for tag in entry.tags:
            keys = self._by_tag[tag]
            keys.discard(key)
            if not keys:
                del self._by_tag[tag]


class CachedReads:
    """The middleware. HEAD arrives here as GET (see `http`)."""

    def __init__(self, app: ASGIApp, *, cache: ReadCache) -> None:
        self.app = app
        self.cache = cache

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        known, is_anonymous = _asked(scope)
        key = key_of(scope)
        entry = self.cache.find(key) if is_anonymous else None
        if entry is not None:
            state = scope.setdefault("state", {})
            state["route"], state["cache"] = entry.route, "hit"
            await _send(send, entry, known=known, outcome=HIT)
            return
        answer = _Answer(
            scope=scope, send=send, cache=self.cache, since=self.cache.moment, known=known
        )
        answer.key = key if is_anonymous else None
        await self.app(scope, receive, answer)


@dataclass
class _Answer:
    """Watches an answer on its way out, and collects the one that opts in."""

    scope: Scope
    send: Send
    cache: ReadCache
    since: int
    known: bytes
    key: bytes | None = None
    start: Message | None = None
    tags: str = ""
    body: bytes = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            tags = [value for name, value in message["headers"] if name.lower() == TAGS]
            if tags and message["status"] == 200:
                self.start, self.tags = message, b" ".join(tags).decode("latin-1")
                return
            if tags:
                message["headers"] = [
                    pair for pair in message["headers"] if pair[0].lower() != TAGS
                ]
        elif self.start is not None and message["type"] == "http.response.body":
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self.start)
            return
        await self.send(message)

    async def _finish(self, start: Message) -> None:
        route = route_template(self.scope)
        entry = self.cache.entry(self.body, start["headers"], tags=self.tags, route=route)
        if self.key is not None:
            self.cache.keep(self.key, entry, since=self.since)
        self.scope["state"]["cache"] = "miss"
        await _send(self.send, entry, known=self.known, outcome=MISS)


async def _send(send: Send, entry: Entry, *, known: bytes, outcome: tuple[bytes, bytes]) -> None:
    unchanged = not_modified(entry, known) if known else None
    if unchanged is not None:
        headers = [*unchanged, outcome]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body", "body": b""})
        return
    headers = [*entry.headers, outcome]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": entry.body})


def _asked(scope: Scope) -> tuple[bytes, bool]:
    """The If-None-Match header, and whether the request names nobody."""
    known, is_anonymous = b"", True
    for name, value in scope["headers"]:
        if name == b"if-none-match":
            known = known + b"," + value if known else value
        elif name == b"authorization":
            is_anonymous = False
    return known, is_anonymous


def not_modified(entry: Entry, known: bytes) -> Headers | None:
    """The headers of a 304, when the If-None-Match header `known` names this very answer."""
    return [(b"etag", entry.etag), CACHE_CONTROL] if _names(known, entry.etag) else None


def _names(known: bytes, etag: bytes) -> bool:
    """Weak comparison, as RFC 9110 asks of If-None-Match."""
    if known == etag:
        return True
    tags = [tag.strip().removeprefix(b"W/") for tag in known.split(b",")]
    return etag in tags or tags == [b"*"]


def key_of(scope: Scope) -> bytes:
    """What an answer is kept under: no other path and query have the same key."""
    query: bytes = scope["query_string"]
    if b"&" in query:
        query = _in_order(query)
    path: str = scope["path"]
    return path.encode("utf-8", "surrogatepass") + b"\n" + query  # paths can have a `?` in them


def _in_order(query: bytes) -> bytes:
    """The parameters by name. Where one is repeated, the order of its values counts.

    Names that may be other names in disguise stay where they are.
    """
    parts = query.split(b"&")
    if b"%" in query and any(b"%" in _name(part) for part in parts):
        return query
    parts.sort(key=_name)
    return b"&".join(parts)


def _name(part: bytes) -> bytes:
    return part.partition(b"=")[0]
