"""A door: the tree of categories as the API answers it."""

from sokoni.catalog import queries
from sokoni.catalog.queries import Branch
from sokoni.catalog.schemas.public import CategoryNode, CategoryPage, CategoryRef
from sokoni.kernel.db import ReadSession
from sokoni.kernel.paging import Listed

__all__ = ["CategoryNode", "CategoryPage", "branch", "tree"]


async def tree(db: ReadSession) -> Listed[CategoryNode]:
    """The visible categories."""
    nodes = await queries.tree(db)
    return Listed(items=[CategoryNode.model_validate(node) for node in nodes])


def branch(found: Branch) -> CategoryPage:
    """A category with the way to it and what is below it."""
    node = CategoryNode.model_validate(found.node)
    path = [CategoryRef.model_validate(each) for each in found.path]
    return CategoryPage(**node.model_dump(), breadcrumbs=path)
