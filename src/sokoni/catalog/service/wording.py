"""Texts as the catalogue keeps them: plain, tidy, addressable.

Descriptions keep harmless HTML (nh3's allow-list); every other text keeps no tags at all.
"""

import html
import re
import unicodedata

import nh3

from sokoni.kernel.ids import decode

RESERVED = frozenset({"search", "suggest"})
"""Addresses that are routes of ours."""
MAX_SLUG = 200

slug_pattern = re.compile(r"[^\W_]+(?:[-_]+[^\W_]+)*")
no_word = re.compile(r"[\W_]+")
tag = re.compile(r"<[a-zA-Z/!?]")
control = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
accent = re.compile("[\u0300-\u036f]")


def line(text: str) -> str:
    """One line of plain text: no tags, no control characters, single spaces."""
    while tag.search(text):
        text = html.unescape(nh3.clean(text, tags=set()))
    return " ".join(control.sub(" ", text).split())


def rich(text: str) -> str:
    """HTML with what could run or leave the page taken out."""
    return nh3.clean(control.sub(" ", text)).strip()


def fold(text: str) -> str:
    """Letters without case and accents, as `catalog.fold` does it in SQL."""
    return accent.sub("", unicodedata.normalize("NFKD", text)).lower()


def slugify(title: str, *, otherwise: str) -> str:
    """An address made from a title: `Crème Brûlée` → `creme-brulee`."""
    slug = no_word.sub("-", fold(title))[:MAX_SLUG].strip("-") or otherwise
    return f"{slug}-1" if slug in RESERVED else slug


def is_slug(slug: str, *, prefix: str) -> bool:
    """Whether this may be an address: lower case words, no route of ours, nothing like an id."""
    return (
        len(slug) <= MAX_SLUG
        and slug == slug.lower()
        and slug_pattern.fullmatch(slug) is not None
        and slug not in RESERVED
        and decode(prefix, slug) is None
    )


def abbreviation(text: str) -> str:
    """Up to three capitals of a word or value: `Terracotta` → `TER`."""
    return no_word.sub("", fold(text)).upper()[:3]
