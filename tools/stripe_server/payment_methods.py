"""Payment methods: a test card or bank account, perhaps saved for a customer."""

from tools.stripe_server import cards, lists
from tools.stripe_server.account import Account, new_id
from tools.stripe_server.cards import BankAccount, Card, Instrument
from tools.stripe_server.customers import address
from tools.stripe_server.errors import Json, StripeError, missing_object
from tools.stripe_server.events import emit
from tools.stripe_server.forms import Params, merged

TYPES = ("card", "sepa_debit")


def create(account: Account, params: Params) -> Json:
    instrument, details = described(params)
    metadata = params.strings_by_name("metadata")
    params.done()
    return store(account, instrument, details, metadata=merged({}, metadata))


def retrieve(account: Account, params: Params, method_id: str) -> Json:
    params.done()
    return find(account, method_id, param="id", status=404)


def listing(account: Account, params: Params) -> Json:
    customer, kind = params.text("customer"), params.text("type")
    found = [
        method
        for method in account.all("payment_method")
        if method["customer"] == customer is not None and kind in {None, method["type"]}
    ]
    return lists.page(found, params, url="/v1/payment_methods")


def attach(account: Account, params: Params, method_id: str) -> Json:
    customer = account.find("customer", params.required("customer"), param="customer", status=400)
    params.done()
    method = find(account, method_id)
    card = account.instruments[method["id"]]
    if isinstance(card, Card) and card.decline and not card.attaches:
        raise card_error(card.decline, {})
    method["customer"] = customer["id"]
    emit(account, "payment_method.attached", method)
    return method


def detach(account: Account, params: Params, method_id: str) -> Json:
    params.done()
    method = find(account, method_id)
    if method["customer"] is None:
        message = "The payment method you provided is not attached to a customer"
        raise StripeError(message, code="payment_method_not_attached")
    method["customer"] = None
    emit(account, "payment_method.detached", method)
    return method


def card_error(decline: cards.Decline, more: Json) -> StripeError:
    return StripeError(
        decline.message,
        status=402,
        kind="card_error",
        code=decline.code,
        decline_code=decline.decline_code,
        **more,
    )


def described(params: Params) -> tuple[Instrument, Json]:
    """The instrument that `type=card&card[number]=…` means, and its billing details."""
    kind = params.required("type")
    if kind not in TYPES:
        message = f"Invalid type: must be one of {', '.join(TYPES)}"
        raise StripeError(message, param=params.name("type"), saved=False)
    billing = params.child("billing_details")
    details: Json = {name: billing.text(name) for name in ("email", "name", "phone", "tax_id")}
    details["address"] = address(billing)
    params.ignore("allow_redisplay")
    fields = params.child(kind)
    if kind == "sepa_debit":
        return cards.by_iban(fields.required("iban")), details
    token = fields.text("token")
    fields.ignore("exp_month", "exp_year", "cvc", "networks")
    if token:
        card = cards.by_token(token.replace("tok_", "pm_card_"))
        if card is None:
            raise missing_object("token", token, param=fields.name("token"), status=400)
        return card, details
    return cards.by_number(fields.required("number")), details


def find(
    account: Account, method_id: str, *, param: str = "payment_method", status: int = 400
) -> Json:
    """A stored method, or a new one for a `pm_card_…` token of the documentation."""
    card = cards.by_token(method_id)
    if card is not None:
        return store(account, card, {})
    return account.find("payment_method", method_id, param=param, status=status)


def store(
    account: Account, instrument: Instrument, details: Json, *, metadata: Json | None = None
) -> Json:
    kind = "card" if isinstance(instrument, Card) else "sepa_debit"
    method: Json = {
        "id": new_id("pm"),
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": billing_details(details),
        "created": account.clock.now(),
        "customer": None,
        "livemode": False,
        "metadata": metadata or {},
        "type": kind,
        kind: _card(instrument) if isinstance(instrument, Card) else _sepa_debit(instrument),
    }
    account.instruments[method["id"]] = instrument
    return account.add(method)


def billing_details(details: Json) -> Json:
    blank: Json = dict.fromkeys(("city", "country", "line1", "line2", "postal_code", "state"))
    names = ("email", "name", "phone", "tax_id")
    return {"address": details.get("address") or blank} | {
        name: details.get(name) for name in names
    }


def _card(card: Card) -> Json:
    return {
        "brand": card.brand,
        "checks": {
            "address_line1_check": None,
            "address_postal_code_check": None,
            "cvc_check": "unchecked",
        },
        "country": card.country,
        "display_brand": card.brand,
        "exp_month": 12,
        "exp_year": 2034,
        "fingerprint": f"fp{card.number[-8:]}",
        "funding": card.funding,
        "generated_from": None,
        "last4": card.last4,
        "networks": {"available": [card.brand], "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True},
        "wallet": None,
    }


def _sepa_debit(bank: BankAccount) -> Json:
    return {
        "bank_code": bank.iban[4:12],
        "branch_code": "",
        "country": bank.iban[:2],
        "fingerprint": f"fp{bank.iban[-8:]}",
        "generated_from": {"charge": None, "setup_attempt": None},
        "last4": bank.last4,
    }
