"""A category: what stands on the shelf and on those below it."""

from sokoni.catalog import answers as catalog
from sokoni.catalog import queries
from sokoni.catalog.listing import by_id_or_slug
from sokoni.web import structured
from sokoni.web.pages import listing
from sokoni.web.pages.page import Head, Moved, Page, Sources, Visit
from sokoni.web.pages.shelves import shelves
from sokoni.web.state import Query
from sokoni.web.texts import summary


async def load(sources: Sources, visit: Visit, slug: str) -> Page | Moved | None:
    async with sources.db.reading() as db:
        branch = await queries.branch(db, category=by_id_or_slug("cat", slug))
    if branch is None:
        return None
    path = f"/c/{branch.node.slug}"
    if branch.node.slug != slug:
        return Moved(path)
    part = await listing.part(sources, visit, category=slug)
    if part is None:
        return None
    name = branch.node.name
    own = Query(
        "categories.show_category",
        catalog.branch(branch).model_dump_json().encode(),
        {"path": {"id_or_slug": slug}},
    )
    way = [(node.name, f"/c/{node.slug}") for node in branch.path]
    return Page(
        head=Head(
            title=f"{part.titled(visit, name)} | {visit.store.name}",
            description=part.described(
                visit,
                summary(branch.node.description) or visit.say("category.description", name=name),
            ),
            canonical=part.canonical(path),
            following=part.following(path),
            picture=part.row.picture,
            structured=(
                structured.breadcrumbs(visit, way),
                structured.item_list(visit, part.row.cards),
            ),
        ),
        tags=listing.TAGS,
        chunk="CategoryPage",
        queries=((await shelves(sources)).query, own, part.row.query),
    )
