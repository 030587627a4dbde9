"""What others read of the front desk: the store, and regions with their taxes and shipping.

Amounts are integer minor units of `currency`, weights grams, rates basis points (1800 is 18 %).
Bounds are inclusive, and None means that there is none.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, text

from sokoni.kernel.db import ReadSession


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """The shop itself. `country` is where it is, not where it ships."""

    name: str
    default_currency: str
    country: str | None
    support_email: str | None
    version: int


@dataclass(frozen=True, slots=True)
class TaxRate:
    """One tax of a region; rates of the same purchase add up, none is charged on another.

    `country` limits the rate to one country of the region, `state` to one state of that country.
    """

    id: UUID
    name: str
    rate_bp: int
    country: str | None
    applies_to_shipping: bool
    state: str | None = None


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

    @property
    def takes_any_basket(self) -> bool:
        limits = (self.min_weight_g or None, self.max_weight_g, self.min_total or None)
        return limits == (None, None, None) and self.max_total is None


@dataclass(frozen=True, slots=True)
class Market:
    """A region as the buyer meets it. `tax_inclusive`: its prices contain their tax.

    `shipping_options` are the active ones, in the order staff gave them.
    """

    region_id: UUID
    name: str
    currency: str
    tax_inclusive: bool
    tax_rates: tuple[TaxRate, ...]
    shipping_options: tuple[ShippingOption, ...]
    countries: tuple[str, ...] = ()
    is_default: bool = False


MARKETS = """
    SELECT r.id, r.name, r.currency, r.tax_inclusive, r.is_default,
           ARRAY(SELECT c.country FROM markets.region_countries AS c
                  WHERE c.region_id = r.id ORDER BY c.country) AS countries,
           (SELECT coalesce(json_agg(t ORDER BY t.name, t.id), '[]')
              FROM markets.tax_rates AS t WHERE t.region_id = r.id)::text AS rates,
           (SELECT coalesce(json_agg(o ORDER BY o.position, o.amount, o.id), '[]')
              FROM (SELECT s.*, r.currency FROM markets.shipping_options AS s
                     WHERE s.region_id = r.id AND s.is_active) AS o)::text AS options
      FROM markets.regions AS r
"""
FIRST = "ORDER BY r.is_default DESC, r.position, r.name, r.id"
ALL = text(MARKETS + FIRST)
DEFAULT = text(f"{MARKETS} {FIRST} LIMIT 1")
BY_REGION = text(MARKETS + "WHERE r.id = :region_id")
BY_COUNTRY = text(
    MARKETS
    + """JOIN markets.region_countries AS served ON served.region_id = r.id
          WHERE served.country = :country"""
)
STORE = text(
    "SELECT name, default_currency, country, support_email, version FROM markets.store WHERE id = 1"
)

_rates = msgspec.json.Decoder(tuple[TaxRate, ...])
_options = msgspec.json.Decoder(tuple[ShippingOption, ...])


async def store(db: ReadSession) -> StoreSettings | None:
    """The store's settings, or None in a shop that was never set up."""
    row = (await db.execute(STORE)).one_or_none()
    return StoreSettings(*row) if row else None


async def market_for(
    db: ReadSession, *, country: str | None = None, region_id: UUID | None = None
) -> Market | None:
    """The market of the country, else of the region, else the default one.

    None for a country that no region serves, an unknown region, or a shop without regions. One
    statement.
    """
    if country is not None:
        found = await db.execute(BY_COUNTRY, {"country": country})
    elif region_id is not None:
        found = await db.execute(BY_REGION, {"region_id": region_id})
    else:
        found = await db.execute(DEFAULT)
    row = found.one_or_none()
    return _market(row) if row else None


async def markets(db: ReadSession) -> tuple[Market, ...]:
    """All markets, the default one first."""
    return tuple(_market(row) for row in await db.execute(ALL))


async def options_for(
    db: ReadSession, *, country: str | None = None, region_id: UUID | None = None
) -> tuple[ShippingOption, ...]:
    """The shipping options that any basket may take; none where nothing is sold.

    What a certain basket may take, `pricing.service.eligible_options` picks from its market's.
    """
    market = await market_for(db, country=country, region_id=region_id)
    options = market.shipping_options if market else ()
    return tuple(option for option in options if option.takes_any_basket)


def _market(row: Row[Any]) -> Market:
    return Market(
        region_id=row.id,
        name=row.name,
        currency=row.currency,
        tax_inclusive=row.tax_inclusive,
        tax_rates=_rates.decode(row.rates),
        shipping_options=_options.decode(row.options),
        countries=tuple(row.countries),
        is_default=row.is_default,
    )
