"""The webhook inbox: every verified event once, and done with its effect."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from sokoni.kernel import jobs
from sokoni.kernel.db import WriteSession
from sokoni.payments.models import InboxEvent
from sokoni.payments.port import WebhookEvent


class ProcessWebhook(jobs.Task, frozen=True):
    """Act on a stored event."""

    name: ClassVar = "payments.process_webhook"
    attempts: ClassVar = 12
    provider: str
    event_id: str


async def receive(tx: WriteSession, *, provider: str, event: WebhookEvent, now: datetime) -> bool:
    """Store the event and queue its processing; False when it is known already."""
    stored = await tx.scalar(
        insert(InboxEvent)
        .values(
            provider=provider,
            event_id=event.event_id,
            kind=event.kind,
            payment_reference=event.payment_reference,
            refund_reference=event.refund_reference,
            payload=dict(event.payload),
            received_at=now,
            done=False,
        )
        .on_conflict_do_nothing(constraint="inbox_pkey")
        .returning(InboxEvent.event_id)
    )
    if stored is None:
        return False
    await jobs.enqueue(tx, ProcessWebhook(provider=provider, event_id=event.event_id))
    return True


async def mark_done(
    tx: WriteSession, *, provider: str, event_id: str, order_id: UUID | None, now: datetime
) -> None:
    """Note, in the transaction of the effect, that the event has had it."""
    await tx.execute(
        update(InboxEvent)
        .where(InboxEvent.provider == provider, InboxEvent.event_id == event_id)
        .values(done=True, done_at=now, order_id=order_id)
    )
