"""Texts, lines, e-mail addresses and floods of fields, as request bodies take them."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from sokoni.kernel.schemas import Body, Email, Line, OptionalLine, Text

email = TypeAdapter[str](Email)


class Small(Body):
    """A body with one field."""

    name: Line | None = None


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Asha@Example.COM ", "asha@example.com"),
        ("nu\u0308x@example.com", "n\u00fcx@example.com"),
        ("\uff41dmin@example.com", "admin@example.com"),
        ("\u212aim@example.com", "kim@example.com"),
        ("first.last+tag@mail.example.co.tz", "first.last+tag@mail.example.co.tz"),
    ],
)
def test_an_address_has_one_spelling(typed: str, stored: str) -> None:
    assert email.validate_python(typed) == stored
    assert email.validate_python(stored) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "admin@example.com\u200b@example.com",
        "admin\u200b@example.com",
        "a\u202eb@example.com",
        "a\x01b@example.com",
        "a\u0085b@example.com",
        "a,b@example.com",
        "<a>@example.com",
        '"a"@example.com',
        "a\uff1cb@example.com",
        "a b@example.com",
        "a@example",
        "a@b@example.com",
        "a" * 250 + "@example.com",
    ],
)
def test_an_address_with_hidden_or_misleading_signs_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        email.validate_python(typed)


@pytest.mark.parametrize("kind", [Line, OptionalLine])
@pytest.mark.parametrize(
    "typed", ["a\r\nBcc: x@y.z", "a\nb", "a\tb", "a\x1b[31m", "a\x00b", "a\u0085b", "a\u2028b"]
)
def test_a_line_has_no_line_breaks_and_no_control_characters(kind: Any, typed: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter[Any](kind).validate_python(typed)


def test_a_text_has_lines_and_a_line_any_script() -> None:
    assert TypeAdapter[str](Text).validate_python("a\n\tb") == "a\n\tb"
    assert (
        TypeAdapter[str](Line).validate_python("Zoë 李 می\u200cخواهم 🎁")
        == "Zoë 李 می\u200cخواهم 🎁"
    )


def test_a_flood_of_fields_is_refused_by_one_error() -> None:
    with pytest.raises(ValidationError) as refused:
        Small.model_validate({f"field_{number}": 1 for number in range(1000)})
    assert refused.value.error_count() == 1


def test_a_few_unknown_fields_are_told_by_name() -> None:
    with pytest.raises(ValidationError) as refused:
        Small.model_validate({"nmae": "a", "nam": "b"})
    assert [error["loc"] for error in refused.value.errors()] == [("nmae",), ("nam",)]
