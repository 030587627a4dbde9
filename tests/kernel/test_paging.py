"""Cursors: what is not one of this list is refused, however well it is forged."""

import base64
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from sokoni.kernel.errors import Invalid
from sokoni.kernel.paging import _checksum, decode_cursor, encode_cursor

KIND = "orders"
PLACE = (datetime(2026, 11, 21, tzinfo=UTC), UUID("01936f00-0000-7000-8000-000000000001"))


def forged(body: bytes) -> str:
    """A cursor with the right checksum, which is no secret, around any content."""
    return base64.urlsafe_b64encode(_checksum(KIND, body) + body).decode().rstrip("=")


def test_a_cursor_gives_back_the_values_that_it_was_made_of() -> None:
    assert decode_cursor(KIND, encode_cursor(KIND, PLACE), of=tuple[datetime, UUID]) == PLACE


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(Invalid):
        decode_cursor("payments", encode_cursor(KIND, PLACE), of=tuple[datetime, UUID])


@pytest.mark.parametrize("cursor", ["", "x", "=", "é", "\ud800", "A" * 1000])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid):
        decode_cursor(KIND, cursor, of=tuple[datetime, UUID])


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"5",
        b"{}",
        b"[]",
        b'["x","y"]',
        b"[null,null]",
        b"[1,2]",
        b"[1e400,2]",
        b"[NaN,2]",
        b'["2026-11-21T00:00:00Z"]',
        b'["2026-11-21T00:00:00Z","01936f00-0000-7000-8000-000000000001",1]',
        b'["2026-11-21T00:00:00Z","no id"]',
        b"[" * 700,
    ],
)
def test_a_forged_cursor_is_refused_by_what_is_inside(body: bytes) -> None:
    with pytest.raises(Invalid):
        decode_cursor(KIND, forged(body), of=tuple[datetime, UUID])


@pytest.mark.parametrize(
    ("body", "types"),
    [
        (b'["a\\u0000b"]', tuple[str]),
        (b'["\\ud800"]', tuple[str]),
        (b"[9223372036854775808]", tuple[int]),
        (b"[-9223372036854775809]", tuple[int]),
    ],
)
def test_a_cursor_holds_only_what_a_column_can(body: bytes, types: type[tuple[Any, ...]]) -> None:
    with pytest.raises(Invalid):
        decode_cursor(KIND, forged(body), of=types)
