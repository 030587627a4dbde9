"""Many products at once, for imports and seeds: a batch takes a fixed number of statements.

The slug is a product's identity. A batch holds at most `MOST` drafts; run each in a transaction of
its own by `db.run`, which tries again when somebody else took an address or SKU meanwhile.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from sokoni.catalog import locks, sources
from sokoni.catalog.errors import SkuTaken, SlugTaken
from sokoni.catalog.service import saving, slugs, wording
from sokoni.catalog.service.drafts import ProductDraft
from sokoni.catalog.service.planning import Change
from sokoni.catalog.sources import ProductSource
from sokoni.kernel import signals
from sokoni.kernel.db import RetryTransaction, WriteSession, lock
from sokoni.kernel.errors import SokoniError
from sokoni.kernel.ids import new_id

MOST = 500

IDS = text("SELECT slug, id FROM catalog.products WHERE slug = ANY(CAST(:slugs AS text[]))")
BRANDS = text("""
    SELECT DISTINCT ON (lower(name)) name, id FROM catalog.brands
    WHERE lower(name) = ANY(CAST(:names AS text[])) ORDER BY lower(name), id
""")
NEW_BRAND = text("INSERT INTO catalog.brands (id, slug, name) VALUES (:id, :slug, :name)")


@dataclass(frozen=True, slots=True)
class Upserted:
    """One draft's outcome: the product as it is now, or why it was refused."""

    slug: str
    product: ProductSource | None
    was_created: bool
    refused: SokoniError | None
    new_variant_ids: tuple[UUID, ...]


async def upsert_products(
    tx: WriteSession, *, drafts: Sequence[ProductDraft], now: datetime, merge: bool = True
) -> list[Upserted]:
    """Create or change the products with these slugs (each draft has one, all different).

    With `merge`, what a draft leaves out stays (see `planning.Change`). A refused draft changes
    nothing and does not keep the others out. Outcomes are in the order of the drafts.
    """
    wanted = [draft.slug or "" for draft in drafts]
    if len(drafts) > MOST or not all(wanted) or len(set(wanted)) < len(wanted):
        raise ValueError(f"a batch is at most {MOST} drafts with different slugs")
    await locks.share_taxonomy(tx)
    existing: dict[str, UUID] = {
        row.slug: row.id for row in await tx.execute(IDS, {"slugs": wanted})
    }
    await locks.products(tx, ids=existing.values())
    held = await sources.load(tx, product_ids=existing.values())
    current = {product.id: product for product in held}
    changes = [
        Change(
            product_id=existing.get(slug) or new_id(),
            draft=draft,
            current=current.get(existing[slug]) if slug in existing else None,
            merge=merge,
        )
        for slug, draft in zip(wanted, drafts, strict=True)
    ]
    try:
        saved = await saving.save(tx, changes=changes, now=now)
    except (SlugTaken, SkuTaken) as error:
        raise RetryTransaction from error
    return [_outcome(change, saved) for change in changes]


async def ensure_brands(tx: WriteSession, *, names: Collection[str]) -> dict[str, UUID]:
    """The brands with these names, letter case aside; missing ones are created. By given name.

    Call it before anything that locks products.
    """
    tidy = {name: wording.line(name) for name in names}
    folded = {plain.lower() for plain in tidy.values() if plain}
    found = await _brands(tx, folded)
    missing = {
        plain.lower(): plain for plain in tidy.values() if plain.lower() in folded - found.keys()
    }
    if missing:
        await lock(tx, "catalog.brands", "names")
        found |= await _brands(tx, missing)
        for key, name in sorted(missing.items()):
            if key not in found:
                found[key] = new_id()
                slug = await slugs.free(tx, table="brands", title=name)
                await tx.execute(NEW_BRAND, {"id": found[key], "slug": slug, "name": name})
        signals.changed(tx, "brands")
    return {name: found[plain.lower()] for name, plain in tidy.items() if plain}


async def _brands(tx: WriteSession, folded: Collection[str]) -> dict[str, UUID]:
    if not folded:
        return {}
    rows = await tx.execute(BRANDS, {"names": list(folded)})
    return {row.name.lower(): row.id for row in rows}


def _outcome(change: Change, saved: saving.Saved) -> Upserted:
    product = saved.products.get(change.product_id)
    before = {variant.id for variant in change.current.variants} if change.current else set()
    variants = product.living_variants if product else []
    return Upserted(
        slug=change.draft.slug or "",
        product=product,
        was_created=product is not None and change.current is None,
        refused=saved.refused.get(change.product_id),
        new_variant_ids=tuple(each.id for each in variants if each.id not in before),
    )
