"""What the catalogue refuses."""

from sokoni.kernel.errors import Conflict, Invalid, NotFound


class SlugTaken(Conflict):
    """Another one has this address"""


class SkuTaken(Conflict):
    """Another variant has this SKU"""


class CategoryCycle(Invalid):
    """A category cannot stand below itself"""


class CategoryNotEmpty(Conflict):
    """The category has others below it"""


class BrandInUse(Conflict):
    """Products are of this brand"""


class ProductNotFound(NotFound):
    """There is no such product here"""


class TooManyImages(Conflict):
    """The product has as many pictures as it can have"""
