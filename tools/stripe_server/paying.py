"""A payment intent's way from created to paid: confirm, 3-D Secure, decline, bank debit, cancel.

    requires_payment_method -> requires_confirmation -> requires_action -> succeeded
                  ^                                 |-> processing -------> succeeded
                  '-- decline, failed 3-D Secure ---|-> requires_capture -> succeeded

`canceled` can follow any but `succeeded` and `processing`. Emits the events of each step.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tools.stripe_server import cards, charges, payment_methods
from tools.stripe_server.account import Account
from tools.stripe_server.cards import GENERIC, BankAccount, Card, Decline
from tools.stripe_server.errors import Json, StripeError
from tools.stripe_server.events import emit
from tools.stripe_server.forms import Params, exactly_one

CONFIRMABLE = ("requires_payment_method", "requires_confirmation", "requires_action")
AUTHENTICATION_FAILED = "payment_intent_authentication_failure"
PENDING_ACTION = {"requires_action", "requires_confirmation", "requires_payment_method"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a confirmation asks for. `method` stores or finds the payment method."""

    method: Callable[[], Json] | None = None
    return_url: str | None = None


def wish(account: Account, params: Params, *, confirming: bool = False) -> Wish:
    """Read the parameters of a confirmation, or of choosing a method without one."""
    return_url = params.url("return_url")
    if return_url and not confirming:
        message = "`return_url` can only be sent together with `confirm=true`."
        raise StripeError(message, param="return_url", saved=False)
    params.ignore("off_session", "mandate", "mandate_data")
    token, data = params.text("payment_method"), params.child("payment_method_data")
    if token and data.tree:
        exactly_one(params, "payment_method", "payment_method_data")
    if token:
        if cards.by_token(token) is None:
            account.find("payment_method", token, param="payment_method", status=400)
        return Wish(partial(payment_methods.find, account, token), return_url)
    if data.tree:
        instrument, details = payment_methods.described(data)
        return Wish(partial(payment_methods.store, account, instrument, details), return_url)
    return Wish(return_url=return_url)


def check_return_url(intent: Json, wish: Wish) -> None:
    """Methods that may redirect need somewhere to come back to."""
    automatic = intent["automatic_payment_methods"]
    if automatic and automatic["allow_redirects"] == "always" and not wish.return_url:
        raise StripeError(
            "This PaymentIntent is configured to accept payment methods enabled in your Dashboard."
            " Because some of these payment methods might redirect your customer off of your page,"
            " you must provide a `return_url`. If you don't want to accept redirect-based payment "
            "methods, set `automatic_payment_methods[enabled]` to `true` and "
            "`automatic_payment_methods[allow_redirects]` to `never`.",
            saved=False,
        )


def choose(intent: Json, method: Json) -> None:
    """Make this the intent's payment method."""
    kind, types = method["type"], intent["payment_method_types"]
    if not intent["automatic_payment_methods"] and kind not in types:
        message = f"The PaymentMethod provided ({kind}) is not allowed for this PaymentIntent."
        raise StripeError(message, param="payment_method")
    if kind == "sepa_debit" and intent["currency"] != "eur":
        message = "The currency provided is not supported by sepa_debit. Use eur."
        raise StripeError(message, param="payment_method")
    intent.update(payment_method=method["id"], status="requires_confirmation", next_action=None)


def check_confirmable(intent: Json) -> None:
    if intent["status"] not in CONFIRMABLE:
        raise unexpected_state(intent, "confirmed")


def confirm(account: Account, intent: Json, *, return_url: str | None) -> Json:
    """Try to pay with the chosen method; a decline is an error and is kept on the intent."""
    check_confirmable(intent)
    if intent["payment_method"] is None:
        raise StripeError(
            "You cannot confirm this PaymentIntent because it's missing a payment method. You can "
            "either update the PaymentIntent with a payment method and then confirm it again, or "
            "confirm it again directly with a payment method.",
            code="payment_intent_unexpected_state",
            payment_intent=dict(intent),
        )
    card = account.instruments[intent["payment_method"]]
    if isinstance(card, BankAccount):
        return _debit(account, intent, card)
    if account.next_decline is not None:
        return decline(account, intent, account.next_decline)
    if card.authentication:
        return _ask_for_authentication(account, intent, return_url)
    return _charge(account, intent, card)


def authenticate(account: Account, intent: Json, *, passed: bool) -> None:
    """The buyer finished the bank's page; a decline afterwards is told by the intent."""
    if intent["status"] != "requires_action":
        raise unexpected_state(intent, "authenticated")
    intent["next_action"] = None
    card = account.instruments[intent["payment_method"]]
    assert isinstance(card, Card)
    try:
        if passed:
            _charge(account, intent, card, authenticated=True)
        else:
            message = "The provided PaymentMethod has failed authentication."
            _fail(account, intent, code=AUTHENTICATION_FAILED, message=message)
            account.follow(intent)
    except StripeError:
        return


def decline(account: Account, intent: Json, why: Decline) -> Json:
    charge = charges.refuse(account, intent, why)
    _fail(
        account,
        intent,
        code=why.code,
        message=why.message,
        decline_code=why.decline_code,
        charge=charge["id"],
    )
    account.follow(intent)
    more = {"charge": charge["id"], "payment_intent": dict(intent)}
    raise payment_methods.card_error(why, more)


def succeed(account: Account, intent: Json, amount: int) -> Json:
    intent.update(status="succeeded", amount_received=amount, amount_capturable=0, processing=None)
    emit(account, "payment_intent.succeeded", intent)
    account.follow(intent)
    return intent


def cancel(account: Account, intent: Json, *, reason: str | None) -> Json:
    if intent["status"] not in PENDING_ACTION | {"requires_capture"}:
        raise unexpected_state(intent, "canceled")
    if intent["status"] == "requires_capture":
        charge = account.objects[intent["latest_charge"]]
        charge["refunded"] = True
        emit(account, "charge.expired", charge)
    intent.update(status="canceled", amount_capturable=0, next_action=None)
    intent.update(canceled_at=account.clock.now(), cancellation_reason=reason)
    emit(account, "payment_intent.canceled", intent)
    return intent


def unexpected_state(intent: Json, verb: str, *, param: str | None = None) -> StripeError:
    return StripeError(
        f"This PaymentIntent could not be {verb} because it has a status of {intent['status']}.",
        code="payment_intent_unexpected_state",
        param=param,
        payment_intent=dict(intent),
    )


def _charge(account: Account, intent: Json, card: Card, *, authenticated: bool = False) -> Json:
    if card.decline is not None:
        return decline(account, intent, card.decline)
    intent["last_payment_error"] = None
    held = intent["capture_method"] == "manual"
    charges.take(account, intent, captured=not held, authenticated=authenticated)
    if not held:
        return succeed(account, intent, intent["amount"])
    intent.update(status="requires_capture", amount_capturable=intent["amount"])
    emit(account, "payment_intent.amount_capturable_updated", intent)
    account.follow(intent)
    return intent


def _ask_for_authentication(account: Account, intent: Json, return_url: str | None) -> Json:
    url = f"{account.url}/3ds/{intent['id']}"
    action: Json = {"type": "use_stripe_sdk"}
    action["use_stripe_sdk"] = {"type": "three_d_secure_redirect", "stripe_js": url}
    if return_url:
        action = {"type": "redirect_to_url"}
        action["redirect_to_url"] = {"return_url": return_url, "url": url}
    intent.update(status="requires_action", next_action=action, last_payment_error=None)
    emit(account, "payment_intent.requires_action", intent)
    return intent


def _debit(account: Account, intent: Json, bank: BankAccount) -> Json:
    charges.pend(account, intent)
    intent.update(status="processing", last_payment_error=None)
    emit(account, "payment_intent.processing", intent)
    account.later(account.async_delay, partial(_settle_debit, account, intent, bank))
    account.follow(intent)
    return intent


def _settle_debit(account: Account, intent: Json, bank: BankAccount) -> None:
    charge = account.objects[intent["latest_charge"]]
    if bank.succeeds:
        charge.update(status="succeeded", paid=True)
        charges.book(account, charge, intent["amount"])
        emit(account, "charge.succeeded", charge)
        succeed(account, intent, intent["amount"])
        return
    message = "The customer's bank account could not be debited."
    charge.update(status="failed", captured=False, failure_code=GENERIC.code)
    charge["failure_message"] = message
    emit(account, "charge.failed", charge)
    code = "payment_intent_payment_attempt_failed"
    _fail(account, intent, code=code, message=message, charge=charge["id"])
    account.follow(intent)


def _fail(account: Account, intent: Json, *, code: str, message: str, **more: str) -> None:
    kind = "invalid_request_error" if code == AUTHENTICATION_FAILED else "card_error"
    method = account.objects[intent["payment_method"]]
    intent["last_payment_error"] = {
        "type": kind,
        "code": code,
        "message": message,
        "doc_url": f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}",
        "payment_method": dict(method),
        **more,
    }
    intent.update(status="requires_payment_method", payment_method=None, next_action=None)
    emit(account, "payment_intent.payment_failed", intent)
