"""Which market a cart is in: said by its buyer, or the shop's first."""

from uuid import UUID

from sokoni.cart.errors import NoRegions
from sokoni.kernel.db import ReadSession
from sokoni.kernel.errors import FieldError, Invalid
from sokoni.markets import queries as markets
from sokoni.markets.errors import CountryNotServed
from sokoni.markets.queries import Market


async def choose_market(
    db: ReadSession,
    *,
    region_id: UUID | None = None,
    country: str | None = None,
    currency: str | None = None,
) -> Market:
    """The market of the region, the country or the currency, which must agree; one statement.

    A currency alone leads to the first region that has it, nothing to the default region. Raises
    Invalid naming the field, CountryNotServed, or NoRegions.
    """
    if region_id is not None:
        found = await markets.market_for(db, region_id=region_id)
        if found is None:
            raise Invalid.field("/region_id", "there is no such region")
        if country is not None and country not in found.countries:
            raise Invalid.field("/region_id", f"does not serve {country}")
    elif country is not None:
        found = await served(db, country=country, pointer="/country")
    elif currency is not None:
        return await _in_currency(db, currency)
    else:
        found = await markets.market_for(db)
        if found is None:
            raise NoRegions
    if currency not in {None, found.currency}:
        raise Invalid.field("/currency", f"the region {found.name} has {found.currency}")
    return found


async def served(db: ReadSession, *, country: str, pointer: str) -> Market:
    """The country's market. Raises CountryNotServed."""
    found = await markets.market_for(db, country=country)
    if found is None:
        raise CountryNotServed(errors=[FieldError(pointer, f"the shop does not sell to {country}")])
    return found


async def _in_currency(db: ReadSession, currency: str) -> Market:
    every = await markets.markets(db)
    found = next((market for market in every if market.currency == currency), None)
    if found is None:
        raise Invalid.field("/currency", f"no region of the shop has {currency}")
    return found
