"""Create, change, archive and delete products and their variants.

Whoever changes a product holds its row from the first read on, so a version that was checked
stays checked; each change counts the product's version up by one.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from sokoni.audit import service as audit
from sokoni.catalog import locks, sources
from sokoni.catalog.errors import ProductNotFound, SlugTaken
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.service import checks, saving, slugs
from sokoni.catalog.service.drafts import ProductDraft, VariantDraft
from sokoni.catalog.service.planning import Change, as_draft
from sokoni.catalog.sources import ProductSource
from sokoni.kernel import signals
from sokoni.kernel.db import RetryTransaction, WriteSession
from sokoni.kernel.errors import Invalid, NotFound, check_version
from sokoni.kernel.ids import encode, new_id

Revise = Callable[[ProductDraft], ProductDraft]
ReviseVariant = Callable[[VariantDraft], VariantDraft]

PRODUCT_OF_VARIANT = text("SELECT product_id FROM catalog.variants WHERE id = :id")

FIRST_ORDERED = text("""
    SELECT DISTINCT product_id FROM catalog.variants
    WHERE id = ANY(CAST(:ids AS uuid[])) AND NOT was_ordered
""")

MARK_ORDERED = text("""
    UPDATE catalog.variants SET was_ordered = true
    WHERE id = ANY(CAST(:ids AS uuid[])) AND NOT was_ordered
""")

DELETE_PRODUCT = text("""
    DELETE FROM catalog.products AS p
    WHERE p.id = :id AND NOT EXISTS (
        SELECT FROM catalog.variants AS v WHERE v.product_id = p.id AND v.was_ordered
    )
""")


async def create_product(
    tx: WriteSession, *, draft: ProductDraft, actor: str, now: datetime
) -> ProductSource:
    """Keep a new product. `Invalid`, `SlugTaken` or `SkuTaken` when it cannot be."""
    await locks.share_taxonomy(tx)
    product_id = new_id()
    named = draft
    if not draft.slug:
        named = replace(draft, slug=await slugs.free(tx, table="products", title=draft.title))
    try:
        created = await _save(tx, Change(product_id=product_id, draft=named), now=now)
    except SlugTaken:
        if draft.slug:
            raise
        raise RetryTransaction from None  # somebody chose our address a moment ago
    await record_change(tx, actor, "product.created", now=now, after=created)
    return created


async def revise_product(
    tx: WriteSession,
    *,
    product_id: UUID,
    revise: Revise,
    actor: str,
    now: datetime,
    version: int | None = None,
) -> ProductSource:
    """Make of the product what `revise` makes of its draft.

    A draft that comes back without a slug keeps the address. `Stale` when `version` is not the
    current one; `ProductNotFound`; `Invalid`, `SlugTaken`, `SkuTaken`.
    """
    before = await _held(tx, product_id)
    check_version(version, before.version)
    draft = revise(as_draft(before))
    named = draft if draft.slug else replace(draft, slug=before.slug)
    after = await _save(tx, Change(product_id=product_id, draft=named, current=before), now=now)
    await record_change(tx, actor, "product.changed", now=now, before=before, after=after)
    return after


async def replace_product(
    tx: WriteSession,
    *,
    product_id: UUID,
    draft: ProductDraft,
    actor: str,
    now: datetime,
    version: int | None = None,
) -> ProductSource:
    """Make the product what the draft says; variants it does not name are removed."""
    return await revise_product(
        tx, product_id=product_id, revise=lambda _: draft, actor=actor, now=now, version=version
    )


async def add_variant(
    tx: WriteSession, *, product_id: UUID, draft: VariantDraft, actor: str, now: datetime
) -> ProductSource:
    """Add a variant at the end; option values that are new become values of the product."""

    def revise(product: ProductDraft) -> ProductDraft:
        added = checks.tidy(replace(product, variants=(draft,))).variants
        variants = (*product.variants, *added)
        options = checks.with_values_of(product.options, added)
        return replace(product, variants=variants, options=options)

    try:
        return await revise_product(tx, product_id=product_id, revise=revise, actor=actor, now=now)
    except Invalid as error:
        raise _about_one_variant(error) from None


async def revise_variant(
    tx: WriteSession,
    *,
    variant_id: UUID,
    revise: ReviseVariant,
    actor: str,
    now: datetime,
    version: int | None = None,
) -> ProductSource:
    """Make of the variant what `revise` makes of its draft. `NotFound`, `Stale`, `Invalid`."""
    product_id = await _product_of(tx, variant_id)
    before = await _held(tx, product_id)
    found = next((each for each in before.living_variants if each.id == variant_id), None)
    if found is None:
        raise NotFound
    check_version(version, found.version)

    def change(product: ProductDraft) -> ProductDraft:
        variants = tuple(
            revise(each) if each.id == variant_id else each for each in product.variants
        )
        tidied = checks.tidy(replace(product, variants=variants)).variants
        options = checks.with_values_of(product.options, tidied)
        return replace(product, variants=variants, options=options)

    try:
        return await revise_product(tx, product_id=product_id, revise=change, actor=actor, now=now)
    except Invalid as error:
        raise _about_one_variant(error) from None


async def delete_variant(
    tx: WriteSession, *, variant_id: UUID, actor: str, now: datetime, version: int | None = None
) -> None:
    """Remove the variant; one that was ever ordered is archived. `NotFound`, `Stale`."""
    product_id = await _product_of(tx, variant_id)
    before = await _held(tx, product_id)
    found = next((each for each in before.living_variants if each.id == variant_id), None)
    if found is None:
        raise NotFound
    check_version(version, found.version)

    def without(product: ProductDraft) -> ProductDraft:
        variants = tuple(each for each in product.variants if each.id != variant_id)
        return replace(product, variants=variants)

    await revise_product(tx, product_id=product_id, revise=without, actor=actor, now=now)


async def delete_product(
    tx: WriteSession, *, product_id: UUID, actor: str, now: datetime, version: int | None = None
) -> bool:
    """Delete the product with all its rows; True. One that was ever ordered is archived; False."""
    before = await _held(tx, product_id)
    check_version(version, before.version)
    if await _deleted(tx, product_id):
        signals.changed(tx, "products", f"product:{product_id}")
        await record_change(tx, actor, "product.deleted", now=now, before=before)
        return True
    draft = replace(as_draft(before), status=ProductStatus.ARCHIVED)
    after = await _save(tx, Change(product_id=product_id, draft=draft, current=before), now=now)
    await record_change(tx, actor, "product.archived", now=now, before=before, after=after)
    return False


async def mark_ordered(tx: WriteSession, *, variant_ids: Collection[UUID]) -> None:
    """Note that these were ordered: from now on they are archived, never deleted.

    One statement that locks nothing when all of them were ordered before.
    """
    ids = {"ids": list(variant_ids)}
    products = list(await tx.scalars(FIRST_ORDERED, ids))
    if products:
        await locks.products(tx, ids=products)
        await tx.execute(MARK_ORDERED, ids)


async def _held(tx: WriteSession, product_id: UUID) -> ProductSource:
    """The product, its row locked until the commit."""
    await locks.products(tx, ids=[product_id])
    found = await sources.load(tx, product_ids=[product_id])
    if not found:
        raise ProductNotFound
    return found[0]


async def _product_of(tx: WriteSession, variant_id: UUID) -> UUID:
    found: UUID | None = await tx.scalar(PRODUCT_OF_VARIANT, {"id": variant_id})
    if found is None:
        raise NotFound
    return found


async def _save(tx: WriteSession, change: Change, *, now: datetime) -> ProductSource:
    saved = await saving.save(tx, changes=[change], now=now)
    for error in saved.refused.values():
        raise error
    return saved.products[change.product_id]


async def _deleted(tx: WriteSession, product_id: UUID) -> bool:
    """Whether the product could be deleted: nobody ordered it, no other module needs it."""
    try:
        async with tx.begin_nested():
            gone: Any = await tx.execute(DELETE_PRODUCT, {"id": product_id})
            return bool(gone.rowcount)
    except IntegrityError:
        return False


def _about_one_variant(error: Invalid) -> Invalid:
    """The same refusal with pointers into a variant's own body."""
    errors: Sequence[dict[str, str]] = error.members.get("errors", [])
    for each in errors:
        head, _, rest = each["pointer"].removeprefix("/variants/").partition("/")
        if head.isdigit():
            each["pointer"] = f"/{rest}"
    return error


async def record_change(
    tx: WriteSession,
    actor: str,
    action: str,
    *,
    now: datetime,
    before: ProductSource | None = None,
    after: ProductSource | None = None,
) -> None:
    """Log what changed, field by field."""
    old, new = _facts(before), _facts(after)
    changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    product = after or before
    assert product is not None
    await audit.record(
        tx,
        actor=actor,
        action=action,
        subject=encode("prod", product.id),
        before={name: old[name] for name in sorted(changed & old.keys())} or None,
        after={name: new[name] for name in sorted(changed & new.keys())} or None,
        now=now,
    )


def _facts(product: ProductSource | None) -> dict[str, Any]:
    if product is None:
        return {}
    return {
        "title": product.title,
        "slug": product.slug,
        "status": product.status,
        "brand": product.brand.name if product.brand else None,
        "description": product.description,
        "tags": product.tags,
        "categories": [category.slug for category in product.categories],
        "prices": {
            variant.sku: {price.currency: price.amount for price in variant.prices}
            for variant in product.living_variants
        },
        "seo": [product.seo_title, product.seo_description],
    }
