"""E-mail addresses: one spelling for each, so that nobody has a twin who looks the same.

Letters are folded to lower case and to their plain form (NFKC: `ａ` is `a`, `u` with a combining
`¨` is `ü`). Characters that cannot be seen, and those that would make a header of a mail mean
something else, are refused.
"""

import re
import unicodedata

LONGEST = 254

shape = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
misleading = re.compile(r"[\"(),:;<>\[\\\]]")


class InvalidEmail(ValueError):
    """Not an address that people can have; the message says why."""


def folded(address: str) -> str:
    """The spelling under which an address is stored and looked up, whatever was typed."""
    return unicodedata.normalize("NFKC", address.strip()).lower()


def normalised(address: str) -> str:
    """The one spelling of a new address. Raises InvalidEmail."""
    found = folded(address)
    if len(found) > LONGEST or not shape.fullmatch(found):
        raise InvalidEmail("must be an e-mail address")
    if misleading.search(found) or not found.isprintable():
        raise InvalidEmail("must be an e-mail address without signs of other meaning")
    return found
