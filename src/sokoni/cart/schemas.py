"""Bodies of the cart's routes. `service.document` fills the answers, and they check it."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from sokoni.cart.models import MAX_QUANTITY
from sokoni.cart.service import (
    KEPT,
    Details,
    NoticeCode,
    Wanted,
)
from sokoni.kernel.ids import CartId, CartLineId, ProductId, RegionId, ShippingOptionId, VariantId
from sokoni.kernel.schemas import Address, Body, CountryCode, Email, NotNull, OptionalLine, Out
from sokoni.kernel.wire import CurrencyCode, MoneyOut, TotalsOut
from sokoni.pricing.service import StepKind


def _no_configuration(value: dict[str, Any] | None) -> None:
    if value:
        raise PydanticCustomError("configuration", "this product takes no configuration")


Quantity = Annotated[int, Field(ge=1, le=MAX_QUANTITY, examples=[2])]
NoConfiguration = Annotated[dict[str, Any] | None, AfterValidator(_no_configuration)]


class NewCart(Body):
    """Where the cart's buyer is, as far as that is known; nothing means the default region."""

    region_id: RegionId | None = None
    country: CountryCode | None = None
    currency: CurrencyCode | None = None


class NewItem(Body):
    variant_id: VariantId
    quantity: Quantity
    configuration: NoConfiguration = None


class ItemChange(Body):
    quantity: Quantity
    configuration: NoConfiguration = None


class CartChange(Body):
    """Fields left out keep their value; null empties one. A shipping address brings its region."""

    region_id: Annotated[RegionId | None, NotNull] = None
    currency: Annotated[CurrencyCode | None, NotNull] = None
    email: Email | None = None
    shipping_address: Address | None = None
    billing_address: Address | None = None
    shipping_option_id: ShippingOptionId | None = None

    def to_details(self) -> Details:
        given = self.sent()
        for name in ("shipping_address", "billing_address"):
            if given.get(name) is not None:
                given[name] = given[name].model_dump()
        return Details(**{name: given.get(name, KEPT) for name in CartChange.model_fields})


class SummaryRequest(Body):
    items: Annotated[list[NewItem], Field(max_length=500)]
    region_id: RegionId | None = None
    country: CountryCode | None = None
    state: OptionalLine | None = None
    currency: CurrencyCode | None = None
    shipping_option_id: ShippingOptionId | None = None

    def wanted(self) -> list[Wanted]:
        return [Wanted(variant_id=item.variant_id, quantity=item.quantity) for item in self.items]


class ThumbnailOut(Out):
    url: str
    width: int
    height: int
    alt: str


class NoticeOut(Out):
    """Something the buyer should know; null where a code has no such member."""

    code: NoticeCode
    was: MoneyOut | None = None
    now: MoneyOut | None = None
    available: int | None = None
    requested: int | None = None
    variant_id: VariantId | None = None


class CartLineOut(Out):
    """A line. One that is not for sale (any more) has no price and is not in the totals."""

    id: CartLineId
    variant_id: VariantId
    product_id: ProductId | None
    product_slug: str | None
    sku: str | None
    title: str | None
    variant_title: str | None
    thumbnail: ThumbnailOut | None
    quantity: int
    unit_price: MoneyOut | None
    compare_at_price: MoneyOut | None
    line_total: MoneyOut | None
    configuration: dict[str, Any] | None = None
    notices: list[NoticeOut]


class ShippingChoice(Out):
    """A way to ship that may be chosen."""

    id: ShippingOptionId
    name: str
    price: MoneyOut
    min_days: int
    max_days: int
    carrier: str | None


class SummaryOut(Out):
    """What some items cost in one place."""

    currency: str
    region_id: RegionId
    tax_inclusive: bool
    lines: list[CartLineOut]
    discounts: list[dict[str, Any]] = Field(default_factory=list, max_length=0)
    totals: TotalsOut
    shipping_option_id: ShippingOptionId | None
    shipping_options: list[ShippingChoice]
    free_shipping_from: MoneyOut | None = Field(
        default=None,
        description="The items total from which a basket of this weight may ship for nothing.",
    )
    notices: list[NoticeOut]


class CartOut(SummaryOut):
    """A cart. `token` is there once, when a guest's cart is made: keep it, and send it as
    `X-Cart-Token`.
    """

    id: CartId
    token: str | None = None
    country: str | None
    email: str | None
    shipping_address: Address | None
    billing_address: Address | None
    version: int
    updated_at: datetime


class StepOut(Out):
    """One small sum. Steps `in_total` add up to the grand total; the others explain a part of it.

    `subject` is a line's id, `shipping`, or a tax's name.
    """

    kind: StepKind
    subject: str
    amount: MoneyOut
    in_total: bool
    formula: str


class ExplanationOut(Out):
    """How each minor unit of a cart's totals came about."""

    currency: str
    tax_inclusive: bool
    steps: list[StepOut]
    totals: TotalsOut
    version: int
