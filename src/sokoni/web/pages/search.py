"""What a search finds. Not for search engines: there are as many pages as words."""

from sokoni.web.pages import cards, listing
from sokoni.web.pages.page import Head, Page, Sources, Visit
from sokoni.web.pages.shelves import shelves

ALTERNATIVES = 8


async def load(sources: Sources, visit: Visit, _parameter: str) -> Page | None:
    asked = visit.first("q").strip()
    part = await listing.part(sources, visit)
    if part is None:
        return None
    row = part.row
    queries = [(await shelves(sources)).query, row.query]
    if not row.cards:
        liked = await cards.row(sources, visit, sort="popularity", limit=ALTERNATIVES)
        queries.append(liked.query)
    title = visit.say("search.title", query=asked[:80]) if asked else visit.say("search.bare")
    return Page(
        head=Head(
            title=f"{title} | {visit.store.name}",
            description=visit.say("search.description"),
            canonical="/search",
            picture=row.picture,
            is_indexed=False,
        ),
        tags=listing.TAGS,
        chunk="SearchPage",
        queries=tuple(queries),
    )
