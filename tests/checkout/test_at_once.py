"""The usual purchase is written without looking: what it answers is what is, or it looks again."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import text

from sokoni.kernel.clock import SystemClock
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode
from sokoni.orders import service as orders
from sokoni.orders.states import CancelReason, LogState
from sokoni.payments import queries as payment_queries
from sokoni.payments import service as payments
from sokoni.payments.mock import MockProvider
from tests.cart.factories import filled, goods
from tests.checkout.factories import bought, broken_laws, rows, shown
from tests.markets import factories as markets
from tests.support.statements import counted

LOG = "SELECT seq, kind, from_state, to_state, actor FROM orders.timeline ORDER BY seq"


async def test_the_answer_is_the_order_as_it_is_read_afterwards(
    client: AsyncClient, db: Database
) -> None:
    cart = await filled(client, db, kinds=3, quantity=2)

    answer = await bought(client, cart)

    assert answer["order"] == await shown(client, answer)
    assert answer["order"]["payments"] == [answer["payment"]]


async def test_a_purchase_of_items_takes_seven_statements(
    client: AsyncClient, db: Database
) -> None:
    await markets.shop(db)
    items = [{"variant_id": encode("var", one), "quantity": 1} for one in await goods(db, kinds=2)]

    with counted(db) as statements:
        await bought(client, items=items)

    assert len(statements) == 7, str(statements)


async def test_an_order_touched_while_the_provider_was_asked_is_looked_at_again(
    client: AsyncClient, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    cart = await filled(client, db, quantity=1)

    async def noted(order_id: UUID) -> None:
        async with db.transaction() as tx:
            await orders.note(
                tx, order_id=order_id, kind="staff_note", actor="guest", now=SystemClock().now()
            )

    _meanwhile(monkeypatch, db, noted)
    answer = await bought(client, cart)

    assert answer["order"]["status"] == "confirmed"
    assert answer["order"] == await shown(client, answer)
    assert await rows(db, LOG) == [
        (1, "status", "new", "pending", "guest"),
        (2, "staff_note", None, None, "guest"),
        (3, "status", "pending", "paid", "provider:mock"),
    ]
    assert await rows(db, "SELECT count(*) FROM payments.entries") == [(1,)]
    assert await rows(db, "SELECT count(*) FROM payments.journal") == [(1,)]
    assert "money" not in await broken_laws(db)


async def test_a_payment_that_a_twin_has_settled_meanwhile_is_answered_as_paid(
    client: AsyncClient, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    cart = await filled(client, db, quantity=1)
    confirm = MockProvider.confirm

    async def settled_by_another(self: MockProvider, *args: Any, **options: Any) -> Any:
        payment = await confirm(self, *args, **options)
        async with db.transaction() as tx:
            session_id = await tx.scalar(text("SELECT id FROM payments.sessions"))
            session = await payment_queries.session(tx, session_id)
            assert session is not None
            await payments.settle(tx, session=session, payment=payment, now=SystemClock().now())
        return payment

    monkeypatch.setattr(MockProvider, "confirm", settled_by_another)
    answer = await bought(client, cart)

    assert answer["order"]["status"] == "confirmed"
    assert answer["order"] == await shown(client, answer)
    assert await rows(db, "SELECT count(*) FROM payments.entries") == [(1,)]
    assert await rows(db, "SELECT count(*) FROM kernel.outbox WHERE topic = 'order.paid'") == [(1,)]
    assert "money" not in await broken_laws(db)


async def test_an_order_cancelled_while_the_provider_was_asked_gets_its_money_back(
    client: AsyncClient, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    cart = await filled(client, db, quantity=1)

    async def cancelled(order_id: UUID) -> None:
        async with db.transaction() as tx:
            await orders.cancel(
                tx,
                order_id=order_id,
                reason=CancelReason.CUSTOMER,
                came_from=LogState.PENDING,
                actor="guest",
                now=SystemClock().now(),
            )

    _meanwhile(monkeypatch, db, cancelled)
    answer = await bought(client, cart)

    assert answer["order"]["status"] == "cancelled"
    assert await rows(db, "SELECT captured - refunded FROM payments.sessions") == [(0,)]


def _meanwhile(
    monkeypatch: pytest.MonkeyPatch, db: Database, act: Callable[[UUID], Awaitable[None]]
) -> None:
    """Have something happen to the order while its payment is at the provider."""
    confirm = MockProvider.confirm

    async def slow(self: MockProvider, *args: Any, **options: Any) -> Any:
        async with db.reading() as reading:
            order_id = await reading.scalar(text("SELECT id FROM orders.orders"))
        assert order_id is not None
        await act(order_id)
        return await confirm(self, *args, **options)

    monkeypatch.setattr(MockProvider, "confirm", slow)
