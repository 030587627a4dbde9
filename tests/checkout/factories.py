"""Purchases for tests, over HTTP; and the books, which every test of a race ends with."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from httpx import AsyncClient, Response
from sqlalchemy import text

from sokoni.apps.books import checking
from sokoni.apps.books.checking import State
from sokoni.kernel.db import Database
from tests.cart.factories import BERLIN, FilledCart, filled_at_once, goods
from tests.markets import factories as markets
from tests.support import database

Answer = dict[str, Any]
GOOD_CARD = "4242424242424242"
BAD_CARD = "4000000000000002"


def body(*, card: str | None = GOOD_CARD, **more: Any) -> dict[str, Any]:
    """A checkout of the caller's cart to Berlin, paid by this test card if there is one."""
    payment: dict[str, Any] = {"provider": "mock", "mode": "intent"}
    if card is not None:
        payment["card_number"] = card
    return {
        "email": "asha@example.com",
        "shipping_address": BERLIN,
        "payment": payment,
        **more,
    }


async def buy(
    client: AsyncClient,
    cart: FilledCart | None = None,
    *,
    card: str | None = GOOD_CARD,
    key: str | None = None,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """POST /checkout with a fresh key unless one is given."""
    sent = {"Idempotency-Key": key or str(uuid4())}
    return await client.post(
        "/api/v1/checkout",
        json=body(card=card, **more),
        headers={**(cart.headers if cart else {}), **sent, **(headers or {})},
    )


async def bought(client: AsyncClient, cart: FilledCart | None = None, **how: Any) -> dict[str, Any]:
    """The answer of a checkout that went well."""
    response = await buy(client, cart, **how)
    assert response.status_code == 201, response.text
    answer: dict[str, Any] = response.json()
    return answer


async def broken_laws(db: Database) -> dict[str, tuple[str, ...]]:
    """The laws that do not hold, with examples: `{}` when the books balance."""
    async with db.reading() as reading:
        findings = await checking.check(reading)
    return {
        finding.law.name: finding.examples for finding in findings if finding.state is State.BROKEN
    }


async def pay(
    client: AsyncClient,
    answer: Mapping[str, Any],
    *,
    card: str = GOOD_CARD,
    key: str | None = None,
) -> Response:
    """POST /payments/sessions/{id}/confirm for the payment of a checkout's answer."""
    return await client.post(
        f"/api/v1/payments/sessions/{answer['payment']['id']}/confirm",
        json={"card_number": card},
        headers={
            "X-Order-Token": answer["order_token"],
            "Idempotency-Key": key or str(uuid4()),
        },
    )


async def cancel(client: AsyncClient, answer: Mapping[str, Any]) -> Response:
    """POST /orders/{id}/cancel by the buyer of a checkout's answer."""
    return await client.post(
        f"/api/v1/orders/{answer['order']['id']}/cancel",
        headers={"X-Order-Token": answer["order_token"]},
    )


async def shown(client: AsyncClient, answer: Mapping[str, Any]) -> dict[str, Any]:
    """The order of a checkout's answer as its buyer sees it now."""
    response = await client.get(
        f"/api/v1/orders/{answer['order']['id']}",
        headers={"X-Order-Token": answer["order_token"]},
    )
    assert response.status_code == 200, response.text
    order: dict[str, Any] = response.json()
    return order


def statuses(answers: Iterable[Response]) -> dict[int, int]:
    """How many answers had each status."""
    return dict(Counter(answer.status_code for answer in answers))


def problems(answers: Iterable[Response]) -> dict[str, int]:
    """How many of the refusals were of each type."""
    refused = (answer for answer in answers if answer.status_code >= 400)
    return dict(Counter(answer.json()["type"] for answer in refused))


async def rows(db: Database, query: str, **values: Any) -> list[tuple[Any, ...]]:
    """What a plain SELECT finds."""
    async with db.reading() as reading:
        return [tuple(row) for row in await reading.execute(text(query), values)]


async def states(db: Database) -> dict[str, int]:
    """How many orders are in each status."""
    found = await rows(db, "SELECT status, count(*) FROM orders.orders GROUP BY status")
    return {str(status): int(count) for status, count in found}


async def money(db: Database) -> dict[str, int]:
    """How many captures and refunds of orders there are."""
    found = await rows(db, "SELECT kind, count(*) FROM payments.entries GROUP BY kind")
    return {str(kind): int(count) for kind, count in found}


@asynccontextmanager
async def unguarded(db: Database, *guards: str) -> AsyncIterator[None]:
    """The database without some constraints and indexes, for controls and planted violations.

    Afterwards it is emptied, since what was planted would not let the guards back in.
    """
    found = [await _guard(db, name) for name in guards]
    async with db.transaction() as tx:
        for drop, _ in found:
            await tx.execute(text(drop))
    try:
        yield
    finally:
        async with db.engine.begin() as connection:
            await database.empty(connection)
            for _, restore in found:
                await connection.execute(text(restore))


async def _guard(db: Database, name: str) -> tuple[str, str]:
    """The statements that take a constraint or an index away, and bring it back."""
    constraint = await rows(
        db,
        "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),"
        " format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,"
        " pg_get_constraintdef(oid)) FROM pg_constraint WHERE conname = :name",
        name=name,
    )
    index = await rows(
        db,
        "SELECT format('DROP INDEX %s', oid::regclass), pg_get_indexdef(oid)"
        " FROM pg_class WHERE relname = :name",
        name=name,
    )
    drop, restore = (constraint or index)[0]
    return str(drop), str(restore)


async def unpaid(client: AsyncClient, db: Database, *, orders: int, units: int) -> list[Answer]:
    """So many pending orders of one unit each, of the same goods."""
    await markets.shop(db)
    variant_ids = await goods(db, units=units)
    carts = [await filled_at_once(db, variant_ids) for _ in range(orders)]
    return [
        await bought(client, headers={"X-Cart-Token": cart.token or ""}, card=None)
        for cart in carts
    ]


async def units_left(db: Database) -> int:
    ((left,),) = await rows(db, "SELECT on_hand - reserved FROM inventory.stock_levels")
    return int(left)
