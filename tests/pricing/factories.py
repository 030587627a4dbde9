"""Lines, taxes and ways to ship, to be priced."""

from uuid import UUID

from sokoni.markets.queries import ShippingOption, TaxRate
from sokoni.pricing.service import (
    LineToPrice,
)


def rate(
    number: int, rate_bp: int, *, shipping: bool = True, country: str | None = None
) -> TaxRate:
    return TaxRate(
        id=UUID(int=number),
        name=f"Tax {number}",
        rate_bp=rate_bp,
        country=country,
        applies_to_shipping=shipping,
    )


def option(amount: int, currency: str = "EUR") -> ShippingOption:
    return ShippingOption(
        id=UUID(int=99),
        name="Courier",
        amount=amount,
        currency=currency,
        min_days=1,
        max_days=3,
        carrier=None,
        min_weight_g=None,
        max_weight_g=None,
        min_total=None,
        max_total=None,
    )


def line(
    key: str, quantity: int, unit_price: int, currency: str = "EUR", *, taxable: bool = True
) -> LineToPrice:
    return LineToPrice(
        key=key,
        variant_id=UUID(int=1),
        quantity=quantity,
        unit_price=unit_price,
        currency=currency,
        taxable=taxable,
    )
