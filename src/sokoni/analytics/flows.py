"""Counting a visit in a transaction of its own, with nothing kept to answer it twice."""

from collections.abc import Mapping
from datetime import datetime

from sokoni.analytics import service
from sokoni.analytics.speed import Device, Metric, PageKind
from sokoni.kernel.db import Database, WriteSession


async def count_visit(
    db: Database,
    *,
    page: PageKind,
    device: Device,
    values: Mapping[Metric, float],
    now: datetime,
) -> None:
    """Add one visit to the sums of the day; `values` may not be empty."""

    async def work(tx: WriteSession) -> None:
        await service.count_visit(tx, page=page, device=device, values=values, now=now)

    await db.run(work)
