"""The HTTP side of the API: keys, versions, idempotency, faults, and which function answers what.

Order for each request: fault before the work, authentication, parameters, idempotency key, work,
fault after the work.
"""

import asyncio
import base64
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tools.stripe_server import (
    charges,
    checkout_sessions,
    customers,
    disputes,
    events,
    forms,
    lists,
    payment_intents,
    payment_methods,
    refunds,
)
from tools.stripe_server.account import API_VERSION, Account, Caller, new_id
from tools.stripe_server.cards import DECLINES
from tools.stripe_server.errors import Json, StripeError
from tools.stripe_server.faults import Fault, FaultKind, Faults
from tools.stripe_server.idempotency import Answer, Keys
from tools.stripe_server.wire import ConnectionReset

Handler = Callable[..., Json]  # (account, params, id from the path?) -> the answer
VERSION = re.compile(r"\d{4}-\d\d-\d\d(\.[a-z]+)?")

ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("POST", "/v1/payment_intents", payment_intents.create),
    ("GET", "/v1/payment_intents", payment_intents.listing),
    ("GET", "/v1/payment_intents/{id}", payment_intents.retrieve),
    ("POST", "/v1/payment_intents/{id}", payment_intents.update),
    ("POST", "/v1/payment_intents/{id}/confirm", payment_intents.confirm),
    ("POST", "/v1/payment_intents/{id}/cancel", payment_intents.cancel),
    ("POST", "/v1/payment_intents/{id}/capture", payment_intents.capture),
    ("POST", "/v1/checkout/sessions", checkout_sessions.create),
    ("GET", "/v1/checkout/sessions", checkout_sessions.listing),
    ("GET", "/v1/checkout/sessions/{id}", checkout_sessions.retrieve),
    ("GET", "/v1/checkout/sessions/{id}/line_items", checkout_sessions.retrieve_line_items),
    ("POST", "/v1/checkout/sessions/{id}/expire", checkout_sessions.expire),
    ("POST", "/v1/refunds", refunds.create),
    ("GET", "/v1/refunds", refunds.listing),
    ("GET", "/v1/refunds/{id}", refunds.retrieve),
    ("POST", "/v1/refunds/{id}", refunds.update),
    ("GET", "/v1/charges", charges.listing),
    ("GET", "/v1/charges/{id}", charges.retrieve),
    ("GET", "/v1/balance_transactions/{id}", charges.retrieve_balance_transaction),
    ("GET", "/v1/disputes/{id}", disputes.retrieve),
    ("GET", "/v1/events", events.listing),
    ("GET", "/v1/events/{id}", events.retrieve),
    ("POST", "/v1/customers", customers.create),
    ("GET", "/v1/customers", customers.listing),
    ("GET", "/v1/customers/{id}", customers.retrieve),
    ("POST", "/v1/customers/{id}", customers.update),
    ("POST", "/v1/payment_methods", payment_methods.create),
    ("GET", "/v1/payment_methods", payment_methods.listing),
    ("GET", "/v1/payment_methods/{id}", payment_methods.retrieve),
    ("POST", "/v1/payment_methods/{id}/attach", payment_methods.attach),
    ("POST", "/v1/payment_methods/{id}/detach", payment_methods.detach),
)


@dataclass(frozen=True, slots=True)
class Api:
    """What each request needs."""

    account: Account
    keys: Keys
    faults: Faults

    def routes(self) -> list[Route]:
        return [
            Route(path, self._endpoint(handler), methods=[method])
            for method, path, handler in ROUTES
        ]

    def _endpoint(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            self.account.tick()
            call = _Call(self, request, new_id("req"))
            try:
                return await call.serve(handler)
            except StripeError as error:
                return call.respond(call.answer(error.status, error.body()))

        return endpoint


class _Call:
    def __init__(self, api: Api, request: Request, request_id: str) -> None:
        self.api, self.request, self.request_id = api, request, request_id
        self.key = request.headers.get("idempotency-key") if request.method == "POST" else None
        self.version = request.headers.get("stripe-version", API_VERSION)
        self.fault = api.faults.take(request.method, request.url.path)

    async def serve(self, handler: Handler) -> Response:
        if self._strikes(FaultKind.RESET_BEFORE):
            raise ConnectionReset
        if self._strikes(FaultKind.ERROR_BEFORE):
            raise _server_error(self.fault, saved=False)
        self._authenticate()
        source = (await self.request.body()).decode(errors="replace") or self.request.url.query
        params = forms.parse(source)
        if self.key is None:
            return self.respond(await self._work(handler, params))
        saved = self.api.keys.begin(self.key, path=self.request.url.path, params=params)
        if saved is not None:
            return self.respond(saved, replayed=True)
        return self.respond(await self._work(handler, params))

    async def _work(self, handler: Handler, params: Json) -> Answer:
        """Do the work once, whatever becomes of the connection."""
        try:
            await self._hang(FaultKind.HANG_BEFORE)
            answer = self._run(handler, params)
            await self._hang(FaultKind.HANG_AFTER)
        except BaseException:
            if self.key is not None:
                self.api.keys.forget(self.key)
            raise
        if self.key is not None:
            self.api.keys.finish(self.key, answer)
        if self._strikes(FaultKind.RESET_AFTER):
            raise ConnectionReset
        if self._strikes(FaultKind.ERROR_AFTER):
            raise _server_error(self.fault, saved=False)
        return answer

    def _run(self, handler: Handler, tree: Json) -> Answer:
        account = self.api.account
        account.caller = Caller(self.request_id, self.key)
        try:
            if self._strikes(FaultKind.ERROR_SAVED):
                raise _server_error(self.fault, saved=True)
            if self.fault is not None and self.fault.kind is FaultKind.DECLINE:
                account.next_decline = DECLINES[self.fault.decline_code]
            params = forms.Params(tree)
            expand = lists.paths(params)
            body = handler(account, params, *self.request.path_params.values())
            return self.answer(200, lists.expanded(account, body, expand))
        except StripeError as error:
            if not error.saved:
                raise
            return self.answer(error.status, error.body())
        finally:
            account.caller = account.next_decline = None

    def _authenticate(self) -> None:
        secret = _secret(self.request.headers.get("authorization", ""))
        if not secret:
            raise StripeError(
                "You did not provide an API key. You need to provide your API key in the "
                "Authorization header, using Bearer auth (e.g. 'Authorization: Bearer "
                "YOUR_SECRET_KEY').",
                status=401,
            )
        if not secret.startswith(("sk_test_", "rk_test_")):
            shown = secret[:8] + "*" * 8 + secret[-4:]
            raise StripeError(f"Invalid API Key provided: {shown}", status=401)
        if not VERSION.fullmatch(self.version):
            raise StripeError(f"Invalid Stripe API version: {self.version}", saved=False)

    def _strikes(self, kind: FaultKind) -> bool:
        return self.fault is not None and self.fault.kind is kind

    async def _hang(self, kind: FaultKind) -> None:
        if self.fault is not None and self.fault.kind is kind:
            await asyncio.sleep(self.fault.seconds)

    def answer(self, status: int, body: Json) -> Answer:
        return Answer(status, json.dumps(body, indent=2).encode(), self.request_id)

    def respond(self, answer: Answer, *, replayed: bool = False) -> Response:
        headers = {"request-id": self.request_id, "stripe-version": self.version}
        if self.key is not None:
            headers["idempotency-key"] = self.key
        if replayed:
            headers |= {"idempotent-replayed": "true", "original-request": answer.request_id}
        return Response(answer.body, answer.status, headers=headers, media_type="application/json")


def _server_error(fault: Fault | None, *, saved: bool) -> StripeError:
    assert fault is not None
    message = "An unknown error occurred"
    return StripeError(message, status=fault.status, kind="api_error", saved=saved)


def _secret(authorization: str) -> str:
    """The key, sent as a bearer token or as the user name of basic authentication."""
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value).decode().partition(":")[0]
        except ValueError:
            return ""
    return value.strip() if scheme.lower() == "bearer" else ""
