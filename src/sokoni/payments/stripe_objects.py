"""What Stripe's objects mean in the words of the port: plain JSON in, our dataclasses out.

A payment intent (`pi_…`) is what the shop's own page confirms; a Checkout Session (`cs_…`) is the
hosted page, which makes its payment intent when the buyer first tries to pay. Both carry our ids
in their metadata. Amounts come in Stripe's units and leave in ours.
"""

from contextlib import suppress
from typing import Any
from uuid import UUID

from sokoni.kernel.money import Money, NotChargeable, from_stripe
from sokoni.payments.port import (
    PaymentRequest,
    ProviderPayment,
    ProviderRefund,
    ProviderStatus,
    RefundStatus,
    WebhookEvent,
)

Json = dict[str, Any]

INTENT_STATUS = {
    "requires_confirmation": ProviderStatus.OPEN,
    "requires_action": ProviderStatus.REQUIRES_ACTION,
    "processing": ProviderStatus.PROCESSING,
    "requires_capture": ProviderStatus.PROCESSING,
    "succeeded": ProviderStatus.SUCCEEDED,
    "canceled": ProviderStatus.CANCELLED,
}
REFUND_STATUS = {
    "succeeded": RefundStatus.SUCCEEDED,
    "failed": RefundStatus.FAILED,
    "canceled": RefundStatus.FAILED,
}

# docs.stripe.com/currencies, "Minimum and maximum charge amounts", in Stripe's units. For the
# other currencies Stripe decides when it is asked.
MINIMUMS = {
    "AED": 200, "AUD": 50, "BGN": 100, "BRL": 50, "CAD": 50, "CHF": 50, "CZK": 1500, "DKK": 250,
    "EUR": 50, "GBP": 30, "HKD": 400, "HUF": 17500, "INR": 50, "JPY": 50, "KES": 6500, "MXN": 1000,
    "MYR": 200, "NGN": 75000, "NOK": 300, "NZD": 50, "PLN": 200, "RON": 200, "SEK": 300, "SGD": 50,
    "THB": 1000, "TZS": 130000, "UGX": 190000, "USD": 50, "ZAR": 900,
}  # fmt: skip

KEPT_OF_OBJECT = ("id", "object", "status", "payment_status", "amount", "amount_total", "currency")
KEPT_OF_EVENT = ("id", "type", "created", "api_version", "livemode")


def minimum(currency: str) -> int:
    """The smallest charge in minor units by ISO 4217."""
    theirs = MINIMUMS.get(currency)
    return 1 if theirs is None else from_stripe(theirs, currency).amount


def metadata(request: PaymentRequest) -> dict[str, str]:
    """Our ids, so that whatever Stripe tells of can be found again."""
    return {
        "session_id": str(request.session_id),
        "order_id": str(request.order_id),
        "order_number": request.order_number,
        "mode": request.mode,
    }


def payment_of_intent(intent: Json) -> ProviderPayment:
    """A payment intent; `latest_charge` may be an id or the charge itself."""
    error = intent.get("last_payment_error")
    status = INTENT_STATUS.get(intent["status"])
    if status is None:  # requires_payment_method: never tried, or declined
        status = ProviderStatus.FAILED if error else ProviderStatus.OPEN
    succeeded = status is ProviderStatus.SUCCEEDED
    amount = intent["amount_received"] if succeeded else intent["amount"]
    failed = error if error and status is ProviderStatus.FAILED else {}
    return ProviderPayment(
        reference=intent["id"],
        status=status,
        amount=from_stripe(amount, intent["currency"]),
        session_id=_our_id(intent, "session_id"),
        order_id=_our_id(intent, "order_id"),
        capture_reference=_id(intent.get("latest_charge")) if succeeded else None,
        fee=_fee(intent) if succeeded else None,
        client_secret=intent.get("client_secret"),
        url=_action_url(intent),
        failure_code=_failure_code(failed),
        failure_message=failed.get("message"),
        attempt_reference=_attempt(failed),
    )


def payment_of_session(session: Json) -> ProviderPayment:
    """A Checkout Session, with its payment intent inside it if there is one by now."""
    intent = session.get("payment_intent")
    inner = payment_of_intent(intent) if isinstance(intent, dict) else None
    status = _session_status(session, inner)
    failed = inner if inner and status is ProviderStatus.FAILED else None
    paid = inner if inner and status is ProviderStatus.SUCCEEDED else None
    return ProviderPayment(
        reference=session["id"],
        status=status,
        amount=paid.amount if paid else from_stripe(session["amount_total"], session["currency"]),
        session_id=_our_id(session, "session_id"),
        order_id=_our_id(session, "order_id"),
        capture_reference=paid.capture_reference if paid else None,
        fee=paid.fee if paid else None,
        url=session.get("url"),
        failure_code=failed.failure_code if failed else None,
        failure_message=failed.failure_message if failed else None,
        attempt_reference=failed.attempt_reference if failed else None,
    )


def refund_of(refund: Json) -> ProviderRefund:
    return ProviderRefund(
        reference=refund["id"],
        status=REFUND_STATUS.get(refund["status"], RefundStatus.PENDING),
        amount=from_stripe(refund["amount"], refund["currency"]),
        refund_id=_our_id(refund, "refund_id"),
        failure_message=refund.get("failure_reason"),
    )


def event_of(event: Json) -> WebhookEvent:
    """Which object an event is about. Of its content only what tells no secret is kept."""
    about = event["data"]["object"]
    kind = about.get("object")
    is_payment = kind in {"payment_intent", "checkout.session"}
    kept = {name: about[name] for name in KEPT_OF_OBJECT if name in about}
    return WebhookEvent(
        event_id=event["id"],
        kind=event["type"],
        payment_reference=about["id"] if is_payment else None,
        refund_reference=about["id"] if kind == "refund" else None,
        payload={name: event.get(name) for name in KEPT_OF_EVENT} | {"object": kept},
    )


def _session_status(session: Json, inner: ProviderPayment | None) -> ProviderStatus:
    if session["status"] == "expired":
        return ProviderStatus.EXPIRED
    if session["status"] == "complete" and session["payment_status"] == "paid":
        return ProviderStatus.SUCCEEDED
    if inner is None:
        return ProviderStatus.OPEN
    if inner.status is ProviderStatus.SUCCEEDED:  # paid, and about to be complete
        return ProviderStatus.PROCESSING
    return inner.status


def _our_id(thing: Json, name: str) -> UUID | None:
    found = (thing.get("metadata") or {}).get(name)
    with suppress(ValueError):
        return UUID(found) if found else None
    return None


def _id(thing: Json | str | None) -> str | None:
    return thing["id"] if isinstance(thing, dict) else thing


def _action_url(intent: Json) -> str | None:
    """The bank's page, where the buyer is to go there."""
    action = intent.get("next_action") or {}
    return (action.get("redirect_to_url") or {}).get("url")


def _failure_code(error: Json) -> str | None:
    """The bank's reason where it gives one, else Stripe's code."""
    reason = error.get("decline_code")
    return error.get("code") if reason in {None, "generic_decline"} else reason


def _attempt(error: Json) -> str | None:
    """What tells this try from the one before, so that each decline is noted once."""
    method = error.get("payment_method") or {}
    return error.get("charge") or method.get("id")


def _fee(intent: Json) -> Money | None:
    charge = intent.get("latest_charge")
    entry = charge.get("balance_transaction") if isinstance(charge, dict) else None
    if not isinstance(entry, dict) or entry["currency"] != intent["currency"]:
        return None
    with suppress(NotChargeable):  # a fee may be a fraction of our smallest unit
        return from_stripe(entry["fee"], entry["currency"])
    return None
