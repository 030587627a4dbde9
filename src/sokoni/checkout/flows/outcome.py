"""What became of a checkout: the order, and the payments that were tried for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sokoni.kernel import idempotency, idempotent_flow
from sokoni.kernel.db import Database, ReadSession, WriteSession
from sokoni.kernel.idempotency import Answer
from sokoni.orders import queries as order_queries
from sokoni.orders.errors import OrderNotFound
from sokoni.orders.queries import Order
from sokoni.payments import queries as payment_queries
from sokoni.payments.service import Session

ROUTES = ("%/checkout", "%/orders")


@dataclass(frozen=True, slots=True)
class CheckedOut:
    """An order with its payment sessions, oldest first; the last is the one to pay."""

    order: Order
    sessions: list[Session]


Render = Callable[[CheckedOut], Answer]


async def checked_out(db: ReadSession, order_id: UUID) -> CheckedOut:
    """The order as it is now. Raises OrderNotFound."""
    order = await order_queries.order(db, order_id)
    if order is None:
        raise OrderNotFound
    sessions = await payment_queries.sessions_of(db, [order_id])
    return CheckedOut(order=order, sessions=sessions[order_id])


async def finish_abandoned(db: Database, *, render: Render, now: datetime) -> int:
    """Answer checkouts that a crash or a silent provider cut short, for whoever asks again.

    The answer is the order as it is: paid, pending and to be paid in another way, or over.
    """

    async def finish(tx: WriteSession) -> int:
        found = await idempotent_flow.abandoned(tx, paths=ROUTES, now=now)
        for one in found:
            answer = render(await checked_out(tx, one.order_id))
            await idempotency.finish(tx, one.keyed, answer)
        return len(found)

    return await db.run(finish)
