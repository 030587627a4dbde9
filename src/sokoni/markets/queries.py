"""What others read of the front desk: the store, and regions with their taxes and shipping.

Amounts are integer minor units of `currency`, weights grams, rates basis points (1800 is 18 %).
Bounds are inclusive, and None means that there is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Row, TextClause, text

from sokoni.kernel import writes
from sokoni.kernel.db import ReadSession
from sokoni.kernel.errors import NotFound


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


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A region as staff manage it."""

    id: UUID
    name: str
    currency: str
    tax_inclusive: bool
    is_default: bool
    position: int
    version: int
    countries: Sequence[str]


@dataclass(frozen=True, slots=True)
class TaxRateRow:
    """A tax rate as staff manage it."""

    id: UUID
    region_id: UUID
    country: str | None
    state: str | None
    name: str
    rate_bp: int
    applies_to_shipping: bool
    version: int


@dataclass(frozen=True, slots=True)
class ShippingOptionRow:
    """A shipping option as staff manage it, active or not; amounts in its region's currency."""

    id: UUID
    region_id: UUID
    currency: str
    name: str
    carrier: str | None
    amount: int
    min_days: int
    max_days: int
    min_weight_g: int | None
    max_weight_g: int | None
    min_total: int | None
    max_total: int | None
    is_active: bool
    position: int
    version: int


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
DEFAULT = writes.Statement(f"{MARKETS} {FIRST} LIMIT 1")
BY_REGION = writes.Statement(MARKETS + "WHERE r.id = :region_id")
BY_COUNTRY = writes.Statement(
    MARKETS
    + """JOIN markets.region_countries AS served ON served.region_id = r.id
          WHERE served.country = :country"""
)
STORE = text(
    "SELECT name, default_currency, country, support_email, version FROM markets.store WHERE id = 1"
)

# Staff's lists: `:id` is one of them, or null for all.
REGIONS = text(
    """
    SELECT r.id, r.name, r.currency, r.tax_inclusive, r.is_default, r.position, r.version,
           ARRAY(SELECT c.country FROM markets.region_countries AS c
                  WHERE c.region_id = r.id ORDER BY c.country) AS countries
      FROM markets.regions AS r
     WHERE CAST(:id AS uuid) IS NULL OR r.id = CAST(:id AS uuid)
     ORDER BY r.is_default DESC, r.position, r.name, r.id
    """
)
TAX_RATES = text(
    """
    SELECT t.id, t.region_id, t.country, t.state, t.name, t.rate_bp, t.applies_to_shipping,
           t.version
      FROM markets.tax_rates AS t JOIN markets.regions AS r ON r.id = t.region_id
     WHERE CAST(:id AS uuid) IS NULL OR t.id = CAST(:id AS uuid)
     ORDER BY r.name, t.country NULLS FIRST, t.state NULLS FIRST, t.name, t.id
    """
)
SHIPPING_OPTIONS = text(
    """
    SELECT s.id, s.region_id, r.currency, s.name, s.carrier, s.amount, s.min_days, s.max_days,
           s.min_weight_g, s.max_weight_g, s.min_total, s.max_total, s.is_active, s.position,
           s.version
      FROM markets.shipping_options AS s JOIN markets.regions AS r ON r.id = s.region_id
     WHERE CAST(:id AS uuid) IS NULL OR s.id = CAST(:id AS uuid)
     ORDER BY r.name, s.position, s.amount, s.id
    """
)

_rates = msgspec.json.Decoder(tuple[TaxRate, ...])
_options = msgspec.json.Decoder(tuple[ShippingOption, ...])


async def store(db: ReadSession) -> StoreSettings | None:
    """The store's settings, or None in a shop that was never set up."""
    row = (await db.execute(STORE)).one_or_none()
    return StoreSettings(*row) if row else None


async def currency(db: ReadSession, *, otherwise: str) -> str:
    """The store's own currency; `otherwise` in a shop that was never set up."""
    found = await store(db)
    return found.default_currency if found else otherwise


async def market_for(
    db: ReadSession, *, country: str | None = None, region_id: UUID | None = None
) -> Market | None:
    """The market of the country, else of the region, else the default one.

    None for a country that no region serves, an unknown region, or a shop without regions. One
    statement.
    """
    if country is not None:
        row = await BY_COUNTRY.row(db, {"country": country})
    elif region_id is not None:
        row = await BY_REGION.row(db, {"region_id": region_id})
    else:
        row = await DEFAULT.row(db, {})
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


async def regions(db: ReadSession) -> list[RegionRow]:
    """All regions as staff manage them."""
    return [RegionRow(*row) for row in await db.execute(REGIONS, {"id": None})]


async def region(db: ReadSession, region_id: UUID) -> RegionRow:
    """The region. Raises NotFound."""
    return RegionRow(*await _one(db, REGIONS, region_id))


async def tax_rates(db: ReadSession) -> list[TaxRateRow]:
    """All tax rates."""
    return [TaxRateRow(*row) for row in await db.execute(TAX_RATES, {"id": None})]


async def tax_rate(db: ReadSession, rate_id: UUID) -> TaxRateRow:
    """The tax rate. Raises NotFound."""
    return TaxRateRow(*await _one(db, TAX_RATES, rate_id))


async def shipping_options(db: ReadSession) -> list[ShippingOptionRow]:
    """All shipping options."""
    return [ShippingOptionRow(*row) for row in await db.execute(SHIPPING_OPTIONS, {"id": None})]


async def shipping_option(db: ReadSession, option_id: UUID) -> ShippingOptionRow:
    """The shipping option. Raises NotFound."""
    return ShippingOptionRow(*await _one(db, SHIPPING_OPTIONS, option_id))


async def _one(db: ReadSession, statement: TextClause, row_id: UUID) -> Sequence[Any]:
    row = (await db.execute(statement, {"id": row_id})).one_or_none()
    if row is None:
        raise NotFound
    return row


def _market(row: Row[Any] | writes.Row) -> Market:
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
