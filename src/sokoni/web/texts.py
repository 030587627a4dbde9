"""Rich texts of the shop as one plain line, for heads."""

import html
import re

import nh3

MOST = 160
gap = re.compile(r"\s+")
TAG = re.compile(r"<(?=/?(?:p|br|li|h[1-6]|div|ul|ol|td|tr)\b)", re.IGNORECASE)


def summary(rich: str, *, most: int = MOST) -> str:
    """The text without its tags, cut after a word."""
    apart = TAG.sub(" <", rich)
    plain = gap.sub(" ", html.unescape(nh3.clean(apart, tags=set()))).strip()
    if len(plain) <= most:
        return plain
    return plain[: most - 1].rpartition(" ")[0].rstrip(",;:. ") + "…"
