"""The purchase, from cart to paid order, and its ends. See the module's docstring."""

from sokoni.checkout.flows.ending import cancel, close_at_provider, expire
from sokoni.checkout.flows.outcome import CheckedOut, finish_abandoned
from sokoni.checkout.flows.purchase import Shop, checkout
from sokoni.checkout.flows.request import CheckoutRequest, RequestedItem

__all__ = [
    "CheckedOut",
    "CheckoutRequest",
    "RequestedItem",
    "Shop",
    "cancel",
    "checkout",
    "close_at_provider",
    "expire",
    "finish_abandoned",
]
