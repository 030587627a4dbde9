"""Counts how fast pages were. Rows are locked in the order of the metrics' names."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from sokoni.analytics.models import Vitals
from sokoni.analytics.speed import Device, Metric, PageKind, bucket_of
from sokoni.kernel.db import WriteSession

KEPT = timedelta(days=90)


async def count_visit(
    tx: WriteSession,
    *,
    page: PageKind,
    device: Device,
    values: Mapping[Metric, float],
    now: datetime,
) -> None:
    """Add one visit to the sums of the day. One statement, whatever was measured."""
    # In one order in every process: two visits at once never wait for each other crosswise.
    rows = [
        {
            "day": now.date(),
            "page": page,
            "device": device,
            "metric": metric,
            "bucket": bucket_of(metric, values[metric]),
            "count": 1,
        }
        for metric in sorted(values)
    ]
    counted = insert(Vitals).values(rows)
    await tx.execute(
        counted.on_conflict_do_update(
            index_elements=[Vitals.day, Vitals.page, Vitals.device, Vitals.metric, Vitals.bucket],
            set_={"count": Vitals.count + 1},
        )
    )


async def forget_old_visits(tx: WriteSession, *, now: datetime) -> None:
    """Drop the sums of days that are past keeping."""
    await tx.execute(delete(Vitals).where(Vitals.day < (now - KEPT).date()))
