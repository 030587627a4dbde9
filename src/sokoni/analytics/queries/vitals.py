"""How fast pages were for visitors, from the sums of their days."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from sokoni.analytics.models import Vitals
from sokoni.analytics.speed import Device, Measured, Metric, PageKind, measured
from sokoni.kernel.db import ReadSession


@dataclass(frozen=True, slots=True)
class Speeds:
    """What was measured of all pages, and of each kind that was visited, in their usual order."""

    total: dict[Metric, Measured]
    by_page: dict[PageKind, dict[Metric, Measured]]


async def speeds(db: ReadSession, *, first: date, last: date, device: Device | None) -> Speeds:
    """Of the days from `first` to `last`, both included. One statement.

    Its rows are at most kinds times metrics times buckets, however many visits there were.
    """
    asked = select(
        Vitals.page, Vitals.metric, Vitals.bucket, func.sum(Vitals.count).label("visits")
    ).where(Vitals.day.between(first, last))
    if device is not None:
        asked = asked.where(Vitals.device == device)
    total: dict[Metric, Counter[int]] = defaultdict(Counter)
    by_page: dict[PageKind, dict[Metric, Counter[int]]] = {}
    for row in await db.execute(asked.group_by(Vitals.page, Vitals.metric, Vitals.bucket)):
        kind = by_page.setdefault(row.page, defaultdict(Counter))
        for counts in (total[row.metric], kind[row.metric]):
            counts[row.bucket] += int(row.visits)
    return Speeds(
        total=_measured(total),
        by_page={page: _measured(by_page[page]) for page in PageKind if page in by_page},
    )


def _measured(counts: dict[Metric, Counter[int]]) -> dict[Metric, Measured]:
    found = {metric: measured(metric, counts[metric]) for metric in Metric if metric in counts}
    return {metric: each for metric, each in found.items() if each is not None}
