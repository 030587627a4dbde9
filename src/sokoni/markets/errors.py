"""What the front desk refuses."""

from sokoni.kernel.errors import Conflict, Invalid


class CountryNotServed(Invalid):
    """The shop does not sell to this country"""


class CountryTaken(Conflict):
    """Another region serves this country already"""


class RegionNameTaken(Conflict):
    """Another region has this name"""


class DefaultRegion(Conflict):
    """Make another region the default first"""


class RegionHasShippingOptions(Conflict):
    """The currency of a region with shipping options cannot change; delete them first"""
