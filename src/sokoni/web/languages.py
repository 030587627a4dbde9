"""The languages of the shop's pages, and the words that stand in their heads.

The first language has no prefix in its addresses. A further one is a line here and a file in
`words/`; the front end's catalogues are its own (`frontend/src/**/locales`).
"""

from functools import cache
from importlib import resources
from typing import Any

import msgspec

LANGUAGES = ("en", "sw")
DEFAULT = LANGUAGES[0]
OPEN_GRAPH = {"en": "en_US", "sw": "sw_TZ"}


def split(path: str) -> tuple[str, str]:
    """The language of a path and the path without its prefix: `/sw/cart` → `sw`, `/cart`."""
    first, _, rest = path.removeprefix("/").partition("/")
    if first in LANGUAGES and first != DEFAULT:
        return first, f"/{rest}"
    return DEFAULT, path


def prefixed(language: str, path: str) -> str:
    """The address of a path in a language; the home page of another one has no slash behind it."""
    if language == DEFAULT:
        return path
    return f"/{language}" if path == "/" else f"/{language}{path}"


def say(language: str, key: str, **values: object) -> str:
    """The words for a head: `say("sw", "search.title", query="kikombe")`."""
    return _words(language)[key].format(**values)


@cache
def _words(language: str) -> dict[str, str]:
    text = (resources.files("sokoni.web") / "words" / f"{language}.json").read_bytes()
    found: dict[str, Any] = msgspec.json.decode(text)
    return found
