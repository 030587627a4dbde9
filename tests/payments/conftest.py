"""A Stripe server beside the shop, the shop's adapter pointed at it, and its webhooks delivered."""

from collections.abc import AsyncIterator

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


@pytest.fixture
async def stripe_server(app: FastAPI, db: Database) -> AsyncIterator[StripeServer]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with StripeServer(
        webhook_url="http://shop.test/api/v1/webhooks/payments/stripe",
        webhook_secret=SECRET,
        webhook_transport=transport,
    ) as running:
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
    app: FastAPI, db: Database, stripe: StripeProvider, stripe_server: StripeServer
) -> AsyncIterator[Payments]:
    """The shop with both providers; what it had before comes back afterwards."""
    resources: Resources = app.state.resources
    before = resources.get(Providers)
    providers = Providers(by_name={"mock": MockProvider(), "stripe": stripe}, configured="stripe")
    resources.put(Providers, providers)
    yield Payments(db=db, providers=providers, server=stripe_server)
    resources.put(Providers, before)
