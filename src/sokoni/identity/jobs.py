"""Periodic work of identity."""

from datetime import timedelta

from sokoni.identity import service
from sokoni.kernel import jobs
from sokoni.kernel.jobs import Work
from sokoni.kernel.settings import Settings


@jobs.periodic("identity.forget_old_sessions", every=timedelta(hours=6))
async def forget_old_sessions(work: Work) -> None:
    """Drop sessions that nothing can continue any more."""
    life = timedelta(minutes=work.get(Settings).refresh_token_expire_minutes)
    async with work.db.transaction() as tx:
        await service.forget_old_sessions(tx, now=work.now(), life=life)
