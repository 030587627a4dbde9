"""What carts refuse."""

from sokoni.kernel.errors import Conflict, Invalid


class CartCompleted(Conflict):
    """This cart was paid and is closed

    Member `order_id`: its order.
    """


class PriceUnavailable(Conflict):
    """This is not sold in that currency

    Members `variant_ids` and `currency`.
    """


class NotSellable(Conflict):
    """This is not for sale (any more)

    Member `variant_ids`.
    """


class NoRegions(Conflict):
    """The shop serves no region yet"""


class ShippingOptionRefused(Invalid):
    """This cart cannot be shipped that way"""
