"""Create, move, rename and delete categories; their products' ready rows follow.

Whoever writes a category owns the taxonomy until the commit, so two moves that together would make
a cycle happen one after the other, and the second is refused.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from sokoni.audit import service as audit
from sokoni.catalog import locks
from sokoni.catalog.errors import CategoryCycle, CategoryNotEmpty, SlugTaken
from sokoni.catalog.models import Category
from sokoni.catalog.service import slugs, spreading, wording
from sokoni.kernel import signals
from sokoni.kernel.db import WriteSession, violated
from sokoni.kernel.errors import FieldError, Invalid, NotFound, check_version
from sokoni.kernel.ids import encode

DEEPEST = 10

MOVE_BELOW = text("""
    UPDATE catalog.categories
    SET ancestor_ids = CAST(:path AS uuid[])
        || ancestor_ids[array_position(ancestor_ids, CAST(:id AS uuid)) :]
    WHERE ancestor_ids @> ARRAY[CAST(:id AS uuid)]
    RETURNING cardinality(ancestor_ids)
""")


FORGET_ADDRESS = text("DELETE FROM catalog.category_redirects WHERE slug = :slug")

KEEP_ADDRESS = text("""
    INSERT INTO catalog.category_redirects (slug, category_id) VALUES (:slug, :id)
    ON CONFLICT (slug) DO UPDATE SET category_id = excluded.category_id
""")


@dataclass(frozen=True, slots=True)
class CategoryDraft:
    """A category as somebody wants it; without a slug it follows from the name or stays."""

    name: str
    slug: str | None = None
    parent_id: UUID | None = None
    description: str = ""
    position: int = 0
    is_active: bool = True


async def create_category(
    tx: WriteSession, *, draft: CategoryDraft, actor: str, now: datetime
) -> Category:
    """Keep a new category. `Invalid`, `SlugTaken`."""
    await locks.own_taxonomy(tx)
    slug = draft.slug or await slugs.free(tx, table="categories", title=draft.name)
    category = Category(slug=slug, version=1)
    _fill(category, draft)
    category.ancestor_ids = await _path(tx, draft.parent_id)
    tx.add(category)
    await _flush(tx)
    await _move_address(tx, category, before=slug)
    signals.changed(tx, "categories")
    await _record(tx, actor, "category.created", category, now=now)
    return category


async def revise_category(
    tx: WriteSession,
    *,
    category_id: UUID,
    revise: Callable[[CategoryDraft], CategoryDraft],
    actor: str,
    now: datetime,
    version: int | None = None,
) -> Category:
    """Make of the category what `revise` makes of its draft, with all below it moving along.

    `NotFound`, `Stale`, `Invalid`, `SlugTaken`; `CategoryCycle` for a parent below itself.
    """
    category = await _held(tx, category_id, version)
    draft = revise(_as_draft(category))
    path = await _path(tx, draft.parent_id)
    if category_id in path:
        raise CategoryCycle(
            "A category cannot stand below itself.",
            errors=[FieldError("/parent_id", "is this category or stands below it")],
        )
    moves, address = path != category.ancestor_ids, category.slug
    _fill(category, draft)
    category.ancestor_ids = path
    category.version += 1
    await _flush(tx)
    await _move_address(tx, category, before=address)
    if moves:
        depths = await tx.scalars(MOVE_BELOW, {"id": category_id, "path": path})
        _check_depth(max(depths, default=0))
    await spreading.category_changed(tx, category_id=category_id)
    signals.changed(tx, "categories")
    await _record(tx, actor, "category.changed", category, now=now)
    return category


async def delete_category(
    tx: WriteSession, *, category_id: UUID, actor: str, now: datetime, version: int | None = None
) -> None:
    """Delete a category with nothing below it; its products stay, without it."""
    category = await _held(tx, category_id, version)
    product_ids = await spreading.products_of_category(tx, category_id=category_id)
    await tx.delete(category)
    await _flush(tx)
    await spreading.rebuild(tx, product_ids)
    signals.changed(tx, "categories")
    await _record(tx, actor, "category.deleted", category, now=now)


async def ensure_categories(
    tx: WriteSession, *, paths: Collection[tuple[str, ...]]
) -> dict[tuple[str, ...], UUID]:
    """The categories at these paths of names from the root (letter case aside), by path.

    Missing ones are created, active. Call it before anything that locks products.
    """
    wanted = sorted({path[: i + 1] for path in paths for i in range(len(path))}, key=len)
    if not wanted:
        return {}
    await locks.own_taxonomy(tx)
    known = {
        (category.parent_id, category.name.lower()): category
        for category in await tx.scalars(select(Category).order_by(Category.id.desc()))
    }
    found: dict[tuple[str, ...], UUID] = {}
    for path in wanted:
        name = wording.line(path[-1])
        parent_id = found[path[:-1]] if len(path) > 1 else None
        category = known.get((parent_id, name.lower()))
        if category is None:
            slug = await slugs.free(tx, table="categories", title=name)
            category = Category(slug=slug, version=1)
            _fill(category, CategoryDraft(name=name, parent_id=parent_id))
            category.ancestor_ids = await _path(tx, parent_id)
            tx.add(category)
            await _flush(tx)
            await _move_address(tx, category, before=slug)
            known[parent_id, name.lower()] = category
            signals.changed(tx, "categories")
        found[path] = category.id
    return {path: found[path] for path in paths}


async def _move_address(tx: WriteSession, category: Category, *, before: str) -> None:
    """The address is this category's alone now; the one it had before leads to it."""
    await tx.execute(FORGET_ADDRESS, {"slug": category.slug})
    if before != category.slug:
        await tx.execute(KEEP_ADDRESS, {"slug": before, "id": category.id})


async def _held(tx: WriteSession, category_id: UUID, version: int | None) -> Category:
    await locks.own_taxonomy(tx)
    category = await tx.get(Category, category_id)
    if category is None:
        raise NotFound
    check_version(version, category.version)
    return category


def _as_draft(category: Category) -> CategoryDraft:
    return CategoryDraft(
        name=category.name,
        slug=category.slug,
        parent_id=category.parent_id,
        description=category.description,
        position=category.position,
        is_active=category.is_active,
    )


async def _path(tx: WriteSession, parent_id: UUID | None) -> list[UUID]:
    """From the root down to and with the parent."""
    if parent_id is None:
        return []
    parent = await tx.get(Category, parent_id)
    if parent is None:
        raise Invalid.field("/parent_id", "is not a category of this shop")
    _check_depth(len(parent.ancestor_ids) + 1)
    return [*parent.ancestor_ids, parent_id]


def _check_depth(depth: int) -> None:
    if depth >= DEEPEST:
        raise Invalid.field("/parent_id", f"would make more than {DEEPEST} levels")


def _fill(category: Category, draft: CategoryDraft) -> None:
    category.name = wording.line(draft.name)
    if not category.name:
        raise Invalid.field("/name", "must have letters")
    category.slug = slugs.checked(draft.slug or category.slug, table="categories")
    category.parent_id = draft.parent_id
    category.description = wording.rich(draft.description)
    category.position = draft.position
    category.is_active = draft.is_active


async def _flush(tx: WriteSession) -> None:
    try:
        await tx.flush()
    except IntegrityError as error:
        if violated(error, "categories_slug_key"):
            raise SlugTaken("Another category has this address.") from error
        if violated(error, "categories_parent_id_fkey"):
            raise CategoryNotEmpty("Other categories stand below it; move them first.") from error
        raise


async def _record(
    tx: WriteSession, actor: str, action: str, category: Category, *, now: datetime
) -> None:
    await audit.record(
        tx,
        actor=actor,
        action=action,
        subject=encode("cat", category.id),
        after={
            "name": category.name,
            "slug": category.slug,
            "parent_id": encode("cat", category.parent_id) if category.parent_id else None,
            "position": category.position,
            "is_active": category.is_active,
        },
        now=now,
    )
