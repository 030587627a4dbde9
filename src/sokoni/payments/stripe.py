"""Stripe behind the port: the official SDK, asked for at most five seconds per call.

Every call that moves money carries the key it was stored with, so the SDK's own repetition and
ours are the same request. What does not tell what it did (no answer, 5xx, a twin in flight, too
many requests, and a key of ours that Stripe does not know today) is `OutcomeUnknown`; what will
never work is `ProviderRefused`. Card numbers never come here.
"""

import asyncio
import re
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlsplit

import stripe
import structlog

from sokoni.kernel.errors import FieldError
from sokoni.kernel.money import Money, NotChargeable, to_stripe
from sokoni.payments import stripe_objects as objects
from sokoni.payments.errors import AmountNotChargeable, AmountTooSmall, CardRefused
from sokoni.payments.port import (
    BadSignature,
    CardDetails,
    NotDone,
    OutcomeUnknown,
    PaymentMode,
    PaymentRequest,
    ProviderPayment,
    ProviderRefund,
    ProviderRefused,
    RefundRequest,
    WebhookEvent,
)
from sokoni.payments.stripe_objects import Json

log = structlog.get_logger(__name__)

SECONDS = 5.0
REPEATS = 1
SHORTEST_SESSION = timedelta(minutes=40)  # Stripe wants 30 from when it is asked, maybe later
LONGEST_SESSION = timedelta(hours=23)
PAGE = 100
MOST_LISTED = 1000
METHOD_ID = re.compile(r"pm_[A-Za-z0-9_]{1,200}")
EXPAND_INTENT = ["latest_charge.balance_transaction"]
EXPAND_SESSION = ["payment_intent.latest_charge.balance_transaction"]
TRY_LATER = frozenset({401, 403, 409, 429})
LATER_CODES = frozenset({"balance_insufficient"})  # a refund waits until the account has it
ELSEWHERE = "payment_intent_unexpected_state"

Answered = TypeVar("Answered")


@dataclass(frozen=True, slots=True)
class StripeAccount:
    """How to reach Stripe. `return_url` is where banks send buyers if the shop's page has none."""

    secret_key: str
    webhook_secret: str | None
    api_base: str
    return_url: str


class StripeProvider:
    """See the module's docstring."""

    name = "stripe"

    def __init__(self, account: StripeAccount) -> None:
        self._account = account
        self._http: Any = stripe.HTTPXClient(timeout=SECONDS)
        self._client = stripe.StripeClient(
            account.secret_key,
            base_addresses={"api": account.api_base},
            http_client=self._http,
            max_network_retries=REPEATS,
        )

    async def close(self) -> None:
        await self._http.close_async()

    def minimum(self, currency: str) -> int:
        return objects.minimum(currency)

    def check_amount(self, amount: Money) -> None:
        smallest = Money(objects.minimum(amount.currency), amount.currency)
        if amount < smallest:
            raise AmountTooSmall(f"Stripe takes {smallest} or more; this is {amount}.")
        try:
            to_stripe(amount)
        except NotChargeable as error:
            raise AmountNotChargeable(
                f"Stripe cannot take exactly this amount: {error}."
            ) from error

    def check_card(self, card: CardDetails) -> None:
        if card.card_number is not None:
            refusal = "card numbers never come here: send a payment_method made by Stripe"
            raise CardRefused(refusal, errors=[FieldError("/card_number", refusal)])
        if not METHOD_ID.fullmatch(card.payment_method or ""):
            refusal = "must be a payment method of Stripe: pm_…"
            raise CardRefused(
                "A payment method is needed.", errors=[FieldError("/payment_method", refusal)]
            )

    async def open(self, request: PaymentRequest) -> ProviderPayment:
        try:
            amount = to_stripe(request.amount)
        except NotChargeable as error:
            raise ProviderRefused(f"Stripe cannot take exactly this amount: {error}.") from error
        if request.mode is PaymentMode.CHECKOUT:
            return await self._open_page(request, amount)
        intent: Any = {
            "amount": amount,
            "currency": request.amount.currency.lower(),
            "automatic_payment_methods": {"enabled": True},
            "description": f"Order {request.order_number}",
            "receipt_email": request.email,
            "metadata": objects.metadata(request),
        }
        create = self._client.v1.payment_intents.create_async
        return objects.payment_of_intent(
            await _answer(create(intent, {"idempotency_key": request.key}))
        )

    async def _open_page(self, request: PaymentRequest, amount: int) -> ProviderPayment:
        metadata = objects.metadata(request)
        opened, holds_for = request.created_at, request.expires_at - request.created_at
        lasts = min(max(holds_for, SHORTEST_SESSION), LONGEST_SESSION)
        session: Any = {
            "mode": "payment",
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": request.amount.currency.lower(),
                        "unit_amount": amount,
                        "product_data": {"name": f"Order {request.order_number}"},
                    },
                }
            ],
            "client_reference_id": str(request.order_id),
            "customer_email": request.email,
            "metadata": metadata,
            "payment_intent_data": {"metadata": metadata},
            "adaptive_pricing": {"enabled": False},  # what is asked for is what is taken
            "expires_at": int((opened + lasts).timestamp()),
            "success_url": _with_session_id(request.success_url or self._account.return_url),
            "cancel_url": request.cancel_url or self._account.return_url,
        }
        create = self._client.v1.checkout.sessions.create_async
        return objects.payment_of_session(
            await _answer(create(session, {"idempotency_key": request.key}))
        )

    async def confirm(
        self, reference: str, card: CardDetails, *, key: str, return_url: str | None = None
    ) -> ProviderPayment:
        self.check_card(card)
        if not reference.startswith("pi_"):
            raise ProviderRefused("This payment is made on Stripe's own page.")
        params: Any = {
            "payment_method": card.payment_method,
            "return_url": return_url or self._account.return_url,
            "expand": EXPAND_INTENT,
        }
        confirm = self._client.v1.payment_intents.confirm_async
        try:
            return objects.payment_of_intent(
                await _answer(confirm(reference, params, {"idempotency_key": key}))
            )
        except ProviderRefused as error:
            is_decline = isinstance(error.__cause__, stripe.CardError)
            if not is_decline and error.code != ELSEWHERE:
                raise
        return await self.fetch(reference)

    async def fetch(self, reference: str) -> ProviderPayment:
        expanded: Any
        if reference.startswith("cs_"):
            expanded = {"expand": EXPAND_SESSION}
            retrieve = self._client.v1.checkout.sessions.retrieve_async
            return objects.payment_of_session(await _answer(retrieve(reference, expanded)))
        expanded = {"expand": EXPAND_INTENT}
        found = self._client.v1.payment_intents.retrieve_async(reference, expanded)
        return objects.payment_of_intent(await _answer(found))

    async def cancel(self, reference: str) -> ProviderPayment:
        """Cancel, and if that is refused say why it was: paid, expired, or at the bank."""
        try:
            if reference.startswith("cs_"):
                await _answer(self._client.v1.checkout.sessions.expire_async(reference))
            else:
                await _answer(self._client.v1.payment_intents.cancel_async(reference))
        except ProviderRefused as error:
            log.info("not cancelled", payment=reference, code=error.code)
        return await self.fetch(reference)

    async def refund(self, request: RefundRequest) -> ProviderRefund:
        is_charge = request.capture_reference.startswith(("ch_", "py_"))
        params: Any = {
            "charge" if is_charge else "payment_intent": request.capture_reference,
            "amount": to_stripe(request.amount),
            "metadata": {"refund_id": str(request.refund_id)},
        }
        create = self._client.v1.refunds.create_async
        try:
            return objects.refund_of(
                await _answer(create(params, {"idempotency_key": request.key}))
            )
        except (OutcomeUnknown, ProviderRefused) as error:
            # It may have been made by an earlier try whose answer, or whose key, was lost.
            made = await self._made(request, "charge" if is_charge else "payment_intent")
            if made is not None:
                return made
            if isinstance(error, OutcomeUnknown):
                raise NotDone(*error.args) from error
            raise

    async def _made(self, request: RefundRequest, of: str) -> ProviderRefund | None:
        params: Any = {of: request.capture_reference, "limit": PAGE}
        listed = await _answer(self._client.v1.refunds.list_async(params))
        refunds = (objects.refund_of(refund) for refund in listed["data"])
        return next((made for made in refunds if made.refund_id == request.refund_id), None)

    async def fetch_refund(self, reference: str) -> ProviderRefund:
        return objects.refund_of(await _answer(self._client.v1.refunds.retrieve_async(reference)))

    async def recent(
        self, *, since: datetime, until: datetime | None = None
    ) -> list[ProviderPayment]:
        """Hosted pages and the intents of our own page, newest first, at most 1000 of each."""
        created = {"gte": int(since.timestamp())}
        if until is not None:
            created["lte"] = int(until.timestamp())
        sessions = await self._listed(self._client.v1.checkout.sessions.list_async, created)
        intents = await self._listed(self._client.v1.payment_intents.list_async, created)
        found = [objects.payment_of_session(session) for session in sessions]
        found += [
            objects.payment_of_intent(intent)
            for intent in intents
            if intent["metadata"].get("mode") == PaymentMode.INTENT
        ]
        return [payment for payment in found if payment.session_id is not None]

    async def _listed(self, call: Any, created: dict[str, int]) -> list[Json]:
        found: list[Json] = []
        params: Json = {"created": created, "limit": PAGE}
        while len(found) < MOST_LISTED:
            page = await _answer(call(params))
            found += page["data"]
            if not page["has_more"]:
                break
            params["starting_after"] = page["data"][-1]["id"]
        return found

    def read_webhook(self, body: bytes, headers: Mapping[str, str]) -> WebhookEvent:
        secret = self._account.webhook_secret
        if secret is None:
            raise BadSignature("STRIPE_WEBHOOK_SECRET is not set.")
        try:
            event = stripe.Webhook.construct_event(
                body, headers.get("stripe-signature", ""), secret
            )
            return objects.event_of(event.to_dict())
        except (stripe.SignatureVerificationError, ValueError, KeyError, TypeError) as error:
            raise BadSignature("The signature does not belong to this body.") from error


async def _answer(call: Awaitable[Any]) -> Json:
    """The answer as plain JSON. Raises OutcomeUnknown or ProviderRefused."""
    try:
        async with asyncio.timeout(SECONDS):
            found: Json = (await call).to_dict()
            return found
    except TimeoutError as error:
        raise OutcomeUnknown("no answer in time") from error
    except stripe.StripeError as error:
        status = error.http_status
        if status is None or status >= 500 or status in TRY_LATER or error.code in LATER_CODES:
            # Stripe's message may quote a part of the secret key: it is not repeated.
            raise OutcomeUnknown(f"{type(error).__name__}, status {status}") from error
        message = str(error.user_message or "Stripe refused the request.")
        raise ProviderRefused(message, code=error.code or "provider-refused") from error


def _with_session_id(url: str) -> str:
    """Let Stripe tell the page to which the buyer returns which payment it was."""
    if "{CHECKOUT_SESSION_ID}" in url:
        return url
    parts = urlsplit(url)
    query = "&".join(filter(None, [parts.query, "session_id={CHECKOUT_SESSION_ID}"]))
    return parts._replace(query=query).geturl()
