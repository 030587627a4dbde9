"""Periods are cut by the calendar of the asked time zone."""

from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokoni.analytics import periods
from sokoni.analytics.periods import Interval
from sokoni.kernel.errors import Invalid

DAR, BERLIN = periods.time_zone("Africa/Dar_es_Salaam"), periods.time_zone("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def edges(since: str, until: str, interval: Interval, zone: tzinfo = UTC) -> tuple[list[str], ...]:
    found = periods.compared(since=at(since), until=at(until), interval=interval, zone=zone)
    return tuple(
        [edge.isoformat(timespec="hours").removesuffix("+00:00") for edge in period.edges]
        for period in (found.now, found.before)
    )


def test_days_are_those_of_the_zone() -> None:
    now, before = edges("2026-03-01T12:00", "2026-03-03T12:00", Interval.DAY, DAR)

    assert now == ["2026-03-01T12", "2026-03-01T21", "2026-03-02T21", "2026-03-03T12"]
    assert before == ["2026-02-26T12", "2026-02-26T21", "2026-02-27T21", "2026-02-28T12"]


def test_a_day_of_the_change_of_clocks_has_another_length() -> None:
    now, _ = edges("2026-03-28T23:00", "2026-03-30T22:00", Interval.DAY, BERLIN)

    assert now == ["2026-03-28T23", "2026-03-29T22", "2026-03-30T22"]


def test_weeks_begin_on_monday() -> None:
    now, before = edges("2026-11-18T00:00", "2026-11-25T00:00", Interval.WEEK)

    assert now == ["2026-11-18T00", "2026-11-23T00", "2026-11-25T00"]
    assert before == ["2026-11-04T00", "2026-11-09T00", "2026-11-11T00"]


def test_months_are_compared_with_as_many_months_before() -> None:
    now, before = edges("2026-02-01T00:00", "2026-03-31T10:00", Interval.MONTH)

    assert now == ["2026-02-01T00", "2026-03-01T00", "2026-03-31T10"]
    assert before == ["2025-12-01T00", "2026-01-01T00", "2026-01-31T10"]


def test_without_a_beginning_it_is_the_last_thirty_days_and_today() -> None:
    until = at("2026-11-21T15:30")

    found = periods.compared(since=None, until=until, interval=Interval.DAY, zone=DAR)

    assert len(found.now.buckets) == 30
    assert (found.now.since, found.now.until) == (at("2026-10-22T21:00"), until)


@pytest.mark.parametrize(
    ("since", "until", "interval"),
    [
        ("2026-03-03T00:00", "2026-03-03T00:00", Interval.DAY),
        ("1999-12-31T00:00", "2026-03-03T00:00", Interval.MONTH),
        ("2025-01-01T00:00", "2026-03-03T00:00", Interval.DAY),
        ("2026-02-01T00:00", "2026-03-03T00:00", Interval.HOUR),
    ],
)
def test_what_cannot_be_shown_is_refused(since: str, until: str, interval: Interval) -> None:
    with pytest.raises(Invalid):
        edges(since, until, interval)


@pytest.mark.parametrize("name", ["Mars/Olympus", "../etc/passwd", "", "/etc/passwd", "a\x00b"])
def test_an_unknown_time_zone_is_refused(name: str) -> None:
    with pytest.raises(Invalid):
        periods.time_zone(name)


@given(
    hours=st.integers(0, 24 * 365 * 90),
    length=st.timedeltas(timedelta(minutes=1), timedelta(days=200)),
    interval=st.sampled_from([Interval.DAY, Interval.WEEK, Interval.MONTH]),
    zone=st.sampled_from([UTC, DAR, BERLIN, periods.time_zone("America/Santiago")]),
)
def test_edges_never_run_backwards(
    hours: int, length: timedelta, interval: Interval, zone: tzinfo
) -> None:
    since = at("2001-01-01T00:00") + timedelta(hours=hours)
    found = periods.compared(since=since, until=since + length, interval=interval, zone=zone)

    assert list(found.now.edges) == sorted(set(found.now.edges))
    assert list(found.before.edges) == sorted(found.before.edges)
    assert len(found.before.edges) == len(found.now.edges)
    assert found.before.until <= found.now.until
