"""How fast pages were for visitors, as numbered buckets; pure arithmetic.

Buckets grow by a tenth, so that whatever is read from them is right within a tenth. Bucket 0 ends
at the threshold of "good" itself, and bucket n at GROWTH ** n of it: a visit that was just good is
never mixed with one that was not. The lowest bucket holds all that is faster, down to nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from math import ceil, log

GROWTH = 1.1
LOWEST = -50
SHARE = 0.75
"""Of the visits shall be at least as good as the figure that stands for all."""

# An edge is in the bucket that it ends, whatever the last digits of its logarithm are.
_EDGE = 1e-9


class Metric(StrEnum):
    """LCP (the largest thing was drawn), INP (the slowest reaction), both in milliseconds; CLS
    (how much moved by itself), a bare number.
    """

    LCP = "lcp"
    INP = "inp"
    CLS = "cls"


class PageKind(StrEnum):
    """What a page is for. Its address is not kept."""

    HOME = "home"
    LIST = "list"
    PRODUCT = "product"
    SEARCH = "search"
    CART = "cart"
    CHECKOUT = "checkout"
    ORDER = "order"
    ACCOUNT = "account"
    OTHER = "other"


class Device(StrEnum):
    PHONE = "phone"
    DESKTOP = "desktop"


class Rating(StrEnum):
    GOOD = "good"
    NEEDS_IMPROVEMENT = "needs-improvement"
    POOR = "poor"


@dataclass(frozen=True, slots=True)
class Scale:
    """Up to `good` is good, above `poor` is poor (web.dev/vitals); `most` is believed at all."""

    good: float
    poor: float
    most: float


SCALES = {
    Metric.LCP: Scale(good=2500, poor=4000, most=120_000),
    Metric.INP: Scale(good=200, poor=500, most=60_000),
    Metric.CLS: Scale(good=0.1, poor=0.25, most=100),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """What three of four visits were at least as good as."""

    p75: float
    visits: int
    rating: Rating


def bucket_of(metric: Metric, value: float) -> int:
    """The number of the bucket that holds this value, which is not negative."""
    if value <= 0:
        return LOWEST
    steps = log(value / SCALES[metric].good) / log(GROWTH)
    return max(LOWEST, ceil(steps - _EDGE))


def edges_of(metric: Metric, bucket: int) -> tuple[float, float]:
    """Above the first, up to the second."""
    good = SCALES[metric].good
    below = 0.0 if bucket <= LOWEST else good * GROWTH ** (bucket - 1)
    return below, good * GROWTH**bucket


def measured(metric: Metric, counts: Mapping[int, int]) -> Measured | None:
    """The 75th percentile of visits by bucket, as if they lay evenly in it; None without any."""
    visits = sum(counts.values())
    if not visits:
        return None
    wanted = visits * SHARE
    buckets = sorted(counts)
    reached = accumulate(counts[bucket] for bucket in buckets)
    bucket, until = next(pair for pair in zip(buckets, reached, strict=True) if pair[1] >= wanted)
    low, high = edges_of(metric, bucket)
    part = (wanted - (until - counts[bucket])) / counts[bucket]
    p75 = low + (high - low) * part
    return Measured(p75, visits, rating(metric, p75))


def rating(metric: Metric, value: float) -> Rating:
    scale = SCALES[metric]
    if value <= scale.good * (1 + _EDGE):
        return Rating.GOOD
    return Rating.NEEDS_IMPROVEMENT if value <= scale.poor else Rating.POOR
