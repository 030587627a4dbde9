"""The error tree. Every refusal of the shop is one of these, and one place renders them.

    SokoniError
    ├── Invalid      422  the request asks for something that cannot be
    │   └── BadRequest 400  a header or parameter the route needs is missing or malformed
    ├── Unauthorized 401  nobody is signed in
    ├── Forbidden    403  somebody is, and may not
    ├── NotFound     404  no such thing, or not yours: one answer for both
    ├── Conflict     409  the request is right, the state is not
    │   └── Stale    412  the thing was changed since you read it
    ├── TooMany      429  slow down
    └── Unavailable  503  try again later

The class docstring's first line is the public title; the class name, in kebab case, is the type
(`InsufficientStock` → `/problems/insufficient-stock`). Keyword arguments become members of the
problem document, so they must be safe to show.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

type_pattern = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class FieldError:
    """One refused field: a JSON pointer (`/lines/0/quantity`) and what to do about it."""

    pointer: str
    message: str


class SokoniError(Exception):
    """Something went wrong"""

    status: ClassVar[int] = 500

    def __init__(
        self, detail: str = "", *, headers: Mapping[str, str] | None = None, **members: Any
    ) -> None:
        super().__init__(detail or self.title())
        self.detail = detail or self.title()
        self.headers = dict(headers or {})
        self.members = members

    @classmethod
    def type_slug(cls) -> str:
        return type_pattern.sub("-", cls.__name__).lower()

    @classmethod
    def title(cls) -> str:
        return (cls.__doc__ or cls.__name__).strip().splitlines()[0].rstrip(".")


class Invalid(SokoniError):
    """The request cannot be carried out as written"""

    status = 422

    def __init__(
        self, detail: str = "", *, errors: Sequence[FieldError] = (), **members: Any
    ) -> None:
        if errors:
            members["errors"] = [{"pointer": e.pointer, "message": e.message} for e in errors]
        super().__init__(detail, **members)

    @classmethod
    def field(cls, pointer: str, message: str) -> "Invalid":
        """A refusal of one field."""
        return cls(message, errors=[FieldError(pointer, message)])


class BadRequest(Invalid):
    """The request is malformed"""

    status = 400


class Unauthorized(SokoniError):
    """Sign in first"""

    status = 401

    def __init__(self, detail: str = "", **members: Any) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": "Bearer"}, **members)


class Forbidden(SokoniError):
    """You may not do this"""

    status = 403


class NotFound(SokoniError):
    """There is no such thing here"""

    status = 404


class Conflict(SokoniError):
    """The current state does not allow this"""

    status = 409


class Stale(Conflict):
    """It was changed since you read it"""

    status = 412

    @classmethod
    def now_at(cls, version: int) -> "Stale":
        """The refusal that names the version there is, in its member `version`."""
        return cls(f"The current version is {version}; read it again first.", version=version)


class TooMany(SokoniError):
    """Too many requests"""

    status = 429


class Unavailable(SokoniError):
    """The shop cannot answer right now"""

    status = 503

    def __init__(self, detail: str = "", *, retry_after: int = 1, **members: Any) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)}, **members)


def check_version(wanted: int | None, found: int) -> None:
    """Raise Stale when the caller read another version than the one `found`; None read none."""
    if wanted is not None and wanted != found:
        raise Stale.now_at(found)
