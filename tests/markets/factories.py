"""Regions for tests, made through the doors.

`shop` gives four: Europe (EUR, 20 % inside prices, the default), United States (USD, 8.25 % on
top), Tanzania (TZS, 18 % inside prices) and Japan (JPY, 10 % inside prices).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.money import Money
from sokoni.markets import queries, service
from sokoni.markets.queries import Market

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ACTOR = "system"


@dataclass(frozen=True, slots=True)
class Shop:
    """The markets of a test shop: `await shop(db)`."""

    europe: Market
    america: Market
    tanzania: Market
    japan: Market


async def region(
    tx: WriteSession,
    *,
    name: str = "Europe",
    currency: str = "EUR",
    countries: Sequence[str] = ("DE", "FR"),
    tax_inclusive: bool = True,
    rate_bp: int | None = 2000,
    shipping: int | None = 490,
    is_default: bool = False,
) -> UUID:
    """A region with one tax (also on shipping) and one shipping option for any basket."""
    region_id = await service.create_region(
        tx,
        name=name,
        currency=currency,
        tax_inclusive=tax_inclusive,
        countries=countries,
        is_default=is_default,
        actor=ACTOR,
        now=NOW,
    )
    if rate_bp is not None:
        await service.create_tax_rate(
            tx, region_id=region_id, name="VAT", rate_bp=rate_bp, actor=ACTOR, now=NOW
        )
    if shipping is not None:
        await shipping_option(tx, region_id=region_id, price=Money(shipping, currency))
    return region_id


async def shipping_option(
    tx: WriteSession,
    *,
    region_id: UUID,
    price: Money,
    name: str = "Standard",
    min_total: Money | None = None,
    max_weight_g: int | None = None,
    position: int = 0,
) -> UUID:
    """A way to ship in three to five days."""
    return await service.create_shipping_option(
        tx,
        region_id=region_id,
        name=name,
        price=price,
        carrier="Post",
        min_days=3,
        max_days=5,
        min_total=min_total,
        max_weight_g=max_weight_g,
        position=position,
        actor=ACTOR,
        now=NOW,
    )


async def shop(db: Database) -> Shop:
    """A store and its four regions; Europe also ships free from 50.00 EUR."""
    async with db.transaction() as tx:
        await service.ensure_store(tx, name="Duka", default_currency="EUR", country="DE")
        europe = await region(tx, is_default=True)
        await shipping_option(
            tx,
            region_id=europe,
            name="Free",
            price=Money(0, "EUR"),
            min_total=Money(5000, "EUR"),
            position=1,
        )
        america = await region(
            tx,
            name="United States",
            currency="USD",
            countries=["US"],
            tax_inclusive=False,
            rate_bp=825,
            shipping=599,
        )
        tanzania = await region(
            tx,
            name="Tanzania",
            currency="TZS",
            countries=["TZ"],
            rate_bp=1800,
            shipping=500_000,
        )
        japan = await region(
            tx, name="Japan", currency="JPY", countries=["JP"], rate_bp=1000, shipping=800
        )
        return Shop(
            europe=await market(tx, europe),
            america=await market(tx, america),
            tanzania=await market(tx, tanzania),
            japan=await market(tx, japan),
        )


async def market(tx: WriteSession, region_id: UUID) -> Market:
    """The region as buyers meet it."""
    found = await queries.market_for(tx, region_id=region_id)
    assert found is not None
    return found
