"""How long the stock lasts, on the wire."""

from typing import Self

from sokoni.analytics.queries import RunningOut
from sokoni.analytics.schemas.pictures import PictureOut
from sokoni.kernel.ids import ProductId, VariantId
from sokoni.kernel.schemas import Out
from sokoni.kernel.storage import Storage


class RunningOutOut(Out):
    """A variant that sells; `available` units last `days_left` whole days more.

    `units_sold` in the days that were looked at, in all currencies.
    """

    variant_id: VariantId
    product_id: ProductId
    sku: str
    title: str
    variant_title: str
    thumbnail: PictureOut | None
    available: int
    units_sold: int
    days_left: int

    @classmethod
    def of(cls, variant: RunningOut, *, storage: Storage) -> Self:
        return cls(
            variant_id=variant.variant_id,
            product_id=variant.product_id,
            sku=variant.sku,
            title=variant.title,
            variant_title=variant.variant_title,
            thumbnail=PictureOut.of(variant.picture, storage),
            available=variant.available,
            units_sold=variant.units_sold,
            days_left=variant.days_left,
        )


class StockForecast(Out):
    """The variants that run out first; what was not sold lately lasts."""

    days_looked_at: int
    items: list[RunningOutOut]
