"""Checkout sessions: what the API offers. `session_payment` is the buyer's side of them.

A session is `open`, then `complete` or `expired`, each once.
"""

from functools import partial

from tools.stripe_server import lists, money, paying, payment_intents, payment_methods
from tools.stripe_server.account import Account, new_id
from tools.stripe_server.customers import shipping
from tools.stripe_server.errors import Json, StripeError, bad_parameter
from tools.stripe_server.events import emit
from tools.stripe_server.forms import Params, merged
from tools.stripe_server.line_items import line_item, shipping_option

SHORTEST, LONGEST = 30 * 60, 24 * 3600
SLACK = 60  # seconds a request may be on its way
IGNORED = (
    *("locale", "payment_method_options", "phone_number_collection", "customer_update"),
    *("saved_payment_method_options", "custom_text", "tax_id_collection", "adaptive_pricing"),
)
INTENT_TEXTS = ("description", "receipt_email", "statement_descriptor_suffix", "transfer_group")


def create(account: Account, params: Params) -> Json:
    session = _new(account)
    mode = params.choice("mode", ("payment", "setup", "subscription")) or params.required("mode")
    if mode != "payment":
        raise bad_parameter(f"This server has no `{mode}` mode, only `payment`.", param="mode")
    items = [line_item(account, item) for item in params.children("line_items")]
    options = [shipping_option(account, option) for option in params.children("shipping_options")]
    _read(account, session, params)
    session["expires_at"] = _expiry(account, params.integer("expires_at"))
    intent = _intent_data(params)
    params.ignore(*IGNORED)
    params.done()
    if not items:
        message = "`line_items` is required in payment mode."
        raise bad_parameter(message, param="line_items", code="parameter_missing")
    _total(session, items, options)
    account.add(session)
    account.line_items[session["id"]] = items
    account.drafts[session["id"]] = intent
    wait = session["expires_at"] - account.clock.now()
    account.later(wait, partial(_run_out, account, session))
    return session


def retrieve(account: Account, params: Params, session_id: str) -> Json:
    params.done()
    return find(account, session_id)


def retrieve_line_items(account: Account, params: Params, session_id: str) -> Json:
    find(account, session_id)
    url = f"/v1/checkout/sessions/{session_id}/line_items"
    limit = params.integer("limit") or 10
    params.done()
    items = account.line_items[session_id]
    return lists.as_list(items[:limit], url=url, has_more=len(items) > limit)


def listing(account: Account, params: Params) -> Json:
    intent, status = params.text("payment_intent"), params.text("status")
    customer = params.text("customer")
    found = [
        session
        for session in account.all("checkout.session")
        if intent in {None, session["payment_intent"]}
        and status in {None, session["status"]}
        and customer in {None, session["customer"]}
    ]
    return lists.page(found, params, url="/v1/checkout/sessions")


def expire(account: Account, params: Params, session_id: str) -> Json:
    session = find(account, session_id)
    params.done()
    if session["status"] != "open":
        raise StripeError(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout '
            f"Session has a status of {session['status']}."
        )
    return _expire(account, session)


def find(account: Account, session_id: str) -> Json:
    return account.find("checkout.session", session_id, param="session")


def _run_out(account: Account, session: Json) -> None:
    if session["status"] == "open":
        _expire(account, session)


def _expire(account: Account, session: Json) -> Json:
    session.update(status="expired", url=None)
    intent = account.objects.get(session["payment_intent"] or "")
    if intent is not None:
        paying.cancel(account, intent, reason="automatic")
    emit(account, "checkout.session.expired", session)
    return session


def _expiry(account: Account, at: int | None) -> int:
    now = account.clock.now()
    if at is None:
        return now + LONGEST
    if at < now + SHORTEST - SLACK:
        message = "The `expires_at` timestamp must be at least 30 minutes from now."
        raise bad_parameter(message, param="expires_at")
    if at > now + LONGEST + SLACK:
        message = "The `expires_at` timestamp must be less than 24 hours from now."
        raise bad_parameter(message, param="expires_at")
    return at


def _read(account: Account, session: Json, params: Params) -> None:
    ui_mode = params.choice("ui_mode", ("hosted_page",))
    session["ui_mode"] = ui_mode or "hosted_page"
    params.required("success_url")
    session["success_url"] = params.url("success_url")
    session["cancel_url"] = params.url("cancel_url")
    for name in ("client_reference_id", "customer_email"):
        session[name] = params.text(name, limit=800)
    if customer := params.text("customer"):
        session["customer"] = account.find("customer", customer, param="customer", status=400)["id"]
    creation = params.choice("customer_creation", ("always", "if_required"))
    session["customer_creation"] = None if customer else creation or "if_required"
    session["billing_address_collection"] = params.choice(
        "billing_address_collection", ("auto", "required")
    )
    session["submit_type"] = params.choice("submit_type", ("auto", "book", "donate", "pay"))
    session["allow_promotion_codes"] = params.flag("allow_promotion_codes") or None
    session["metadata"] = merged({}, params.strings_by_name("metadata"))
    types = params.strings("payment_method_types")
    for kind in types:
        if kind not in payment_methods.TYPES:
            message = f'The payment method type "{kind}" is invalid.'
            raise bad_parameter(message, param="payment_method_types")
    session["payment_method_types"] = types or ["card"]


def _intent_data(params: Params) -> Json:
    data = params.child("payment_intent_data")
    intent: Json = {name: data.text(name) for name in INTENT_TEXTS}
    intent["metadata"] = merged({}, data.strings_by_name("metadata"))
    captures = payment_intents.CAPTURE_METHODS
    intent["capture_method"] = data.choice("capture_method", captures) or "automatic_async"
    intent["setup_future_usage"] = data.choice("setup_future_usage", payment_intents.FUTURE_USAGES)
    intent["shipping"] = shipping(data)
    return intent


def _total(session: Json, items: list[Json], options: list[Json]) -> None:
    currencies = {item["currency"] for item in items}
    if len(currencies) > 1:
        message = "All line items must have the same currency."
        raise bad_parameter(message, param="line_items")
    session["currency"] = currencies.pop()
    subtotal = sum(item["amount_total"] for item in items)
    carriage = options[0]["shipping_amount"] if options else 0
    money.check_amount(subtotal + carriage, session["currency"], param="line_items")
    session.update(amount_subtotal=subtotal, amount_total=subtotal + carriage)
    totals = {"amount_discount": 0, "amount_shipping": carriage, "amount_tax": 0}
    session.update(total_details=totals, shipping_options=options)
    if options:
        session["shipping_cost"] = {
            "amount_subtotal": carriage,
            "amount_tax": 0,
            "amount_total": carriage,
            "shipping_rate": options[0]["shipping_rate"],
        }


def _new(account: Account) -> Json:
    session_id = f"cs_test_{new_id('a')[2:]}{new_id('b')[2:]}"
    nothing = (
        *("after_expiration", "client_secret", "consent", "consent_collection"),
        *("currency_conversion", "customer_details", "invoice", "payment_intent", "payment_link"),
        *("recovered_from", "setup_intent", "shipping_address_collection", "shipping_cost"),
        *("subscription", "customer", "locale", "return_url", "origin_context"),
    )
    return dict.fromkeys(nothing) | {
        "id": session_id,
        "object": "checkout.session",
        "adaptive_pricing": {"enabled": False},
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "created": account.clock.now(),
        "custom_fields": [],
        "custom_text": dict.fromkeys(
            ("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")
        ),
        "discounts": [],
        "invoice_creation": None,
        "livemode": False,
        "mode": "payment",
        "payment_method_collection": "if_required",
        "payment_method_configuration_details": None,
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_status": "unpaid",
        "permissions": None,
        "phone_number_collection": {"enabled": False},
        "saved_payment_method_options": None,
        "status": "open",
        "url": f"{account.url}/c/pay/{session_id}",
        "wallet_options": None,
    }
