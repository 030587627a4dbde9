"""Periodic work of search."""

from datetime import timedelta

from sokoni.kernel import jobs
from sokoni.kernel.jobs import Work
from sokoni.search import flows


@jobs.periodic("search.vocabulary", every=timedelta(hours=6))
async def rebuild_vocabulary(work: Work) -> None:
    """Count the words of the listings anew; those of new products are learnt by event."""
    await flows.rebuild_vocabulary(work.db)
