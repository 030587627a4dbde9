"""Paying a checkout session, and what its payment intent's fate means for it.

The payment intent is made at the first attempt to pay, and used again after a decline.
"""

from tools.stripe_server import cards, paying, payment_intents, payment_methods
from tools.stripe_server.account import Account
from tools.stripe_server.errors import Json, StripeError
from tools.stripe_server.events import emit


def pay(account: Account, session: Json, instrument: cards.Instrument, *, email: str) -> Json:
    """Try to pay an open session; returns the intent. A decline raises, the session stays open."""
    if session["status"] != "open":
        raise StripeError(f"This Checkout Session is {session['status']}.")
    kind = "card" if isinstance(instrument, cards.Card) else "sepa_debit"
    if kind not in session["payment_method_types"]:
        raise StripeError(f"This Checkout Session does not accept {kind}.")
    intent = _intent_of(account, session)
    if intent["status"] == "requires_action":  # the buyer came back from the bank's page
        intent.update(status="requires_payment_method", next_action=None)
    email = session["customer_email"] or email
    session["customer_details"] = {
        "address": dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state")),
        "business_name": None,
        "email": email or None,
        "individual_name": None,
        "name": None,
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": [],
    }
    paying.choose(intent, payment_methods.store(account, instrument, {"email": email}))
    return paying.confirm(account, intent, return_url=page_url(account, session))


def page_url(account: Account, session: Json) -> str:
    return f"{account.url}/c/pay/{session['id']}"


def follow(account: Account, intent: Json) -> None:
    """Complete the session when its payment intent is paid, or will be."""
    session_id = account.session_of.get(intent["id"])
    if session_id is None:
        return
    session, status = account.objects[session_id], intent["status"]
    paid = status == "succeeded"
    if session["status"] == "open" and status in {"succeeded", "processing", "requires_capture"}:
        session.update(status="complete", payment_status="paid" if paid else "unpaid", url=None)
        emit(account, "checkout.session.completed", session)
    elif session["status"] == "complete" and paid:
        session["payment_status"] = "paid"
        if intent["capture_method"] != "manual":
            emit(account, "checkout.session.async_payment_succeeded", session)
    elif session["status"] == "complete" and status == "requires_payment_method":
        emit(account, "checkout.session.async_payment_failed", session)


def _intent_of(account: Account, session: Json) -> Json:
    if session["payment_intent"] is not None:
        return account.objects[session["payment_intent"]]
    amount, currency = session["amount_total"], session["currency"]
    intent = payment_intents.new_intent(account, amount=amount, currency=currency)
    intent.update(account.drafts[session["id"]], customer=session["customer"])
    intent["payment_method_types"] = session["payment_method_types"]
    account.add(intent)
    account.session_of[intent["id"]] = session["id"]
    session["payment_intent"] = intent["id"]
    emit(account, "payment_intent.created", intent)
    return intent
