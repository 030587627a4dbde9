"""Products as staff sees them: of every status, in every currency."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from sokoni.catalog import sources
from sokoni.catalog.errors import ProductNotFound
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.queries.sellables import Picture
from sokoni.catalog.sources import ProductSource
from sokoni.kernel.db import ReadSession
from sokoni.kernel.paging import Rows, decode_cursor, encode_cursor

PRODUCTS = "admin.products"

ID_OF = text("SELECT id FROM catalog.products WHERE slug = :slug")
LIST = text("""
    SELECT p.id, p.slug, p.title, p.status, p.version, p.created_at, p.updated_at,
           b.name AS brand, picture.digest, picture.width, picture.height, picture.alt,
           variants.count AS variant_count, variants.in_stock,
           price.amount AS price, price.currency
    FROM catalog.products AS p
    LEFT JOIN catalog.brands AS b ON b.id = p.brand_id
    LEFT JOIN LATERAL (
        SELECT i.digest, i.width, i.height, i.alt FROM catalog.images AS i
        WHERE i.product_id = p.id ORDER BY i.position, i.id LIMIT 1
    ) AS picture ON true
    CROSS JOIN LATERAL (
        SELECT count(*) AS count, coalesce(bool_or(v.in_stock), false) AS in_stock
        FROM catalog.variants AS v WHERE v.product_id = p.id AND v.archived_at IS NULL
    ) AS variants
    LEFT JOIN LATERAL (
        SELECT pr.amount, pr.currency
        FROM catalog.variants AS v JOIN catalog.prices AS pr ON pr.variant_id = v.id
        WHERE v.product_id = p.id AND v.archived_at IS NULL
        ORDER BY pr.currency = :currency DESC, pr.currency, pr.amount LIMIT 1
    ) AS price ON true
    WHERE (CAST(:status AS text) IS NULL OR p.status = :status)
      AND (CAST(:like AS text) IS NULL OR p.title ILIKE :like OR p.slug ILIKE :like OR EXISTS (
          SELECT FROM catalog.variants AS v
          WHERE v.product_id = p.id AND (v.sku ILIKE :like OR v.barcode = :exact)
      ))
      AND (CAST(:brand_id AS uuid) IS NULL OR p.brand_id = CAST(:brand_id AS uuid))
      AND (CAST(:category_id AS uuid) IS NULL OR EXISTS (
          SELECT FROM catalog.product_categories AS pc
          WHERE pc.product_id = p.id AND pc.category_id = CAST(:category_id AS uuid)
      ))
      AND (CAST(:tag AS text) IS NULL OR CAST(:tag AS text) = ANY(p.tags))
      AND (CAST(:in_stock AS boolean) IS NULL OR variants.in_stock = CAST(:in_stock AS boolean))
      AND (CAST(:before AS uuid) IS NULL OR p.id < CAST(:before AS uuid))
    ORDER BY p.id DESC
    LIMIT :most
""")


@dataclass(frozen=True, slots=True)
class ProductSummary:
    """One line of the staff's list; `price` is the lowest, in the shop's currency if it can be."""

    id: UUID
    slug: str
    title: str
    status: ProductStatus
    brand: str | None
    picture: Picture | None
    price: int | None
    currency: str | None
    variant_count: int
    in_stock: bool
    version: int
    created_at: datetime
    updated_at: datetime


async def product_by(db: ReadSession, *, product: UUID | str) -> ProductSource:
    """The product with this id or slug, whatever its status; `ProductNotFound`."""
    product_id = await product_id_of(db, product=product)
    found = await sources.load(db, product_ids=[product_id])
    if not found:
        raise ProductNotFound
    return found[0]


async def product_id_of(db: ReadSession, *, product: UUID | str) -> UUID:
    """The id itself, or the one behind a slug; `ProductNotFound`."""
    if isinstance(product, UUID):
        return product
    found: UUID | None = await db.scalar(ID_OF, {"slug": product})
    if found is None:
        raise ProductNotFound
    return found


@dataclass(frozen=True, slots=True)
class StaffFilter:
    """Which products; None means any. `words` are part of a title, slug or SKU, or a barcode."""

    status: ProductStatus | None = None
    words: str | None = None
    brand_id: UUID | None = None
    category_id: UUID | None = None
    tag: str | None = None
    in_stock: bool | None = None


async def products(
    db: ReadSession,
    *,
    which: StaffFilter,
    currency: str,
    cursor: str | None,
    limit: int,
) -> Rows[ProductSummary]:
    """Products, newest first."""
    words = which.words
    like = f"%{_escaped(words)}%" if words else None
    rows = await db.execute(
        LIST,
        {
            "status": which.status,
            "brand_id": which.brand_id,
            "category_id": which.category_id,
            "tag": which.tag,
            "in_stock": which.in_stock,
            "like": like,
            "exact": words,
            "before": _before(cursor),
            "currency": currency,
            "most": limit + 1,
        },
    )
    found = [
        ProductSummary(
            id=row.id,
            slug=row.slug,
            title=row.title,
            status=ProductStatus(row.status),
            brand=row.brand,
            picture=Picture(row.digest, row.width, row.height, row.alt) if row.digest else None,
            price=row.price,
            currency=row.currency,
            variant_count=row.variant_count,
            in_stock=row.in_stock,
            version=row.version,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )
        for row in rows
    ]
    page = found[:limit]
    following = encode_cursor(PRODUCTS, [str(page[-1].id)]) if len(found) > limit else None
    return Rows(items=page, next_cursor=following)


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def _before(cursor: str | None) -> UUID | None:
    if cursor is None:
        return None
    return decode_cursor(PRODUCTS, cursor, of=tuple[UUID])[0]
