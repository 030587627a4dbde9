"""What a cart tells its buyer beside the prices."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sokoni.cart.queries import BasketItem
from sokoni.cart.service.facts import Facts
from sokoni.kernel.money import Money


class NoticeCode(StrEnum):
    PRICE_CHANGED = "price-changed"
    INSUFFICIENT_STOCK = "insufficient-stock"
    UNAVAILABLE = "unavailable"
    QUANTITY_CAPPED = "quantity-capped"
    SHIPPING_OPTION_UNAVAILABLE = "shipping-option-unavailable"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the buyer should know; which members it has depends on the code.

    `price-changed`: was, now. `insufficient-stock`: available. `quantity-capped` (a merge asked
    for more than there is): variant_id, requested, available.
    """

    code: NoticeCode
    was: Money | None = None
    now: Money | None = None
    available: int | None = None
    requested: int | None = None
    variant_id: UUID | None = None


def notices_of(item: BasketItem, facts: Facts) -> tuple[Notice, ...]:
    """What is to be told about a line: not for sale, or another price, or too few."""
    sellable = facts.sellables.get(item.variant_id)
    if sellable is None or sellable.unit_price is None or not sellable.is_sellable:
        return (Notice(NoticeCode.UNAVAILABLE),)
    notices = []
    now = Money(sellable.unit_price, facts.market.currency)
    if item.seen_unit_price is not None and item.seen_currency is not None:
        was = Money(item.seen_unit_price, item.seen_currency)
        if was != now:
            notices.append(Notice(NoticeCode.PRICE_CHANGED, was=was, now=now))
    left = facts.available.get(item.variant_id, 0)
    if left < item.quantity:
        notices.append(Notice(NoticeCode.INSUFFICIENT_STOCK, available=left))
    return tuple(notices)
