"""What pricing refuses."""

from sokoni.kernel.errors import Invalid


class InvalidQuantity(Invalid):
    """This quantity cannot be ordered"""


class InvalidPrice(Invalid):
    """A price is not negative"""


class MixedCurrencies(Invalid):
    """One purchase has one currency"""


class TotalTooLarge(Invalid):
    """The amount is larger than the shop can count"""
