"""Routes: one transaction per writing request, its retry, its replay, and who may call it.

`Api` is the `APIRouter` of every module. Its routes
- refuse to exist without an `access.Access` among their dependencies;
- open the transaction of an endpoint that takes `tx: Tx`, and commit it after the endpoint
  returned and before a byte is sent;
- run the whole handler again, with a fresh transaction, when it lost a deadlock (three tries);
- on POST, answer a repeated `Idempotency-Key` from the record that the same transaction wrote;
- send the version of what they answer as its ETag, where that is `Versioned[…]`.
"""

import asyncio
import functools
import inspect
from collections.abc import Callable, Coroutine, Iterator
from contextvars import ContextVar
from typing import Any, get_args

from fastapi import APIRouter, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from sokoni.kernel import access, idempotency, straight
from sokoni.kernel.db import ATTEMPTS, _transaction, lost_race
from sokoni.kernel.errors import (
    BadRequest,
    Forbidden,
    Invalid,
    SokoniError,
    TooMany,
    Unauthorized,
    Unavailable,
)
from sokoni.kernel.keyed import IdempotencyKeyRequired, keyed_request, required_key
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.reads import DatabaseBusy
from sokoni.kernel.schemas import TELLS_VERSION, with_version

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

_exchange: ContextVar[Request] = ContextVar("exchange")


class Route(APIRoute):
    """See the module's docstring."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        guarded = _telling_version(endpoint)
        if "POST" in (options.get("methods") or ()):
            guarded = _replaying(guarded)
        if not options.get("summary"):
            options["summary"] = _first_line(endpoint)
        super().__init__(path, guarded, **options)
        self.access = self._declared_access()
        self.writes = any(d.call is _transaction for d in _walk(self.dependant))
        self.needs_key = any(d.call is required_key for d in _walk(self.dependant))
        self._describe()

    def get_route_handler(self) -> Handler:
        endpoint = straight.handler(self, super().get_route_handler())
        if not any(d.call is _transaction for d in _walk(self.dependant)):
            return endpoint

        async def handle(request: Request) -> Response:
            is_form = request.headers.get("content-type", "").startswith("multipart/")
            if is_form and "idempotency-key" in request.headers:
                await request.body()  # the parser would leave nothing to take a fingerprint of
            for attempt in range(ATTEMPTS):
                try:
                    return await _in_transaction(request, endpoint)
                except SokoniError:
                    answer = await _twins_answer(request)
                    if answer is None:
                        raise
                    return answer
                except Exception as error:
                    if not lost_race(error):
                        raise
                    if is_form or attempt == ATTEMPTS - 1:
                        raise DatabaseBusy from error
                    await asyncio.sleep(0.005 * 2**attempt)
            raise AssertionError("unreachable")

        return handle

    def _declared_access(self) -> access.Access:
        first = access.declared(self.dependant.dependencies[:1])
        found = access.declared(self.dependant.dependencies)
        if found is None or first is None:
            raise RuntimeError(
                f"{self.methods} {self.path}: say who may call it, as its first dependency"
            )
        return found

    def _describe(self) -> None:
        """Put access, the idempotency header and the usual problems into the document."""
        extra = dict(self.openapi_extra or {})
        extra["x-access"] = self.access.label
        if self.access.security:
            extra["security"] = self.access.security
        problems: list[type[SokoniError]] = [Invalid, TooMany, Unavailable]
        if self.body_field is not None:
            problems.append(BadRequest)
        if not isinstance(self.access, access.Public):
            problems += [Unauthorized, Forbidden]
        if "POST" in (self.methods or ()) and (self.writes or self.needs_key):
            extra["parameters"] = [
                *extra.get("parameters", []),
                {
                    "name": "Idempotency-Key",
                    "in": "header",
                    "required": self.needs_key,
                    "description": "The same key with the same body is answered, not done again.",
                    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
                    "example": "5f2b1c9e-3a1d-4c57-9a55-0b8d7a1f3f10",
                },
            ]
            problems += [idempotency.RequestInProgress, IdempotencyKeyRequired]
        self.openapi_extra = extra
        self.responses = {**problem_responses(*problems), **self.responses}


class Api(APIRouter):
    """A module's router."""

    def __init__(self, **options: Any) -> None:
        super().__init__(route_class=Route, redirect_slashes=False, **options)


async def _in_transaction(request: Request, endpoint: Handler) -> Response:
    request.state.keyed = None
    async with request.app.state.db.transaction() as tx:
        request.state.tx = tx
        token = _exchange.set(request)
        try:
            response = await endpoint(request)
        finally:
            _exchange.reset(token)
        keyed = request.state.keyed
        if keyed is not None:
            headers = {
                name: value
                for name, value in response.headers.items()
                if name in idempotency.KEPT_HEADERS
            }
            answer = idempotency.Answer(response.status_code, headers, bytes(response.body))
            await idempotency.store(tx, keyed, answer)
    return response


async def _twins_answer(request: Request) -> Response | None:
    """The answer of a twin that committed just before we looked, and whose effect refused us."""
    keyed = request.state.keyed
    if keyed is None:
        return None
    async with request.app.state.db.transaction() as tx:
        found = await idempotency.recall(tx, keyed)
    return replayed(found) if isinstance(found, idempotency.Answer) else None


def _telling_version(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """Put the version of a `Versioned` answer into the ETag, by one more parameter for FastAPI."""
    signature = inspect.signature(endpoint)
    is_versioned = TELLS_VERSION in get_args(signature.return_annotation)
    if not is_versioned or hasattr(endpoint, "__telling_version__"):
        return endpoint

    @functools.wraps(endpoint)
    async def telling(*, _sent: Response, **given: Any) -> Any:
        answer = await endpoint(**given)
        with_version(_sent, answer.version)
        return answer

    sent = inspect.Parameter("_sent", inspect.Parameter.KEYWORD_ONLY, annotation=Response)
    telling.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[*signature.parameters.values(), sent]
    )
    telling.__telling_version__ = True  # type: ignore[attr-defined]
    return telling


def _replaying(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """Look for a stored answer after access and validation, before the endpoint's first word."""
    if hasattr(endpoint, "__replaying__"):
        return endpoint

    @functools.wraps(endpoint)
    async def replaying(*args: Any, **kwargs: Any) -> Any:
        request = _exchange.get(None)
        keyed = await keyed_request(request) if request is not None else None
        if request is None or keyed is None:
            return await endpoint(*args, **kwargs)
        found = await idempotency.recall(request.state.tx, keyed)
        if isinstance(found, idempotency.Answer):
            return replayed(found)
        request.state.keyed = keyed
        return await endpoint(*args, **kwargs)

    replaying.__replaying__ = True  # type: ignore[attr-defined]
    return replaying


def replayed(answer: idempotency.Answer) -> Response:
    """A stored answer, marked as such."""
    headers = {**answer.headers, "Idempotency-Replayed": "true"}
    return Response(answer.body, status_code=answer.status, headers=headers)


def operation_id(route: APIRoute) -> str:
    """`orders.cancel`: the router's tag and the function's name."""
    tag = str(route.tags[0]) if route.tags else "root"
    return f"{tag}.{route.name}"


def _walk(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for child in dependant.dependencies:
        yield from _walk(child)


def _first_line(endpoint: Callable[..., Any]) -> str | None:
    doc = inspect.getdoc(endpoint)
    return doc.splitlines()[0].rstrip(".") if doc else None
