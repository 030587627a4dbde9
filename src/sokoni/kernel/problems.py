"""problem+json (RFC 9457): the one place that turns errors into answers."""

from typing import Any

import msgspec
import structlog
from asyncpg import exceptions as pg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import Response

from sokoni.kernel.db import driver_error, unavailable
from sokoni.kernel.errors import BadRequest, FieldError, Invalid, NotFound, SokoniError, Stale
from sokoni.kernel.reads import DatabaseBusy

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"
MOST_ERRORS = 50  # an answer of megabytes would help nobody but an attacker


class ProblemField(BaseModel):
    pointer: str
    message: str


class Problem(BaseModel, extra="allow"):
    """What went wrong, by RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str | None = None
    errors: list[ProblemField] | None = None


def problem_responses(*errors: type[SokoniError]) -> dict[int | str, dict[str, Any]]:
    """OpenAPI's `responses` for these errors, one entry per status."""
    by_status: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        entry = by_status.setdefault(
            error.status,
            {"model": Problem, "description": "", "content": {MEDIA_TYPE: {"examples": {}}}},
        )
        slug = error.type_slug()
        examples = entry["content"][MEDIA_TYPE]["examples"]
        if slug not in examples:
            examples[slug] = {"value": _document(error(), request_id="req_01")}
            titles = [example["value"]["title"] for example in examples.values()]
            entry["description"] = "; ".join(titles)
    return by_status


def render(error: SokoniError, request: Request) -> Response:
    request_id = getattr(request.state, "request_id", None)
    body = msgspec.json.encode(_document(error, request_id=request_id))
    return Response(body, error.status, headers=error.headers, media_type=MEDIA_TYPE)


def problem_of(error: SokoniError) -> Problem:
    """The error as a part of an answer that tells of several things, some of which went wrong."""
    return Problem.model_validate(_document(error, request_id=None))


def install(app: FastAPI) -> None:
    """Make every error of the application a problem document."""

    async def sokoni_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, SokoniError)
        return render(error, request)

    async def refused_body(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return render(_refused(error), request)

    async def http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        named = HTTP_ERRORS.get(error.status_code, SokoniError)
        mapped = named(str(error.detail))
        mapped.headers.update(error.headers or {})
        mapped.status = error.status_code  # type: ignore[misc]
        return render(mapped, request)

    async def any_other(request: Request, error: Exception) -> Response:
        return render(unforeseen(error), request)

    app.add_exception_handler(SokoniError, sokoni_error)
    app.add_exception_handler(RequestValidationError, refused_body)
    app.add_exception_handler(HTTPException, http_error)
    for kind in EXPECTED:
        app.add_exception_handler(kind, any_other)
    app.add_exception_handler(Exception, any_other)


class MethodNotAllowed(SokoniError):
    """This address does not take that method"""

    status = 405


class InternalError(SokoniError):
    """Something went wrong on our side"""


HTTP_ERRORS: dict[int, type[SokoniError]] = {
    400: BadRequest,
    404: NotFound,
    405: MethodNotAllowed,
    412: Stale,
}


EXPECTED = (DBAPIError, PoolTimeout, OSError, pg.PostgresError, pg.InterfaceError)


def unforeseen(error: Exception) -> SokoniError:
    """What is told about an error that nobody has told of yet; the rest goes to the log."""
    if isinstance(error, SokoniError):
        return error  # of a hot read, which has no routes around it that would know
    if unavailable(error):
        log.warning("database unavailable", error=repr(error))
        return DatabaseBusy()
    cause = driver_error(error)
    if isinstance(cause, pg.DataError) or isinstance(error, DataError):
        return Invalid("A value in the request cannot be stored: a text or number is out of range.")
    log.error("unforeseen error", exc_info=error)
    return InternalError("The error has been noted; quote the request id when you report it.")


def _refused(error: RequestValidationError) -> Invalid:
    errors = error.errors()
    if any(item["type"] == "json_invalid" for item in errors):
        return BadRequest("The body is not JSON.")
    told = errors[:MOST_ERRORS]
    fields = [FieldError(_pointer(item["loc"]), _message(item)) for item in told]
    if fields and all(field.pointer.startswith("/path/") for field in fields):
        return NotFound()  # type: ignore[return-value]
    return Invalid("Some fields of the request are not right.", errors=fields)


def _message(item: Any) -> str:
    """What is wrong, without Pydantic's word for the kind of exception."""
    return str(item["msg"]).removeprefix("Value error, ")


def _pointer(location: tuple[str | int, ...]) -> str:
    """`('body', 'lines', 0, 'quantity')` → `/lines/0/quantity`; other places keep their name."""
    parts = [str(part).encode(errors="replace").decode() for part in location]
    if parts and parts[0] == "body":
        parts = parts[1:]
    elif parts and parts[0] == "header":
        parts[0] = "headers"
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


def _document(error: SokoniError, *, request_id: str | None) -> dict[str, Any]:
    document = {
        "type": f"/problems/{error.type_slug()}",
        "title": error.title(),
        "status": error.status,
        "detail": error.detail,
        "request_id": request_id,
    }
    return document | error.members
