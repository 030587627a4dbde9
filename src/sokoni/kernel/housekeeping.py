"""What the kernel throws away: old idempotency records, rate limits, and finished jobs.

Outbox rows and effects stay: they are the event log, and auditors read them.
"""

from datetime import timedelta

from sqlalchemy import delete, func

from sokoni.kernel import idempotency, jobs, limits
from sokoni.kernel.jobs import Job, JobState, Work

JOBS_KEPT = timedelta(days=7)


@jobs.periodic("kernel.housekeeping", every=timedelta(minutes=10))
async def tidy(work: Work) -> None:
    """Three short transactions; nothing reads what they remove."""
    async with work.db.transaction() as tx:
        await idempotency.forget_old(tx, now=work.now())
    async with work.db.transaction() as tx:
        await limits.forget_full(tx)
    async with work.db.transaction() as tx:
        old = func.now() - JOBS_KEPT
        await tx.execute(delete(Job).where(Job.state == JobState.DONE, Job.finished_at < old))
