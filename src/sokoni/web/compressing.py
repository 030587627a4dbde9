"""Which encoding an answer goes out in. Brotli where the browser takes it, else gzip."""

import gzip

import brotli

BROTLI, GZIP, PLAIN = "br", "gzip", ""
QUALITY_AT_ONCE = 5
"""Of a page: 2 ms for a list, 0.2 more than 4 takes, and 1.8 KB less."""
GZIP_AT_ONCE = 5


def accepted(header: str) -> str:
    """The best encoding that an Accept-Encoding header allows."""
    offered = {}
    for part in header.lower().split(","):
        name, _, weight = part.partition(";")
        offered[name.strip()] = weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    for encoding in (BROTLI, GZIP):
        if offered.get(encoding, False):
            return encoding
    return PLAIN


def packed(body: bytes, encoding: str) -> bytes:
    if encoding == BROTLI:
        found: bytes = brotli.compress(body, quality=QUALITY_AT_ONCE)
        return found
    return gzip.compress(body, GZIP_AT_ONCE, mtime=0) if encoding == GZIP else body
