"""Why a checkout is refused. Nothing was ordered, held or charged then."""

from sokoni.kernel.errors import Conflict, Invalid


class CartChanged(Conflict):
    """The cart or a price changed since you looked

    Member `cart`: what it is now. Its version is the one to check out next.
    """


class CartEmpty(Conflict):
    """There is nothing in this cart"""


class ProductUnavailable(Conflict):
    """Something in the cart is not for sale any more

    Member `variant_ids`.
    """


class CountryNotServed(Invalid):
    """The shop does not deliver to this country"""


class NoShippingOption(Invalid):
    """No shipping option fits this purchase"""


class ShippingOptionUnknown(Invalid):
    """This shipping option cannot be had for this purchase"""
