"""Talking to the provider: open, confirm, ask, cancel, refund, reconcile.

Every flow calls the provider between transactions and under a stored key, so it may be repeated
after a crash at any line. What the provider says goes through `service.apply`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from sokoni.kernel import crash
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.money import Money
from sokoni.orders import queries as order_queries
from sokoni.orders.queries import Order
from sokoni.payments import queries, service
from sokoni.payments.errors import (
    PaymentClosed,
    PaymentNotFound,
    PaymentRefused,
    ProviderUnavailable,
)
from sokoni.payments.port import (
    CardDetails,
    OutcomeUnknown,
    PaymentProvider,
    PaymentRequest,
    ProviderPayment,
    ProviderRefused,
    RefundRequest,
)
from sokoni.payments.providers import Providers
from sokoni.payments.service import Session, Settled
from sokoni.payments.states import STILL_PAYABLE, SessionStatus

log = structlog.get_logger(__name__)

ASK_AGAIN = timedelta(seconds=30)
BATCH = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A session after the provider was asked, and what its money did if it came now."""

    session: Session
    settled: Settled | None = None
    known: bool = True


async def open_at_provider(
    db: Database, providers: Providers, *, session: Session, order: Order, now: datetime
) -> Asked:
    """Open the session at its provider, or find the one opened under its key.

    `known` is False when the provider did not answer: the session stays as it is.
    Raises PaymentRefused, after closing the session, when the provider refuses it.
    """
    provider = providers.get(session.provider)
    if session.reference is not None or session.provider == "none":
        return Asked(session=session)
    try:
        payment = await provider.open(_request(session, order))
    except OutcomeUnknown as error:
        log.warning("provider did not answer", session=str(session.id), error=str(error))
        return Asked(session=session, known=False)
    except ProviderRefused as error:
        async with db.transaction() as tx:
            await service.close(tx, session_id=session.id, status=SessionStatus.CANCELLED, now=now)
        raise PaymentRefused(error.message) from error
    async with db.transaction() as tx:
        await service.opened(tx, session_id=session.id, payment=payment, now=now)
    return Asked(session=await _again(db, session.id))


async def confirm(
    db: Database, providers: Providers, *, session: Session, card: CardDetails, now: datetime
) -> Asked:
    """Take the money now. A decline is told by the session's status."""
    if session.status not in STILL_PAYABLE:
        raise PaymentClosed(f"This payment is {session.status}.", status_now=session.status)
    if session.reference is None:
        raise ProviderUnavailable("The provider has not opened this payment yet; try again.")
    provider = providers.get(session.provider)
    try:
        payment = await provider.confirm(session.reference, card, key=_confirm_key(session, card))
    except OutcomeUnknown as error:
        log.warning("outcome unknown", session=str(session.id), error=str(error))
        return Asked(session=session, known=False)
    except ProviderRefused as error:
        raise PaymentRefused(error.message) from error
    crash.point("after-provider-call")
    return await follow(db, session=session, payment=payment, now=now)


async def refresh(db: Database, providers: Providers, *, session: Session, now: datetime) -> Asked:
    """Ask the provider where the payment stands, and follow."""
    if session.reference is None or session.provider == "none":
        return Asked(session=session)
    try:
        payment = await providers.get(session.provider).fetch(session.reference)
    except OutcomeUnknown as error:
        raise ProviderUnavailable(retry_after=2) from error
    except ProviderRefused as error:
        raise PaymentRefused(error.message) from error
    return await follow(db, session=session, payment=payment, now=now)


async def cancel(db: Database, providers: Providers, *, session: Session, now: datetime) -> Asked:
    """Close the session at the provider first; if it turns out paid, it is settled instead."""
    if session.reference is not None and session.provider != "none":
        try:
            payment = await providers.get(session.provider).cancel(session.reference)
        except OutcomeUnknown as error:
            raise ProviderUnavailable(retry_after=2) from error
        except ProviderRefused as error:
            raise PaymentRefused(error.message) from error
        return await follow(db, session=session, payment=payment, now=now)
    async with db.transaction() as tx:
        await service.close(tx, session_id=session.id, status=SessionStatus.CANCELLED, now=now)
    return Asked(session=await _again(db, session.id))


async def follow(
    db: Database, *, session: Session, payment: ProviderPayment, now: datetime
) -> Asked:
    """Let session and order follow the provider's word, in one transaction."""

    async def work(tx: WriteSession) -> Settled | None:
        return await service.apply(tx, session=session, payment=payment, now=now)

    settled = await db.run(work)
    return Asked(session=await _again(db, session.id), settled=settled)


async def process_event(
    db: Database, providers: Providers, *, provider: str, event_id: str, now: datetime
) -> None:
    """Act on a stored webhook: ask the provider about its object, follow, mark it done."""
    async with db.reading() as reading:
        event = await queries.inbox_event(reading, provider=provider, event_id=event_id)
        if event is None or event.done:
            return
        session = (
            await queries.by_reference(
                reading, provider=provider, reference=event.payment_reference
            )
            if event.payment_reference
            else None
        )
    adapter = providers.get(provider)
    if event.refund_reference is not None:
        await ask_about_refund(
            db, adapter, reference=event.refund_reference, event_id=event_id, now=now
        )
        return
    payment = None
    if event.payment_reference is not None:
        payment = await adapter.fetch(event.payment_reference)
        session = session or await _session_of(db, payment)

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


async def ask_about_refund(
    db: Database,
    adapter: PaymentProvider,
    *,
    reference: str,
    event_id: str | None = None,
    now: datetime,
) -> None:
    """Ask where a refund stands and note it, with the webhook that told of it."""
    answer = await adapter.fetch_refund(reference)
    async with db.reading() as reading:
        known = await queries.refund_by_reference(
            reading, provider=adapter.name, reference=reference
        )
        if known is None and answer.refund_id is not None:
            known = await queries.refund(reading, answer.refund_id)

    async def work(tx: WriteSession) -> None:
        if known is not None:
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


async def send_refund(
    db: Database, providers: Providers, *, refund_id: UUID, now: datetime
) -> None:
    """Ask the provider for a written refund. Raises OutcomeUnknown, and is then tried again."""
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
    except ProviderRefused as error:
        async with db.transaction() as tx:
            await service.refund_failed(tx, refund_id=refund_id, error=error.message, now=now)
        return
    crash.point("after-provider-call")
    async with db.transaction() as tx:
        await service.refund_answered(tx, refund_id=refund_id, answer=answer, now=now)


async def reconcile(db: Database, providers: Providers, *, now: datetime) -> int:
    """Ask the provider about everything undecided. Returns how many things were asked about."""
    async with db.reading() as reading:
        sessions = await queries.to_reconcile(reading, now=now, older_than=ASK_AGAIN, limit=BATCH)
        refunds = await queries.refunds_to_ask_about(
            reading, now=now, older_than=ASK_AGAIN, limit=BATCH
        )
    for session in sessions:
        await _reconcile_session(db, providers, session=session, now=now)
    for refund in refunds:
        await _reconcile_refund(db, providers, refund=refund, now=now)
    missed = 0
    for provider in providers.by_name.values():
        missed += await _reconcile_list(db, provider, now=now)
    return len(sessions) + len(refunds) + missed


async def _reconcile_session(
    db: Database, providers: Providers, *, session: Session, now: datetime
) -> None:
    try:
        await refresh(db, providers, session=session, now=now)
    except (ProviderUnavailable, PaymentRefused) as error:
        log.warning("not reconciled", session=str(session.id), error=str(error))
    async with db.transaction() as tx:
        await service.touch(tx, session_id=session.id, now=now)


async def _reconcile_refund(
    db: Database, providers: Providers, *, refund: queries.Refund, now: datetime
) -> None:
    adapter = providers.get(refund.provider)
    try:
        if refund.reference is None:
            await send_refund(db, providers, refund_id=refund.id, now=now)
        else:
            await ask_about_refund(db, adapter, reference=refund.reference, now=now)
    except (OutcomeUnknown, ProviderRefused) as error:
        log.warning("refund not reconciled", refund=str(refund.id), error=str(error))


async def _reconcile_list(db: Database, provider: PaymentProvider, *, now: datetime) -> int:
    """Compare the provider's own list: payments whose opening or capture we never heard of."""
    try:
        payments = await provider.recent(since=now - timedelta(days=1))
    except (OutcomeUnknown, ProviderRefused) as error:
        log.warning("no list from the provider", provider=provider.name, error=str(error))
        return 0
    found = 0
    for payment in payments:
        session = await _session_of(db, payment)
        if session is None or session.reference == payment.reference:
            continue
        if session.reference is None:
            async with db.transaction() as tx:
                await service.opened(tx, session_id=session.id, payment=payment, now=now)
            found += 1
            await follow(db, session=session, payment=payment, now=now)
    return found


async def _session_of(db: Database, payment: ProviderPayment) -> Session | None:
    """The session that the provider's object names in its metadata."""
    if payment.session_id is None:
        return None
    async with db.reading() as reading:
        return await queries.session(reading, payment.session_id)


async def _again(db: Database, session_id: UUID) -> Session:
    async with db.reading() as reading:
        found = await queries.session(reading, session_id)
    if found is None:
        raise PaymentNotFound
    return found


async def order_of(db: Database, session: Session) -> Order:
    async with db.reading() as reading:
        found = await order_queries.order(reading, session.order_id)
    if found is None:
        raise PaymentNotFound
    return found


def _request(session: Session, order: Order) -> PaymentRequest:
    return PaymentRequest(
        session_id=session.id,
        order_id=order.id,
        order_number=order.number,
        mode=session.mode,
        amount=session.money,
        email=order.email,
        key=session.key,
        expires_at=session.expires_at,
        success_url=session.success_url or "",
        cancel_url=session.cancel_url or "",
    )


def _confirm_key(session: Session, card: CardDetails) -> str:
    """One key per try: repeated after a crash it is the same, after a decline another."""
    tried = card.payment_method or (card.card_number or "")[-4:]
    return f"{session.key}-confirm-{session.declines}-{tried}"
