"""Bodies of the cart's routes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from sokoni.cart.models import MAX_QUANTITY
from sokoni.cart.queries import PostalAddress
from sokoni.cart.service import (
    KEPT,
    Details,
    Notice,
    NoticeCode,
    PricedCart,
    PricedLine,
    Wanted,
)
from sokoni.kernel.ids import CartId, CartLineId, ProductId, RegionId, ShippingOptionId, VariantId
from sokoni.kernel.money import Money
from sokoni.kernel.schemas import Address, Body, CountryCode, Email, OptionalLine, Out, no_nulls
from sokoni.kernel.storage import Storage
from sokoni.kernel.wire import CurrencyCode, MoneyOut
from sokoni.markets.queries import ShippingOption
from sokoni.pricing.service import Quote, StepKind

EMPTY: tuple[Any, ...] = ()


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

    region_id: Annotated[RegionId | None, BeforeValidator(no_nulls)] = None
    currency: Annotated[CurrencyCode | None, BeforeValidator(no_nulls)] = None
    email: Email | None = None
    shipping_address: Address | None = None
    billing_address: Address | None = None
    shipping_option_id: ShippingOptionId | None = None

    def to_details(self) -> Details:
        given = {name: getattr(self, name) for name in self.model_fields_set}
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

    @classmethod
    def of(cls, notice: Notice) -> Self:
        return cls(
            code=notice.code,
            was=_money(notice.was),
            now=_money(notice.now),
            available=notice.available,
            requested=notice.requested,
            variant_id=notice.variant_id,
        )


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

    @classmethod
    def of(cls, line: PricedLine, *, currency: str, storage: Storage) -> Self:
        found, quote = line.sellable, line.quote
        picture = found.picture.thumbnail(storage) if found and found.picture else None

        def money(amount: int | None) -> MoneyOut | None:
            return None if amount is None else MoneyOut(amount=amount, currency=currency)

        return cls(
            id=line.item.id,
            variant_id=line.item.variant_id,
            product_id=found.product_id if found else None,
            product_slug=found.slug if found else None,
            sku=found.sku if found else None,
            title=found.title if found else None,
            variant_title=found.variant_title if found else None,
            thumbnail=ThumbnailOut.model_validate(picture) if picture else None,
            quantity=line.item.quantity,
            unit_price=money(quote.unit_price if quote else None),
            compare_at_price=money(quote.compare_at if quote else None),
            line_total=money(quote.line_total if quote else None),
            notices=[NoticeOut.of(notice) for notice in line.notices],
        )


class TotalsOut(Out):
    """`tax` was added on top, `tax_included` is contained in the rest."""

    items: MoneyOut
    discount: MoneyOut
    shipping: MoneyOut
    tax: MoneyOut
    tax_included: MoneyOut
    gift_card: MoneyOut
    grand_total: MoneyOut

    @classmethod
    def of(cls, quote: Quote) -> Self:
        return cls(
            **{
                name: MoneyOut(amount=getattr(quote.totals, name), currency=quote.currency)
                for name in cls.model_fields
            }
        )


class ShippingChoice(Out):
    """A way to ship that may be chosen."""

    id: ShippingOptionId
    name: str
    price: MoneyOut
    min_days: int
    max_days: int
    carrier: str | None

    @classmethod
    def all_of(cls, options: Iterable[ShippingOption]) -> list[Self]:
        return [
            cls(
                id=option.id,
                name=option.name,
                price=MoneyOut(amount=option.amount, currency=option.currency),
                min_days=option.min_days,
                max_days=option.max_days,
                carrier=option.carrier,
            )
            for option in options
        ]


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
    notices: list[NoticeOut]

    @classmethod
    def fields_of(
        cls, priced: PricedCart, *, storage: Storage, notices: Iterable[Notice] = EMPTY
    ) -> dict[str, Any]:
        currency, chosen = priced.market.currency, priced.chosen_option
        return {
            "currency": currency,
            "region_id": priced.market.region_id,
            "tax_inclusive": priced.market.tax_inclusive,
            "lines": [
                CartLineOut.of(line, currency=currency, storage=storage) for line in priced.lines
            ],
            "totals": TotalsOut.of(priced.quote),
            "shipping_option_id": chosen.id if chosen else None,
            "shipping_options": ShippingChoice.all_of(priced.eligible_options),
            "notices": [NoticeOut.of(notice) for notice in (*priced.notices, *notices)],
        }

    @classmethod
    def of(cls, priced: PricedCart, *, storage: Storage) -> Self:
        return cls(**cls.fields_of(priced, storage=storage))


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

    @classmethod
    def of(
        cls,
        priced: PricedCart,
        *,
        storage: Storage,
        token: str | None = None,
        notices: Iterable[Notice] = EMPTY,
    ) -> Self:
        basket = priced.basket
        return cls(
            id=basket.id,
            token=token,
            country=basket.country,
            email=basket.email,
            shipping_address=_address(basket.shipping_address),
            billing_address=_address(basket.billing_address),
            version=basket.version,
            updated_at=basket.updated_at,
            **cls.fields_of(priced, storage=storage, notices=notices),
        )


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

    @classmethod
    def of(cls, priced: PricedCart) -> Self:
        quote = priced.quote
        return cls(
            currency=quote.currency,
            tax_inclusive=quote.tax_inclusive,
            steps=[
                StepOut(
                    kind=step.kind,
                    subject=step.subject,
                    amount=MoneyOut(amount=step.amount, currency=quote.currency),
                    in_total=step.in_total,
                    formula=step.formula,
                )
                for step in quote.explain
            ],
            totals=TotalsOut.of(quote),
            version=priced.basket.version,
        )


def _money(money: Money | None) -> MoneyOut | None:
    return None if money is None else MoneyOut.of(money)


def _address(stored: PostalAddress | None) -> Address | None:
    return None if stored is None else Address.model_validate(dict(stored))
