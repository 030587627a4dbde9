"""Payment sessions over HTTP: look, confirm, ask, cancel; and who may."""

import asyncio
from collections import Counter

import pytest
from httpx import AsyncClient
from tools.stripe_server import Fault, FaultKind

from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode, new_id
from sokoni.kernel.settings import Settings
from sokoni.kernel.worker import Worker
from sokoni.payments.port import CardDetails, PaymentMode
from tests.cart.factories import filled
from tests.checkout.factories import BAD_CARD, GOOD_CARD, bought, broken_laws
from tests.identity import factories as identity
from tests.payments import factories as make
from tests.payments.factories import TOTAL, Payments
from tests.payments.over_http import SESSIONS, again, confirm, path, token


async def test_a_declined_payment_is_paid_with_another_card(
    client: AsyncClient, db: Database, settings: Settings, worker: Worker
) -> None:
    made = await make.unpaid(db)
    mine = token(settings, made)

    declined = await confirm(client, made, mine, card_number=BAD_CARD)
    assert declined.status_code == 200
    assert declined.json()["status"] == "failed"
    assert declined.json()["failure"] == {
        "code": "card_declined",
        "message": "Your card was declined.",
    }
    assert (await make.order(db, made)).status == "pending"

    paid = await confirm(client, made, mine, card_number=GOOD_CARD)
    assert paid.status_code == 200
    assert paid.json() == {
        "id": encode("pay", made.session_id),
        "order_id": encode("ord", made.order_id),
        "status": "succeeded",
        "provider": "mock",
        "mode": "intent",
        "amount": {"amount": TOTAL, "currency": "EUR"},
        "client_secret": None,
        "url": None,
        "failure": None,
        "expires_at": paid.json()["expires_at"],
    }
    assert (await client.get(path(made), headers=mine)).json() == paid.json()
    assert (await make.order(db, made)).status == "confirmed"
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_twenty_confirmations_take_the_money_once(
    client: AsyncClient, db: Database, settings: Settings, worker: Worker
) -> None:
    made = await make.unpaid(db)
    mine = token(settings, made)

    answers = await asyncio.gather(
        *(confirm(client, made, mine, card_number=GOOD_CARD) for _ in range(20))
    )

    assert {answer.status_code for answer in answers} <= {200, 409}
    assert Counter(a.json()["status"] for a in answers if a.status_code == 200).keys() == {
        "succeeded"
    }
    assert await make.entries(db) == [("capture", TOTAL)]
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_a_repeated_confirmation_is_answered_and_not_tried_again(
    client: AsyncClient, db: Database, settings: Settings
) -> None:
    made = await make.unpaid(db)
    mine = token(settings, made)

    first = await confirm(client, made, mine, key="k1", card_number=BAD_CARD)
    repeated = await confirm(client, made, mine, key="k1", card_number=BAD_CARD)
    other = await confirm(client, made, mine, key="k1", card_number=GOOD_CARD)

    assert repeated.json() == first.json()
    assert repeated.headers["Idempotency-Replayed"] == "true"
    assert other.status_code == 422
    assert other.json()["type"] == "/problems/idempotency-key-reused"
    assert (await make.session(db, made.session_id)).declines == 1


async def test_money_needs_a_key(client: AsyncClient, db: Database, settings: Settings) -> None:
    made = await make.unpaid(db)
    mine = token(settings, made)
    body = {"order_id": encode("ord", made.order_id), "mode": "intent"}

    refused = [
        await client.post(path(made, "confirm"), json={"card_number": GOOD_CARD}, headers=mine),
        await client.post(SESSIONS, json=body, headers=mine),
    ]

    assert [answer.status_code for answer in refused] == [400, 400]
    assert refused[0].json()["type"] == "/problems/idempotency-key-required"


@pytest.mark.parametrize(
    ("card", "pointer"),
    [
        ({"card_number": "4111111111111111"}, "/card_number"),
        ({"payment_method": "pm_1NVChw2eZvKYlo2C"}, "/payment_method"),
        ({}, ""),
        ({"card_number": GOOD_CARD, "payment_method": "pm_card_visa"}, ""),
    ],
)
async def test_real_cards_are_refused_and_never_kept(
    client: AsyncClient, db: Database, settings: Settings, card: dict[str, str], pointer: str
) -> None:
    made = await make.unpaid(db)

    answer = await confirm(client, made, token(settings, made), **card)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert await make.rows(db, "SELECT 1 FROM kernel.idempotency_keys") == []


async def test_card_numbers_are_for_the_mock_provider_alone(
    client: AsyncClient, payments: Payments, settings: Settings
) -> None:
    made = await payments.unpaid()

    answer = await confirm(client, made, token(settings, made), card_number=GOOD_CARD)

    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/card-refused"
    assert payments.server.ledger.entries == ()


async def test_the_carts_token_the_orders_token_and_the_buyer_open_a_payment(
    client: AsyncClient, db: Database
) -> None:
    cart = await filled(client, db)
    answer = await bought(client, cart, card=None)
    address = f"{SESSIONS}/{answer['payment']['id']}"

    by_cart = await client.get(address, headers=cart.headers)
    by_order = await client.get(address, headers={"X-Order-Token": answer["order_token"]})

    assert by_cart.status_code == by_order.status_code == 200
    assert by_cart.json() == by_order.json()


@pytest.mark.parametrize("verb", ["", "refresh", "confirm", "cancel"])
async def test_anybody_else_hears_of_no_such_payment(
    client: AsyncClient, db: Database, settings: Settings, verb: str
) -> None:
    made, other = await make.unpaid(db), await make.unpaid(db)
    unknown = make.Unpaid(new_id(), new_id(), new_id(), new_id())
    strangers = [
        (made, {}),
        (made, token(settings, other)),
        (made, {"X-Cart-Token": "ct_whoever"}),
        (made, await identity.signed_in(client)),
        (unknown, token(settings, made)),
    ]

    answers = []
    for target, headers in strangers:
        if verb == "":
            answers.append(await client.get(path(target), headers=headers))
        elif verb == "confirm":
            answers.append(await confirm(client, target, headers, card_number=GOOD_CARD))
        else:
            answers.append(await client.post(path(target, verb), headers=headers))

    assert [answer.status_code for answer in answers] == [404] * 5
    bodies = [{**answer.json(), "request_id": None} for answer in answers]
    assert all(body == bodies[0] for body in bodies)
    assert (await make.order(db, made)).status == "pending"


async def test_nobody_else_opens_another_payment(
    client: AsyncClient, db: Database, settings: Settings
) -> None:
    made, other = await make.unpaid(db), await make.unpaid(db)

    stranger = await again(client, made, {})
    neighbour = await again(client, made, token(settings, other))

    assert [stranger.status_code, neighbour.status_code] == [404, 404]


async def test_staff_that_reads_sees_payments_without_their_secrets_and_takes_no_money(
    client: AsyncClient, db: Database
) -> None:
    made = await make.unpaid(db)
    staff = await identity.staff(client, db, Permission.PAYMENTS_READ)

    seen = await client.get(path(made), headers=staff)
    refused = await confirm(client, made, staff, card_number=GOOD_CARD)
    listed = await client.get("/api/v1/admin/payments?status=pending", headers=staff)
    none = await client.get("/api/v1/admin/payments?status=succeeded", headers=staff)
    guest = await client.get("/api/v1/admin/payments")

    assert seen.status_code == 200
    assert (seen.json()["client_secret"], seen.json()["url"]) == (None, None)
    assert refused.status_code == 403
    assert [item["id"] for item in listed.json()["items"]] == [encode("pay", made.session_id)]
    assert none.json()["items"] == []
    assert guest.status_code == 401


async def test_staff_pages_through_payments_and_sees_the_webhooks_of_one(
    client: AsyncClient, payments: Payments, worker: Worker
) -> None:
    made = [await payments.unpaid() for _ in range(3)]
    await payments.confirm(made[0])
    await payments.server.delivered()
    await worker.until_idle()
    staff = await identity.staff(client, payments.db, Permission.PAYMENTS_READ)

    first = (await client.get("/api/v1/admin/payments?limit=2", headers=staff)).json()
    cursor = first["next_cursor"]
    rest = (
        await client.get(f"/api/v1/admin/payments?limit=2&cursor={cursor}", headers=staff)
    ).json()
    address = f"/api/v1/admin/payments/{encode('pay', made[0].session_id)}/events"
    events = (await client.get(address, headers=staff)).json()["items"]

    ids = [item["id"] for item in first["items"] + rest["items"]]
    assert ids == [encode("pay", one.session_id) for one in reversed(made)]
    assert rest["next_cursor"] is None
    kinds = {event["kind"] for event in events}
    assert "payment_intent.succeeded" in kinds
    assert all(event["done"] for event in events)


async def test_refreshing_settles_what_was_paid(
    client: AsyncClient, payments: Payments, settings: Settings, worker: Worker
) -> None:
    payments.server.silence()
    made = await payments.unpaid(mode=PaymentMode.CHECKOUT)
    payments.server.pay_session(await payments.reference(made))

    answer = await client.post(path(made, "refresh"), headers=token(settings, made))

    assert answer.json()["status"] == "succeeded"
    assert (await make.order(payments.db, made)).status == "confirmed"
    await worker.until_idle()
    assert await broken_laws(payments.db) == {}


async def test_a_provider_that_is_away_answers_503_and_changes_nothing(
    client: AsyncClient, payments: Payments, settings: Settings
) -> None:
    made = await payments.unpaid()
    payments.server.fail(Fault(FaultKind.ERROR_BEFORE, times=None))

    answer = await client.post(path(made, "refresh"), headers=token(settings, made))

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert answer.json()["type"] == "/problems/provider-unavailable"


async def test_a_cancelled_payment_cannot_be_made_and_the_order_stays(
    client: AsyncClient, payments: Payments, settings: Settings
) -> None:
    made = await payments.unpaid()
    mine = token(settings, made)

    answers = [await client.post(path(made, "cancel"), headers=mine) for _ in range(2)]
    refused = await confirm(client, made, mine, payment_method="pm_card_visa")

    assert [answer.json()["status"] for answer in answers] == ["cancelled", "cancelled"]
    assert refused.json()["type"] == "/problems/payment-closed"
    assert payments.server.account.all("payment_intent")[0]["status"] == "canceled"
    assert (await make.order(payments.db, made)).status == "pending"


async def test_cancelling_what_is_paid_says_so(
    client: AsyncClient, payments: Payments, settings: Settings
) -> None:
    made = await payments.unpaid()
    mine = token(settings, made)
    await payments.confirm(made, CardDetails(payment_method="pm_card_visa"))

    answer = await client.post(path(made, "cancel"), headers=mine)

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/already-paid"
