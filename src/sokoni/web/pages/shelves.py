"""The tree of categories, which every page shows in its header."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from sokoni.catalog import answers as catalog
from sokoni.catalog.answers import CategoryNode
from sokoni.web.pages.page import Sources
from sokoni.web.state import Query

TAGS = "markets categories"


@dataclass(frozen=True, slots=True)
class Shelves:
    query: Query
    tree: Sequence[CategoryNode]
    tags: str = TAGS

    @property
    def in_turns(self) -> list[str]:
        """Slugs of the shelves in the middle of the tree, taken in turns from each branch.

        As the home page shows them: `frontend/src/shop/features/home/CategoryTiles.tsx`.
        """
        branches = [top.children or [top] for top in self.tree]
        turns = zip_longest(*branches)
        return [shelf.slug for turn in turns for shelf in turn if shelf is not None]


async def shelves(sources: Sources) -> Shelves:
    """One statement."""
    async with sources.db.reading() as db:
        tree = await catalog.tree(db)
    return Shelves(Query("categories.tree", tree.model_dump_json().encode()), tree.items)
