"""A Stripe server beside the shop, the shop's adapter pointed at it, and its webhooks delivered."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
from fastapi import FastAPI
from tools.stripe_server import StripeServer

from sokoni.kernel.db import Database
from sokoni.kernel.resources import Resources
from sokoni.payments.mock import MockProvider
from sokoni.payments.providers import Providers
from sokoni.payments.stripe import StripeAccount, StripeProvider
from tests.payments.factories import SECRET, Payments


@dataclass
class ToShop(httpx.AsyncBaseTransport):
    """Brings webhooks to the shop of this process, once there is one."""

    shop: httpx.AsyncBaseTransport | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert self.shop is not None
        return await self.shop.handle_async_request(request)


@pytest.fixture
def to_shop() -> ToShop:
    return ToShop()


@pytest.fixture
async def stripe_server(to_shop: ToShop) -> AsyncIterator[StripeServer]:
    async with StripeServer(webhook_secret=SECRET, webhook_transport=to_shop) as running:
        yield running


@pytest.fixture
async def stripe(stripe_server: StripeServer) -> AsyncIterator[StripeProvider]:
    provider = StripeProvider(
        StripeAccount(
            secret_key=stripe_server.key,
            webhook_secret=SECRET,
            api_base=stripe_server.url,
            return_url="http://shop.test",
        )
    )
    yield provider
    await provider.close()


@pytest.fixture
async def payments(
    app: FastAPI,
    db: Database,
    stripe: StripeProvider,
    stripe_server: StripeServer,
    to_shop: ToShop,
) -> AsyncIterator[Payments]:
    """The shop with both providers and its webhooks; what it had before comes back afterwards."""
    to_shop.shop = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    stripe_server.sender.url = "http://shop.test/api/v1/webhooks/payments/stripe"
    resources: Resources = app.state.resources
    before = resources.get(Providers)
    providers = Providers(by_name={"mock": MockProvider(), "stripe": stripe}, configured="stripe")
    resources.put(Providers, providers)
    yield Payments(db=db, providers=providers, server=stripe_server)
    resources.put(Providers, before)
