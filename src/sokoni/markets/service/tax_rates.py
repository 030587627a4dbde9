"""Tax rates of regions."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from sokoni.kernel.db import WriteSession
from sokoni.kernel.errors import Invalid
from sokoni.kernel.ids import new_id
from sokoni.markets.models import Region, RegionCountry, TaxRate
from sokoni.markets.service import versions


async def create_tax_rate(
    tx: WriteSession,
    *,
    region_id: UUID,
    name: str,
    rate_bp: int,
    actor: str,
    now: datetime,
    country: str | None = None,
    state: str | None = None,
    applies_to_shipping: bool = True,
) -> UUID:
    """Levy a tax in a region, in one country of it, or in one state of that country."""
    await _check_place(tx, region_id=region_id, country=country, state=state)
    rate = TaxRate(
        id=new_id(),
        region_id=region_id,
        country=country,
        state=state,
        name=name,
        rate_bp=rate_bp,
        applies_to_shipping=applies_to_shipping,
    )
    await versions.add(tx, rate, actor=actor, now=now)
    return rate.id


async def change_tax_rate(
    tx: WriteSession,
    rate_id: UUID,
    *,
    fields: Mapping[str, object],
    version: int | None,
    actor: str,
    now: datetime,
) -> None:
    """Change some of name, rate_bp, country, state, applies_to_shipping. Raises NotFound, Stale."""
    rate = await versions.take(tx, TaxRate, rate_id, version=version)
    country = fields.get("country", rate.country)
    state = fields.get("state", rate.state)
    if "country" in fields or "state" in fields:
        await _check_place(tx, region_id=rate.region_id, country=country, state=state)
    await versions.apply(tx, rate, fields=fields, actor=actor, now=now)


async def delete_tax_rate(
    tx: WriteSession, rate_id: UUID, *, version: int | None, actor: str, now: datetime
) -> None:
    """Levy it no more. Raises NotFound, Stale."""
    rate = await versions.take(tx, TaxRate, rate_id, version=version)
    await versions.remove(tx, rate, actor=actor, now=now)


async def _check_place(
    tx: WriteSession, *, region_id: UUID, country: object, state: object
) -> None:
    """Raise Invalid for an unknown region, a country it does not serve, a state of no country."""
    if state is not None and country is None:
        raise Invalid.field("/state", "needs the country it is in")
    served = await tx.scalars(
        select(RegionCountry.country)
        .select_from(Region)
        .join(RegionCountry, RegionCountry.region_id == Region.id, isouter=True)
        .where(Region.id == region_id)
    )
    countries = set(served)
    if not countries:
        raise Invalid.field("/region_id", "is not a region")
    if country is not None and country not in countries:
        raise Invalid.field("/country", "is not a country of this region")
