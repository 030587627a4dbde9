"""Staff's list of stock levels: narrowed, sorted, page by page.

What is available changes with every sale, and has no index: an index would cost each sale more than
it saves staff. Sorted by it, the list looks at every level and keeps one page of them.
"""

from enum import StrEnum
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.engine import Row

from sokoni.inventory.queries.reading import Level
from sokoni.kernel.db import ReadSession
from sokoni.kernel.paging import Rows
from sokoni.kernel.sorting import Key, walk

AVAILABLE = "CASE WHEN l.is_active THEN s.on_hand - s.reserved ELSE 0 END"
LIST = f"""
    SELECT s.variant_id, l.id AS location_id, l.name AS location_name, l.is_active,
           s.on_hand, s.reserved, s.low_stock_threshold, v.sku, {AVAILABLE} AS available
      FROM inventory.stock_levels AS s
      JOIN inventory.locations AS l ON l.id = s.location_id
      JOIN catalog.variants AS v ON v.id = s.variant_id
     WHERE {{conditions}}
     ORDER BY {{order}} LIMIT :most
"""  # noqa: S608 - constants
IS_LOW = "s.on_hand - s.reserved <= s.low_stock_threshold"
AT_LOCATION = "s.location_id = :location_id"
NAMED = """s.variant_id IN (
    SELECT v.id FROM catalog.variants AS v JOIN catalog.products AS p ON p.id = v.product_id
     WHERE v.sku ILIKE :like OR p.title ILIKE :like)"""


class LevelSort(StrEnum):
    """Orders of the list; a minus turns one round. Variants that were added first come first."""

    ADDED = "added"
    ADDED_LAST = "-added"
    SKU = "sku"
    SKU_DOWN = "-sku"
    AVAILABLE = "available"
    AVAILABLE_MOST = "-available"


KEYS: dict[str, Key[Row[Any]]] = {
    "added": Key(
        ("s.variant_id", "s.location_id"),
        tuple[UUID, UUID],
        attrgetter("variant_id", "location_id"),
    ),
    "sku": Key(("v.sku", "s.location_id"), tuple[str, UUID], attrgetter("sku", "location_id")),
    "available": Key(
        (AVAILABLE, "s.variant_id", "s.location_id"),
        tuple[int, UUID, UUID],
        attrgetter("available", "variant_id", "location_id"),
    ),
}


async def list_levels(
    db: ReadSession,
    *,
    below_threshold: bool,
    limit: int,
    cursor: str | None,
    location_id: UUID | None = None,
    words: str | None = None,
    sort: LevelSort = LevelSort.ADDED,
) -> Rows[Level]:
    """All levels, or those with no more left than their threshold. One statement.

    `words` are part of the SKU or of the product's title.
    """
    listed = "inventory.low" if below_threshold else "inventory.levels"
    step = walk(KEYS, listed=listed, sort=sort, cursor=cursor)
    values: dict[str, Any] = {**step.values, "most": limit + 1}
    conditions = [step.after] if step.after else []
    if below_threshold:
        conditions.append(IS_LOW)
    if location_id is not None:
        conditions.append(AT_LOCATION)
        values["location_id"] = location_id
    if words:
        conditions.append(NAMED)
        values["like"] = f"%{_escaped(words)}%"
    statement = text(LIST.format(conditions=" AND ".join(conditions) or "true", order=step.order))
    page = step.page(list(await db.execute(statement, values)), limit=limit)
    return Rows([_level(row) for row in page.items], page.next_cursor)


def _level(row: Row[Any]) -> Level:
    return Level(*tuple(row)[:7])


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
