"""One session at its provider: open it, confirm it, ask about it, cancel it."""

from datetime import datetime

import structlog

from sokoni.kernel import crash
from sokoni.kernel.db import Database
from sokoni.orders.queries import Order
from sokoni.payments import service
from sokoni.payments.errors import PaymentClosed, PaymentRefused, ProviderUnavailable
from sokoni.payments.flows.following import Asked, follow, order_of, session_now
from sokoni.payments.port import (
    CardDetails,
    OutcomeUnknown,
    PaymentRequest,
    ProviderRefused,
)
from sokoni.payments.providers import FREE, Providers
from sokoni.payments.service import Session
from sokoni.payments.states import STILL_PAYABLE, SessionStatus

log = structlog.get_logger(__name__)


async def open_at_provider(
    db: Database, providers: Providers, *, session: Session, order: Order, now: datetime
) -> Asked:
    """Open the session at its provider, or find the one opened under its key.

    A session that was closed meanwhile is closed at the provider at once. Raises PaymentRefused,
    after closing the session, when the provider refuses it.
    """
    if session.reference is not None or session.provider == FREE:
        return Asked(session=session)
    try:
        payment = await providers.get(session.provider).open(_request(session, order))
    except OutcomeUnknown as error:
        log.warning("provider did not answer", session=str(session.id), error=str(error))
        return Asked(session=session, known=False)
    except ProviderRefused as error:
        async with db.transaction() as tx:
            await service.close(tx, session_id=session.id, status=SessionStatus.CANCELLED, now=now)
        raise PaymentRefused(error.message) from error
    async with db.transaction() as tx:
        await service.opened(tx, session_id=session.id, payment=payment, now=now)
    opened = await session_now(db, session.id)
    if opened.status in STILL_PAYABLE or opened.status is SessionStatus.SUCCEEDED:
        return Asked(session=opened)
    return await cancel(db, providers, session=opened, now=now)


async def confirm(
    db: Database, providers: Providers, *, session: Session, card: CardDetails, now: datetime
) -> Asked:
    """Take the money now. A decline is told by the session's status.

    Raises CardRefused, PaymentClosed, PaymentRefused, ProviderUnavailable.
    """
    if session.status not in STILL_PAYABLE:
        raise PaymentClosed(f"This payment is {session.status}.", status_now=session.status)
    provider = providers.get(session.provider)
    provider.check_card(card)
    session = await _opened(db, providers, session=session, now=now)
    assert session.reference is not None
    try:
        payment = await provider.confirm(
            session.reference,
            card,
            key=confirm_key(session, card),
            return_url=session.success_url,
        )
    except OutcomeUnknown as error:
        log.warning("outcome unknown", session=str(session.id), error=str(error))
        return Asked(session=session, known=False)
    except ProviderRefused as error:
        raise PaymentRefused(error.message) from error
    crash.point("after-provider-call")
    return await follow(db, session=session, payment=payment, now=now)


async def refresh(db: Database, providers: Providers, *, session: Session, now: datetime) -> Asked:
    """Ask the provider where the payment stands, and follow; open it if that was interrupted.

    Raises ProviderUnavailable and PaymentRefused.
    """
    if session.provider == FREE:
        return Asked(session=session)
    if session.reference is None:
        if session.status not in STILL_PAYABLE:
            return Asked(session=session)
        return Asked(session=await _opened(db, providers, session=session, now=now))
    try:
        payment = await providers.get(session.provider).fetch(session.reference)
    except OutcomeUnknown as error:
        raise ProviderUnavailable(retry_after=2) from error
    except ProviderRefused as error:
        raise PaymentRefused(error.message) from error
    return await follow(db, session=session, payment=payment, now=now)


async def cancel(db: Database, providers: Providers, *, session: Session, now: datetime) -> Asked:
    """Close the session at the provider first; if it turns out paid, it is settled instead.

    A payment that is at the bank right now stays open. Raises ProviderUnavailable, PaymentRefused.
    """
    if session.reference is not None and session.provider != FREE:
        try:
            payment = await providers.get(session.provider).cancel(session.reference)
        except OutcomeUnknown as error:
            raise ProviderUnavailable(retry_after=2) from error
        except ProviderRefused as error:
            raise PaymentRefused(error.message) from error
        return await follow(db, session=session, payment=payment, now=now)
    async with db.transaction() as tx:
        await service.close(tx, session_id=session.id, status=SessionStatus.CANCELLED, now=now)
    return Asked(session=await session_now(db, session.id))


def confirm_key(session: Session, card: CardDetails) -> str:
    """One key per try: repeated after a crash it is the same, after a decline another."""
    tried = card.payment_method or (card.card_number or "")[-4:]
    return f"{session.key}-confirm-{session.declines}-{tried}"


async def _opened(
    db: Database, providers: Providers, *, session: Session, now: datetime
) -> Session:
    """The session with its reference, opened now if it was not. Raises ProviderUnavailable."""
    if session.reference is not None:
        return session
    order = await order_of(db, session)
    asked = await open_at_provider(db, providers, session=session, order=order, now=now)
    if asked.session.reference is None:
        raise ProviderUnavailable(
            "The provider has not opened this payment yet; try again.", retry_after=2
        )
    return asked.session


def _request(session: Session, order: Order) -> PaymentRequest:
    return PaymentRequest(
        session_id=session.id,
        order_id=order.id,
        order_number=order.number,
        mode=session.mode,
        amount=session.money,
        email=order.email,
        key=session.key,
        created_at=session.created_at,
        expires_at=session.expires_at,
        success_url=session.success_url or "",
        cancel_url=session.cancel_url or "",
    )
