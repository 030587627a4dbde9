"""Periods of time cut into hours, days, weeks or months of a time zone; pure arithmetic."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

from sokoni.kernel.errors import Invalid

MOST_BUCKETS = 400
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class Interval(StrEnum):
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


USUAL = {Interval.HOUR: 24, Interval.DAY: 30, Interval.WEEK: 12, Interval.MONTH: 12}
"""How many intervals are shown when nobody says from when."""


@dataclass(frozen=True, slots=True)
class Period:
    """`edges` are one more than buckets: bucket n is from edge n (included) to edge n + 1 (not)."""

    edges: tuple[datetime, ...]

    @property
    def since(self) -> datetime:
        return self.edges[0]

    @property
    def until(self) -> datetime:
        return self.edges[-1]

    @property
    def buckets(self) -> list[tuple[datetime, datetime]]:
        return list(pairwise(self.edges))


@dataclass(frozen=True, slots=True)
class Compared:
    """A period, and the one before it with as many buckets."""

    now: Period
    before: Period


def time_zone(name: str) -> tzinfo:
    """The zone of this name. Raises Invalid."""
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError
        raise Invalid.field(
            "/query/time_zone", "is not a time zone; write it like Africa/Dar_es_Salaam"
        ) from None


def days(*, since: datetime | None, until: datetime) -> tuple[date, date]:
    """The first and the last day (UTC) that the period touches. Raises Invalid."""
    _check(since=since, until=until)
    last = (until.astimezone(UTC) - timedelta(microseconds=1)).date()
    usual = last - timedelta(days=USUAL[Interval.DAY] - 1)
    return since.astimezone(UTC).date() if since else usual, last


def _check(*, since: datetime | None, until: datetime) -> None:
    """Raises Invalid for a period that cannot be shown."""
    if not EARLIEST <= until <= LATEST:
        raise Invalid.field("/query/to", "must be from 2000 to 2200")
    if since is not None and not EARLIEST <= since < until:
        raise Invalid.field("/query/from", "must be before `to`, and not before 2000")


def compared(
    *, since: datetime | None, until: datetime, interval: Interval, zone: tzinfo
) -> Compared:
    """The asked period and the one before. Raises Invalid for a period that cannot be shown."""
    _check(since=since, until=until)
    first = since or _floor(_moved(until, 1 - USUAL[interval], interval, zone), interval, zone)
    _check(since=first, until=until)
    edges = [first.astimezone(UTC)]
    at = _floor(first, interval, zone)
    while (at := _moved(at, 1, interval, zone)) < until:
        edges.append(at)
        if len(edges) > MOST_BUCKETS:
            raise Invalid.field(
                "/query/interval", f"cuts this period into more than {MOST_BUCKETS} parts"
            )
    count = len(edges)
    edges.append(until.astimezone(UTC))
    # The 30th and the 31st are the same day of a February: edges must not run backwards.
    earlier = accumulate((_moved(edge, -count, interval, zone) for edge in edges), max)
    return Compared(Period(tuple(edges)), Period(tuple(earlier)))


def _floor(at: datetime, interval: Interval, zone: tzinfo) -> datetime:
    """When the interval that this moment is in began."""
    local = at.astimezone(zone).replace(minute=0, second=0, microsecond=0)
    if interval is Interval.HOUR:
        return local.astimezone(UTC)
    if interval is Interval.WEEK:
        local -= timedelta(days=local.weekday())
    if interval is Interval.MONTH:
        local = local.replace(day=1)
    return local.replace(hour=0, fold=0).astimezone(UTC)


def _moved(at: datetime, by: int, interval: Interval, zone: tzinfo) -> datetime:
    """So many intervals later (or earlier), by the clocks and calendars of the zone."""
    if interval is Interval.HOUR:
        return at.astimezone(UTC) + timedelta(hours=by)
    local = at.astimezone(zone).replace(tzinfo=None)
    if interval is Interval.MONTH:
        year, month = divmod(local.year * 12 + local.month - 1 + by, 12)
        day = min(local.day, monthrange(year, month + 1)[1])
        moved = local.replace(year=year, month=month + 1, day=day)
    else:
        moved = local + timedelta(days=by * (7 if interval is Interval.WEEK else 1))
    return moved.replace(tzinfo=zone).astimezone(UTC)
