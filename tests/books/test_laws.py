"""Each law of the books catches what breaks it, and nothing else is called broken."""

import pytest
from httpx import AsyncClient
from sqlalchemy import text

from sokoni.apps.books import checking
from sokoni.apps.books.checking import State
from sokoni.apps.books.laws import LAWS
from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from sokoni.kernel.worker import Worker
from tests.books.factories import PLANTED, Violation
from tests.cart.factories import filled_at_once, goods
from tests.checkout.factories import bought, broken_laws, cancel, unguarded
from tests.identity.factories import staff
from tests.markets import factories as markets

NOT_YET = {"shipped-within-bought", "used-within-limit", "gift-cards-balance"}


@pytest.fixture
async def shop(client: AsyncClient, db: Database, worker: Worker) -> None:
    """A paid order, a pending one, and one that was paid, cancelled and refunded."""
    await markets.shop(db)
    variant_ids = await goods(db, units=10)
    answers = []
    for card in ("4242424242424242", None, "4242424242424242"):
        cart = await filled_at_once(db, variant_ids)
        token = {"X-Cart-Token": cart.token or ""}
        answers.append(await bought(client, headers=token, card=card))
    await cancel(client, answers[-1])
    await worker.until_idle()


def named(violation: Violation) -> str:
    return violation.law


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("violation", PLANTED, ids=named)
async def test_a_law_catches_what_breaks_it(db: Database, violation: Violation) -> None:
    assert await broken_laws(db) == {}
    async with unguarded(db, *violation.guards):
        async with db.transaction() as tx:
            await tx.execute(text("SET LOCAL session_replication_role = replica"))
            await tx.execute(text(violation.statement))

        broken = await broken_laws(db)

    assert violation.law in broken
    assert broken[violation.law] != ()


def test_every_law_has_a_violation_that_it_catches() -> None:
    assert {violation.law for violation in PLANTED} == {law.name for law in LAWS} - NOT_YET


async def test_laws_about_what_the_shop_does_not_have_are_not_yet(
    client: AsyncClient, db: Database
) -> None:
    async with db.reading() as reading:
        findings = await checking.check(reading)
    operator = await staff(client, db, Permission.OPERATIONS_READ)
    told = await client.get("/api/v1/admin/invariants", headers=operator)

    assert {one.law.name for one in findings if one.state is State.NOT_YET} == NOT_YET
    items = told.json()["items"]
    assert {item["name"] for item in items if item["state"] == "not yet"} == NOT_YET
    assert told.json()["clean"] is True
    assert {item["state"] for item in items} == {"holds", "not yet"}


@pytest.mark.usefixtures("shop")
async def test_operators_are_shown_what_is_broken(client: AsyncClient, db: Database) -> None:
    async with db.transaction() as tx:
        await tx.execute(text("UPDATE payments.refunds SET status = 'failed', error = 'closed'"))
    operator = await staff(client, db, Permission.OPERATIONS_READ)

    told = await client.get("/api/v1/admin/invariants", headers=operator)
    refused = await client.get("/api/v1/admin/invariants", headers=await staff(client, db))

    law = next(item for item in told.json()["items"] if item["name"] == "refunds-arrive")
    assert told.json()["clean"] is False
    assert (law["state"], law["broken"], law["about"]) == ("broken", 1, "money")
    assert law["examples"][0].startswith("rfd_")
    assert refused.status_code == 403
