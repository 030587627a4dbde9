"""What nobody told us is asked of the provider: openings, money, ends and refunds."""

import asyncio
from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest
from tools.stripe_server import Fault, FaultKind

from sokoni.kernel.worker import Worker
from sokoni.orders.states import CancelReason
from sokoni.payments import flows, service
from sokoni.payments.port import CardDetails, OutcomeUnknown, PaymentMode, ProviderStatus
from sokoni.payments.states import SessionStatus
from tests.checkout.factories import broken_laws
from tests.payments import factories as make
from tests.payments.factories import TOTAL, Payments, Unpaid

HOSTED = PaymentMode.CHECKOUT


def lose_answers(payments: Payments, path: str) -> None:
    """Stripe does what it is asked for, and neither of the SDK's two tries hears of it."""
    payments.server.fail(Fault(FaultKind.RESET_AFTER, path=path))
    payments.server.fail(Fault(FaultKind.RESET_BEFORE, path=path))


async def lists(payments: Payments) -> int:
    return await flows.compare_lists(payments.db, payments.providers, now=make.now())


async def paid_in_silence(payments: Payments) -> Unpaid:
    """A hosted page that was paid, and no webhook ever came."""
    payments.server.silence()
    made = await payments.unpaid(mode=HOSTED)
    payments.server.pay_session(await payments.reference(made))
    return made


async def test_a_payment_whose_webhooks_are_lost_is_found(
    payments: Payments, worker: Worker
) -> None:
    made = await paid_in_silence(payments)

    assert await payments.reconcile(after=timedelta(seconds=10)) == 0  # too soon to ask
    assert await payments.reconcile() == 1

    assert (await make.order(payments.db, made)).status == "confirmed"
    assert await make.entries(payments.db) == [("capture", TOTAL)]
    await worker.until_idle()
    assert await broken_laws(payments.db) == {}


async def test_a_confirmation_without_an_answer_is_settled_later_and_once(
    payments: Payments, worker: Worker
) -> None:
    payments.server.silence()
    made = await payments.unpaid()
    lose_answers(payments, "/v1/payment_intents/*/confirm")

    asked = await payments.confirm(made)
    assert not asked.known
    assert (await make.order(payments.db, made)).status == "pending"

    assert await payments.reconcile() == 1
    assert (await make.order(payments.db, made)).status == "confirmed"
    assert (await payments.refresh(made)).settled is service.Settled.ALREADY
    assert await make.entries(payments.db) == [("capture", TOTAL)]
    await worker.until_idle()
    assert await broken_laws(payments.db) == {}


async def test_of_confirm_return_page_webhooks_and_reconciler_exactly_one_settles(
    payments: Payments, worker: Worker
) -> None:
    payments.server.silence()
    made = await payments.unpaid()
    lose_answers(payments, "/v1/payment_intents/*/confirm")
    await payments.confirm(made)
    payments.server.flush()
    await payments.server.delivered()

    asked = await asyncio.gather(
        *(payments.confirm(made) for _ in range(5)),
        *(payments.refresh(made) for _ in range(5)),
    )
    await asyncio.gather(worker.until_idle(), payments.reconcile(), lists(payments))

    settled = Counter(one.settled for one in asked)
    assert settled[service.Settled.PAID] == 1
    assert settled[service.Settled.PAID] + settled[service.Settled.ALREADY] == 10
    assert await make.entries(payments.db) == [("capture", TOTAL)]
    assert (await make.order(payments.db, made)).status == "confirmed"
    assert await make.left(payments.db, made) == 8
    assert await broken_laws(payments.db) == {}


@pytest.mark.parametrize("mode", list(PaymentMode))
async def test_an_opening_without_an_answer_is_found_under_its_key(
    payments: Payments, mode: PaymentMode
) -> None:
    made = await make.unpaid(payments.db, provider="stripe", mode=mode)
    lose_answers(payments, "/v1/*")

    assert not (await payments.open(made)).known
    assert (await make.session(payments.db, made.session_id)).reference is None

    assert (await payments.refresh(made)).session.reference is not None
    kind = "payment_intent" if mode is PaymentMode.INTENT else "checkout.session"
    assert len(payments.server.account.all(kind)) == 1


async def test_the_providers_list_tells_of_a_payment_that_we_never_heard_of(
    payments: Payments, worker: Worker
) -> None:
    payments.server.silence()
    made = await make.unpaid(payments.db, provider="stripe", mode=HOSTED)
    lose_answers(payments, "/v1/*")
    await payments.open(made)
    (page,) = payments.server.account.all("checkout.session")
    payments.server.pay_session(page["id"])

    assert await lists(payments) == 1

    assert (await make.order(payments.db, made)).status == "confirmed"
    session = await make.session(payments.db, made.session_id)
    assert session.capture_reference is not None
    assert session.capture_reference.startswith("ch_")
    assert await lists(payments) == 0
    await worker.until_idle()
    assert await broken_laws(payments.db) == {}


async def test_a_page_that_is_over_for_us_is_closed_at_the_provider(payments: Payments) -> None:
    payments.server.silence()
    made = await payments.unpaid(mode=HOSTED)
    await make.end(payments.db, made, reason=CancelReason.EXPIRED)

    assert await payments.reconcile() == 1

    page = await payments.providers.get("stripe").fetch(await payments.reference(made))
    assert page.status is ProviderStatus.EXPIRED
    assert (await make.session(payments.db, made.session_id)).status is SessionStatus.EXPIRED


async def test_a_session_that_ended_while_it_was_being_opened_is_closed_at_once(
    payments: Payments,
) -> None:
    made = await make.unpaid(payments.db, provider="stripe", mode=HOSTED)
    session = await make.session(payments.db, made.session_id)
    order = await make.order(payments.db, made)
    await make.end(payments.db, made, reason=CancelReason.CUSTOMER)

    await flows.open_at_provider(
        payments.db, payments.providers, session=session, order=order, now=make.now()
    )

    (page,) = payments.server.account.all("checkout.session")
    assert page["status"] == "expired"


async def test_money_that_came_to_an_ended_session_is_found_for_a_day(
    payments: Payments, worker: Worker
) -> None:
    made = await paid_in_silence(payments)
    await make.end(payments.db, made, reason=CancelReason.CUSTOMER)

    assert await payments.reconcile() == 1
    await worker.until_idle()

    order = await make.order(payments.db, made)
    assert (order.status, order.payment_status) == ("cancelled", "refunded")
    kinds = [entry.kind for entry in payments.server.ledger.entries]
    assert kinds == ["capture", "refund"]
    assert await broken_laws(payments.db) == {}


async def test_ended_sessions_are_asked_about_less_and_less_often(payments: Payments) -> None:
    payments.server.silence()
    made = await payments.unpaid(mode=HOSTED)
    await make.end(payments.db, made, reason=CancelReason.EXPIRED)

    assert await payments.reconcile(after=timedelta(minutes=60)) == 1
    assert await payments.reconcile(after=timedelta(minutes=70)) == 0
    assert await payments.reconcile(after=timedelta(minutes=90)) == 1
    assert await payments.reconcile(after=timedelta(hours=25)) == 0


async def test_one_thing_that_cannot_be_asked_about_does_not_hold_up_the_rest(
    payments: Payments,
) -> None:
    first, second = await paid_in_silence(payments), await paid_in_silence(payments)
    del payments.server.account.objects[await payments.reference(first)]

    assert await payments.reconcile() == 2

    assert (await make.order(payments.db, first)).status == "pending"
    assert (await make.order(payments.db, second)).status == "confirmed"


async def test_a_provider_that_is_away_changes_nothing(payments: Payments) -> None:
    made = await paid_in_silence(payments)
    payments.server.fail(Fault(FaultKind.ERROR_BEFORE, times=None))

    assert await payments.reconcile() == 1
    assert await lists(payments) == 0

    assert (await make.order(payments.db, made)).status == "pending"


async def refund_due(payments: Payments, card: str = "pm_card_visa") -> tuple[Unpaid, UUID]:
    """An order that was cancelled while its money was on its way: a refund is written."""
    payments.server.silence()
    made = await payments.unpaid()
    await make.end(payments.db, made, reason=CancelReason.CUSTOMER)
    provider = payments.providers.get("stripe")
    reference = await payments.reference(made)
    await provider.confirm(reference, CardDetails(payment_method=card), key="confirm")
    await payments.refresh(made)
    ((refund_id,),) = await make.rows(payments.db, "SELECT id FROM payments.refunds")
    return made, refund_id


async def refund_state(payments: Payments) -> list[tuple[str, bool]]:
    found = await make.rows(
        payments.db, "SELECT status, reference IS NOT NULL FROM payments.refunds"
    )
    return [(status, has_reference) for status, has_reference in found]


async def send(payments: Payments, refund_id: UUID) -> None:
    await flows.send_refund(payments.db, payments.providers, refund_id=refund_id, now=make.now())


async def test_a_refund_counts_from_its_row_before_the_provider_is_asked(
    payments: Payments, worker: Worker
) -> None:
    made, _ = await refund_due(payments)

    session = await make.session(payments.db, made.session_id)
    assert (session.captured, session.refunded) == (TOTAL, TOTAL)
    assert await refund_state(payments) == [("pending", False)]
    assert await make.entries(payments.db) == [("capture", TOTAL), ("refund", TOTAL)]
    assert await make.balances(payments.db) == {"fees": 160, "provider:stripe": -160}

    await worker.until_idle()
    assert await refund_state(payments) == [("succeeded", True)]
    assert await broken_laws(payments.db) == {}


async def test_a_refund_whose_answer_is_lost_is_made_once(
    payments: Payments, worker: Worker
) -> None:
    _, refund_id = await refund_due(payments)
    lose_answers(payments, "/v1/refunds")
    payments.server.fail(Fault(FaultKind.ERROR_BEFORE, path="/v1/refunds", times=2))

    with pytest.raises(OutcomeUnknown):
        await send(payments, refund_id)
    assert await refund_state(payments) == [("pending", False)]

    assert await payments.reconcile() == 1
    assert await refund_state(payments) == [("succeeded", True)]
    await worker.until_idle()
    assert len(payments.server.account.all("refund")) == 1
    assert await broken_laws(payments.db) == {}


async def test_a_refund_whose_key_the_provider_remembers_an_error_under_is_made_under_another(
    payments: Payments, worker: Worker
) -> None:
    _, refund_id = await refund_due(payments)
    payments.server.fail(Fault(FaultKind.ERROR_SAVED, path="/v1/refunds", method="POST"))
    soon, later = make.now(), make.now() + timedelta(seconds=61)

    for now in (soon, later):  # the second time it is given up for another
        with pytest.raises(OutcomeUnknown):
            await flows.send_refund(payments.db, payments.providers, refund_id=refund_id, now=now)
        assert await refund_state(payments) == [("pending", False)]
    await flows.send_refund(payments.db, payments.providers, refund_id=refund_id, now=later)

    assert await refund_state(payments) == [("succeeded", True)]
    await worker.until_idle()
    assert len(payments.server.account.all("refund")) == 1
    assert await broken_laws(payments.db) == {}


async def test_a_refund_that_takes_its_time_is_followed_to_its_end(
    payments: Payments, worker: Worker
) -> None:
    _, refund_id = await refund_due(payments, "pm_card_pendingRefund")
    await send(payments, refund_id)
    assert await refund_state(payments) == [("pending", True)]

    payments.server.advance(10)
    payments.server.flush()
    await payments.server.delivered()
    await worker.until_idle()

    assert await refund_state(payments) == [("succeeded", True)]
    assert await broken_laws(payments.db) == {}


async def test_a_refund_that_finally_fails_is_marked_and_the_books_say_so(
    payments: Payments, worker: Worker
) -> None:
    _, refund_id = await refund_due(payments, "pm_card_refundFail")
    await send(payments, refund_id)
    assert await refund_state(payments) == [("succeeded", True)]

    payments.server.advance(10)
    payments.server.flush()
    await payments.server.delivered()
    await worker.until_idle()

    assert await refund_state(payments) == [("failed", True)]
    told = await make.rows(
        payments.db, "SELECT topic FROM kernel.outbox WHERE topic = 'payment.refund_failed'"
    )
    assert len(told) == 1
    assert list(await broken_laws(payments.db)) == ["refunds-arrive"]
