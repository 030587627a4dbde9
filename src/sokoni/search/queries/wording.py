"""What a buyer typed, taken apart: words, "quoted phrases" and -excluded ones. Pure.

Any text is a query: operators of the database's language, control characters and lone surrogates
are separators like blanks. Work is bounded: at most `MAX_TERMS` terms of `MAX_LETTERS` letters.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

SEPARATORS = re.compile(
    r"[\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\xbf\xd7\xf7\u2000-\u2bff\u3000-\u303f"
    r"\ufe30-\ufe4f\ud800-\udfff]+"
)
"""What `catalog.fold` takes for blanks, too; and surrogates, which no database stores."""

MAX_TERMS = 12
MAX_LETTERS = 255
TOKEN = re.compile(r'(?P<minus>(?:(?<=\s)|^)-)?(?:"(?P<phrase>[^"]*)"?|(?P<words>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Wording:
    """A query. `open_ended`: its last term is a word that may still be going on.

    `code` is the whole of it when it may be a SKU: when there is a digit in it.
    """

    required: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    open_ended: bool = False
    code: str | None = None

    def corrected(self, better: dict[str, str]) -> "Wording":
        """The same query with some of its single words replaced."""
        return replace(
            self,
            required=tuple(better.get(term, term) for term in self.required),
            words=tuple(better.get(word, word) for word in self.words),
        )

    def __str__(self) -> str:
        """As a buyer would type it."""
        terms = [f'"{term}"' if " " in term else term for term in self.required]
        left_out = [f'-"{term}"' if " " in term else f"-{term}" for term in self.excluded]
        return " ".join(terms + left_out)


def read(text: str | None) -> Wording:
    """Take a query apart. Words are folded; `words` are the required ones outside quotes."""
    required: list[str] = []
    excluded: list[str] = []
    words: list[str] = []
    open_ended = False
    for token in TOKEN.finditer(text or ""):
        phrase = token["phrase"]
        found = split(phrase if phrase is not None else token["words"])
        if not found:
            continue
        if token["minus"]:
            excluded.append(" ".join(found))
        elif phrase is not None:
            required.append(" ".join(found))
            open_ended = False
        else:
            required += found
            words += found
            open_ended = True
    return Wording(
        required=tuple(dict.fromkeys(required[:MAX_TERMS])),
        excluded=tuple(dict.fromkeys(excluded[:MAX_TERMS])),
        words=tuple(dict.fromkeys(words[:MAX_TERMS])),
        open_ended=open_ended and len(required) <= MAX_TERMS and _may_go_on(required[-1]),
        code=" ".join(required) if _has_digit(required) and len(required) <= MAX_TERMS else None,
    )


def _may_go_on(word: str) -> bool:
    """One Latin letter begins too many words to look them all up."""
    return len(word) > 1 or not word.isascii()


def _has_digit(words: list[str]) -> bool:
    return any(letter.isdigit() for word in words for letter in word)


def split(text: str) -> list[str]:
    """The folded words of a text; letters, marks, digits and pictures make words."""
    return [word[:MAX_LETTERS] for word in SEPARATORS.sub(" ", fold(text)).split()]


def fold(text: str) -> str:
    """Lower case without accents, as `catalog.fold` does it in the database."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter.lower() for letter in plain if not "\u0300" <= letter <= "\u036f")
