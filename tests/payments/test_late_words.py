"""What a provider says late or twice undoes nothing that was noted before."""

from dataclasses import replace

import pytest

from sokoni.checkout import service as checkout
from sokoni.kernel.db import Database
from sokoni.kernel.worker import Worker
from sokoni.orders.states import CancelReason
from sokoni.payments import service
from sokoni.payments.port import ProviderPayment, ProviderStatus
from sokoni.payments.service import Settled
from sokoni.payments.states import SessionStatus
from tests.checkout.factories import broken_laws
from tests.payments import factories as make
from tests.payments.factories import Unpaid

ENDED = [SessionStatus.CANCELLED, SessionStatus.EXPIRED]


def still_open(made: Unpaid, *, status: ProviderStatus = ProviderStatus.OPEN) -> ProviderPayment:
    return replace(make.paid(made), status=status, capture_reference=None)


async def opened(db: Database, made: Unpaid, payment: ProviderPayment) -> None:
    async with db.transaction() as tx:
        await service.opened(tx, session_id=made.session_id, payment=payment, now=make.now())


async def told(db: Database, made: Unpaid, payment: ProviderPayment) -> None:
    session = await make.session(db, made.session_id)
    async with db.transaction() as tx:
        await service.apply(tx, session=session, payment=payment, now=make.now())


async def end(db: Database, made: Unpaid, status: SessionStatus) -> None:
    async with db.transaction() as tx:
        await service.close(tx, session_id=made.session_id, status=status, now=make.now())


async def cancel(db: Database, made: Unpaid) -> None:
    async with db.transaction() as tx:
        await checkout.end_order(
            tx, order_id=made.order_id, reason=CancelReason.STAFF, actor="shop", now=make.now()
        )


async def test_a_session_keeps_the_payment_that_was_opened_first(db: Database) -> None:
    made = await make.unpaid(db)

    await opened(db, made, still_open(made))
    await opened(db, made, replace(still_open(made), reference="pi_2", client_secret="two"))

    found = await make.session(db, made.session_id)
    assert (found.reference, found.client_secret) == (f"pi_{made.session_id.hex}", None)


@pytest.mark.parametrize("status", ENDED)
async def test_a_session_that_is_over_stays_so_when_the_provider_has_opened_it(
    db: Database, status: SessionStatus
) -> None:
    made = await make.unpaid(db)
    await end(db, made, status)

    await opened(db, made, still_open(made))

    found = await make.session(db, made.session_id)
    assert found.status is status
    assert found.reference is not None  # by which it is closed at the provider


@pytest.mark.parametrize("said", [ProviderStatus.OPEN, ProviderStatus.PROCESSING])
@pytest.mark.parametrize("status", ENDED)
async def test_a_session_that_is_over_stays_so_when_the_provider_still_waits(
    db: Database, status: SessionStatus, said: ProviderStatus
) -> None:
    made = await make.unpaid(db)
    await end(db, made, status)

    await told(db, made, still_open(made, status=said))

    assert (await make.session(db, made.session_id)).status is status


async def test_a_declined_session_is_open_again_by_a_new_try_alone(db: Database) -> None:
    made = await make.unpaid(db)
    await told(db, made, make.declined(made))

    await told(db, made, still_open(made))
    assert (await make.session(db, made.session_id)).status is SessionStatus.FAILED

    await told(db, made, still_open(made, status=ProviderStatus.PROCESSING))
    assert (await make.session(db, made.session_id)).status is SessionStatus.PENDING


@pytest.mark.parametrize(
    "said", [ProviderStatus.OPEN, ProviderStatus.CANCELLED, ProviderStatus.EXPIRED]
)
async def test_what_is_paid_stays_paid(db: Database, said: ProviderStatus) -> None:
    made = await make.unpaid(db)
    await make.settle(db, made)

    await told(db, made, still_open(made, status=said))
    await told(db, made, make.declined(made))

    found = await make.session(db, made.session_id)
    assert (found.status, found.declines) == (SessionStatus.SUCCEEDED, 0)


async def test_what_is_paid_stays_paid_when_all_of_its_order_is_closed(db: Database) -> None:
    made = await make.unpaid(db)
    await make.settle(db, made)

    async with db.transaction() as tx:
        await service.close_all(
            tx, order_id=made.order_id, status=SessionStatus.CANCELLED, now=make.now()
        )

    assert (await make.session(db, made.session_id)).status is SessionStatus.SUCCEEDED


async def test_a_second_payment_goes_back_after_the_first_has_gone_back(
    db: Database, worker: Worker
) -> None:
    made = await make.unpaid(db, units=10)
    second = await make.another_session(db, made)
    assert await make.settle(db, made) is Settled.PAID
    await cancel(db, made)

    again = make.paid(made, session_id=second, reference="pi_2", capture_reference="ch_2")
    assert await make.settle(db, made, again) is Settled.RETURNED
    await worker.until_idle()

    assert sorted(await make.entries(db)) == [("capture", make.TOTAL), ("refund", make.TOTAL)]
    refunds = await make.rows(db, "SELECT reason, is_stray FROM payments.refunds ORDER BY reason")
    assert refunds == [("cancelled", False), ("second-payment", True)]
    assert await make.balances(db) == {}
    assert await make.left(db, made) == 10
    assert await broken_laws(db) == {}
