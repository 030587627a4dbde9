"""What every request and answer goes through at the edge. Pure ASGI.

A trailing slash means the same address. HEAD is answered wherever GET is. Bodies are limited by
kind, declared or counted. Answers carry the headers that browsers need to be careful, the numbers
of the rate limit that was asked, and `Cache-Control: no-store` unless the route said better.
"""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sokoni.kernel.errors import SokoniError
from sokoni.kernel.observability.requests import route_template
from sokoni.kernel.problems import render, unforeseen

JSON_BYTES = 10 * 1024 * 1024
FORM_BYTES = 25 * 1024 * 1024

Header = tuple[bytes, bytes]
CAREFUL = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-frame-options", b"DENY"),
]
NOTHING_RUNS: Header | None = (
    b"content-security-policy",
    b"default-src 'none'; frame-ancestors 'none'",
)
ONLY_HTTPS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
NOT_KEPT: Header | None = (b"cache-control", b"no-store")


class BodyTooLarge(SokoniError):
    """The request body is too large"""

    status = 413


class Edge:
    """See the module's docstring."""

    def __init__(self, app: ASGIApp, *, https_only: bool = False) -> None:
        self.app = app
        self.careful = on_every_answer(https_only=https_only)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope = _plain(scope)
        answer = _Answer(
            send=send, careful=self.careful, scope=scope, headless=scope["method"] == "HEAD"
        )
        if answer.headless:
            scope["method"] = "GET"  # in a copy, see _plain
        try:
            if scope["method"] in {"GET", "OPTIONS"}:
                await self.app(scope, receive, answer)
            else:
                await self._with_body(scope, receive, answer)
        except Exception as error:
            if answer.started:
                raise
            await render(unforeseen(error), Request(scope))(scope, receive, answer)

    async def _with_body(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        most, declared = _limit(scope)
        if declared > most:
            await _refuse(scope, receive, answer, most)
            return
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken <= most or answer.closed:
                return message
            await _refuse(scope, receive, answer, most)
            answer.closed = True
            return {"type": "http.disconnect"}

        await self.app(scope, counted, answer)


@dataclass
class _Answer:
    """The way out: adds headers, drops the body of a HEAD, says nothing after a refusal."""

    send: Send
    careful: list[tuple[bytes, bytes]]
    scope: Scope
    headless: bool = False
    started: bool = False
    closed: bool = False

    async def __call__(self, message: Message) -> None:
        if self.closed:
            return
        if message["type"] == "http.response.start":
            self.started = True
            self.scope["state"].setdefault("route", route_template(self.scope))
            message["headers"] = self._headers(list(message.get("headers", ())))
        elif self.headless and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self.send(message)

    def _headers(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        headers = careful_headers(headers, self.careful)
        limits: dict[str, str] = self.scope["state"].get("limit_headers", {})
        headers += [(name.lower().encode(), value.encode()) for name, value in limits.items()]
        return headers


def on_every_answer(*, https_only: bool) -> list[Header]:
    """The headers of every answer."""
    return [*CAREFUL, *([ONLY_HTTPS] if https_only else [])]


def careful_headers(headers: list[Header], careful: list[Header]) -> list[Header]:
    """With the careful ones, and those that apply unless the route said better."""
    nothing_runs, not_kept = NOTHING_RUNS, NOT_KEPT
    for name, _ in headers:  # names are in lower case, as ASGI wants them
        if name == b"content-security-policy":
            nothing_runs = None
        elif name == b"cache-control":
            not_kept = None
    headers += careful
    headers += [header for header in (nothing_runs, not_kept) if header is not None]
    return headers


def _plain(scope: Scope) -> Scope:
    """The scope for what follows: a copy, where it has to be another one."""
    path, state = scope["path"], scope.setdefault("state", {})
    if scope["method"] != "HEAD" and not (path.endswith("/") and len(path) > 1):
        return scope
    plain: dict[str, Any] = {**scope, "state": state}
    plain["path"] = path.rstrip("/") or "/"
    plain["raw_path"] = (scope.get("raw_path") or path.encode()).rstrip(b"/") or b"/"
    return plain


def _limit(scope: Scope) -> tuple[int, int]:
    """How large the body may be, and how large it says it is."""
    most, declared = JSON_BYTES, 0
    for name, value in scope["headers"]:
        if name == b"content-type" and value.startswith(b"multipart/"):
            most = FORM_BYTES
        elif name == b"content-length" and value.isdigit():
            declared = int(value[:15])
    return most, declared


async def _refuse(scope: Scope, receive: Receive, send: Send, most: int) -> None:
    error = BodyTooLarge(f"The body may have {most // 1024 // 1024} MB.")
    await render(error, Request(scope))(scope, receive, send)
