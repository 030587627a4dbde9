"""Disputes: a buyer who asks the bank for the money back."""

from tools.stripe_server.account import Account, new_id
from tools.stripe_server.errors import Json
from tools.stripe_server.events import emit
from tools.stripe_server.forms import Params
from tools.stripe_server.ledger import EntryKind

ANSWER_SECONDS = 7 * 24 * 3600


def retrieve(account: Account, params: Params, dispute_id: str) -> Json:
    params.done()
    return account.find("dispute", dispute_id)


def open_dispute(account: Account, charge: Json) -> Json:
    """The whole charge is disputed as fraudulent; its money is taken back for now."""
    dispute = {
        "id": new_id("du"),
        "object": "dispute",
        "amount": charge["amount_captured"],
        "balance_transactions": [],
        "charge": charge["id"],
        "created": account.clock.now(),
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {"enhanced_evidence": {}},
        "evidence_details": {
            "due_by": account.clock.now() + ANSWER_SECONDS,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": None,
        "reason": "fraudulent",
        "status": "needs_response",
    }
    charge["disputed"] = True
    account.add(dispute)
    account.moved(EntryKind.DISPUTE, charge, dispute["amount"])
    emit(account, "charge.dispute.created", dispute)
    return dispute
