"""Payment intents: what the API offers. `paying` moves them from state to state."""

from tools.stripe_server import charges, lists, money, paying, payment_methods
from tools.stripe_server.account import Account, new_id
from tools.stripe_server.customers import shipping
from tools.stripe_server.errors import Json, StripeError, bad_parameter
from tools.stripe_server.events import emit
from tools.stripe_server.forms import Params, merged

TEXTS = ("description", "receipt_email", "statement_descriptor", "statement_descriptor_suffix")
CANCELLATION_REASONS = ("abandoned", "duplicate", "fraudulent", "requested_by_customer")
CAPTURE_METHODS = ("automatic", "automatic_async", "manual")
FUTURE_USAGES = ("off_session", "on_session")


def create(account: Account, params: Params) -> Json:
    currency = money.currency(params.required("currency"))
    amount = money.check_amount(params.required_integer("amount"), currency)
    intent = new_intent(account, amount=amount, currency=currency)
    _choose_methods(intent, params)
    intent["capture_method"] = params.choice("capture_method", CAPTURE_METHODS) or "automatic_async"
    intent["confirmation_method"] = (
        params.choice("confirmation_method", ("automatic", "manual")) or "automatic"
    )
    _read_texts(intent, params)
    if customer := params.text("customer"):
        found = account.find("customer", customer, param="customer", status=400)
        intent["customer"] = found["id"]
    confirming = params.flag("confirm")
    wish = paying.wish(account, params, confirming=confirming)
    params.done()
    return _begin(account, intent, wish, confirming=confirming)


def _begin(account: Account, intent: Json, wish: paying.Wish, *, confirming: bool) -> Json:
    if confirming:
        paying.check_return_url(intent, wish)
    if wish.method is not None:
        paying.choose(intent, wish.method())
    account.add(intent)
    emit(account, "payment_intent.created", intent)
    if confirming:
        paying.confirm(account, intent, return_url=wish.return_url)
    return intent


def update(account: Account, params: Params, intent_id: str) -> Json:
    intent = find(account, intent_id)
    currency = money.currency(params.text("currency") or intent["currency"])
    amount = params.integer("amount")
    if amount is not None:
        money.check_amount(amount, currency)
    change = {"amount": intent["amount"] if amount is None else amount, "currency": currency}
    texts: Json = {"metadata": dict(intent["metadata"]), "shipping": intent["shipping"]}
    _read_texts(texts, params, only_sent=True)
    wish = paying.wish(account, params)
    params.done()
    if intent["status"] in {"succeeded", "canceled", "processing", "requires_capture"}:
        if amount is not None or wish.method is not None:
            raise paying.unexpected_state(intent, "updated", param="amount")
        change = {}
    intent.update(change | texts)
    if wish.method is not None:
        paying.choose(intent, wish.method())
    return intent


def retrieve(account: Account, params: Params, intent_id: str) -> Json:
    params.ignore("client_secret")
    params.done()
    return find(account, intent_id)


def listing(account: Account, params: Params) -> Json:
    customer = params.text("customer")
    found = [
        intent for intent in account.all("payment_intent") if customer in {None, intent["customer"]}
    ]
    return lists.page(found, params, url="/v1/payment_intents")


def confirm(account: Account, params: Params, intent_id: str) -> Json:
    intent = find(account, intent_id)
    _read_texts({"metadata": {}}, params, only_sent=True)
    wish = paying.wish(account, params, confirming=True)
    params.done()
    paying.check_return_url(intent, wish)
    paying.check_confirmable(intent)
    if wish.method is not None:
        paying.choose(intent, wish.method())
    return paying.confirm(account, intent, return_url=wish.return_url)


def cancel(account: Account, params: Params, intent_id: str) -> Json:
    intent = find(account, intent_id)
    reason = params.choice("cancellation_reason", CANCELLATION_REASONS)
    params.done()
    if intent_id in account.session_of:
        message = (
            "You cannot cancel PaymentIntents created by Checkout Sessions. "
            "Expire the Checkout Session instead."
        )
        raise StripeError(message)
    return paying.cancel(account, intent, reason=reason)


def capture(account: Account, params: Params, intent_id: str) -> Json:
    intent = find(account, intent_id)
    amount = params.integer("amount_to_capture")
    metadata = params.strings_by_name("metadata")
    params.ignore("statement_descriptor", "statement_descriptor_suffix")
    params.done()
    if intent["status"] != "requires_capture":
        raise paying.unexpected_state(intent, "captured")
    amount = intent["amount_capturable"] if amount is None else amount
    if not 0 < amount <= intent["amount_capturable"]:
        message = (
            f"The payment intent's capturable amount is {intent['amount_capturable']}; "
            f"{amount} cannot be captured."
        )
        raise bad_parameter(message, param="amount_to_capture", code="amount_too_large")
    intent["metadata"] = merged(intent["metadata"], metadata)
    charge = account.objects[intent["latest_charge"]]
    charges.book(account, charge, amount)
    emit(account, "charge.captured", charge)
    return paying.succeed(account, intent, amount)


def find(account: Account, intent_id: str) -> Json:
    return account.find("payment_intent", intent_id, param="intent")


def new_intent(account: Account, *, amount: int, currency: str) -> Json:
    intent_id = new_id("pi")
    return {
        "id": intent_id,
        "object": "payment_intent",
        "amount": amount,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic_async",
        "client_secret": f"{intent_id}_secret_{new_id('s')[-16:]}",
        "confirmation_method": "automatic",
        "created": account.clock.now(),
        "currency": currency,
        "customer": None,
        "description": None,
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": {},
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_configuration_details": None,
        "payment_method_options": {
            "card": {
                "installments": None,
                "mandate_options": None,
                "network": None,
                "request_three_d_secure": "automatic",
            }
        },
        "payment_method_types": ["card"],
        "processing": None,
        "receipt_email": None,
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "source": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": None,
    }


def _choose_methods(intent: Json, params: Params) -> None:
    """Named types, or whatever the account offers (the default since API version 2023-08-16)."""
    types = params.strings("payment_method_types")
    automatic = params.child("automatic_payment_methods")
    enabled = automatic.flag("enabled")
    redirects = automatic.choice("allow_redirects", ("always", "never")) or "always"
    if params.has("automatic_payment_methods") and not automatic.has("enabled"):
        automatic.required("enabled")
    if types and enabled:
        message = "You may only specify one of: automatic_payment_methods, payment_method_types."
        raise bad_parameter(message, param="automatic_payment_methods")
    for kind in types:
        if kind not in payment_methods.TYPES:
            message = f'The payment method type "{kind}" is invalid.'
            raise bad_parameter(message, param="payment_method_types")
    if types:
        intent["payment_method_types"] = types
    elif enabled or not automatic.has("enabled"):
        intent["automatic_payment_methods"] = {"allow_redirects": redirects, "enabled": True}


def _read_texts(intent: Json, params: Params, *, only_sent: bool = False) -> None:
    for name in (*TEXTS, "transfer_group"):
        value = params.text(name, limit=22 if name.startswith("statement") else 1000)
        if name in params.tree or not only_sent:
            intent[name] = value
    usage = params.choice("setup_future_usage", FUTURE_USAGES)
    sent = shipping(params)
    if usage:
        intent["setup_future_usage"] = usage
    if sent:
        intent["shipping"] = sent
    intent["metadata"] = merged(intent["metadata"], params.strings_by_name("metadata"))
    params.ignore(
        "payment_method_options", "radar_options", "use_stripe_sdk", "error_on_requires_action"
    )
