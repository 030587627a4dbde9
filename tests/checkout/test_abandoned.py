"""A key whose request was cut short is answered in the end, by the client's retry or without it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from httpx import AsyncClient
from sqlalchemy import text

from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database
from sokoni.kernel.worker import Worker
from sokoni.payments.mock import MockProvider
from sokoni.payments.port import OutcomeUnknown
from tests.cart.factories import filled
from tests.checkout.factories import bought, broken_laws, buy, money, pay, rows, shown, states

KEYS = "SELECT state FROM kernel.idempotency_keys ORDER BY created_at"


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The provider takes the card and never answers, until the test undoes it."""

    async def confirm(*_arguments: object, **_named: object) -> None:
        raise OutcomeUnknown("no answer")

    monkeypatch.setattr(MockProvider, "confirm", confirm)
    return monkeypatch


async def test_a_provider_that_does_not_answer_leaves_the_payment_pending(
    client: AsyncClient, db: Database, silent: pytest.MonkeyPatch
) -> None:
    cart = await filled(client, db, quantity=1, units=3)
    key = str(uuid4())

    unknown = await bought(client, cart, key=key)
    silent.undo()
    again = await buy(client, cart, key=key)

    assert (unknown["order"]["status"], unknown["payment"]["status"]) == ("pending", "pending")
    assert again.status_code == 201
    assert again.json()["order"]["id"] == unknown["order"]["id"]
    assert again.json()["payment"]["status"] == "succeeded"
    assert await money(db) == {"capture": 1}
    assert await broken_laws(db) == {}


async def test_a_key_that_nobody_asks_for_again_is_answered_with_the_order_as_it_is(
    client: AsyncClient,
    db: Database,
    worker: Worker,
    clock: ShiftedClock,
    silent: pytest.MonkeyPatch,
) -> None:
    cart = await filled(client, db, quantity=1, units=3)
    key = str(uuid4())
    unknown = await bought(client, cart, key=key)
    await worker.until_idle()
    assert await rows(db, KEYS) == [("in_progress",)]

    clock.advance(timedelta(seconds=61))
    await worker.until_idle()

    assert await rows(db, KEYS) == [("done",)]
    late = await buy(client, cart, key=key)
    assert late.status_code == 201
    assert late.headers["idempotency-replayed"] == "true"
    assert late.json()["order"] == await shown(client, unknown)
    assert late.json()["payment"]["status"] == "pending"
    assert await states(db) == {"pending": 1}


async def test_a_confirmation_that_nobody_asks_for_again_is_answered_with_the_payment_as_it_is(
    client: AsyncClient, db: Database, worker: Worker, clock: ShiftedClock
) -> None:
    cart = await filled(client, db, quantity=1)
    made = await bought(client, cart, card=None)
    key = str(uuid4())
    done = await pay(client, made, key=key)
    async with db.transaction() as tx:
        await tx.execute(
            text(
                "UPDATE kernel.idempotency_keys SET state = 'in_progress', status = NULL,"
                " body = NULL, headers = NULL WHERE path LIKE '%/confirm'"
            )
        )

    clock.advance(timedelta(seconds=61))
    await worker.until_idle()
    again = await pay(client, made, key=key)

    assert again.status_code == 200
    assert again.headers["idempotency-replayed"] == "true"
    assert again.json() == done.json()
    assert await money(db) == {"capture": 1}
