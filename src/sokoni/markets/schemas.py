"""Bodies of the front desk. Bounds of shipping options are inclusive; null is none."""

from typing import Annotated, Any

from pydantic import Field

from sokoni.kernel.ids import RegionId, ShippingOptionId, TaxRateId
from sokoni.kernel.money import Money
from sokoni.kernel.schemas import Body, CountryCode, Email, Line, NotNull, Out, Position
from sokoni.kernel.wire import CurrencyCode, MoneyIn, MoneyOut
from sokoni.markets.queries import (
    Market,
    ShippingOption,
    ShippingOptionRow,
)

Rate = Annotated[
    int, Field(ge=0, le=10_000, description="Basis points: 1800 is 18 %", examples=[1800])
]
Days = Annotated[int, Field(ge=0, le=365)]
Grams = Annotated[int, Field(ge=0, le=1_000_000_000)]


class RegionOut(Out):
    """Countries that share a currency and a way of showing prices."""

    id: RegionId
    name: str
    currency: CurrencyCode
    tax_inclusive: bool
    countries: list[CountryCode]
    is_default: bool

    @classmethod
    def of(cls, market: Market) -> "RegionOut":
        return cls(
            id=market.region_id,
            name=market.name,
            currency=market.currency,
            tax_inclusive=market.tax_inclusive,
            countries=list(market.countries),
            is_default=market.is_default,
        )


class Features(Out):
    """What this shop can do."""

    guest_checkout: bool
    hosted_payment_page: bool
    test_cards: Annotated[bool, Field(description="The documented test card numbers are taken.")]


class StoreConfig(Out):
    """What a storefront needs to know before its first page."""

    name: str
    default_currency: CurrencyCode
    currencies: list[CurrencyCode]
    country: CountryCode | None
    support_email: str | None
    regions: list[RegionOut]
    payment_provider: str
    publishable_key: Annotated[
        str | None, Field(description="The payment provider's public key, for the browser.")
    ]
    features: Features


class ShippingOptionOut(Out):
    """A way to ship and its price."""

    id: ShippingOptionId
    name: str
    price: MoneyOut
    min_days: int
    max_days: int
    carrier: str | None

    @classmethod
    def of(cls, option: ShippingOption) -> "ShippingOptionOut":
        return cls(
            id=option.id,
            name=option.name,
            price=MoneyOut(amount=option.amount, currency=option.currency),
            min_days=option.min_days,
            max_days=option.max_days,
            carrier=option.carrier,
        )


class StoreOut(Out):
    """The shop's own settings."""

    name: str
    default_currency: CurrencyCode
    country: CountryCode | None
    support_email: str | None
    version: int


class StoreChange(Body):
    """Fields left out keep their value."""

    name: Annotated[Line | None, NotNull] = None
    default_currency: Annotated[CurrencyCode | None, NotNull] = None
    country: CountryCode | None = None
    support_email: Email | None = None


class StaffRegion(RegionOut):
    """A region as staff see it."""

    position: int
    version: int


class RegionWrite(Body):
    """A new region; the first one of a shop is its default."""

    name: Line
    currency: CurrencyCode
    tax_inclusive: bool
    countries: Annotated[list[CountryCode], Field(max_length=300)]
    is_default: bool = False
    position: Position = 0


class RegionChange(Body):
    """Fields left out keep their value; `countries` replaces them all."""

    name: Annotated[Line | None, NotNull] = None
    currency: Annotated[CurrencyCode | None, NotNull] = None
    tax_inclusive: Annotated[bool | None, NotNull] = None
    countries: Annotated[list[CountryCode] | None, Field(max_length=300), NotNull] = None
    is_default: Annotated[bool | None, NotNull] = None
    position: Annotated[Position | None, NotNull] = None


class TaxRateOut(Out):
    """One tax of a region, of one country of it, or of one state of that country."""

    id: TaxRateId
    region_id: RegionId
    country: CountryCode | None
    state: str | None
    name: str
    rate_bp: Rate
    applies_to_shipping: bool
    version: int


class TaxRateWrite(Body):
    """A new tax. `state` is compared with addresses without regard to case."""

    region_id: RegionId
    name: Line
    rate_bp: Rate
    country: CountryCode | None = None
    state: Line | None = None
    applies_to_shipping: bool = True


class TaxRateChange(Body):
    """Fields left out keep their value."""

    name: Annotated[Line | None, NotNull] = None
    rate_bp: Annotated[Rate | None, NotNull] = None
    country: CountryCode | None = None
    state: Line | None = None
    applies_to_shipping: Annotated[bool | None, NotNull] = None


class StaffShippingOption(Out):
    """A way to ship as staff see it, with the baskets it is offered for."""

    id: ShippingOptionId
    region_id: RegionId
    name: str
    carrier: str | None
    price: MoneyOut
    min_days: int
    max_days: int
    min_weight_g: int | None
    max_weight_g: int | None
    min_total: MoneyOut | None
    max_total: MoneyOut | None
    is_active: bool
    position: int
    version: int

    @classmethod
    def of(cls, row: ShippingOptionRow) -> "StaffShippingOption":
        def money(amount: int | None) -> MoneyOut | None:
            return None if amount is None else MoneyOut(amount=amount, currency=row.currency)

        return cls(
            id=row.id,
            region_id=row.region_id,
            name=row.name,
            carrier=row.carrier,
            price=MoneyOut(amount=row.amount, currency=row.currency),
            min_days=row.min_days,
            max_days=row.max_days,
            min_weight_g=row.min_weight_g,
            max_weight_g=row.max_weight_g,
            min_total=money(row.min_total),
            max_total=money(row.max_total),
            is_active=row.is_active,
            position=row.position,
            version=row.version,
        )


class ShippingOptionWrite(Body):
    """A new way to ship; amounts are in the region's currency."""

    region_id: RegionId
    name: Line
    price: MoneyIn
    min_days: Days
    max_days: Days
    carrier: Line | None = None
    min_weight_g: Grams | None = None
    max_weight_g: Grams | None = None
    min_total: MoneyIn | None = None
    max_total: MoneyIn | None = None
    is_active: bool = True
    position: Position = 0


class ShippingOptionChange(Body):
    """Fields left out keep their value."""

    name: Annotated[Line | None, NotNull] = None
    price: Annotated[MoneyIn | None, NotNull] = None
    min_days: Annotated[Days | None, NotNull] = None
    max_days: Annotated[Days | None, NotNull] = None
    carrier: Line | None = None
    min_weight_g: Grams | None = None
    max_weight_g: Grams | None = None
    min_total: MoneyIn | None = None
    max_total: MoneyIn | None = None
    is_active: Annotated[bool | None, NotNull] = None
    position: Annotated[Position | None, NotNull] = None

    def sent(self) -> dict[str, Any]:
        """The fields that were in the request, amounts as Money."""
        return {
            name: value.to_money() if isinstance(value, MoneyIn) else value
            for name, value in super().sent().items()
        }


def money(value: MoneyIn | None) -> Money | None:
    return value.to_money() if value else None
