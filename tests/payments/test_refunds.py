"""A refund is bounded by what its session captured, however many ask for it at once."""

import asyncio
from uuid import UUID

from sokoni.kernel.db import Database
from sokoni.kernel.worker import Worker
from sokoni.payments import service
from sokoni.payments.states import RefundReason
from tests.checkout.factories import broken_laws
from tests.payments import factories as make
from tests.payments.factories import TOTAL, Unpaid


async def refund(db: Database, made: Unpaid, *, amount: int = TOTAL) -> UUID | None:
    async with db.transaction() as tx:
        return await service.refund(
            tx,
            session_id=made.session_id,
            amount=amount,
            reason=RefundReason.CANCELLED,
            was_sale=True,
            now=make.now(),
        )


async def test_of_ten_refunds_at_once_one_is_written(db: Database) -> None:
    made = await make.unpaid(db)
    await make.settle(db, made)

    written = await asyncio.gather(*(refund(db, made) for _ in range(10)))

    assert len([refund_id for refund_id in written if refund_id]) == 1
    session = await make.session(db, made.session_id)
    assert (session.captured, session.refunded) == (TOTAL, TOTAL)
    assert await make.entries(db) == [("capture", TOTAL), ("refund", TOTAL)]
    assert await make.balances(db) == {}


async def test_more_than_was_captured_is_not_refunded(db: Database, worker: Worker) -> None:
    made = await make.unpaid(db)
    assert await refund(db, made) is None
    await make.settle(db, made)

    assert await refund(db, made, amount=TOTAL + 1) is None

    session = await make.session(db, made.session_id)
    assert (session.captured, session.refunded) == (TOTAL, 0)
    await worker.until_idle()
    assert await broken_laws(db) == {}
