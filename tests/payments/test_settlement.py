"""Money makes an order paid exactly once; money that cannot be kept goes back whole, once.

Every case ends in the books: what the order has, what the accounts say, and the shop's own laws.
"""

import asyncio
from collections import Counter

import pytest
from sqlalchemy import text

from sokoni.inventory import service as inventory
from sokoni.kernel.db import Database
from sokoni.kernel.ids import new_id
from sokoni.kernel.money import Money
from sokoni.kernel.worker import Worker
from sokoni.orders.states import CancelReason
from sokoni.payments import service
from sokoni.payments.errors import AmountMismatch
from sokoni.payments.service import Settled
from sokoni.payments.states import SessionStatus
from tests.checkout.factories import broken_laws
from tests.payments import factories as make
from tests.payments.factories import SHIPPING, TAX, TOTAL

SALE = {
    "provider:mock": TOTAL,
    "sales": -(TOTAL - (SHIPPING - 82) - TAX),
    "shipping": -(SHIPPING - 82),
    "tax": -TAX,
}


async def test_money_pays_the_order_takes_its_stock_and_is_booked(
    db: Database, worker: Worker
) -> None:
    made = await make.unpaid(db, units=10)

    assert await make.settle(db, made) is Settled.PAID

    order, session = await make.order(db, made), await make.session(db, made.session_id)
    assert (order.status, order.payment_status) == ("confirmed", "paid")
    assert (session.status, session.captured, session.refunded) == ("succeeded", TOTAL, 0)
    assert await make.left(db, made) == 8
    assert await make.entries(db) == [("capture", TOTAL)]
    assert await make.balances(db) == SALE
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_of_twenty_that_settle_at_once_exactly_one_does(db: Database, worker: Worker) -> None:
    made = await make.unpaid(db, units=10)

    results = await asyncio.gather(*(make.settle(db, made) for _ in range(20)))

    assert Counter(results) == {Settled.PAID: 1, Settled.ALREADY: 19}
    assert await make.entries(db) == [("capture", TOTAL)]
    assert await make.left(db, made) == 8
    assert await make.balances(db) == SALE
    await worker.until_idle()
    assert await broken_laws(db) == {}


@pytest.mark.parametrize(
    "change",
    [
        {"amount": Money(TOTAL - 1, "EUR")},
        {"amount": Money(TOTAL, "USD")},
        {"order_id": new_id()},
    ],
    ids=["a cent less", "another currency", "another order"],
)
async def test_money_that_is_not_what_was_asked_for_changes_nothing(
    db: Database, change: dict[str, object]
) -> None:
    made = await make.unpaid(db)

    with pytest.raises(AmountMismatch):
        await make.settle(db, made, make.paid(made, **change))

    assert (await make.order(db, made)).status == "pending"
    assert (await make.session(db, made.session_id)).status is SessionStatus.PENDING
    assert await make.entries(db) == []
    assert await make.balances(db) == {}


async def test_late_money_brings_an_expired_order_back_while_its_stock_is_there(
    db: Database, worker: Worker
) -> None:
    made = await make.unpaid(db, units=10)
    await make.end(db, made, reason=CancelReason.EXPIRED)
    assert await make.left(db, made) == 10

    assert await make.settle(db, made) is Settled.PAID_LATE

    order = await make.order(db, made)
    assert (order.status, order.payment_status, order.cancel_reason) == ("confirmed", "paid", None)
    assert await make.left(db, made) == 8
    assert await make.balances(db) == SALE
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_late_money_goes_back_once_when_the_stock_is_gone(
    db: Database, worker: Worker
) -> None:
    made = await make.unpaid(db, units=2)
    await make.end(db, made, reason=CancelReason.EXPIRED)
    rival = await make.unpaid(db, variant_id=made.variant_id)
    assert await make.settle(db, rival) is Settled.PAID

    results = await asyncio.gather(*(make.settle(db, made) for _ in range(5)))
    await worker.until_idle()

    assert Counter(results) == {Settled.RETURNED: 1, Settled.ALREADY: 4}
    order, session = await make.order(db, made), await make.session(db, made.session_id)
    assert (order.status, order.payment_status) == ("cancelled", "refunded")
    assert (session.captured, session.refunded) == (TOTAL, TOTAL)
    refunds = await make.rows(db, "SELECT reason, status, amount FROM payments.refunds")
    assert refunds == [("late", "succeeded", TOTAL)]
    assert sorted(await make.entries(db)) == [
        ("capture", TOTAL),
        ("capture", TOTAL),
        ("refund", TOTAL),
    ]
    assert await make.balances(db) == SALE  # the rival's alone
    assert await broken_laws(db) == {}


async def test_money_for_an_order_that_a_person_cancelled_goes_back(
    db: Database, worker: Worker
) -> None:
    made = await make.unpaid(db, units=10)
    await make.end(db, made, reason=CancelReason.CUSTOMER)

    assert await make.settle(db, made) is Settled.RETURNED
    await worker.until_idle()

    order = await make.order(db, made)
    assert (order.status, order.payment_status) == ("cancelled", "refunded")
    assert await make.left(db, made) == 10
    assert await make.entries(db) == [("capture", TOTAL), ("refund", TOTAL)]
    assert await make.balances(db) == {}
    assert await broken_laws(db) == {}


async def test_a_second_payment_goes_back_and_never_counts_as_the_orders(
    db: Database, worker: Worker
) -> None:
    made = await make.unpaid(db, units=10)
    second = await make.another_session(db, made)
    assert await make.settle(db, made) is Settled.PAID

    again = make.paid(made, session_id=second, reference="pi_2", capture_reference="ch_2")
    assert await make.settle(db, made, again) is Settled.RETURNED
    await worker.until_idle()

    order = await make.order(db, made)
    assert (order.status, order.payment_status) == ("confirmed", "paid")
    stray = await make.session(db, second)
    assert (stray.status, stray.captured, stray.refunded) == ("succeeded", TOTAL, TOTAL)
    assert await make.entries(db) == [("capture", TOTAL)]
    refunds = await make.rows(db, "SELECT reason, status, is_stray FROM payments.refunds")
    assert refunds == [("second-payment", "succeeded", True)]
    assert await make.balances(db) == SALE
    assert await make.left(db, made) == 8
    assert await broken_laws(db) == {}


async def test_of_two_sessions_that_are_paid_at_once_one_pays_and_the_other_goes_back(
    db: Database, worker: Worker
) -> None:
    made = await make.unpaid(db, units=10)
    second = await make.another_session(db, made)
    again = make.paid(made, session_id=second, reference="pi_2", capture_reference="ch_2")

    results = await asyncio.gather(
        *(make.settle(db, made, said) for said in [make.paid(made), again] * 5)
    )
    await worker.until_idle()

    assert Counter(results) == {Settled.PAID: 1, Settled.RETURNED: 1, Settled.ALREADY: 8}
    assert await make.entries(db) == [("capture", TOTAL)]
    assert await make.balances(db) == SALE
    assert await make.left(db, made) == 8
    assert await broken_laws(db) == {}


async def test_two_that_only_look_before_they_settle_both_see_it_undone(db: Database) -> None:
    """The control: the race is real, and it is the conditional update that ends it."""
    made = await make.unpaid(db)
    both_looked = asyncio.Barrier(2)

    async def look_then_write() -> int:
        async with db.transaction() as tx:
            status = await tx.scalar(
                text("SELECT status FROM payments.sessions WHERE id = :id"),
                {"id": made.session_id},
            )
            await both_looked.wait()
            return 1 if status != "succeeded" else 0

    assert sum(await asyncio.gather(look_then_write(), look_then_write())) == 2


async def test_the_fee_is_booked_where_the_provider_tells_it(db: Database) -> None:
    made = await make.unpaid(db)

    await make.settle(db, made, make.paid(made, fee=Money(160, "EUR")))

    assert await make.balances(db) == SALE | {"provider:mock": TOTAL - 160, "fees": 160}


async def test_a_decline_is_noted_once_however_often_it_is_told(db: Database) -> None:
    made = await make.unpaid(db)
    session = await make.session(db, made.session_id)
    for attempt in ["ch_1", "ch_1", "ch_2", "ch_2"]:
        async with db.transaction() as tx:
            await service.apply(
                tx, session=session, payment=make.declined(made, attempt=attempt), now=make.now()
            )

    found = await make.session(db, made.session_id)
    assert (found.status, found.declines, found.failure_code) == ("failed", 2, "insufficient_funds")
    noted = await make.rows(db, "SELECT kind FROM orders.timeline WHERE kind = 'payment_declined'")
    assert len(noted) == 2
    assert (await make.order(db, made)).status == "pending"


async def test_money_after_a_decline_pays_the_order(db: Database, worker: Worker) -> None:
    made = await make.unpaid(db)
    session = await make.session(db, made.session_id)
    async with db.transaction() as tx:
        await service.apply(tx, session=session, payment=make.declined(made), now=make.now())

    assert await make.settle(db, made) is Settled.PAID

    found = await make.session(db, made.session_id)
    assert (found.status, found.failure_code) == ("succeeded", None)
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_stock_that_was_taken_by_a_repeated_sale_is_taken_once(db: Database) -> None:
    made = await make.unpaid(db, units=10)
    await make.settle(db, made)

    async with db.transaction() as tx:
        await inventory.commit(tx, order_id=made.order_id, now=make.now())

    assert await make.left(db, made) == 8
