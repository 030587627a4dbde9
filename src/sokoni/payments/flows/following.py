"""Let session and order follow what the provider said."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sokoni.kernel.db import Database, WriteSession
from sokoni.orders import queries as order_queries
from sokoni.orders.queries import Order
from sokoni.payments import queries, service
from sokoni.payments.errors import PaymentNotFound
from sokoni.payments.port import ProviderPayment
from sokoni.payments.service import Session, Settled


@dataclass(frozen=True, slots=True)
class Asked:
    """A session after the provider was asked, and what its money did if it came now.

    `known` is False when the provider did not answer: the session is as it was.
    """

    session: Session
    settled: Settled | None = None
    known: bool = True


async def follow(
    db: Database, *, session: Session, payment: ProviderPayment, now: datetime
) -> Asked:
    """Let session and order follow the provider's word, in one transaction."""

    async def work(tx: WriteSession) -> Settled | None:
        return await service.apply(tx, session=session, payment=payment, now=now)

    settled = await db.run(work)
    return Asked(session=await session_now(db, session.id), settled=settled)


async def session_now(db: Database, session_id: UUID) -> Session:
    """The session as it is stored. Raises PaymentNotFound."""
    async with db.reading() as reading:
        found = await queries.session(reading, session_id)
    if found is None:
        raise PaymentNotFound
    return found


async def named_session(db: Database, payment: ProviderPayment) -> Session | None:
    """The session that the provider's object names in its metadata."""
    if payment.session_id is None:
        return None
    async with db.reading() as reading:
        return await queries.session(reading, payment.session_id)


async def order_of(db: Database, session: Session) -> Order:
    """The order that the session is to pay."""
    async with db.reading() as reading:
        found = await order_queries.order(reading, session.order_id)
    if found is None:
        raise PaymentNotFound
    return found
