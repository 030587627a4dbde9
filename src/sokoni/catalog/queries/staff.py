"""Products as staff sees them: of every status, in every currency."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.engine import Row

from sokoni.catalog import sources
from sokoni.catalog.errors import ProductNotFound
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.queries.sellables import Picture
from sokoni.catalog.sources import ProductSource
from sokoni.kernel.db import ReadSession
from sokoni.kernel.paging import Rows
from sokoni.kernel.sorting import Key, walk

PRODUCTS = "admin.products"

ID_OF = text("SELECT id FROM catalog.products WHERE slug = :slug")
# First which products the page has, then what is shown of them.
LIST = """
    WITH page AS (
        SELECT p.id FROM catalog.products AS p
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
          AND (CAST(:in_stock AS boolean) IS NULL OR CAST(:in_stock AS boolean) = EXISTS (
              SELECT FROM catalog.variants AS v
              WHERE v.product_id = p.id AND v.archived_at IS NULL AND v.in_stock
          ))
          AND {after}
        ORDER BY {order}
        LIMIT :most
    )
    SELECT p.id, p.slug, p.title, p.status, p.version, p.created_at, p.updated_at,
           lower(p.title) AS folded_title,
           b.name AS brand, picture.digest, picture.width, picture.height, picture.alt,
           variants.count AS variant_count, variants.in_stock,
           price.amount AS price, price.currency
    FROM page JOIN catalog.products AS p ON p.id = page.id
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
    ORDER BY {order}
"""


class StaffSort(StrEnum):
    """Orders of the staff's list; a minus turns one round."""

    CREATED = "created"
    NEWEST = "-created"
    TITLE = "title"
    TITLE_DOWN = "-title"
    UPDATED = "updated"
    UPDATED_LAST = "-updated"


# Ids grow with time, and have an index.
KEYS: dict[str, Key[Row[Any]]] = {
    "created": Key(("p.id",), tuple[UUID], lambda row: (row.id,)),
    "title": Key(("lower(p.title)", "p.id"), tuple[str, UUID], attrgetter("folded_title", "id")),
    "updated": Key(("p.updated_at", "p.id"), tuple[datetime, UUID], attrgetter("updated_at", "id")),
}


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
    sort: StaffSort = StaffSort.NEWEST,
) -> Rows[ProductSummary]:
    """A page of products; what is sorted alike, by age."""
    words = which.words
    like = f"%{_escaped(words)}%" if words else None
    step = walk(KEYS, listed=PRODUCTS, sort=sort, cursor=cursor)
    rows = await db.execute(
        text(LIST.format(after=step.after or "true", order=step.order)),
        {
            "status": which.status,
            "brand_id": which.brand_id,
            "category_id": which.category_id,
            "tag": which.tag,
            "in_stock": which.in_stock,
            "like": like,
            "exact": words,
            "currency": currency,
            "most": limit + 1,
            **step.values,
        },
    )
    page = step.page(list(rows), limit=limit)
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
        for row in page.items
    ]
    return Rows(items=found, next_cursor=page.next_cursor)


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
