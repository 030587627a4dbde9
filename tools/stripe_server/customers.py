"""Customers: a name to save payment methods under."""

from tools.stripe_server import lists
from tools.stripe_server.account import Account, new_id
from tools.stripe_server.errors import Json
from tools.stripe_server.events import emit
from tools.stripe_server.forms import Params, merged

ADDRESS = ("city", "country", "line1", "line2", "postal_code", "state")


def create(account: Account, params: Params) -> Json:
    customer: Json = {
        "id": new_id("cus"),
        "object": "customer",
        "address": None,
        "balance": 0,
        "created": account.clock.now(),
        "currency": None,
        "default_source": None,
        "delinquent": False,
        "description": None,
        "email": None,
        "invoice_prefix": new_id("in")[-8:].upper(),
        "livemode": False,
        "metadata": {},
        "name": None,
        "phone": None,
        "preferred_locales": [],
        "shipping": None,
        "tax_exempt": "none",
        "test_clock": None,
    }
    _write(customer, params)
    account.add(customer)
    emit(account, "customer.created", customer)
    return customer


def update(account: Account, params: Params, customer_id: str) -> Json:
    customer = account.find("customer", customer_id)
    _write(customer, params)
    emit(account, "customer.updated", customer)
    return customer


def retrieve(account: Account, params: Params, customer_id: str) -> Json:
    params.done()
    return account.find("customer", customer_id)


def listing(account: Account, params: Params) -> Json:
    email = params.text("email")
    found = [item for item in account.all("customer") if email in {None, item["email"]}]
    return lists.page(found, params, url="/v1/customers")


def address(params: Params) -> Json | None:
    """The address nested under `address`, with every part present."""
    nested = params.child("address")
    parts = {part: nested.text(part) for part in ADDRESS}
    return parts if params.has("address") else None


def shipping(params: Params) -> Json | None:
    nested = params.child("shipping")
    sent: Json = {name: nested.text(name) for name in ("name", "phone", "carrier")}
    sent |= {"tracking_number": nested.text("tracking_number"), "address": address(nested)}
    return sent if params.has("shipping") else None


def _write(customer: Json, params: Params) -> None:
    texts = {name: params.text(name) for name in ("description", "email", "name", "phone")}
    change: Json = {name: value for name, value in texts.items() if name in params.tree}
    metadata = params.strings_by_name("metadata")
    lived, sent = address(params), shipping(params)
    params.done()
    if lived:
        change["address"] = lived
    if sent:
        change["shipping"] = {name: sent[name] for name in ("address", "name", "phone")}
    customer.update(change, metadata=merged(customer["metadata"], metadata))
