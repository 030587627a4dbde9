"""Pages that are kept: bytes as they go out, under everything that decides what they say.

They live in the process's cache of public reads (`kernel.cache`) and go stale as its answers do,
by the tags of what they show. Outside, proxies may keep them for a minute and serve an old one
while they fetch the next.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from msgspec.structs import replace
from starlette.responses import Response

from sokoni.kernel.cache import Entry, ReadCache
from sokoni.web import compressing
from sokoni.web.compressing import PLAIN

SHARED = "public, max-age=0, s-maxage=60, stale-while-revalidate=600"
OWN = "no-cache"
MOST_KEY = 1024
VARY = "Accept-Encoding, Cookie"


@dataclass(frozen=True, slots=True)
class Made:
    """An answer before it is packed. One without `tags` is not kept."""

    body: bytes
    headers: Mapping[str, str]
    tags: str = ""
    status: int = 200


class Kept:
    """Answers by key; identical ones are made once at a time."""

    def __init__(self, cache: ReadCache) -> None:
        self._cache = cache
        self._under_way: dict[bytes, asyncio.Task[Made]] = {}

    async def answer(
        self,
        key: bytes,
        make: Callable[[], Awaitable[Made]],
        *,
        encodings: str,
        known: str,
        route: str,
    ) -> tuple[Response, bool]:
        """The answer in the best of the encodings (an Accept-Encoding header), and whether it was
        kept; 304 where `known` (an If-None-Match header) names it.
        """
        encoding = compressing.accepted(encodings)
        entry = self._cache.find(_in(key, encoding))
        if entry is not None:
            return _response(entry, known), True
        since = self._cache.moment
        plain = self._cache.find(_in(key, PLAIN))
        if plain is None:
            made = await self._made(key, make)
            if not made.tags or len(key) > MOST_KEY:
                return _passing(made, encoding), False
            plain = self._entry(made, route)
            self._cache.keep(_in(key, PLAIN), plain, since=since)
        entry = self._packed(plain, encoding)
        if encoding != PLAIN:
            self._cache.keep(_in(key, encoding), entry, since=since)
        return _response(entry, known), False

    async def _made(self, key: bytes, make: Callable[[], Awaitable[Made]]) -> Made:
        """Made here or by a twin that began since the last change of anything."""
        mark = key + b"\n%d" % self._cache.moment
        task = self._under_way.get(mark)
        if task is None:
            task = self._under_way[mark] = asyncio.ensure_future(make())
            task.add_done_callback(lambda _: self._under_way.pop(mark, None))
        return await asyncio.shield(task)

    def _entry(self, made: Made, route: str) -> Entry:
        headers = [(name.lower().encode(), value.encode()) for name, value in made.headers.items()]
        return self._cache.entry(made.body, headers, tags=made.tags, route=route)

    def _packed(self, plain: Entry, encoding: str) -> Entry:
        if encoding == PLAIN:
            return plain
        body = compressing.packed(plain.body, encoding)
        headers = [*plain.headers, (b"content-encoding", encoding.encode())]
        made = self._cache.entry(body, headers, tags=" ".join(plain.tags), route=plain.route)
        return replace(made, expires_at=plain.expires_at)


def _in(key: bytes, encoding: str) -> bytes:
    return key + b"\n" + encoding.encode()


def _response(entry: Entry, known: str) -> Response:
    etag = entry.etag.decode()
    headers = {name.decode(): value.decode() for name, value in entry.headers}
    headers |= {"cache-control": SHARED, "vary": VARY, "etag": etag}
    if etag in [each.strip().removeprefix("W/") for each in known.split(",")]:
        kept = ("etag", "cache-control", "vary", "content-security-policy")
        return Response(
            status_code=304, headers={name: headers[name] for name in kept if name in headers}
        )
    return Response(entry.body, headers=headers)


def _passing(made: Made, encoding: str) -> Response:
    headers = {"cache-control": OWN, **made.headers, "vary": VARY}
    if encoding != PLAIN and made.body:
        headers["content-encoding"] = encoding
    return Response(compressing.packed(made.body, encoding), made.status, headers=headers)
