"""Act on stored webhooks: what happened is asked of the provider, never taken from the event."""

from datetime import datetime

import structlog

from sokoni.kernel import crash
from sokoni.kernel.db import Database, WriteSession
from sokoni.payments import queries, service
from sokoni.payments.flows.following import named_session
from sokoni.payments.flows.refunding import ask_about_refund
from sokoni.payments.port import PaymentProvider, ProviderPayment, ProviderRefused
from sokoni.payments.providers import Providers
from sokoni.payments.queries import StoredEvent
from sokoni.payments.service import Session

log = structlog.get_logger(__name__)


async def process_event(
    db: Database, providers: Providers, *, provider: str, event_id: str, now: datetime
) -> None:
    """Act on a stored event and mark it done in the transaction of its effect.

    Raises OutcomeUnknown, and is then tried again. Events about what is not ours are just done.
    """
    async with db.reading() as reading:
        event = await queries.inbox_event(reading, provider=provider, event_id=event_id)
    if event is None or event.done:
        return
    adapter = providers.get(provider)
    if event.refund_reference is not None:
        await ask_about_refund(
            db, adapter, reference=event.refund_reference, event_id=event_id, now=now
        )
        return
    session, payment = await _ask(db, adapter, event)

    async def work(tx: WriteSession) -> None:
        if session is not None and payment is not None:
            await service.apply(tx, session=session, payment=payment, now=now)
        crash.point("inside-webhook")
        await service.mark_done(
            tx,
            provider=provider,
            event_id=event_id,
            order_id=session.order_id if session else None,
            now=now,
        )

    await db.run(work)


async def _ask(
    db: Database, adapter: PaymentProvider, event: StoredEvent
) -> tuple[Session | None, ProviderPayment | None]:
    """Our session behind the event, and the payment as the provider knows it now."""
    reference = event.payment_reference
    if reference is None:
        return None, None
    async with db.reading() as reading:
        session = await queries.by_reference(reading, provider=adapter.name, reference=reference)
    try:
        payment = await adapter.fetch(reference)
    except ProviderRefused as error:
        if session is not None:
            raise
        log.info("event about an unknown payment", id=event.event_id, error=error.message)
        return None, None
    if session is None:
        session = await named_session(db, payment)
        if session is not None and session.reference not in {None, reference}:
            assert session.reference is not None
            # A hosted page and the intent inside it: the page is what we opened.
            payment = await adapter.fetch(session.reference)
    return session, payment
