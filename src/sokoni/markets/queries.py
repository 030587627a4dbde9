"""What others read of a market: one region with its tax rates and shipping options.

Amounts are integer minor units of `currency`, weights grams, rates basis points (1800 is 18 %).
Bounds are inclusive, and None means that there is none.
"""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class TaxRate:
    """One tax of a region; rates of the same purchase add up, none is charged on another.

    `country` limits the rate to one country of the region.
    """

    id: UUID
    name: str
    rate_bp: int
    country: str | None
    applies_to_shipping: bool


@dataclass(frozen=True, slots=True)
class ShippingOption:
    """One way to ship, its price, and the baskets it is offered for."""

    id: UUID
    name: str
    amount: int
    currency: str
    min_days: int
    max_days: int
    carrier: str | None
    min_weight_g: int | None
    max_weight_g: int | None
    min_total: int | None
    max_total: int | None


@dataclass(frozen=True, slots=True)
class Market:
    """A region as the buyer meets it. `tax_inclusive`: its prices contain their tax."""

    region_id: UUID
    name: str
    currency: str
    tax_inclusive: bool
    tax_rates: tuple[TaxRate, ...]
    shipping_options: tuple[ShippingOption, ...]
