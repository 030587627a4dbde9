"""Bases and shapes shared by request and response bodies.

Request bodies are strict: unknown fields, `"2"` or `true` for a number are refused. A field whose
JSON form is a string but whose type is not (`datetime`, an enum) takes `FromText`.

Texts hold what can be stored; a line has no control characters and no line breaks either, so that
it stays one line in a mail's header, a file or a label.
"""

import re
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request, Response
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from sokoni.kernel.emails import InvalidEmail, normalised
from sokoni.kernel.errors import BadRequest, FieldError

Something = TypeVar("Something")
FromText = Field(strict=False)
SPARE_FIELDS = 20
NOT_IN_EMAILS = r'@\s\x00-\x1f\x7f"(),:;<>\[\\\]'

control = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _storable(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must not contain NUL characters")
    return value


def _one_line(value: str) -> str:
    if control.search(value):
        raise ValueError("must be one line, without control characters")
    return value


def _email(value: str) -> str:
    try:
        return normalised(value)
    except InvalidEmail as error:
        raise ValueError(str(error)) from None


Text = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=10_000), AfterValidator(_storable)
]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=255),
    AfterValidator(_one_line),
]
OptionalLine = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=255), AfterValidator(_one_line)
]
Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        max_length=254,
        pattern=f"^[^{NOT_IN_EMAILS}]+@[^{NOT_IN_EMAILS}.]+(\\.[^{NOT_IN_EMAILS}.]+)+$",
    ),
    AfterValidator(_email),
    Field(examples=["asha@example.com"]),
]
CountryCode = Annotated[
    str, Field(pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2", examples=["TZ"])
]
Position = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]


def _no_null(value: Any) -> Any:
    if value is None:
        raise ValueError("must not be null; leave the field out to keep its value")
    return value


NotNull = BeforeValidator(_no_null)
"""Of a field of a PATCH that may be absent but not null."""


class Body(BaseModel):
    """A request body."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _not_flooded(cls, sent: Any) -> Any:
        """Refuse a flood of unknown fields at once, rather than each of a million by name."""
        if isinstance(sent, dict) and len(sent) > len(cls.model_fields) + SPARE_FIELDS:
            raise ValueError("has many more fields than it can have")
        return sent

    def sent(self) -> dict[str, Any]:
        """The fields that were in the request, nested bodies as they are."""
        return {name: getattr(self, name) for name in self.model_fields_set}


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


def with_version(response: Response, version: int) -> None:
    """Send the version as the ETag; a route that answers `Versioned[…]` does it by itself."""
    response.headers["ETag"] = f'"{version}"'


TELLS_VERSION = object()
Versioned = Annotated[Something, TELLS_VERSION]
"""What a route answers with its `version` as the ETag: `-> Versioned[StaffBrand]`."""
