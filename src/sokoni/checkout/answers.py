"""The answer of a checkout, as it goes out and as it is kept under its key."""

from sokoni.checkout.flows import CheckedOut
from sokoni.checkout.schemas import CheckoutOut
from sokoni.kernel.idempotency import Answer
from sokoni.kernel.ids import encode


def checkout_answer(found: CheckedOut, *, secret: str) -> Answer:
    """201 with the order, its token and its payment."""
    headers = {
        "content-type": "application/json",
        "location": f"/api/v1/orders/{encode('ord', found.order.id)}",
    }
    body = CheckoutOut.of(found, secret=secret).model_dump_json().encode()
    return Answer(status=201, headers=headers, body=body)
