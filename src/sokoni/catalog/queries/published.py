"""What has a page: all of it, in the order of ids, for those who list every page.

Also what had one: a product that was sold once and is archived now (`was_published`). Drafts are
nobody's business, whatever they were before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from sokoni.catalog import images
from sokoni.kernel.db import ReadSession

BATCHES = text("""
    SELECT (array_agg(id ORDER BY id))[1] AS first_id, count(*) AS count,
        max(updated_at) AS changed_at
    FROM (
        SELECT p.id, p.updated_at, (row_number() OVER (ORDER BY p.id) - 1) / :size AS batch
        FROM catalog.products AS p
        WHERE p.status = 'active'
            AND EXISTS (SELECT FROM catalog.pages AS page WHERE page.product_id = p.id)
    ) AS numbered
    GROUP BY batch
    ORDER BY batch
""")

PUBLISHED = text("""
    SELECT p.id, p.slug, p.updated_at AS changed_at,
        ARRAY(
            SELECT json_build_array(i.digest, i.width, i.height)
            FROM catalog.images AS i WHERE i.product_id = p.id ORDER BY i.position, i.id
        ) AS pictures
    FROM catalog.products AS p
    WHERE p.status = 'active'
        AND EXISTS (SELECT FROM catalog.pages AS page WHERE page.product_id = p.id)
        AND p.id >= CAST(:since AS uuid)
        AND (CAST(:after AS uuid) IS NULL OR p.id > CAST(:after AS uuid))
    ORDER BY p.id
    LIMIT :most
""")

WAS_PUBLISHED = """
    SELECT EXISTS (
        SELECT FROM catalog.products
        WHERE id = {product} AND status = 'archived' AND published_at IS NOT NULL
    )
"""
BY_ID = text(WAS_PUBLISHED.format(product="CAST(:product AS uuid)"))
BY_SLUG = text(
    WAS_PUBLISHED.format(
        product="""coalesce(
            (SELECT id FROM catalog.products WHERE slug = :product),
            (SELECT product_id FROM catalog.slug_redirects WHERE slug = :product)
        )"""
    )
)

# A shelf shows what stands on it and on those below. Gone from it is a change as well.
CHANGES_OF_SHELVES = text("""
    WITH changed AS (
        SELECT stands.category_id, max(p.updated_at) AS at
        FROM catalog.products AS p
        LEFT JOIN catalog.product_categories AS stands ON stands.product_id = p.id
        WHERE p.status IN ('active', 'archived') AND p.published_at IS NOT NULL
        GROUP BY stands.category_id
    )
    SELECT above.id, max(changed.at) AS at
    FROM changed
    JOIN catalog.categories AS c ON c.id = changed.category_id
    CROSS JOIN LATERAL unnest(c.ancestor_ids || c.id) AS above (id)
    GROUP BY above.id
    UNION ALL
    SELECT NULL, max(at) FROM changed HAVING max(at) IS NOT NULL
""")


@dataclass(frozen=True, slots=True)
class Batch:
    """So many products from this one on, and the last change of any."""

    first_id: UUID
    count: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Published:
    """A product's address; `pictures` are the keys of its pictures in their widest size."""

    id: UUID
    slug: str
    changed_at: datetime
    pictures: tuple[str, ...]


async def published_batches(db: ReadSession, *, size: int) -> Sequence[Batch]:
    """All products for sale, cut into batches of `size`. One statement."""
    rows = await db.execute(BATCHES, {"size": size})
    return [Batch(*row) for row in rows]


async def published(
    db: ReadSession, *, since: UUID, after: UUID | None, limit: int
) -> Sequence[Published]:
    """Products from `since` on, and after `after`. One statement."""
    values = {"since": since, "after": after, "most": limit}
    return [
        Published(
            id=row.id,
            slug=row.slug,
            changed_at=row.changed_at,
            pictures=tuple(_widest(*picture) for picture in row.pictures),
        )
        for row in await db.execute(PUBLISHED, values)
    ]


async def was_published(db: ReadSession, *, product: UUID | str) -> bool:
    """Whether this id, slug or former slug is an archived product's that was for sale."""
    statement = BY_ID if isinstance(product, UUID) else BY_SLUG
    return bool(await db.scalar(statement, {"product": product}))


async def changes_of_shelves(db: ReadSession) -> Mapping[UUID | None, datetime]:
    """When what stands on each shelf, or below it, last changed; None is the whole shop.

    One statement. Shelves that nothing ever stood on have no entry.
    """
    return {row.id: row.at for row in await db.execute(CHANGES_OF_SHELVES)}


def _widest(digest: str, width: int, height: int) -> str:
    return images.sizes_of(digest=digest, width=width, height=height)[-1].key
