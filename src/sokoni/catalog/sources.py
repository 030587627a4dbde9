"""Products as they are in the tables, whole, many in one statement.

The read model, the staff's view and every change start from this.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import text

from sokoni.catalog.models import ProductStatus
from sokoni.kernel.db import ReadSession


class PriceSource(msgspec.Struct, frozen=True):
    currency: str
    amount: int
    compare_at: int | None


class VariantSource(msgspec.Struct, frozen=True):
    id: UUID
    sku: str
    title: str
    options: dict[str, str]
    position: int
    weight_g: int | None
    barcode: str | None
    taxable: bool
    in_stock: bool
    was_ordered: bool
    is_archived: bool
    image_id: UUID | None
    version: int
    prices: list[PriceSource]


class ImageSource(msgspec.Struct, frozen=True):
    id: UUID
    position: int
    alt: str
    digest: str
    width: int
    height: int
    source: str | None


class Shelf(msgspec.Struct, frozen=True):
    """A category as a product names it."""

    id: UUID
    slug: str
    name: str
    is_active: bool


class CategorySource(Shelf, frozen=True):
    """A category of the product, with those above it from the root down."""

    above: list[Shelf]

    @property
    def is_visible(self) -> bool:
        """Buyers see a category when it and all above it are active."""
        return self.is_active and all(shelf.is_active for shelf in self.above)


class OptionSource(msgspec.Struct, frozen=True):
    name: str
    values: list[str]


class BrandSource(msgspec.Struct, frozen=True):
    id: UUID
    slug: str
    name: str


class ProductSource(msgspec.Struct, frozen=True):
    """One product with all that belongs to it; `variants` includes archived ones."""

    id: UUID
    slug: str
    title: str
    description: str
    status: ProductStatus
    tags: list[str]
    options: list[OptionSource]
    seo_title: str | None
    seo_description: str | None
    published_at: datetime | None
    created_at: datetime
    updated_at: datetime
    popularity: int
    version: int
    brand: BrandSource | None
    variants: list[VariantSource]
    images: list[ImageSource]
    categories: list[CategorySource]

    @property
    def living_variants(self) -> list[VariantSource]:
        return [variant for variant in self.variants if not variant.is_archived]


LOAD = text("""
    SELECT CAST(jsonb_build_object(
        'id', p.id, 'slug', p.slug, 'title', p.title, 'description', p.description,
        'status', p.status, 'tags', p.tags, 'options', p.options,
        'seo_title', p.seo_title, 'seo_description', p.seo_description,
        'published_at', p.published_at, 'created_at', p.created_at, 'updated_at', p.updated_at,
        'popularity', p.popularity, 'version', p.version,
        'brand', (
            SELECT jsonb_build_object('id', b.id, 'slug', b.slug, 'name', b.name)
            FROM catalog.brands AS b WHERE b.id = p.brand_id
        ),
        'variants', coalesce((
            SELECT jsonb_agg(jsonb_build_object(
                'id', v.id, 'sku', v.sku, 'title', v.title, 'options', v.options,
                'position', v.position, 'weight_g', v.weight_g, 'barcode', v.barcode,
                'taxable', v.taxable, 'in_stock', v.in_stock, 'was_ordered', v.was_ordered,
                'is_archived', v.archived_at IS NOT NULL, 'image_id', v.image_id,
                'version', v.version,
                'prices', coalesce((
                    SELECT jsonb_agg(jsonb_build_object(
                        'currency', price.currency, 'amount', price.amount,
                        'compare_at', price.compare_at
                    ) ORDER BY price.currency)
                    FROM catalog.prices AS price WHERE price.variant_id = v.id
                ), '[]')
            ) ORDER BY v.position, v.id)
            FROM catalog.variants AS v WHERE v.product_id = p.id
        ), '[]'),
        'images', coalesce((
            SELECT jsonb_agg(jsonb_build_object(
                'id', i.id, 'position', i.position, 'alt', i.alt, 'digest', i.digest,
                'width', i.width, 'height', i.height, 'source', i.source
            ) ORDER BY i.position, i.id)
            FROM catalog.images AS i WHERE i.product_id = p.id
        ), '[]'),
        'categories', coalesce((
            SELECT jsonb_agg(jsonb_build_object(
                'id', c.id, 'slug', c.slug, 'name', c.name, 'is_active', c.is_active,
                'above', coalesce((
                    SELECT jsonb_agg(jsonb_build_object(
                        'id', a.id, 'slug', a.slug, 'name', a.name, 'is_active', a.is_active
                    ) ORDER BY cardinality(a.ancestor_ids))
                    FROM catalog.categories AS a WHERE a.id = ANY(c.ancestor_ids)
                ), '[]')
            ) ORDER BY cardinality(c.ancestor_ids) DESC, c.position, c.name, c.id)
            FROM catalog.product_categories AS pc
            JOIN catalog.categories AS c ON c.id = pc.category_id
            WHERE pc.product_id = p.id
        ), '[]')
    ) AS text) AS source
    FROM catalog.products AS p
    WHERE p.id = ANY(CAST(:ids AS uuid[]))
    ORDER BY p.id
""")

decode = msgspec.json.Decoder(ProductSource).decode


async def load(db: ReadSession, *, product_ids: Collection[UUID]) -> list[ProductSource]:
    """The products that exist, by id. One statement."""
    found = await db.scalars(LOAD, {"ids": list(product_ids)})
    return [decode(source) for source in found]
