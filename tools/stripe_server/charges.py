"""Charges: one attempt to take money, its fee, its dispute.

The only writer of captures to the ledger.
"""

from tools.stripe_server import lists, money
from tools.stripe_server.account import Account, new_id
from tools.stripe_server.cards import Afterwards, Card, Decline
from tools.stripe_server.disputes import open_dispute
from tools.stripe_server.errors import Json
from tools.stripe_server.events import emit
from tools.stripe_server.forms import Params
from tools.stripe_server.ledger import EntryKind

AUTHORIZATION_SECONDS = 7 * 24 * 3600
AVAILABLE_SECONDS = 2 * 24 * 3600


def retrieve(account: Account, params: Params, charge_id: str) -> Json:
    params.done()
    return account.find("charge", charge_id)


def listing(account: Account, params: Params) -> Json:
    intent, customer = params.text("payment_intent"), params.text("customer")
    found = [
        charge
        for charge in account.all("charge")
        if intent in {None, charge["payment_intent"]} and customer in {None, charge["customer"]}
    ]
    return lists.page(found, params, url="/v1/charges")


def retrieve_balance_transaction(account: Account, params: Params, entry_id: str) -> Json:
    params.done()
    return account.find("balance_transaction", entry_id)


def take(account: Account, intent: Json, *, captured: bool, authenticated: bool = False) -> Json:
    """Charge the intent's payment method; the money is ours, or only reserved."""
    charge = _new(account, intent, authenticated=authenticated)
    charge.update(status="succeeded", paid=True)
    charge["outcome"] = _outcome("approved_by_network", "authorized", "Payment complete.")
    account.add(charge)
    intent["latest_charge"] = charge["id"]
    if captured:
        book(account, charge, intent["amount"])
    emit(account, "charge.succeeded", charge)
    card = account.instruments[intent["payment_method"]]
    if captured and isinstance(card, Card) and card.afterwards is Afterwards.DISPUTE:
        open_dispute(account, charge)
    return charge


def book(account: Account, charge: Json, amount: int) -> None:
    """Capture so much of an authorised charge."""
    kept = money.fee(amount, charge["currency"])
    entry = balance_transaction(
        account,
        source=charge["id"],
        kind="charge",
        amount=amount,
        currency=charge["currency"],
        fee=kept,
    )
    charge.update(captured=True, amount_captured=amount, balance_transaction=entry["id"])
    account.moved(EntryKind.CAPTURE, charge, amount)


def pend(account: Account, intent: Json) -> Json:
    """A bank debit: known only later."""
    charge = account.add(_new(account, intent))
    charge.update(status="pending", captured=True)
    charge["outcome"] = _outcome("approved_by_network", "authorized", "Payment complete.")
    intent["latest_charge"] = charge["id"]
    emit(account, "charge.pending", charge)
    return charge


def refuse(account: Account, intent: Json, decline: Decline) -> Json:
    """Record an attempt that was declined."""
    charge = _new(account, intent)
    charge.update(status="failed", failure_code=decline.code, failure_message=decline.message)
    network = "not_sent_to_network" if decline.blocked else "declined_by_network"
    kind = "blocked" if decline.blocked else "issuer_declined"
    charge["outcome"] = _outcome(network, kind, "The payment was not completed.")
    charge["outcome"]["reason"] = decline.decline_code
    if decline.blocked:
        charge["outcome"].update(risk_level="highest", risk_score=92)
    account.add(charge)
    intent["latest_charge"] = charge["id"]
    emit(account, "charge.failed", charge)
    return charge


def balance_transaction(
    account: Account, *, source: str, kind: str, amount: int, currency: str, fee: int = 0
) -> Json:
    details = {
        "amount": fee,
        "application": None,
        "currency": currency,
        "description": "Stripe processing fees",
        "type": "stripe_fee",
    }
    entry = {
        "id": new_id("txn"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": account.clock.now() + AVAILABLE_SECONDS,
        "balance_type": "payments",
        "created": account.clock.now(),
        "currency": currency,
        "description": None,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [details] if fee else [],
        "net": amount - fee,
        "reporting_category": "refund" if kind == "refund_failure" else kind,
        "source": source,
        "status": "pending",
        "type": kind,
    }
    return account.add(entry)


def _new(account: Account, intent: Json, *, authenticated: bool = False) -> Json:
    method = account.objects[intent["payment_method"]]
    return {
        "id": new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": 0,
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": dict(method["billing_details"]),
        "calculated_statement_descriptor": "SOKONI",
        "captured": False,
        "created": account.clock.now(),
        "currency": intent["currency"],
        "customer": intent["customer"],
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "fraud_details": {},
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "on_behalf_of": None,
        "outcome": None,
        "paid": False,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": _details(account, intent, method, authenticated=authenticated),
        "radar_options": {},
        "receipt_email": intent["receipt_email"],
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": intent["shipping"],
        "source": None,
        "source_transfer": None,
        "statement_descriptor": intent["statement_descriptor"],
        "statement_descriptor_suffix": intent["statement_descriptor_suffix"],
        "status": "pending",
        "transfer_data": None,
        "transfer_group": intent["transfer_group"],
    }


def _details(account: Account, intent: Json, method: Json, *, authenticated: bool) -> Json:
    kind = method["type"]
    if kind != "card":
        names = ("bank_code", "branch_code", "country", "fingerprint", "last4")
        return {"type": kind, kind: {name: method[kind][name] for name in names}}
    card = method["card"]
    shown = ("brand", "checks", "country", "exp_month", "exp_year", "fingerprint", "funding")
    three_d_secure = {
        "authentication_flow": "challenge",
        "electronic_commerce_indicator": "05",
        "exemption_indicator": None,
        "result": "authenticated",
        "result_reason": None,
        "transaction_id": intent["id"],
        "version": "2.2.0",
    }
    return {
        "type": "card",
        "card": {name: card[name] for name in shown}
        | {
            "amount_authorized": intent["amount"],
            "authorization_code": "123456",
            "capture_before": account.clock.now() + AUTHORIZATION_SECONDS,
            "extended_authorization": {"status": "disabled"},
            "incremental_authorization": {"status": "unavailable"},
            "installments": None,
            "last4": card["last4"],
            "mandate": None,
            "multicapture": {"status": "unavailable"},
            "network": card["brand"],
            "network_token": {"used": False},
            "network_transaction_id": new_id("ntx")[-15:],
            "overcapture": {"status": "unavailable", "maximum_amount_capturable": intent["amount"]},
            "regulated_status": card["regulated_status"],
            "three_d_secure": three_d_secure if authenticated else None,
            "wallet": None,
        },
    }


def _outcome(network: str, kind: str, message: str) -> Json:
    return {
        "advice_code": None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": network,
        "reason": None,
        "risk_level": "normal",
        "risk_score": 12,
        "seller_message": message,
        "type": kind,
    }
