"""What carts refuse."""

from sokoni.kernel.errors import Conflict, Invalid


class CartCompleted(Conflict):
    """This cart was paid and is closed"""


class CartChanged(Conflict):
    """The cart or a price changed since you read it"""


class NotEnoughStock(Conflict):
    """There are not that many left"""


class PriceUnavailable(Conflict):
    """This is not sold in that currency"""


class NotSellable(Conflict):
    """This is not for sale"""


class CountryNotServed(Invalid):
    """The shop does not deliver to this country"""


class ConfigurationRefused(Invalid):
    """This product takes no configuration"""
