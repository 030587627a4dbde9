"""What the worker does for figures."""

from datetime import timedelta

from sokoni.analytics import service
from sokoni.kernel import jobs
from sokoni.kernel.jobs import Work


@jobs.periodic("analytics.forget_old_visits", every=timedelta(hours=6))
async def forget_old_visits(work: Work) -> None:
    """Keep how fast pages were for 90 days."""
    async with work.db.transaction() as tx:
        await service.forget_old_visits(tx, now=work.now())
