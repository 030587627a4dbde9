"""Everything at once, at random: buyers, banks, staff and the clock; and then the books balance.

A failure names its seed; `pytest -k "storm and 11"` weathers it again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient, Response

from sokoni.inventory.errors import InsufficientStock
from sokoni.kernel.access import Permission
from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode
from sokoni.kernel.worker import Worker
from sokoni.payments import queries, service
from sokoni.payments.port import ProviderPayment, ProviderStatus
from tests.cart.factories import filled_at_once, goods, reprice
from tests.checkout.factories import BAD_CARD, GOOD_CARD, broken_laws, buy, cancel, pay, rows
from tests.identity.factories import server_key
from tests.markets import factories as markets
from tests.payments.factories import now

OPERATIONS = 200
AT_ONCE = 20
HOLD = timedelta(seconds=1801)
EXPECTED = {200, 201, 404, 409, 412}


@dataclass
class Shop:
    """What the storm knows of the shop, and who acts in it."""

    client: AsyncClient
    db: Database
    random: Random
    variant_ids: tuple[UUID, ...]
    admin: dict[str, str]
    tokens: list[str] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    heard: list[Response] = field(default_factory=list)

    async def check_out(self) -> None:
        """A new cart, or one that somebody else may be checking out right now."""
        if not self.tokens or self.random.random() < 0.6:
            chosen = self.random.sample(self.variant_ids, self.random.randint(1, 3))
            quantity = self.random.randint(1, 2)
            with suppress(InsufficientStock):
                made = await filled_at_once(self.db, chosen, quantity=quantity)
                self.tokens.append(made.token or "")
        if not self.tokens:
            return
        card = self.random.choice([GOOD_CARD, GOOD_CARD, BAD_CARD, None])
        token = self.random.choice(self.tokens)
        answer = await buy(self.client, headers={"X-Cart-Token": token}, card=card)
        self.heard.append(answer)
        if answer.status_code == 201:
            self.answers.append(answer.json())

    async def pay_again(self) -> None:
        if answer := self._some():
            card = self.random.choice([GOOD_CARD, BAD_CARD])
            self.heard.append(await pay(self.client, answer, card=card))

    async def open_another(self) -> None:
        if answer := self._some():
            response = await self.client.post(
                "/api/v1/payments/sessions",
                json={"order_id": answer["order"]["id"], "mode": "intent"},
                headers={"X-Order-Token": answer["order_token"], "Idempotency-Key": str(uuid4())},
            )
            self.heard.append(response)
            if response.status_code == 201:
                self.answers.append({**answer, "payment": response.json()})

    async def cancel(self) -> None:
        if answer := self._some():
            self.heard.append(await cancel(self.client, answer))

    async def move_along(self) -> None:
        if answer := self._some():
            status = self.random.choice(["processing", "shipped", "delivered", "cancelled"])
            path = f"/api/v1/admin/orders/{answer['order']['id']}/status"
            body = {"status": status}
            self.heard.append(await self.client.post(path, json=body, headers=self.admin))

    async def hear_of_money(self) -> None:
        """What a webhook does: any session of the shop turns out paid, in whatever state it is."""
        found = await rows(self.db, "SELECT id FROM payments.sessions ORDER BY random() LIMIT 1")
        for (session_id,) in found:
            async with self.db.reading() as reading:
                session = await queries.session(reading, session_id)
            assert session is not None
            payment = ProviderPayment(
                reference=session.reference or f"mock_{session.id.hex}",
                status=ProviderStatus.SUCCEEDED,
                amount=session.money,
                session_id=session.id,
                order_id=session.order_id,
                capture_reference=f"mockch_{session.id.hex}",
            )

            async def work(tx: Any) -> None:
                await service.apply(tx, session=session, payment=payment, now=now())  # noqa: B023

            await self.db.run(work)

    async def count_stock(self) -> None:
        variant_id = self.random.choice(self.variant_ids)
        ((sku, location_id),) = await rows(
            self.db,
            "SELECT v.sku, s.location_id FROM inventory.stock_levels AS s"
            " JOIN catalog.variants AS v ON v.id = s.variant_id WHERE v.id = :id",
            id=variant_id,
        )
        body = {"location": encode("loc", location_id), "reason": "count"}
        self.heard.append(
            await self.client.post(
                f"/api/v1/admin/inventory/{sku}/adjustments",
                json={**body, "delta": self.random.choice([-3, -1, 2, 4])},
                headers={**self.admin, "Idempotency-Key": str(uuid4())},
            )
        )

    async def reprice(self) -> None:
        variant_id = self.random.choice(self.variant_ids)
        await reprice(self.db, variant_id, amount=self.random.randint(100, 9000))

    def acts(self) -> list[Callable[[], Awaitable[None]]]:
        weights = {
            self.check_out: 9,
            self.pay_again: 4,
            self.open_another: 2,
            self.cancel: 2,
            self.move_along: 2,
            self.hear_of_money: 3,
            self.count_stock: 1,
            self.reprice: 1,
        }
        return self.random.choices(list(weights), list(weights.values()), k=AT_ONCE)

    def _some(self) -> dict[str, Any] | None:
        return self.random.choice(self.answers) if self.answers else None


@pytest.mark.parametrize("seed", [7, 11])
async def test_the_books_balance_after_a_storm(
    client: AsyncClient, db: Database, worker: Worker, clock: ShiftedClock, seed: int
) -> None:
    await markets.shop(db)
    variant_ids = await goods(db, kinds=5, units=12)
    permissions = (Permission.ORDERS_WRITE, Permission.INVENTORY_WRITE)
    admin = await server_key(db, *permissions)
    shop = Shop(client, db, Random(seed), variant_ids, admin)

    for _ in range(OPERATIONS // AT_ONCE):
        await asyncio.gather(*(act() for act in shop.acts()), worker.until_idle())
        if shop.random.random() < 0.3:
            clock.advance(HOLD)

    clock.advance(HOLD)
    await worker.until_idle()
    found = {answer.status_code for answer in shop.heard}
    assert found <= EXPECTED, f"seed {seed}: {found}"
    assert await broken_laws(db) == {}, f"seed {seed}"
    assert await rows(db, "SELECT count(*) FROM orders.orders WHERE state = 'pending'") == [(0,)]
    sold = await rows(db, "SELECT count(*) FROM orders.orders WHERE state = 'confirmed'")
    assert sold[0][0] > 0
