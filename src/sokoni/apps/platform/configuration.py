"""The settings as text, with every secret left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit, urlunsplit

from pydantic import SecretStr

from sokoni.kernel.settings import Settings

_HIDDEN = "********"


@dataclass(frozen=True, slots=True)
class Line:
    """`NAME=value`, as it could stand in a `.env` file."""

    text: str
    is_given: bool


def lines(settings: Settings) -> Iterator[Line]:
    for field in type(settings).model_fields:
        is_given = field in settings.model_fields_set
        text = f"{field.upper()}={_shown(getattr(settings, field))}"
        yield Line(text=text if is_given else f"# {text}", is_given=is_given)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, SecretStr):
        return _HIDDEN
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ",".join(map(str, value))
    return _without_password(str(value))


def _without_password(text: str) -> str:
    """A URL keeps its user and loses its password and its query, where some put one."""
    if "://" not in text:
        return text
    parts = urlsplit(text)
    user, at, address = parts.netloc.rpartition("@")
    if ":" in user:
        user = f"{user.partition(':')[0]}:{_HIDDEN}"
    query = _HIDDEN if "password" in parts.query else parts.query
    return urlunsplit((parts.scheme, f"{user}{at}{address}", parts.path, query, parts.fragment))
