"""Of what sales consist, on the wire."""

from typing import Annotated, Self

from pydantic import Field

from sokoni.analytics.queries import Breakdown, Dimension, Part, Share
from sokoni.analytics.schemas.figures import FiguresOut
from sokoni.kernel.schemas import Out
from sokoni.kernel.wire import MoneyOut


class ShareOut(Out):
    """Orders and their sales: with shipping and tax by country, what lines came to by category."""

    orders: int
    sales: MoneyOut

    @classmethod
    def of(cls, share: Share, currency: str) -> Self:
        return cls(orders=share.orders, sales=MoneyOut(amount=share.sales, currency=currency))


class PartOut(ShareOut):
    """`key` is the code of a country or the id of a category; null for neither.

    `name` is the category's, null for countries.
    """

    key: Annotated[str | None, Field(examples=["TZ"])]
    name: str | None
    previous: ShareOut

    @classmethod
    def told(cls, part: Part, currency: str) -> Self:
        return cls(
            key=part.key,
            name=part.name,
            previous=ShareOut.of(part.before, currency),
            **dict(ShareOut.of(part.now, currency)),
        )


class BreakdownReport(FiguresOut):
    """The parts, the largest first. Their sales add up to the totals.

    Their orders do too by country; by category an order counts in each of which it has goods.
    """

    by: Dimension
    total: ShareOut
    previous_total: ShareOut
    items: list[PartOut]

    @classmethod
    def told(cls, about: FiguresOut, *, by: Dimension, found: Breakdown) -> Self:
        return cls(
            **dict(about),
            by=by,
            total=ShareOut.of(found.now, about.currency),
            previous_total=ShareOut.of(found.before, about.currency),
            items=[PartOut.told(part, about.currency) for part in found.parts],
        )
