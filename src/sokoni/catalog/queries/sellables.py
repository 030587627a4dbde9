"""What other modules ask of variants: can they be sold, for how much; whose SKU is this?

Amounts are integer minor units of the asked currency, weights grams.
"""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from sokoni.catalog import images
from sokoni.catalog.images import Thumbnail
from sokoni.kernel import writes
from sokoni.kernel.db import ReadSession
from sokoni.kernel.storage import Storage


@dataclass(frozen=True, slots=True)
class Picture:
    """A kept picture: what `images` needs to say where its sizes are."""

    digest: str
    width: int
    height: int
    alt: str

    def thumbnail(self, storage: Storage, *, least: int = images.WIDTHS[0]) -> Thumbnail:
        """Where it is seen, `least` pixels wide or more."""
        return images.thumbnail(
            storage,
            digest=self.digest,
            width=self.width,
            height=self.height,
            alt=self.alt,
            least=least,
        )


@dataclass(frozen=True, slots=True)
class Sellable:
    """One variant as a cart needs it. `unit_price` is None without a price in that currency.

    `category_ids` are its product's categories and all above them; `is_sellable`: the product is
    active and the variant not archived (stock is inventory's to say).
    """

    variant_id: UUID
    product_id: UUID
    sku: str
    slug: str
    title: str
    variant_title: str
    unit_price: int | None
    compare_at: int | None
    weight_g: int | None
    taxable: bool
    is_sellable: bool
    category_ids: tuple[UUID, ...]
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class VariantRef:
    """Which variant and product a SKU names."""

    variant_id: UUID
    product_id: UUID
    sku: str
    is_archived: bool


@dataclass(frozen=True, slots=True)
class Label:
    """How staff recognise a variant."""

    variant_id: UUID
    sku: str
    variant_title: str
    product_id: UUID
    title: str


# The ids come from a subselect, so that their number, unknown, tempts nobody to plan anew.
SELLABLES = writes.Statement("""
    SELECT v.id, v.product_id, v.sku, p.slug, p.title, v.title AS variant_title,
           price.amount, price.compare_at, v.weight_g, v.taxable,
           p.status = 'active' AND v.archived_at IS NULL AS is_sellable,
           ARRAY(
               SELECT DISTINCT above.id
               FROM catalog.product_categories AS pc
               JOIN catalog.categories AS c ON c.id = pc.category_id
               CROSS JOIN LATERAL unnest(c.ancestor_ids || c.id) AS above (id)
               WHERE pc.product_id = p.id
           ) AS category_ids,
           picture.digest, picture.width, picture.height, picture.alt
    FROM catalog.variants AS v
    JOIN catalog.products AS p ON p.id = v.product_id
    LEFT JOIN catalog.prices AS price ON price.variant_id = v.id AND price.currency = :currency
    LEFT JOIN LATERAL (
        SELECT i.digest, i.width, i.height, i.alt
        FROM catalog.images AS i
        WHERE i.product_id = p.id
        ORDER BY i.id = v.image_id DESC NULLS LAST, i.position, i.id
        LIMIT 1
    ) AS picture ON true
    WHERE v.id = ANY((SELECT CAST(:ids AS uuid[]))::uuid[])
""")

BY_SKU = text("""
    SELECT id, product_id, sku, archived_at IS NOT NULL AS is_archived
    FROM catalog.variants WHERE sku = ANY(CAST(:skus AS text[]))
""")

SKUS = text("SELECT id, sku FROM catalog.variants WHERE id = ANY(CAST(:ids AS uuid[]))")

LABELS = text("""
    SELECT v.id AS variant_id, v.sku, v.title AS variant_title, p.id AS product_id, p.title
    FROM catalog.variants AS v JOIN catalog.products AS p ON p.id = v.product_id
    WHERE v.id = ANY(CAST(:ids AS uuid[]))
""")

PRODUCT_IDS = text("SELECT slug, id FROM catalog.products WHERE slug = ANY(CAST(:slugs AS text[]))")


async def sellables(
    db: ReadSession, *, variant_ids: Collection[UUID], currency: str
) -> dict[UUID, Sellable]:
    """The variants that exist, by id, with their price in the currency. One statement."""
    rows = await SELLABLES.rows(db, {"ids": list(variant_ids), "currency": currency})
    return {
        row.id: Sellable(
            variant_id=row.id,
            product_id=row.product_id,
            sku=row.sku,
            slug=row.slug,
            title=row.title,
            variant_title=row.variant_title,
            unit_price=row.amount,
            compare_at=row.compare_at,
            weight_g=row.weight_g,
            taxable=row.taxable,
            is_sellable=row.is_sellable,
            category_ids=tuple(sorted(row.category_ids)),
            picture=Picture(row.digest, row.width, row.height, row.alt) if row.digest else None,
        )
        for row in rows
    }


async def variants_by_sku(db: ReadSession, *, skus: Collection[str]) -> dict[str, VariantRef]:
    """The variants (archived ones too) behind these SKUs, by SKU."""
    rows = await db.execute(BY_SKU, {"skus": list(skus)})
    return {row.sku: VariantRef(row.id, row.product_id, row.sku, row.is_archived) for row in rows}


async def skus(db: ReadSession, *, variant_ids: Collection[UUID]) -> dict[UUID, str]:
    """The SKUs of these variants, by variant."""
    rows = await db.execute(SKUS, {"ids": list(variant_ids)})
    return {row.id: row.sku for row in rows}


async def labels(db: ReadSession, *, variant_ids: Collection[UUID]) -> dict[UUID, Label]:
    """How to call these variants, archived ones too, by variant. One statement."""
    rows = await db.execute(LABELS, {"ids": list(variant_ids)})
    return {row.variant_id: Label(*row) for row in rows}


async def product_ids(db: ReadSession, *, slugs: Collection[str]) -> dict[str, UUID]:
    """The products with these slugs, by slug; whatever their status."""
    rows = await db.execute(PRODUCT_IDS, {"slugs": list(slugs)})
    return {row.slug: row.id for row in rows}
