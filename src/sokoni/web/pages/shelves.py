"""The tree of categories, which every page shows in its header."""

from dataclasses import dataclass

from sokoni.catalog import answers as catalog
from sokoni.web.pages.page import Sources
from sokoni.web.state import Query

TAGS = "markets categories"


@dataclass(frozen=True, slots=True)
class Shelves:
    query: Query
    tags: str = TAGS


async def shelves(sources: Sources) -> Shelves:
    """One statement."""
    async with sources.db.reading() as db:
        tree = await catalog.tree(db)
    return Shelves(Query("categories.tree", tree.model_dump_json().encode()))
