"""The demo shop behind a port, with the front end as its sources are, and its worker."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

import httpx
from tools.stripe_server import StripeServer

from sokoni.kernel.embedded import TEST, EmbeddedPostgres
from tests.support.shop import ROOT, served, working
from tools import frontend

FIRST_PAGE_SECONDS = 60
WEBHOOK_SECRET = "whsec_browser"


@contextmanager
def running_shop() -> Iterator[str]:
    """Its URL, without a slash at the end. With SOKONI_E2E_URL it is one that runs already.

    Raises `tools.frontend.FrontendError` where the pages cannot be built.
    """
    given = os.environ.get("SOKONI_E2E_URL")
    if given:
        yield given.rstrip("/")
        return
    with _started("browser") as url:
        yield url


@dataclass(frozen=True, slots=True)
class StripeShop:
    """`url` has no slash at the end; `stripe` is who it is paid by."""

    url: str
    stripe: StripeServer


@asynccontextmanager
async def stripe_shop(*, payment_page: str) -> AsyncIterator[StripeShop]:
    """A shop of its own that is paid by Stripe; `payment_page` is STRIPE_PAYMENT_PAGE."""
    async with StripeServer(webhook_secret=WEBHOOK_SECRET) as stripe:
        with _started(
            f"browser_{payment_page}",
            PAYMENT_PROVIDER="stripe",
            STRIPE_API_BASE=stripe.url,
            STRIPE_SECRET_KEY=stripe.key,
            STRIPE_PUBLISHABLE_KEY="pk_test_local",
            STRIPE_WEBHOOK_SECRET=WEBHOOK_SECRET,
            STRIPE_PAYMENT_PAGE=payment_page,
        ) as url:
            stripe.sender.url = f"{url}/api/v1/webhooks/payments/stripe"
            yield StripeShop(url, stripe)


@contextmanager
def _started(name: str, **settings: str) -> Iterator[str]:
    frontend.build()
    server = EmbeddedPostgres(ROOT / ".sokoni" / "test" / "postgres", TEST).start()
    try:
        with served(server, name=f"{name}_{os.getpid()}", **settings) as shop, working(shop):
            httpx.get(shop.url, timeout=FIRST_PAGE_SECONDS).raise_for_status()
            yield shop.url
    finally:
        server.stop()
