"""Regions: who is the default one and which countries each serves is settled under one lock."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from sokoni.kernel.db import WriteSession, lock, violated
from sokoni.kernel.errors import Invalid
from sokoni.kernel.ids import new_id
from sokoni.markets.errors import (
    CountryTaken,
    DefaultRegion,
    RegionHasShippingOptions,
    RegionNameTaken,
)
from sokoni.markets.models import Region, RegionCountry, ShippingOption
from sokoni.markets.service import versions


async def create_region(
    tx: WriteSession,
    *,
    name: str,
    currency: str,
    tax_inclusive: bool,
    countries: Sequence[str],
    actor: str,
    now: datetime,
    is_default: bool = False,
    position: int = 0,
) -> UUID:
    """Open a region; the first of a shop is its default. Raises CountryTaken, RegionNameTaken."""
    await lock(tx, "markets", "regions")
    first = not await tx.scalar(select(exists(select(Region.id))))
    if is_default:
        await _no_default(tx)
    region = Region(
        id=new_id(),
        name=name,
        currency=currency,
        tax_inclusive=tax_inclusive,
        is_default=is_default or first,
        position=position,
    )
    try:
        await versions.add(tx, region, actor=actor, now=now)
    except IntegrityError as error:
        raise _named(error) from error
    await _serve(tx, region.id, countries)
    return region.id


async def change_region(
    tx: WriteSession,
    region_id: UUID,
    *,
    fields: Mapping[str, object],
    version: int | None,
    actor: str,
    now: datetime,
    countries: Collection[str] | None = None,
) -> None:
    """Change some of the region's fields, and the countries it serves if they are given.

    Raises NotFound, Stale, CountryTaken, RegionNameTaken, RegionHasShippingOptions.
    """
    await lock(tx, "markets", "regions")
    region = await versions.take(tx, Region, region_id, version=version)
    await _check(tx, region, fields)
    if fields.get("is_default") and not region.is_default:
        await _no_default(tx)
    try:
        await versions.apply(tx, region, fields=fields, actor=actor, now=now)
    except IntegrityError as error:
        raise _named(error) from error
    if countries is not None:
        await _change_countries(tx, region, countries, actor=actor, now=now)


async def delete_region(
    tx: WriteSession, region_id: UUID, *, version: int | None, actor: str, now: datetime
) -> None:
    """Close a region with its rates and options; the default one goes last (DefaultRegion)."""
    await lock(tx, "markets", "regions")
    region = await versions.take(tx, Region, region_id, version=version)
    others = select(exists(select(Region.id).where(Region.id != region_id)))
    if region.is_default and await tx.scalar(others):
        raise DefaultRegion
    await versions.remove(tx, region, actor=actor, now=now)


async def _check(tx: WriteSession, region: Region, fields: Mapping[str, object]) -> None:
    if region.is_default and fields.get("is_default") is False:
        raise Invalid.field("/is_default", "make another region the default instead")
    options = select(exists(select(ShippingOption.id).where(ShippingOption.region_id == region.id)))
    moves = fields.get("currency", region.currency) != region.currency
    if moves and await tx.scalar(options):
        raise RegionHasShippingOptions


async def _no_default(tx: WriteSession) -> None:
    await tx.execute(
        update(Region)
        .where(Region.is_default)
        .values(is_default=False, version=Region.version + 1)
        .execution_options(synchronize_session=False)
    )


async def _change_countries(
    tx: WriteSession, region: Region, countries: Collection[str], *, actor: str, now: datetime
) -> None:
    served = select(RegionCountry.country).where(RegionCountry.region_id == region.id)
    before = set(await tx.scalars(served))
    after = set(countries)
    if before == after:
        return
    await tx.execute(
        delete(RegionCountry).where(
            RegionCountry.region_id == region.id, RegionCountry.country.in_(before - after)
        )
    )
    await _serve(tx, region.id, sorted(after - before))
    region.version += 1
    await tx.flush()
    await versions.note(
        tx,
        region,
        "changed",
        before={"countries": sorted(before)},
        after={"countries": sorted(after)},
        actor=actor,
        now=now,
    )


async def _serve(tx: WriteSession, region_id: UUID, countries: Sequence[str]) -> None:
    wanted = list(dict.fromkeys(countries))
    if not wanted:
        return
    added = await tx.scalars(
        insert(RegionCountry)
        .values([{"country": country, "region_id": region_id} for country in wanted])
        .on_conflict_do_nothing()
        .returning(RegionCountry.country)
    )
    taken = sorted(set(wanted) - set(added))
    if taken:
        raise CountryTaken(f"Served by another region: {', '.join(taken)}.", countries=taken)


def _named(error: IntegrityError) -> Exception:
    return RegionNameTaken() if violated(error, "regions_name_key") else error
