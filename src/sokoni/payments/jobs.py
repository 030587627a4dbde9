"""Background work of payments: webhooks, refunds, and asking when nobody tells."""

from datetime import timedelta

from sokoni.kernel import jobs
from sokoni.kernel.idempotency import Answer
from sokoni.kernel.jobs import Work
from sokoni.payments import flows
from sokoni.payments.providers import Providers
from sokoni.payments.service import ProcessWebhook, SendRefund, Session
from sokoni.payments.shapes import PaymentSessionOut


@jobs.handles(ProcessWebhook)
async def process_webhook(work: Work, task: ProcessWebhook) -> None:
    """Act on a stored event."""
    await flows.process_event(
        work.db,
        work.get(Providers),
        provider=task.provider,
        event_id=task.event_id,
        now=work.now(),
    )


@jobs.handles(SendRefund)
async def send_refund(work: Work, task: SendRefund) -> None:
    """Ask the provider for a refund that is written down."""
    await flows.send_refund(work.db, work.get(Providers), refund_id=task.refund_id, now=work.now())


@jobs.periodic("payments.finish_abandoned", every=timedelta(seconds=20))
async def finish_abandoned(work: Work) -> None:
    """Answer requests that were cut short, so that no key stays in progress."""

    def render(session: Session, status: int) -> Answer:
        body = PaymentSessionOut.of(session, secrets=False).model_dump_json().encode()
        return Answer(status=status, headers={"content-type": "application/json"}, body=body)

    while await flows.finish_abandoned(work.db, render=render, now=work.now()):
        pass


@jobs.periodic("payments.reconcile", every=timedelta(seconds=60))
async def reconcile(work: Work) -> None:
    """Ask the provider about payments and refunds that are undecided."""
    await flows.reconcile(work.db, work.get(Providers), now=work.now())


@jobs.periodic("payments.compare_lists", every=timedelta(minutes=15))
async def compare_lists(work: Work) -> None:
    """Look through the provider's own list for what nobody told us of."""
    await flows.compare_lists(work.db, work.get(Providers), now=work.now())
