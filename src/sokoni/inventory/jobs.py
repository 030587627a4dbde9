"""Background work of inventory: ending reservations in time, flags of a whole location."""

from datetime import timedelta
from uuid import UUID

from sokoni.inventory import queries, service
from sokoni.inventory.tasks import RefreshLocation
from sokoni.kernel import jobs
from sokoni.kernel.db import WriteSession
from sokoni.kernel.jobs import Work

BATCH = 100


@jobs.periodic("inventory.release_expired", every=timedelta(seconds=5))
async def release_expired(work: Work) -> None:
    """Free what nobody committed in time, a batch per transaction."""

    async def release_some(tx: WriteSession) -> int:
        return await service.release_expired(tx, now=work.now(), limit=BATCH)

    while await work.db.run(release_some) == BATCH:
        pass


@jobs.handles(RefreshLocation)
async def refresh_location(work: Work, task: RefreshLocation) -> None:
    """Look at every variant that the location has, a batch per transaction."""
    after: UUID | None = None
    while True:
        async with work.db.transaction() as tx:
            batch = await queries.variants_at(
                tx, location_id=task.location_id, after=after, limit=BATCH
            )
            await service.refresh_flags(tx, batch)
        if not batch:
            return
        after = batch[-1]
