"""Refusals of payments."""

from sokoni.kernel.errors import Conflict, Invalid, NotFound, Unavailable


class PaymentNotFound(NotFound):
    """There is no such payment here"""


class NoSuchProvider(NotFound):
    """No payment provider of this name sends webhooks here"""


class AlreadyPaid(Conflict):
    """The order is paid already"""


class PaymentClosed(Conflict):
    """This payment can no longer be made"""


class PaymentUnderWay(Conflict):
    """Another payment of this order is under way"""


class ProviderUnknown(Invalid):
    """There is no such payment provider here"""


class CardRefused(Invalid):
    """This card cannot be used here"""


class AmountTooSmall(Invalid):
    """The amount is below what the provider takes"""


class AmountNotChargeable(Invalid):
    """The provider has no number for exactly this amount"""


class PaymentRefused(Conflict):
    """The payment provider refused the request"""


class ProviderUnavailable(Unavailable):
    """The payment provider does not answer right now"""


class WebhookRefused(Invalid):
    """The webhook's signature is not valid"""

    status = 400


class AmountMismatch(Conflict):
    """The provider took another amount than was asked for"""
