"""Ask the provider about everything undecided, in case nobody told us.

`reconcile` looks at what we know of and is undecided; `compare_lists` looks at what the provider
knows of, `was_never_opened` at whether it knows of one session. None stops at something that cannot
be asked about just now.
"""

from datetime import datetime, timedelta

import structlog

from sokoni.kernel.db import Database
from sokoni.kernel.errors import SokoniError
from sokoni.payments import queries, service
from sokoni.payments.flows.following import follow
from sokoni.payments.flows.refunding import ask_about_refund, send_refund
from sokoni.payments.flows.sessions import cancel, refresh
from sokoni.payments.port import (
    LONG_AGO,
    OutcomeUnknown,
    PaymentProvider,
    ProviderPayment,
    ProviderRefused,
    ProviderStatus,
)
from sokoni.payments.providers import Providers
from sokoni.payments.queries import Refund
from sokoni.payments.service import Session
from sokoni.payments.states import STILL_PAYABLE, SessionStatus

log = structlog.get_logger(__name__)

ASK_AGAIN = timedelta(seconds=30)
LISTED = timedelta(days=1)
WHOLE_LIST = 1000  # payments; a longer list may have been cut
BATCH = 50


async def reconcile(db: Database, providers: Providers, *, now: datetime) -> int:
    """Ask about sessions and refunds that are undecided. Returns how many were asked about."""
    names = providers.outside()
    async with db.reading() as reading:
        sessions = await queries.to_reconcile(
            reading, providers=names, now=now, older_than=ASK_AGAIN, limit=BATCH
        )
        refunds = await queries.refunds_to_ask_about(
            reading, providers=list(providers.by_name), now=now, older_than=ASK_AGAIN, limit=BATCH
        )
    for session in sessions:
        await _reconcile_session(db, providers, session=session, now=now)
    for refund in refunds:
        await _reconcile_refund(db, providers, refund=refund, now=now)
    return len(sessions) + len(refunds)


async def compare_lists(db: Database, providers: Providers, *, now: datetime) -> int:
    """Compare each provider's list of the last day with ours. Returns how many we had missed."""
    missed = 0
    for name in providers.outside():
        provider = providers.get(name)
        try:
            payments = await provider.recent(since=now - LISTED)
        except (OutcomeUnknown, ProviderRefused) as error:
            log.warning("no list from the provider", provider=name, error=str(error))
            continue
        missed += await _follow_missed(db, provider, payments, now=now)
    return missed


async def was_never_opened(
    db: Database, providers: Providers, *, session: Session, now: datetime
) -> bool:
    """Whether the provider, long after it was asked to open this session, does not list it.

    For a provider that remembers an error of its own under our key, and so repeats it for as long
    as we ask. What is listed is caught up with; what it made at another time, against all
    expectation, `compare_lists` finds.
    """
    if now - session.created_at < LONG_AGO:
        return False
    provider = providers.get(session.provider)
    try:
        around = session.created_at - LONG_AGO, session.created_at + LONG_AGO
        payments = await provider.recent(since=around[0], until=around[1])
    except (OutcomeUnknown, ProviderRefused):
        return False
    found = [payment for payment in payments if payment.session_id == session.id]
    await _follow_missed(db, provider, found, now=now)
    return not found and len(payments) < WHOLE_LIST


async def _reconcile_session(
    db: Database, providers: Providers, *, session: Session, now: datetime
) -> None:
    """Ask; a session that is over for us is made sure to be over at the provider as well."""
    is_open = session.status in STILL_PAYABLE and session.expires_at > now
    try:
        asked = await refresh(db, providers, session=session, now=now)
        if not is_open and asked.session.status is not SessionStatus.SUCCEEDED:
            await cancel(db, providers, session=asked.session, now=now)
    except SokoniError as error:
        log.warning("not reconciled", session=str(session.id), error=str(error))
    async with db.transaction() as tx:
        await service.touch(tx, session_id=session.id, now=now)


async def _reconcile_refund(
    db: Database, providers: Providers, *, refund: Refund, now: datetime
) -> None:
    try:
        if refund.reference is None:
            await send_refund(db, providers, refund_id=refund.id, now=now)
        else:
            adapter = providers.get(refund.provider)
            await ask_about_refund(db, adapter, reference=refund.reference, now=now)
    except (OutcomeUnknown, ProviderRefused, SokoniError) as error:
        log.warning("refund not reconciled", refund=str(refund.id), error=str(error))
    async with db.transaction() as tx:
        await service.touch_refund(tx, refund_id=refund.id, now=now)


async def _follow_missed(
    db: Database, provider: PaymentProvider, payments: list[ProviderPayment], *, now: datetime
) -> int:
    """Follow what the list says and we do not know: openings, and money."""
    ids = [payment.session_id for payment in payments if payment.session_id is not None]
    async with db.reading() as reading:
        known = await queries.sessions_by_id(reading, ids)
    missed = 0
    for payment in payments:
        session = known.get(payment.session_id) if payment.session_id else None
        if session is None:
            continue
        is_unheard = session.reference is None
        is_paid = payment.status is ProviderStatus.SUCCEEDED
        if not is_unheard and (not is_paid or session.status is SessionStatus.SUCCEEDED):
            continue
        missed += 1
        try:
            await _catch_up(db, provider, session=session, payment=payment, now=now)
        except (OutcomeUnknown, ProviderRefused, SokoniError) as error:
            log.warning("not caught up", session=str(session.id), error=str(error))
    return missed


async def _catch_up(
    db: Database,
    provider: PaymentProvider,
    *,
    session: Session,
    payment: ProviderPayment,
    now: datetime,
) -> None:
    if session.reference is None:
        async with db.transaction() as tx:
            await service.opened(tx, session_id=session.id, payment=payment, now=now)
    if session.status in STILL_PAYABLE or payment.status is ProviderStatus.SUCCEEDED:
        payment = await provider.fetch(payment.reference)  # a list tells no capture and no fee
    else:
        payment = await provider.cancel(payment.reference)
    await follow(db, session=session, payment=payment, now=now)
