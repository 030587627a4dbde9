"""Another try to pay for an order: the earlier one is closed first, or found paid."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.ids import new_id
from sokoni.kernel.money import Money
from sokoni.orders import queries as order_queries
from sokoni.orders.errors import OrderNotFound
from sokoni.orders.queries import Order
from sokoni.payments import queries, service
from sokoni.payments.errors import AlreadyPaid, PaymentClosed, PaymentUnderWay
from sokoni.payments.flows.sessions import cancel
from sokoni.payments.port import PaymentMode
from sokoni.payments.providers import Providers
from sokoni.payments.service import Session
from sokoni.payments.states import STILL_PAYABLE, SessionStatus


async def open_another(
    db: Database,
    providers: Providers,
    *,
    order_id: UUID,
    provider: str | None,
    mode: PaymentMode,
    success_url: str | None,
    cancel_url: str | None,
    now: datetime,
    claim: Callable[[WriteSession], Awaitable[None]] | None = None,
) -> Session:
    """Write a new session for an unpaid order; `open_at_provider` comes next.

    Earlier sessions are cancelled at the provider first. The order keeps its hold and its expiry.
    `claim` notes the caller's idempotency key in the same transaction. Raises AlreadyPaid (also
    when an earlier session turns out paid, which is then settled), PaymentClosed, PaymentUnderWay,
    ProviderUnknown, ProviderUnavailable and the refusals of the amount.
    """
    chosen = providers.get(provider)
    async with db.reading() as reading:
        order = await order_queries.order(reading, order_id)
        earlier = (await queries.sessions_of(reading, [order_id]))[order_id]
    _check_payable(order, now=now)
    assert order is not None
    chosen.check_amount(Money(order.grand_total, order.currency))
    for session in earlier:
        if session.status in STILL_PAYABLE:
            await _close(db, providers, session=session, now=now)

    async def work(tx: WriteSession) -> Session:
        locked = await order_queries.order_locked(tx, order_id)
        _check_payable(locked, now=now)
        assert locked is not None
        sessions = (await queries.sessions_of(tx, [order_id]))[order_id]
        if any(session.status in STILL_PAYABLE for session in sessions):
            raise PaymentUnderWay("Another payment of this order was opened just now.")
        if claim is not None:
            await claim(tx)
        return await service.open_session(
            tx,
            session_id=new_id(),
            order_id=order_id,
            provider=chosen.name,
            mode=mode,
            amount=Money(locked.grand_total, locked.currency),
            success_url=success_url,
            cancel_url=cancel_url,
            expires_at=locked.expires_at,
            now=now,
        )

    return await db.run(work)


async def _close(db: Database, providers: Providers, *, session: Session, now: datetime) -> None:
    asked = await cancel(db, providers, session=session, now=now)
    if asked.session.status is SessionStatus.SUCCEEDED:
        raise AlreadyPaid("An earlier payment of this order has come through.")
    if asked.session.status in STILL_PAYABLE:
        raise PaymentUnderWay("The bank is working on an earlier payment of this order.")


def _check_payable(order: Order | None, *, now: datetime) -> None:
    if order is None:
        raise OrderNotFound
    if order.state == "confirmed" or order.payment_status != "pending":
        raise AlreadyPaid
    if order.state != "pending" or order.expires_at <= now:
        raise PaymentClosed("The order is over; check out again.", status_now=order.status)
