"""Refunds: money given back, at most what was captured.

The only writer of refunds to the ledger. A refund counts from its creation; one that fails later
gives the charge its amount back, so that it can be refunded again.
"""

from functools import partial

from tools.stripe_server import charges, lists, money
from tools.stripe_server.account import Account, new_id
from tools.stripe_server.cards import Afterwards, Card
from tools.stripe_server.errors import Json, StripeError
from tools.stripe_server.events import emit
from tools.stripe_server.forms import Params, exactly_one, merged
from tools.stripe_server.ledger import EntryKind

REASONS = ("duplicate", "fraudulent", "requested_by_customer")
REFERENCE = {"reference_status": "pending", "reference_type": "acquirer_reference_number"}


def create(account: Account, params: Params) -> Json:
    by = exactly_one(params, "payment_intent", "charge")
    intent_id, charge_id = params.text("payment_intent"), params.text("charge")
    amount, reason = params.integer("amount"), params.choice("reason", REASONS)
    metadata = params.strings_by_name("metadata")
    params.ignore("reverse_transfer", "refund_application_fee")
    params.done()
    if by == "payment_intent":
        charge = _charge_of(account, intent_id or "")
    else:
        charge = account.find("charge", charge_id or "", param="charge")
    amount = _allowed(charge, amount)
    refund = _new(account, charge, amount, reason)
    refund["metadata"] = merged({}, metadata)
    card = account.instruments[charge["payment_method"]]
    fate = card.afterwards if isinstance(card, Card) else Afterwards.REFUND_PENDING
    if fate is Afterwards.REFUND_PENDING:
        refund.update(status="pending", pending_reason="processing")
        account.later(account.async_delay, partial(_arrive, account, refund))
    elif fate is Afterwards.REFUND_FAILS:
        account.later(account.async_delay, partial(_fail, account, refund))
    _book(account, refund, charge)
    emit(account, "refund.created", refund)
    emit(account, "charge.refunded", charge)
    return refund


def update(account: Account, params: Params, refund_id: str) -> Json:
    refund = account.find("refund", refund_id)
    metadata = params.strings_by_name("metadata")
    params.done()
    refund["metadata"] = merged(refund["metadata"], metadata)
    emit(account, "refund.updated", refund)
    return refund


def retrieve(account: Account, params: Params, refund_id: str) -> Json:
    params.done()
    return account.find("refund", refund_id)


def listing(account: Account, params: Params) -> Json:
    intent, charge = params.text("payment_intent"), params.text("charge")
    found = [
        refund
        for refund in account.all("refund")
        if intent in {None, refund["payment_intent"]} and charge in {None, refund["charge"]}
    ]
    return lists.page(found, params, url="/v1/refunds")


def _charge_of(account: Account, intent_id: str) -> Json:
    intent = account.find("payment_intent", intent_id, param="payment_intent")
    charge: Json | None = account.objects.get(intent["latest_charge"] or "")
    if charge is None or not charge["paid"]:
        message = f"This PaymentIntent ({intent_id}) does not have a successful charge to refund."
        raise StripeError(message, param="payment_intent")
    return charge


def _allowed(charge: Json, amount: int | None) -> int:
    """The amount to refund, by default all that is left."""
    if not charge["captured"] or not charge["paid"]:
        raise StripeError(f"Charge {charge['id']} has not been captured.", param="charge")
    if charge["disputed"]:
        message = f"Charge {charge['id']} has been charged back; cannot issue a refund."
        raise StripeError(message, code="charge_disputed")
    left = charge["amount_captured"] - charge["amount_refunded"]
    if left == 0:
        message = f"Charge {charge['id']} has already been refunded."
        raise StripeError(message, code="charge_already_refunded")
    amount = left if amount is None else amount
    if amount < 1:
        message = "This value must be greater than or equal to 1."
        raise StripeError(message, code="parameter_invalid_integer", param="amount", saved=False)
    if amount > left:
        currency = charge["currency"]
        message = (
            f"Refund amount ({money.show(amount, currency)}) is greater than unrefunded amount on "
            f"charge ({money.show(left, currency)})"
        )
        raise StripeError(message, param="amount")
    return amount


def _new(account: Account, charge: Json, amount: int, reason: str | None) -> Json:
    refund = {
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": account.clock.now(),
        "currency": charge["currency"],
        "destination_details": {"card": {**REFERENCE, "type": "refund"}, "type": "card"},
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "reason": reason,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
    }
    if charge["payment_method_details"]["type"] != "card":
        refund["destination_details"] = {"sepa_bank_transfer": {}, "type": "sepa_bank_transfer"}
    return account.add(refund)


def _book(account: Account, refund: Json, charge: Json) -> None:
    entry = charges.balance_transaction(
        account,
        source=refund["id"],
        kind="refund",
        amount=-refund["amount"],
        currency=refund["currency"],
    )
    refund["balance_transaction"] = entry["id"]
    _give_back(charge, refund["amount"])
    account.moved(EntryKind.REFUND, charge, refund["amount"], refund["id"])


def _give_back(charge: Json, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]


def _arrive(account: Account, refund: Json) -> None:
    del refund["pending_reason"]
    refund["status"] = "succeeded"
    _tell(account, refund, "refund.updated", previous={"status": "pending"})


def _fail(account: Account, refund: Json) -> None:
    charge = account.objects[refund["charge"]]
    entry = charges.balance_transaction(
        account,
        source=refund["id"],
        kind="refund_failure",
        amount=refund["amount"],
        currency=refund["currency"],
    )
    refund.update(status="failed", failure_reason="expired_or_canceled_card")
    refund["failure_balance_transaction"] = entry["id"]
    _give_back(charge, -refund["amount"])
    account.moved(EntryKind.REFUND_FAILED, charge, refund["amount"], refund["id"])
    _tell(account, refund, "refund.updated", previous={"status": "succeeded"})
    emit(account, "refund.failed", refund)


def _tell(account: Account, refund: Json, kind: str, *, previous: Json) -> None:
    emit(account, kind, refund, previous=previous)
    emit(account, "charge.refund.updated", refund, previous=previous)
