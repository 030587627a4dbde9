"""Keyset paging: a page starts after the last row of the one before, never at an offset.

A cursor is the sort values of that row. It is bound to its list and sort by `kind` and a checksum:
a cursor of another list, or a mangled one, is refused and not misread. Anybody can compute the
checksum, so what is inside is checked as well.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from fastapi import Query
from pydantic import BaseModel

from sokoni.kernel.errors import Invalid

DEFAULT_LIMIT = 24
MAX_LIMIT = 100

Item = TypeVar("Item")
Values = TypeVar("Values", bound=tuple[Any, ...])

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="How many items, at most 100.")]
Cursor = Annotated[
    str | None, Query(max_length=1000, description="`next_cursor` of the page before.")
]


@dataclass(frozen=True, slots=True)
class Rows(Generic[Item]):
    """One page of a query: its rows and the cursor of the next page."""

    items: list[Item]
    next_cursor: str | None
    total: int | None = None


class Page(BaseModel, Generic[Item]):
    """One page of a list."""

    items: list[Item]
    next_cursor: str | None = None
    total: int | None = None


class Listed(BaseModel, Generic[Item]):
    """A plain list: all of it."""

    items: list[Item]


def encode_cursor(kind: str, values: Sequence[Any]) -> str:
    body = msgspec.json.encode([*values])
    return base64.urlsafe_b64encode(_checksum(kind, body) + body).decode().rstrip("=")


def decode_cursor(kind: str, cursor: str, *, of: type[Values]) -> Values:
    """The sort values behind a cursor of this list, of these types. Raises Invalid."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except ValueError:
        raw = b""
    signature, body = raw[:8], raw[8:]
    refused = Invalid.field("/query/cursor", "is not a cursor of this list; start without one")
    if signature != _checksum(kind, body):
        raise refused
    try:
        values: Values = msgspec.json.decode(body, type=of)
    except (msgspec.DecodeError, RecursionError):
        raise refused from None
    if not all(_is_storable(value) for value in values):
        raise refused
    return values


def _is_storable(value: object) -> bool:
    """Whether a column can hold it; in a sort value of ours, one did."""
    if isinstance(value, str):
        return "\x00" not in value
    return not isinstance(value, int) or -(2**63) <= value < 2**63


def _checksum(kind: str, body: bytes) -> bytes:
    return hashlib.sha256(kind.encode() + b"\0" + body).digest()[:8]
