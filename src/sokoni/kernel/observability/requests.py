"""Each request gets an id, a line in the log and a place in the metrics. Pure ASGI.

A sane `X-Request-ID` of the caller is kept, so that a request can be followed through a proxy; the
answer carries it, and so does every problem document and every log line written meanwhile.
"""

import re
from random import getrandbits
from time import perf_counter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sokoni.kernel.observability import logs, metrics

sane = re.compile(rb"[A-Za-z0-9._-]{8,64}")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
QUIET = {"/health/live", "/health/ready", "/metrics"}


class Requests:
    """The outermost middleware: what it measures is what the client waits for."""

    def __init__(self, app: ASGIApp, *, access_log: bool = True) -> None:
        self.app = app
        self.access_log = access_log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        started = state.get("started") or perf_counter()
        request_id = id_of(_given_id(scope))
        state["request_id"] = request_id
        status = 500

        async def tell(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"x-request-id", request_id.encode()),
                ]
            await send(message)

        token = logs.current_request.set(request_id)
        try:
            await self.app(scope, receive, tell)
        finally:
            logs.current_request.reset(token)
            self._note(scope, status=status, seconds=perf_counter() - started)

    def _note(self, scope: Scope, *, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in METHODS else "OTHER"
        state = scope["state"]
        if state.get("cache") != "hit" and "app" in scope:
            metrics.note_pool(getattr(scope["app"].state, "db", None))
        note(
            method=method,
            route=_route(scope),
            status=status,
            seconds=seconds,
            request_id=state["request_id"],
            cache=state.get("cache"),
            actor=getattr(state.get("caller"), "actor", None),
            logged=self.access_log and scope["path"] not in QUIET,
        )


def note(
    *,
    method: str,
    route: str,
    status: int,
    seconds: float,
    request_id: str,
    cache: str | None,
    actor: str | None,
    logged: bool,
) -> None:
    """Count an answered request, and write its line.

    The route's template stands for the path: paths and queries carry tokens and names.
    """
    metrics.note(method=method, route=route, status=status, seconds=seconds)
    if logged:
        line = logs.AccessLine(
            at=logs.now(),
            request_id=request_id,
            method=method,
            route=route,
            status=status,
            ms=round(seconds * 1000, 1),
            cache=cache,
            actor=actor,
        )
        logs.write_soon(line)


def id_of(given: bytes | None) -> str:
    """The caller's own id for the request, if it is a sane one, else a new one."""
    if given is not None and sane.fullmatch(given):
        return given.decode()
    return f"req_{getrandbits(96):024x}"  # nobody has to guess it, and it costs no system call


def _given_id(scope: Scope) -> bytes | None:
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            found: bytes = value
            return found
    return None


def _route(scope: Scope) -> str:
    """`/api/v1/products/{id_or_slug}`; one name for everything that has no route."""
    found = scope["state"].get("route") or route_template(scope)
    return str(found) if found else "unmatched"


def route_template(scope: Scope) -> str | None:
    """The full path of the route that routing chose, with its parameters' names."""
    included = scope.get("fastapi", {}).get("effective_route_context")
    route = included if included is not None else scope.get("route")
    found = getattr(route, "path_format", None) or getattr(route, "path", None)
    return str(found) if found else None
