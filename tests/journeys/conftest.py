"""The shop with a Stripe server behind it, and the witnesses of what happened between them."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from tools.stripe_server import EntryKind, StripeServer

from sokoni.kernel.db import Database
from sokoni.kernel.ids import decode
from sokoni.kernel.resources import Resources
from sokoni.payments.mock import MockProvider
from sokoni.payments.port import PaymentProvider
from sokoni.payments.providers import Providers
from sokoni.payments.stripe import StripeAccount, StripeProvider
from tests.cart.factories import FilledCart
from tests.checkout.factories import broken_laws, buy, rows

WEBHOOK_SECRET = "whsec_journey"


@dataclass
class StripeShop:
    """Buys with Stripe, and keeps a log of the orders that it was told are paid."""

    client: httpx.AsyncClient
    db: Database
    server: StripeServer
    acknowledged: set[str] = field(default_factory=set)

    async def buy(
        self, cart: FilledCart, *, mode: str = "intent", method: str | None = None, **how: Any
    ) -> dict[str, Any]:
        payment: dict[str, Any] = {"provider": "stripe", "mode": mode}
        if method is not None:
            payment["payment_method"] = method
        response = await buy(self.client, cart, payment=payment, **how)
        assert response.status_code == 201, response.text
        answer: dict[str, Any] = response.json()
        self.log(answer["order"])
        return answer

    def log(self, order: dict[str, Any]) -> None:
        if order["status"] == "confirmed":
            self.acknowledged.add(order["id"])

    async def reference(self, answer: dict[str, Any]) -> str:
        """Stripe's name of a payment."""
        query = "SELECT reference FROM payments.sessions WHERE id = :id"
        ((found,),) = await rows(self.db, query, id=decode("pay", answer["payment"]["id"]))
        return str(found)

    async def pay_intent(self, reference: str, *, method: str = "pm_card_visa") -> None:
        """Pay straight at Stripe, as its own form in the buyer's browser does."""
        async with httpx.AsyncClient(base_url=self.server.url) as stripe:
            paid = await stripe.post(
                f"/v1/payment_intents/{reference}/confirm",
                data={"payment_method": method, "return_url": "http://shop.test"},
                headers={"Authorization": f"Bearer {self.server.key}"},
            )
        assert paid.status_code == 200, paid.text

    async def pay_page(self, answer: dict[str, Any], *, number: str) -> httpx.Response:
        """Fill in the hosted page."""
        async with httpx.AsyncClient() as browser:
            return await browser.post(answer["payment"]["url"], data={"number": number})

    async def witnesses_agree(self) -> None:
        """What the client was told, what Stripe booked and what the shop's books say."""
        assert await broken_laws(self.db) == {}
        stripe: Counter[str] = Counter()
        for entry in self.server.ledger.entries:
            sign = {EntryKind.CAPTURE: 1, EntryKind.REFUND: -1}[entry.kind]
            stripe[entry.metadata["order_number"]] += sign * entry.amount
        ours = await rows(
            self.db,
            "SELECT number, coalesce(sum(CASE kind WHEN 'capture' THEN amount ELSE -amount END), 0)"
            " FROM orders.orders LEFT JOIN audit_views.audit_money"
            " ON order_id = kernel.wire_id('ord', id) GROUP BY number",
        )
        assert {number: int(net) for number, net in ours if net} == {
            number: net for number, net in stripe.items() if net
        }
        bought = await rows(
            self.db,
            "SELECT DISTINCT order_id FROM audit_views.audit_state_log WHERE to_state = 'paid'",
        )
        assert self.acknowledged <= {str(order_id) for (order_id,) in bought}


@pytest.fixture
async def stripe_server(app: FastAPI, db: Database) -> AsyncIterator[StripeServer]:
    async with StripeServer(
        webhook_url="http://shop.test/api/v1/webhooks/payments/stripe",
        webhook_secret=WEBHOOK_SECRET,
        webhook_transport=httpx.ASGITransport(app=app, raise_app_exceptions=False),
    ) as running:
        yield running


@pytest.fixture
async def stripe(
    app: FastAPI, client: httpx.AsyncClient, db: Database, stripe_server: StripeServer
) -> AsyncIterator[StripeShop]:
    """The shop with both providers; what it had before comes back afterwards."""
    provider = StripeProvider(
        StripeAccount(
            secret_key=stripe_server.key,
            webhook_secret=WEBHOOK_SECRET,
            api_base=stripe_server.url,
            return_url="http://shop.test",
        )
    )
    resources: Resources = app.state.resources
    before = resources.get(Providers)
    by_name: dict[str, PaymentProvider] = {"mock": MockProvider(), "stripe": provider}
    resources.put(Providers, Providers(by_name=by_name, configured="stripe"))
    yield StripeShop(client=client, db=db, server=stripe_server)
    resources.put(Providers, before)
    await provider.close()
