"""`StripeServer`: the account, its API and pages on a port, and the webhook sender, in one piece.

    async with StripeServer(webhook_url=…, webhook_secret=…) as stripe:
        client = stripe_sdk.StripeClient(stripe.key, base_addresses={"api": stripe.url}, …)

Everything runs in the event loop that enters it. Levers and witnesses are methods and
attributes; `control` offers the same over HTTP.
"""

import asyncio
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Router

from tools.stripe_server import control, hosted_pages, session_payment
from tools.stripe_server.account import Account
from tools.stripe_server.app import Api
from tools.stripe_server.errors import Json, StripeError
from tools.stripe_server.faults import Fault, Faults
from tools.stripe_server.idempotency import Keys
from tools.stripe_server.ledger import Ledger
from tools.stripe_server.webhooks import Attempt, Behaviour, Sender
from tools.stripe_server.wire import Listener

TICK_SECONDS = 0.25  # how soon something that became due happens without a request


class StripeServer:
    key = "sk_test_local"

    def __init__(
        self,
        *,
        port: int = 0,
        host: str = "127.0.0.1",
        webhook_url: str | None = None,
        webhook_secret: str = "whsec_local",  # noqa: S107 - a test's
        webhook_transport: httpx.AsyncBaseTransport | None = None,
        behaviour: Behaviour | None = None,
        ledger_path: Path | None = None,
        async_delay: float = 5.0,
        seed: int = 0,
    ) -> None:
        """`async_delay`: seconds until pending refunds and bank debits are known.

        `webhook_transport` delivers to an app in this process (`httpx.ASGITransport(app)`).
        """
        self._host, self._port = host, port
        self.sender = Sender(
            url=webhook_url,
            secret=webhook_secret,
            behaviour=behaviour or Behaviour(seed=seed),
            transport=webhook_transport,
        )
        self.ledger = Ledger(ledger_path)
        self.faults = Faults(seed=seed)
        self.account = Account(self.ledger, self.sender.announce, async_delay=async_delay)
        self.account.followers.append(session_payment.follow)
        api = Api(self.account, Keys(self.account.clock), self.faults)
        pages = hosted_pages.session_routes(self.account)
        pages += hosted_pages.bank_routes(self.account)
        self.app = Router(
            [*api.routes(), *pages, *control.routes(self)], default=_unknown, redirect_slashes=False
        )
        self._listener = Listener(self.app)
        self._background: list[asyncio.Task[None]] = []

    @property
    def url(self) -> str:
        """Where the API is, without a slash at the end; known once started."""
        return self.account.url

    async def start(self) -> None:
        port = await self._listener.start(self._host, self._port)
        self.account.url = f"http://{self._host}:{port}"
        self._background = [
            asyncio.create_task(self.sender.run()),
            asyncio.create_task(self._tick()),
        ]

    async def stop(self) -> None:
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        await self._listener.stop()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    # Time

    @property
    def now(self) -> int:
        """Seconds, by the account's clock."""
        return self.account.clock.now()

    def advance(self, seconds: float) -> None:
        """Move the clock on: sessions expire, pending refunds arrive, keys are forgotten."""
        self.account.advance(seconds)

    # What the buyer does

    def pay_session(
        self, session_id: str, *, number: str = "", iban: str = "", email: str = ""
    ) -> str:
        """Pay as on the hosted page; returns where the buyer is sent. A decline raises."""
        number = number or ("" if iban else "4242424242424242")
        return hosted_pages.pay_session(
            self.account, session_id, number=number, iban=iban, email=email
        )

    def authenticate(self, intent_id: str, *, passed: bool = True) -> str | None:
        """Answer the bank's 3-D Secure page; returns where the buyer is sent."""
        return hosted_pages.authenticate(self.account, intent_id, passed=passed)

    # Webhooks

    @property
    def events(self) -> list[Json]:
        """Every event so far, oldest first."""
        return self.account.all("event")

    @property
    def deliveries(self) -> list[Attempt]:
        """Every try to deliver, in order."""
        return self.sender.attempts

    def behave(self, behaviour: Behaviour) -> None:
        """How events are delivered from now on."""
        self.sender.behave(behaviour)

    def silence(self) -> None:
        """Send nothing until `flush()`."""
        self.sender.behaviour.silent = True

    def flush(self, *, newest_first: bool = False) -> int:
        """Send everything that was kept back; returns how many events that were."""
        return self.sender.flush(newest_first=newest_first)

    def send_again(self, event_id: str, *, copies: int = 1) -> None:
        """Deliver an event once more, now."""
        self.sender.send(self.account.find("event", event_id), copies=copies)

    async def delivered(self, *, seconds: float = 10.0) -> None:
        """Wait until every event that is not kept back was taken by the shop, or given up."""
        await self.sender.delivered(seconds=seconds)

    # Faults

    def fail(self, fault: Fault) -> None:
        """Let requests go wrong from now on, as the fault says."""
        self.faults.add(fault)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            self.account.tick()


async def _unknown(scope: object, receive: object, send: object) -> None:
    request = Request(scope)  # type: ignore[arg-type]
    message = f"Unrecognized request URL ({request.method}: {request.url.path})."
    body = StripeError(message, status=404).body()
    await JSONResponse(body, 404)(scope, receive, send)  # type: ignore[arg-type]
