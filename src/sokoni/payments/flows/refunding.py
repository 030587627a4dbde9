"""Send written refunds to the provider, and ask where they stand."""

from datetime import datetime
from uuid import UUID

import structlog

from sokoni.kernel import crash
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.ids import new_id
from sokoni.kernel.money import Money
from sokoni.payments import queries, service
from sokoni.payments.port import (
    LONG_AGO,
    NotDone,
    PaymentProvider,
    ProviderRefused,
    RefundRequest,
)
from sokoni.payments.providers import Providers

log = structlog.get_logger(__name__)


async def send_refund(
    db: Database, providers: Providers, *, refund_id: UUID, now: datetime
) -> None:
    """Ask the provider for a written refund. Raises OutcomeUnknown, and is then tried again.

    Stripe remembers an error of its own under our key, and repeats it for a day. So when nothing
    was done a long time after the refund was written, the next try goes under another key; if the
    first request should still arrive, the charge has nothing left that it could give back.
    """
    async with db.reading() as reading:
        refund = await queries.refund(reading, refund_id)
        session = await queries.session(reading, refund.session_id) if refund else None
    if refund is None or session is None or refund.reference is not None:
        return
    assert session.reference is not None
    assert session.capture_reference is not None
    request = RefundRequest(
        refund_id=refund.id,
        payment_reference=session.reference,
        capture_reference=session.capture_reference,
        amount=Money(refund.amount, refund.currency),
        key=refund.key,
    )
    try:
        answer = await providers.get(refund.provider).refund(request)
    except NotDone:
        if now - refund.created_at >= LONG_AGO:
            async with db.transaction() as tx:
                await service.rekey_refund(
                    tx,
                    refund_id=refund_id,
                    old=refund.key,
                    key=f"rfd-{refund_id}-{new_id().hex}",
                    now=now,
                )
        raise
    except ProviderRefused as error:
        async with db.transaction() as tx:
            await service.refund_failed(tx, refund_id=refund_id, error=error.message, now=now)
        return
    crash.point("after-provider-call")
    async with db.transaction() as tx:
        await service.refund_answered(tx, refund_id=refund_id, answer=answer, now=now)


async def ask_about_refund(
    db: Database,
    adapter: PaymentProvider,
    *,
    reference: str,
    event_id: str | None = None,
    now: datetime,
) -> None:
    """Ask where a refund stands and note it, with the webhook that told of it.

    A refund that the provider knows and we do not was made by hand at the provider: it is not
    ours to book, and is left to the people who made it.
    """
    async with db.reading() as reading:
        known = await queries.refund_by_reference(
            reading, provider=adapter.name, reference=reference
        )
    try:
        answer = await adapter.fetch_refund(reference)
    except ProviderRefused as error:
        if known is not None:
            raise
        log.info("event about an unknown refund", reference=reference, error=error.message)
        answer = None
    if known is None and answer is not None and answer.refund_id is not None:
        async with db.reading() as reading:
            known = await queries.refund(reading, answer.refund_id)

    async def work(tx: WriteSession) -> None:
        if known is not None and answer is not None:
            await service.refund_answered(tx, refund_id=known.id, answer=answer, now=now)
        if event_id is not None:
            await service.mark_done(
                tx,
                provider=adapter.name,
                event_id=event_id,
                order_id=known.order_id if known else None,
                now=now,
            )

    await db.run(work)
