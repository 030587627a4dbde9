"""A refund is bounded by what its session captured, however many ask for it at once."""

import asyncio
from uuid import UUID

from sokoni.kernel.db import Database
from sokoni.kernel.money import Money
from sokoni.kernel.worker import Worker
from sokoni.payments import service
from sokoni.payments.port import ProviderRefund, RefundStatus
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


async def test_a_refund_that_has_failed_stays_so_whatever_is_told_late(db: Database) -> None:
    made = await make.unpaid(db)
    await make.settle(db, made)
    refund_id = await refund(db, made)
    assert refund_id is not None
    late = ProviderRefund(
        reference="re_late", status=RefundStatus.PENDING, amount=Money(TOTAL, "USD")
    )

    async with db.transaction() as tx:
        await service.refund_failed(tx, refund_id=refund_id, error="refused", now=make.now())
        await service.refund_answered(tx, refund_id=refund_id, answer=late, now=make.now())

    assert await make.rows(db, "SELECT status, reference, error FROM payments.refunds") == [
        ("failed", None, "refused")
    ]


async def test_of_two_who_give_a_refund_another_key_one_does(db: Database) -> None:
    made = await make.unpaid(db)
    await make.settle(db, made)
    refund_id = await refund(db, made)
    assert refund_id is not None
    ((old,),) = await make.rows(db, "SELECT key FROM payments.refunds")

    async def rekey(key: str) -> bool:
        async with db.transaction() as tx:
            return await service.rekey_refund(
                tx, refund_id=refund_id, old=old, key=key, now=make.now()
            )

    assert sorted(await asyncio.gather(rekey("one"), rekey("two"))) == [False, True]
