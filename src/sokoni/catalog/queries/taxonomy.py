"""Categories and brands as buyers and staff see them.

Buyers see a category when it and all above it are active.
"""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select, text, tuple_

from sokoni.catalog.models import Brand, Category
from sokoni.kernel.db import ReadSession
from sokoni.kernel.errors import NotFound
from sokoni.kernel.paging import Rows, decode_cursor, encode_cursor

BRANDS = "brands"

VISIBLE = text("""
    SELECT c.id, c.parent_id, c.slug, c.name, c.description, c.position, c.ancestor_ids
    FROM catalog.categories AS c
    WHERE c.is_active AND NOT EXISTS (
        SELECT FROM catalog.categories AS above
        WHERE above.id = ANY(c.ancestor_ids) AND NOT above.is_active
    )
    ORDER BY c.position, c.name, c.id
""")


FORMER = text("SELECT category_id FROM catalog.category_redirects WHERE slug = :slug")


@dataclass(slots=True)
class Node:
    """A visible category in the tree."""

    id: UUID
    parent_id: UUID | None
    slug: str
    name: str
    description: str
    position: int
    ancestor_ids: list[UUID]
    children: list["Node"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Branch:
    """A visible category with the way to it from the root, itself last."""

    node: Node
    path: tuple[Node, ...]


async def tree(db: ReadSession) -> list[Node]:
    """The visible roots, with all below them. One statement."""
    return [node for node in (await _nodes(db)).values() if node.parent_id is None]


async def branch(db: ReadSession, *, category: UUID | str) -> Branch | None:
    """A visible category by id, slug or former slug, with what is above and below it.

    One statement, and one more for a slug that no category has now.
    """
    nodes = await _nodes(db)
    found = _among(nodes, category)
    if found is None and isinstance(category, str):
        former = await db.scalar(FORMER, {"slug": category})
        found = _among(nodes, former) if former is not None else None
    if found is None:
        return None
    return Branch(node=found, path=(*(nodes[above] for above in found.ancestor_ids), found))


async def brands(db: ReadSession, *, cursor: str | None, limit: int) -> Rows[Brand]:
    """Brands by name. One statement."""
    query = select(Brand).order_by(Brand.name, Brand.id).limit(limit + 1)
    if cursor is not None:
        place = decode_cursor(BRANDS, cursor, of=tuple[str, UUID])
        query = query.where(tuple_(Brand.name, Brand.id) > place)
    found = list(await db.scalars(query))
    page = found[:limit]
    following = None
    if len(found) > limit:
        following = encode_cursor(BRANDS, [page[-1].name, str(page[-1].id)])
    return Rows(items=page, next_cursor=following)


async def category_by(db: ReadSession, *, category: UUID | str) -> Category:
    """The category with this id or slug, active or not; `NotFound`."""
    column = Category.id if isinstance(category, UUID) else Category.slug
    found = await db.scalar(select(Category).where(column == category))
    if found is None:
        raise NotFound
    return found


async def all_categories(db: ReadSession) -> list[Category]:
    """Every category, active or not, by place."""
    order = (Category.position, Category.name, Category.id)
    return list(await db.scalars(select(Category).order_by(*order)))


async def brand_by(db: ReadSession, *, brand: UUID | str) -> Brand:
    """The brand with this id or slug; `NotFound`."""
    column = Brand.id if isinstance(brand, UUID) else Brand.slug
    found = await db.scalar(select(Brand).where(column == brand))
    if found is None:
        raise NotFound
    return found


def _among(nodes: dict[UUID, Node], category: UUID | str) -> Node | None:
    found = (node for node in nodes.values() if category in {node.id, node.slug})
    return next(found, None)


async def _nodes(db: ReadSession) -> dict[UUID, Node]:
    rows = await db.execute(VISIBLE)
    nodes = {row.id: Node(**row._asdict()) for row in rows}
    for node in nodes.values():
        if node.parent_id is not None:
            nodes[node.parent_id].children.append(node)
    return nodes
