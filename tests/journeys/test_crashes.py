"""The power goes at the worst moments: afterwards there is one order, one payment, clean books.

Another process of the shop works on this test's database and dies at a named point (`CRASH_AT`);
then this process goes on, as a restarted shop would.
"""

import asyncio
import json
import sys
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from sqlalchemy import text

from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.crash import KILLED
from sokoni.kernel.db import Database
from sokoni.kernel.worker import Worker
from tests.cart.factories import FilledCart, filled
from tests.checkout.factories import body, bought, broken_laws, buy, money, rows, states
from tests.inventory.factories import available
from tests.journeys.conftest import WEBHOOK_SECRET, StripeShop
from tests.platform.processes import BARE, ROOT
from tests.support.waiting import wait_until

LOCKED = """
    SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
     WHERE datname = current_database() AND locktype = 'advisory'
"""
CHECK_OUT = """
import asyncio, json, sys
import httpx
from asgi_lifespan import LifespanManager
from sokoni.apps.api import create_app

async def main():
    app = create_app()
    async with LifespanManager(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
            sent = json.loads(sys.argv[1])
            print((await client.post("/api/v1/checkout", **sent)).text)

asyncio.run(main())
"""
STALLED = text("UPDATE kernel.jobs SET heartbeat_at = now() - interval '2 minutes'")


async def dies(*command: str, at: str, database_url: str, **settings: str) -> None:
    """Run another process of the shop until it dies at the point."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        env={
            **BARE,
            "ENVIRONMENT": "test",
            "RATE_LIMIT_ENABLED": "false",
            "DATABASE_URL": database_url,
            "CRASH_AT": at,
            **settings,
        },
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == KILLED, said.decode()


async def checkout_dies(
    db: Database,
    cart: FilledCart,
    *,
    key: str,
    at: str,
    database_url: str,
    sent: Any = None,
    **settings: str,
) -> None:
    """Until the server has noticed as well, and let go of what was locked."""
    headers = {**cart.headers, "Idempotency-Key": key}
    request = json.dumps({"json": sent or body(), "headers": headers})
    locked = set(await rows(db, LOCKED))
    await dies("-c", CHECK_OUT, request, at=at, database_url=database_url, **settings)

    async def noticed() -> bool:
        return set(await rows(db, LOCKED)) <= locked

    await wait_until(noticed, what="the end of the dead process's locks")


@pytest.mark.parametrize("at", ["after-stock-hold", "after-commit", "after-provider-call"])
async def test_a_checkout_that_died_is_completed_by_its_repetition(
    client: AsyncClient, db: Database, worker: Worker, database_url: str, at: str
) -> None:
    cart = await filled(client, db, quantity=2, units=5)
    key = str(uuid4())

    await checkout_dies(db, cart, key=key, at=at, database_url=database_url)
    left_behind = await states(db)
    again = await buy(client, cart, key=key)
    replayed = await buy(client, cart, key=key)

    assert left_behind == ({} if at == "after-stock-hold" else {"pending": 1})
    assert again.status_code == 201, again.text
    assert (again.status_code, again.json()["order"]["status"]) == (201, "confirmed")
    assert replayed.content == again.content
    assert await states(db) == {"confirmed": 1}
    assert await money(db) == {"capture": 1}
    assert await available(db, cart.variant_ids[0]) == 3
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_a_checkout_that_died_and_is_not_repeated_frees_everything_in_time(
    client: AsyncClient, db: Database, worker: Worker, clock: ShiftedClock, database_url: str
) -> None:
    cart = await filled(client, db, quantity=2, units=2)
    await checkout_dies(db, cart, key="lost", at="after-commit", database_url=database_url)

    clock.advance(timedelta(seconds=1801))
    await worker.until_idle()

    assert await states(db) == {"cancelled": 1}
    assert await rows(db, "SELECT state FROM kernel.idempotency_keys") == [("done",)]
    assert await available(db, cart.variant_ids[0]) == 2
    assert await broken_laws(db) == {}


async def test_stripe_takes_the_money_once_although_the_shop_died_before_it_noted_it(
    client: AsyncClient, db: Database, worker: Worker, database_url: str, stripe: StripeShop
) -> None:
    stripe.server.silence()
    cart = await filled(client, db, quantity=1)
    key = str(uuid4())
    payment = {"provider": "stripe", "mode": "intent", "payment_method": "pm_card_visa"}
    sent = body(payment=payment)
    await checkout_dies(
        db,
        cart,
        key=key,
        at="after-provider-call",
        database_url=database_url,
        sent=sent,
        **settings_of(stripe),
    )
    assert len(stripe.server.ledger.entries) == 1
    assert await states(db) == {"pending": 1}

    again = await stripe.buy(cart, method="pm_card_visa", key=key)
    stripe.server.flush()
    await stripe.server.delivered()
    await worker.until_idle()

    assert again["order"]["status"] == "confirmed"
    assert len(stripe.server.ledger.entries) == 1
    await stripe.witnesses_agree()


async def test_a_webhook_whose_worker_died_has_its_effect_once(
    client: AsyncClient, db: Database, worker: Worker, database_url: str, stripe: StripeShop
) -> None:
    cart = await filled(client, db, quantity=1)
    answer = await stripe.buy(cart, mode="checkout")
    await stripe.pay_page(answer, number="4242424242424242")
    await stripe.server.delivered()

    command = ("-m", "sokoni.apps.cli", "worker", "--until-idle")
    await dies(*command, at="inside-webhook", database_url=database_url, **settings_of(stripe))
    assert await states(db) == {"pending": 1}
    async with db.transaction() as tx:
        await tx.execute(STALLED)
    await worker.until_idle()

    assert await states(db) == {"confirmed": 1}
    assert await rows(db, "SELECT bool_and(done) FROM payments.inbox") == [(True,)]
    assert await money(db) == {"capture": 1}
    await stripe.witnesses_agree()


async def test_an_effect_whose_worker_died_before_the_mark_counts_once(
    client: AsyncClient, db: Database, worker: Worker, database_url: str
) -> None:
    cart = await filled(client, db, quantity=2)
    await bought(client, cart)

    command = ("-m", "sokoni.apps.cli", "worker", "--until-idle")
    await dies(*command, at="after-effect", database_url=database_url)
    await worker.until_idle()

    assert await rows(db, "SELECT popularity FROM catalog.products WHERE popularity > 0") == [(2,)]
    unsent = "SELECT count(*) FROM kernel.outbox WHERE state <> 'sent'"
    assert await rows(db, unsent) == [(0,)]
    assert await broken_laws(db) == {}


def settings_of(stripe: StripeShop) -> dict[str, str]:
    return {
        "PAYMENT_PROVIDER": "stripe",
        "STRIPE_SECRET_KEY": stripe.server.key,
        "STRIPE_WEBHOOK_SECRET": WEBHOOK_SECRET,
        "STRIPE_API_BASE": stripe.server.url,
    }
