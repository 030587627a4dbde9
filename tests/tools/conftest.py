"""The Stripe server on a free port, the official SDK pointed at it, and a shop that listens.

No database is needed here. After each test, every object and every event that the server made in
it is compared with the SDK's annotations.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import stripe
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from tools.stripe_server import StripeServer
from tools.stripe_server.wire import Listener

from tests.tools.annotations import OBJECTS, problems

SECRET = "whsec_test"
# The SDK hands its form to httpx in a way that httpx would rather not see any more.
QUIET = "ignore:Use 'content=<...>' to upload:DeprecationWarning"


@dataclass(slots=True)
class Inbox:
    """A shop's webhook endpoint: checks signatures with the SDK, answers what it is told to."""

    url: str = ""
    events: list[stripe.Event] = field(default_factory=list)
    refused: list[stripe.SignatureVerificationError] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)  # statuses of the next ones; then 200

    @property
    def types(self) -> list[str]:
        return [event.type for event in self.events]

    async def receive(self, request: Request) -> Response:
        header = request.headers["stripe-signature"]
        try:
            event = stripe.Webhook.construct_event(await request.body(), header, SECRET)
        except stripe.SignatureVerificationError as error:
            self.refused.append(error)
            return Response(status_code=400)
        status = self.answers.pop(0) if self.answers else 200
        if status == 200:
            self.events.append(event)
        return Response(status_code=status)


@pytest.fixture
async def inbox() -> AsyncIterator[Inbox]:
    box = Inbox()
    listener = Listener(Router([Route("/hook", box.receive, methods=["POST"])]))
    port = await listener.start("127.0.0.1", 0)
    box.url = f"http://127.0.0.1:{port}/hook"
    yield box
    await listener.stop()


@pytest.fixture
async def stripe_server(inbox: Inbox) -> AsyncIterator[StripeServer]:
    async with StripeServer(webhook_url=inbox.url, webhook_secret=SECRET) as running:
        yield running
    lines = [line for lines in running.account.line_items.values() for line in lines]
    made = json.loads(json.dumps([*running.account.objects.values(), *lines]))
    assert [problem for thing in made for problem in problems(thing)] == []
    assert {thing["object"] for thing in made} <= OBJECTS.keys()


@pytest.fixture
async def sdk(stripe_server: StripeServer) -> AsyncIterator[stripe.StripeClient]:
    async with connected(stripe_server.url) as client:
        yield client


@asynccontextmanager
async def connected(
    url: str, *, key: str = StripeServer.key, retries: int = 0, patience: float = 5
) -> AsyncIterator[stripe.StripeClient]:
    """The official SDK, unmodified, pointed at a server of ours."""
    http: Any = stripe.HTTPXClient(timeout=patience)
    yield stripe.StripeClient(
        key, base_addresses={"api": url}, http_client=http, max_network_retries=retries
    )
    await http.close_async()
