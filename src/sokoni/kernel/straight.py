"""The straight way to a route: what is the same for each request is worked out once.

For each request FastAPI tries route after route, and then walks the tree of what the endpoint
depends on. That costs a cart addition a third of this process's time, a purchase a quarter. Here

- a path without parameters is looked for once, and where it led is remembered (`FoundOnce`);
- an endpoint whose parameters are plain (a JSON body, and functions of the request) is called with
  what they give, one after another (`handler`).

What is not plain goes FastAPI's way, before anything was done: another content type, a body that
is not JSON or not right. So there is one place that says what is wrong with a request.
"""

import inspect
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.params import Form
from fastapi.routing import APIRoute
from starlette.types import ASGIApp, Receive, Scope, Send

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

JSON = "application/json"
PARAMETERS = ("path_params", "query_params", "header_params", "cookie_params")
SPECIAL = (
    "websocket_param_name",
    "http_connection_param_name",
    "background_tasks_param_name",
    "response_param_name",
    "security_scopes_param_name",
)


class FoundOnce:
    """Around FastAPI's routing: remembers what it found for paths without parameters.

    There are as many of those as there are routes, so what is remembered has an end.
    """

    def __init__(self, routing: ASGIApp) -> None:
        self._routing = routing
        self._found: dict[tuple[str, str], tuple[ASGIApp, Scope]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._routing(scope, receive, send)
            return
        asked = scope["method"], scope["path"]
        found = self._found.get(asked)
        if found is not None:
            app, left = found
            scope.update(left, path_params={}, fastapi={**left["fastapi"]})
            await app(scope, receive, send)
            return
        try:
            await self._routing(scope, receive, send)
        finally:
            self._remember(scope, asked)

    def _remember(self, scope: Scope, asked: tuple[str, str]) -> None:
        """What routing left in the scope, if it has chosen a route of this very path."""
        chosen = scope.get("fastapi", {}).get("effective_route_context")
        if (
            chosen is not None
            and chosen.path_format == asked[1]
            and asked[0] in chosen.methods
            and not scope.get("path_params")
            and not scope.get("root_path")
        ):
            left = {name: scope[name] for name in ("router", "endpoint", "route", "fastapi")}
            self._found[asked] = chosen.app, left


def handler(route: APIRoute, usual: Handler) -> Handler:
    """Calls the route's endpoint straight where it can, and else goes the `usual` way."""
    dependant, body = route.dependant, route.body_field
    call = dependant.call
    if call is None or not _is_plain(route):
        return usual
    steps: list[tuple[str | None, Callable[..., Any], bool]] = [
        (one.name, one.call, bool(one.request_param_name))
        for one in dependant.dependencies
        if one.call is not None
    ]

    async def straight(request: Request) -> Response:
        values: dict[str, Any] = {}
        if body is not None:
            sent = await _json(request)
            if sent is None:
                return await usual(request)
            values[body.name], errors = body.validate(sent, {}, loc=("body",))
            if errors:
                return await usual(request)
        for name, solve, wants_request in steps:
            solved = await (solve(request) if wants_request else solve())
            if name is not None:
                values[name] = solved
        answer: Response = await call(**values)
        return answer

    return straight


async def _json(request: Request) -> Any:
    """The body, or None when it is not plainly one."""
    if request.headers.get("content-type") != JSON or not await request.body():
        return None
    try:
        return await request.json()
    except (ValueError, RecursionError):
        return None


def _is_plain(route: APIRoute) -> bool:
    """Whether the endpoint answers by itself and all that it takes is known how to get."""
    dependant, body = route.dependant, route.body_field
    if inspect.signature(dependant.call).return_annotation is not Response:  # type: ignore[arg-type]
        return False
    if body is not None and (route._embed_body_fields or isinstance(body.field_info, Form)):  # noqa: SLF001
        return False
    if not _takes_plainly(dependant) or len(dependant.body_params) != (body is not None):
        return False
    return all(
        _takes_plainly(one)
        and not one.body_params
        and not one.dependencies
        and _is_coroutine(one.call)
        for one in dependant.dependencies
    )


def _takes_plainly(dependant: Dependant) -> bool:
    """No parameters but the request, a body, and what others give."""
    return not any(getattr(dependant, name) for name in (*PARAMETERS, *SPECIAL)) and (
        dependant.concurrency is None
    )


def _is_coroutine(call: Any) -> bool:
    return inspect.iscoroutinefunction(call) or inspect.iscoroutinefunction(
        getattr(call, "__call__", None)  # noqa: B004 - an `Access` is an object that is called
    )
