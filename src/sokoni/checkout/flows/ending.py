"""How orders end without being bought: cancelled by somebody, or expired.

The order ends in one transaction; the provider hears of it afterwards. Money that comes all the
same is settled by payments: an expired order may still be bought with it, any other gives it back.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

import structlog

from sokoni.checkout import service
from sokoni.kernel.db import Database, WriteSession, waited_in_vain
from sokoni.kernel.errors import SokoniError
from sokoni.orders import queries as order_queries
from sokoni.orders.queries import Order
from sokoni.orders.states import CancelReason
from sokoni.payments import flows as payment_flows
from sokoni.payments import queries as payment_queries
from sokoni.payments.errors import PaymentRefused, ProviderUnavailable
from sokoni.payments.providers import Providers
from sokoni.payments.states import SessionStatus

log = structlog.get_logger(__name__)

BATCH = 100


async def cancel(
    tx: WriteSession,
    *,
    order_id: UUID,
    reason: CancelReason,
    actor: str,
    note: str | None,
    now: datetime,
) -> Order | None:
    """Cancel for a person. Paid orders are refunded whole."""
    return await service.end_order(
        tx, order_id=order_id, reason=reason, actor=actor, note=note, now=now
    )


async def expire(db: Database, *, now: datetime) -> int:
    """End every pending order whose hold is over, each in a transaction of its own.

    One that cannot end now, be its row locked by somebody who dawdles, does not hold up the others.
    """
    async with db.reading() as reading:
        due = await order_queries.due_to_expire(reading, now=now, limit=BATCH)
    ended = 0
    for order_id in due:
        try:
            ended += await db.run(_expiry(order_id, now))
        except Exception as error:
            if not isinstance(error, SokoniError) and not waited_in_vain(error):
                raise
            log.warning("not expired", order=str(order_id), error=str(error))
    return ended


def _expiry(order_id: UUID, now: datetime) -> Callable[[WriteSession], Awaitable[bool]]:
    async def work(tx: WriteSession) -> bool:
        ended = await service.end_order(
            tx,
            order_id=order_id,
            reason=CancelReason.EXPIRED,
            actor="shop",
            now=now,
            only_pending=True,
        )
        return ended is not None

    return work


async def close_at_provider(
    db: Database, providers: Providers, *, session_id: UUID, now: datetime
) -> None:
    """Tell the provider that a session is over; if it turns out paid, it is settled.

    Where nobody knows whether it was opened, it is opened under its own key, which finds it if it
    was, and closed at once; a provider that cannot say is asked for its list. Raises
    ProviderUnavailable, and is then tried again.
    """
    async with db.reading() as reading:
        session = await payment_queries.session(reading, session_id)
        order = await order_queries.order(reading, session.order_id) if session else None
    if session is None or order is None or session.status is SessionStatus.SUCCEEDED:
        return
    if session.reference is not None:
        await payment_flows.cancel(db, providers, session=session, now=now)
        return
    try:
        asked = await payment_flows.open_at_provider(
            db, providers, session=session, order=order, now=now
        )
    except PaymentRefused as error:
        log.info("never opened at the provider", session=str(session_id), error=str(error))
        return
    if not asked.known and not await payment_flows.was_never_opened(
        db, providers, session=session, now=now
    ):
        raise ProviderUnavailable("It is not known whether the payment was opened.")
