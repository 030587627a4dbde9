"""Purchases with Stripe, from the cart to the books, whatever gets lost on the way."""

from datetime import timedelta

from httpx import AsyncClient
from tools.stripe_server import Behaviour, EntryKind, Fault, FaultKind

from sokoni.checkout import flows
from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database
from sokoni.kernel.worker import Worker
from tests.cart.factories import filled, leave
from tests.checkout.factories import cancel, rows, shown
from tests.inventory.factories import available
from tests.journeys.conftest import StripeShop

HOLD = timedelta(seconds=1801)


async def test_a_card_pays_in_the_checkout_call(
    client: AsyncClient, db: Database, worker: Worker, stripe: StripeShop
) -> None:
    cart = await filled(client, db, quantity=2, units=5)

    answer = await stripe.buy(cart, method="pm_card_visa")
    await stripe.server.delivered()
    await worker.until_idle()

    assert answer["order"]["status"] == "confirmed"
    assert answer["payment"]["status"] == "succeeded"
    (entry,) = stripe.server.ledger.entries
    assert (entry.kind, entry.amount, entry.currency) == (EntryKind.CAPTURE, 4488, "eur")
    assert await available(db, cart.variant_ids[0]) == 3
    assert await rows(db, "SELECT DISTINCT done FROM payments.inbox") == [(True,)]
    await stripe.witnesses_agree()


async def test_a_declined_card_is_followed_by_one_that_pays(
    client: AsyncClient, db: Database, worker: Worker, stripe: StripeShop
) -> None:
    cart = await filled(client, db, quantity=1)
    declined = await stripe.buy(cart, method="pm_card_chargeDeclinedInsufficientFunds")

    paid = await client.post(
        f"/api/v1/payments/sessions/{declined['payment']['id']}/confirm",
        json={"payment_method": "pm_card_visa"},
        headers={"X-Order-Token": declined["order_token"], "Idempotency-Key": "second-card"},
    )
    await stripe.server.delivered()
    await worker.until_idle()

    assert declined["order"]["status"] == "pending"
    assert declined["payment"]["failure"]["code"] == "insufficient_funds"
    assert paid.json()["status"] == "succeeded"
    order = await shown(client, declined)
    stripe.log(order)
    assert order["status"] == "confirmed"
    told = await client.get(
        f"/api/v1/orders/{order['id']}/timeline",
        headers={"X-Order-Token": declined["order_token"]},
    )
    assert [line["kind"] for line in told.json()["items"]] == [
        "status",
        "payment_declined",
        "status",
    ]
    await stripe.witnesses_agree()


async def test_the_hosted_page_is_paid_and_its_webhooks_come_in_three_copies_out_of_order(
    client: AsyncClient, db: Database, worker: Worker, stripe: StripeShop
) -> None:
    stripe.server.behave(Behaviour(seed=5, min_copies=3, max_copies=3, reorder=True))
    cart = await filled(client, db, quantity=1)
    answer = await stripe.buy(cart, mode="checkout", success_url="http://shop.test/thanks")

    refused = await stripe.pay_page(answer, number="4000000000000002")
    page = await stripe.pay_page(answer, number="4242424242424242")
    await stripe.server.delivered()
    await worker.until_idle()

    assert answer["payment"]["url"].startswith(stripe.server.url)
    assert refused.status_code == 200
    assert page.status_code == 303
    assert page.headers["location"].startswith("http://shop.test/thanks?session_id=cs_")
    order = await shown(client, answer)
    stripe.log(order)
    assert order["status"] == "confirmed"
    events = {event["id"] for event in stripe.server.events}
    assert len(stripe.server.deliveries) == 3 * len(events)
    assert {attempt.status for attempt in stripe.server.deliveries} == {200}
    assert await rows(db, "SELECT count(*), bool_and(done) FROM payments.inbox") == [
        (len(events), True)
    ]
    await stripe.witnesses_agree()


async def test_money_that_nobody_told_of_is_found_by_asking(
    client: AsyncClient,
    db: Database,
    worker: Worker,
    clock: ShiftedClock,
    stripe: StripeShop,
) -> None:
    stripe.server.silence()
    cart = await filled(client, db, quantity=1)
    answer = await stripe.buy(cart, mode="checkout")
    await worker.until_idle()
    await stripe.pay_page(answer, number="4242424242424242")

    await worker.until_idle()
    before = await shown(client, answer)
    clock.advance(timedelta(seconds=61))
    await worker.until_idle()

    order = await shown(client, answer)
    stripe.log(order)
    assert (before["status"], order["status"]) == ("pending", "confirmed")
    stripe.server.flush(newest_first=True)
    await stripe.server.delivered()
    await worker.until_idle()
    await stripe.witnesses_agree()


async def test_the_hosted_page_closes_when_the_hold_ends(
    client: AsyncClient,
    db: Database,
    worker: Worker,
    clock: ShiftedClock,
    stripe: StripeShop,
) -> None:
    cart = await filled(client, db, quantity=1, units=1)
    answer = await stripe.buy(cart, mode="checkout")

    clock.advance(HOLD)
    await worker.until_idle()
    page = await stripe.pay_page(answer, number="4242424242424242")

    order = await shown(client, answer)
    assert (order["status"], order["cancel_reason"]) == ("cancelled", "expired")
    reference = await stripe.reference(answer)
    assert stripe.server.account.objects[reference]["status"] == "expired"
    assert page.status_code in {200, 410}
    assert stripe.server.ledger.entries == ()
    assert await available(db, cart.variant_ids[0]) == 1
    await stripe.witnesses_agree()


async def test_a_payment_whose_opening_was_lost_is_closed_with_its_order(
    client: AsyncClient, db: Database, worker: Worker, stripe: StripeShop
) -> None:
    """Stripe opened it, and its answer never came: the shop does not know its name."""
    lose_answers(stripe, "/v1/payment_intents", again=1)
    cart = await filled(client, db, quantity=1)
    answer = await stripe.buy(cart)
    assert await stripe.reference(answer) == "None"

    await cancel(client, answer)
    await worker.until_idle()

    intents = stripe.server.account.all("payment_intent")
    assert [intent["status"] for intent in intents] == ["canceled"]
    assert await stripe.reference(answer) == intents[0]["id"]
    await stripe.witnesses_agree()


async def test_late_money_is_kept_while_the_stock_is_there(
    client: AsyncClient,
    db: Database,
    worker: Worker,
    clock: ShiftedClock,
    stripe: StripeShop,
) -> None:
    stripe.server.silence()
    cart = await filled(client, db, quantity=1, units=1)
    answer = await stripe.buy(cart)
    await stripe.pay_intent(await stripe.reference(answer))
    clock.advance(HOLD)
    assert await flows.expire(db, now=clock.now()) == 1

    stripe.server.flush(newest_first=True)
    await stripe.server.delivered()
    await worker.until_idle()

    order = await shown(client, answer)
    stripe.log(order)
    assert (order["status"], order["payment_status"]) == ("confirmed", "paid")
    assert await available(db, cart.variant_ids[0]) == 0
    await stripe.witnesses_agree()


async def test_late_money_goes_back_once_although_the_refunds_answer_is_lost(
    client: AsyncClient,
    db: Database,
    worker: Worker,
    clock: ShiftedClock,
    stripe: StripeShop,
) -> None:
    stripe.server.silence()
    cart = await filled(client, db, quantity=1, units=1)
    answer = await stripe.buy(cart)
    await stripe.pay_intent(await stripe.reference(answer))
    clock.advance(HOLD)
    assert await flows.expire(db, now=clock.now()) == 1
    await leave(db, cart.variant_ids[0], units=0)
    lose_answers(stripe, "/v1/refunds", again=3)

    stripe.server.flush()
    await stripe.server.delivered()
    for _ in range(4):
        await worker.until_idle()
        clock.advance(timedelta(minutes=2))

    order = await shown(client, answer)
    assert (order["status"], order["payment_status"]) == ("cancelled", "refunded")
    kinds = [entry.kind for entry in stripe.server.ledger.entries]
    assert kinds == [EntryKind.CAPTURE, EntryKind.REFUND]
    assert stripe.server.faults.struck == 4
    found = await rows(db, "SELECT reason, status, reference FROM payments.refunds")
    assert found == [("late", "succeeded", stripe.server.ledger.entries[1].refund)]
    await stripe.witnesses_agree()


async def test_a_paid_order_that_is_cancelled_is_refunded_at_stripe(
    client: AsyncClient, db: Database, worker: Worker, stripe: StripeShop
) -> None:
    cart = await filled(client, db, quantity=1, units=1)
    answer = await stripe.buy(cart, method="pm_card_visa")

    await cancel(client, answer)
    await worker.until_idle()
    await stripe.server.delivered()
    await worker.until_idle()

    order = await shown(client, answer)
    assert (order["status"], order["payment_status"]) == ("cancelled", "refunded")
    assert [entry.kind for entry in stripe.server.ledger.entries] == [
        EntryKind.CAPTURE,
        EntryKind.REFUND,
    ]
    assert await available(db, cart.variant_ids[0]) == 1
    await stripe.witnesses_agree()


async def test_a_payment_that_the_provider_failed_to_open_for_good_is_asked_about_no_more(
    client: AsyncClient, db: Database, worker: Worker, stripe: StripeShop, clock: ShiftedClock
) -> None:
    cart = await filled(client, db, quantity=1, units=1)
    stripe.server.fail(Fault(FaultKind.ERROR_SAVED, path="/v1/payment_intents", method="POST"))
    answer = await stripe.buy(cart)
    clock.advance(HOLD)
    await worker.until_idle()

    order = await shown(client, answer)
    assert (order["status"], order["payment_status"]) == ("cancelled", "pending")
    closing = "SELECT state FROM kernel.jobs WHERE name = 'checkout.close_at_provider'"
    assert await rows(db, closing) == [("done",)]
    assert stripe.server.account.all("payment_intent") == []
    assert await available(db, cart.variant_ids[0]) == 1
    await stripe.witnesses_agree()


def lose_answers(stripe: StripeShop, path: str, *, again: int) -> None:
    """Stripe does what the next request asks and cannot say so; the next ones never arrive."""
    stripe.server.fail(Fault(FaultKind.RESET_AFTER, path=path, method="POST"))
    stripe.server.fail(Fault(FaultKind.RESET_BEFORE, path=path, times=again))
