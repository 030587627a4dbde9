"""Background work of checkout: expiry of unpaid orders, and telling the provider; loose ends."""

from datetime import timedelta
from functools import partial

from sokoni.checkout import flows
from sokoni.checkout.answers import checkout_answer
from sokoni.checkout.service import CloseAtProvider
from sokoni.kernel import jobs
from sokoni.kernel.jobs import Work
from sokoni.payments.providers import Providers


@jobs.periodic("checkout.expire", every=timedelta(seconds=5))
async def expire(work: Work) -> None:
    """End pending orders whose hold is over."""
    while await flows.expire(work.db, now=work.now()):
        pass


@jobs.periodic("checkout.finish_abandoned", every=timedelta(seconds=20))
async def finish_abandoned(work: Work) -> None:
    """Answer checkouts that were cut short, so that no key stays in progress."""
    render = partial(checkout_answer, secret=work.settings.jwt_secret.get_secret_value())
    while await flows.finish_abandoned(work.db, render=render, now=work.now()):
        pass


@jobs.handles(CloseAtProvider)
async def close_at_provider(work: Work, task: CloseAtProvider) -> None:
    """Make sure at the provider that a closed session cannot be paid any more."""
    await flows.close_at_provider(
        work.db, work.get(Providers), session_id=task.session_id, now=work.now()
    )
