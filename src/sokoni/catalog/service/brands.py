"""Create, rename and delete brands; their products' ready rows follow."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from sokoni.audit import service as audit
from sokoni.catalog import locks
from sokoni.catalog.errors import BrandInUse, SlugTaken
from sokoni.catalog.models import Brand
from sokoni.catalog.service import bulk, slugs, spreading, wording
from sokoni.kernel import signals
from sokoni.kernel.db import WriteSession, violated
from sokoni.kernel.errors import Invalid, NotFound, check_version
from sokoni.kernel.ids import decode, encode


@dataclass(frozen=True, slots=True)
class BrandDraft:
    """A brand as somebody wants it; without a slug it follows from the name or stays."""

    name: str
    slug: str | None = None
    description: str = ""


async def create_brand(tx: WriteSession, *, draft: BrandDraft, actor: str, now: datetime) -> Brand:
    """Keep a new brand. `Invalid`, `SlugTaken`."""
    await locks.own_taxonomy(tx)
    slug = draft.slug or await slugs.free(tx, table="brands", title=draft.name)
    brand = Brand(slug=slug, name="", description="", version=1)
    _fill(brand, draft)
    tx.add(brand)
    await _flush(tx)
    signals.changed(tx, "brands")
    await _record(tx, actor, "brand.created", brand, now=now)
    return brand


async def revise_brand(
    tx: WriteSession,
    *,
    brand_id: UUID,
    revise: Callable[[BrandDraft], BrandDraft],
    actor: str,
    now: datetime,
    version: int | None = None,
) -> Brand:
    """Make of the brand what `revise` makes of its draft.

    `NotFound`, `Stale`, `Invalid`, `SlugTaken`.
    """
    brand = await _held(tx, brand_id, version)
    before = BrandDraft(name=brand.name, slug=brand.slug, description=brand.description)
    _fill(brand, revise(before))
    brand.version += 1
    await _flush(tx)
    await spreading.brand_changed(tx, brand_id=brand_id)
    signals.changed(tx, "brands")
    await _record(tx, actor, "brand.changed", brand, now=now)
    return brand


async def delete_brand(
    tx: WriteSession, *, brand_id: UUID, actor: str, now: datetime, version: int | None = None
) -> None:
    """Delete a brand without products; `BrandInUse` if it has some."""
    brand = await _held(tx, brand_id, version)
    await tx.delete(brand)
    await _flush(tx)
    signals.changed(tx, "brands")
    await _record(tx, actor, "brand.deleted", brand, now=now)


async def brand_id_of(tx: WriteSession, *, brand: str) -> UUID:
    """The brand with this wire id, slug or name; a name that is new becomes a brand."""
    named = decode("brd", brand)
    if named is not None:
        return named
    by_slug: UUID | None = await tx.scalar(select(Brand.id).where(Brand.slug == brand))
    if by_slug is not None:
        return by_slug
    by_name = await bulk.ensure_brands(tx, names=[brand])
    if brand not in by_name:
        raise Invalid.field("/brand", "must have letters")
    return by_name[brand]


async def _held(tx: WriteSession, brand_id: UUID, version: int | None) -> Brand:
    await locks.own_taxonomy(tx)
    brand = await tx.get(Brand, brand_id)
    if brand is None:
        raise NotFound
    check_version(version, brand.version)
    return brand


def _fill(brand: Brand, draft: BrandDraft) -> None:
    brand.name = wording.line(draft.name)
    if not brand.name:
        raise Invalid.field("/name", "must have letters")
    brand.slug = slugs.checked(draft.slug or brand.slug, table="brands")
    brand.description = wording.rich(draft.description)


async def _flush(tx: WriteSession) -> None:
    try:
        await tx.flush()
    except IntegrityError as error:
        if violated(error, "brands_slug_key"):
            raise SlugTaken("Another brand has this address.") from error
        if violated(error, "products_brand_id_fkey"):
            raise BrandInUse("Products are of this brand; change them first.") from error
        raise


async def _record(
    tx: WriteSession, actor: str, action: str, brand: Brand, *, now: datetime
) -> None:
    await audit.record(
        tx,
        actor=actor,
        action=action,
        subject=encode("brd", brand.id),
        after={"name": brand.name, "slug": brand.slug, "description": brand.description},
        now=now,
    )
