"""The languages of the shop's pages, and the words that stand in their heads.

English has no prefix in its addresses. A language is a file in `words/`; the front end's catalogues
are its own (`frontend/src/*/locales`).
"""

from functools import cache
from importlib import resources

import msgspec
from babel.core import get_global, parse_locale

DEFAULT = "en"
WORDS = resources.files("sokoni.web") / "words"


def found() -> tuple[str, ...]:
    """The languages that have words, the default one first."""
    names = (file.name.removesuffix(".json") for file in WORDS.iterdir())
    return (DEFAULT, *sorted(name for name in names if name != DEFAULT))


LANGUAGES = found()


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


def open_graph(language: str) -> str:
    """With the country where most people speak it: `sw` → `sw_TZ`."""
    name = language.replace("-", "_")
    spoken, where, *_ = parse_locale(get_global("likely_subtags").get(name, name))
    return f"{spoken}_{where}" if where else spoken


def say(language: str, key: str, **values: object) -> str:
    """The words for a head: `say("sw", "search.title", query="kikombe")`."""
    return _words(language)[key].format(**values)


@cache
def _words(language: str) -> dict[str, str]:
    text = (WORDS / f"{language}.json").read_bytes()
    words: dict[str, str] = msgspec.json.decode(text)
    return words
