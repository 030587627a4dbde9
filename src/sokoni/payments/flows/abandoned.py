"""Keyed requests about payments that a crash cut short: answered for whoever asks again."""

from collections.abc import Callable
from datetime import datetime

from sokoni.kernel import idempotency, idempotent_flow
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.idempotency import Answer
from sokoni.kernel.idempotent_flow import Abandoned
from sokoni.kernel.ids import decode
from sokoni.payments import queries
from sokoni.payments.queries import Session

ROUTES = ("%/payments/sessions", "%/orders/%/payment", "%/payments/sessions/%/confirm")

Render = Callable[[Session, int], Answer]


async def finish_abandoned(db: Database, *, render: Render, now: datetime) -> int:
    """Keep the session as it is under each such key; `render` takes it and the status."""

    async def finish(tx: WriteSession) -> int:
        found = await idempotent_flow.abandoned(tx, paths=ROUTES, now=now)
        for one in found:
            await idempotency.finish(tx, one.keyed, await _answer(tx, one, render))
        return len(found)

    return await db.run(finish)


async def _answer(tx: WriteSession, one: Abandoned, render: Render) -> Answer:
    sessions = (await queries.sessions_of(tx, [one.order_id]))[one.order_id]
    if not one.keyed.path.endswith("/confirm"):
        return render(sessions[-1], 201)
    payment_id = decode("pay", one.keyed.path.split("/")[-2])
    return render(next(session for session in sessions if session.id == payment_id), 200)
