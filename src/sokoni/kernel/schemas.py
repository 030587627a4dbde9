"""Bases and shapes shared by request and response bodies.

Request bodies are strict: unknown fields, `"2"` or `true` for a number are refused. A field whose
JSON form is a string but whose type is not (`datetime`, an enum) takes `FromText`.
"""

from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from sokoni.kernel.errors import BadRequest, FieldError, Stale

Something = TypeVar("Something")
FromText = Field(strict=False)


def _storable(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must not contain NUL characters")
    return value


Text = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=10_000), AfterValidator(_storable)
]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=255),
    AfterValidator(_storable),
]
OptionalLine = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=255), AfterValidator(_storable)
]
Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        to_lower=True,
        max_length=254,
        pattern=r"^[^@\s\x00]+@[^@\s\x00.]+(\.[^@\s\x00.]+)+$",
    ),
    Field(examples=["asha@example.com"]),
]
CountryCode = Annotated[
    str, Field(pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2", examples=["TZ"])
]


class Body(BaseModel):
    """A request body."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Out(BaseModel):
    """A response body; built from rows and dataclasses by attribute name."""

    model_config = ConfigDict(from_attributes=True)


class Address(Body):
    """A postal address."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "name": "Asha Mrema",
                    "line1": "12 Samora Avenue",
                    "city": "Dar es Salaam",
                    "postal_code": "11101",
                    "country": "TZ",
                }
            ]
        },
    )

    name: Line
    company: OptionalLine | None = None
    line1: Line
    line2: OptionalLine | None = None
    city: Line
    state: OptionalLine | None = None
    postal_code: OptionalLine | None = None
    country: CountryCode
    phone: OptionalLine | None = None


async def _if_match(request: Request) -> int | None:
    """The version in `If-Match`, or None without one."""
    header = request.headers.get("if-match")
    if header is None or header.strip() == "*":
        return None
    text = header.strip().removeprefix("W/").strip('"')
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise BadRequest(
            'If-Match must carry a version as its ETag was given: "3".',
            errors=[FieldError("/headers/If-Match", 'must be a version such as "3"')],
        )
    return int(text)


IfMatch = Annotated[int | None, Depends(_if_match)]


def check_version(wanted: int | None, found: int) -> None:
    """Raise Stale (412) when the caller read an older version."""
    if wanted is not None and wanted != found:
        raise Stale(f"The current version is {found}; read it again first.", version=found)


def with_version(response: Response, version: int) -> None:
    """Send the version as the ETag."""
    response.headers["ETag"] = f'"{version}"'


def no_nulls(value: Any) -> Any:
    """A PATCH field that may be absent but not null."""
    if value is None:
        raise ValueError("must not be null; leave the field out to keep its value")
    return value
