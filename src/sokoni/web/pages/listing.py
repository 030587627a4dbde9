"""A list of products with facets: all of them here; `category` and `search` narrow it down."""

import re
from urllib.parse import urlencode

from sokoni.kernel.errors import Invalid
from sokoni.search import answers as search
from sokoni.web import structured
from sokoni.web.pages import cards
from sokoni.web.pages.cards import Row
from sokoni.web.pages.narrowing import narrowing
from sokoni.web.pages.page import Head, Page, Sources, Visit
from sokoni.web.pages.shelves import shelves

# How long it took would make a new page of what has not changed.
took_ms = re.compile(rb'"took_ms":[0-9.]+')
TAGS = f"markets {search.STALE_WITH}"


async def load(sources: Sources, visit: Visit, _parameter: str) -> Page | None:
    row = await matches(sources, visit)
    if row is None:
        return None
    found = await shelves(sources)
    title = visit.say("products.title")
    return Page(
        head=Head(
            title=f"{title} | {visit.store.name}",
            description=visit.say("products.description"),
            canonical=canonical(visit, "/products"),
            following=following(row, "/products"),
            picture=row.picture,
            structured=(
                structured.breadcrumbs(visit, [(title, "/products")]),
                structured.item_list(visit, row.cards),
            ),
        ),
        tags=TAGS,
        chunk="ProductsPage",
        queries=(found.query, row.query),
    )


async def matches(sources: Sources, visit: Visit, *, category: str | None = None) -> Row | None:
    """The products that the address asks for; None for a page that there cannot be."""
    wanted = narrowing(visit, category=category)
    try:
        body = await search.search_page(
            sources.db.reads,
            vocabulary=sources.vocabulary,
            storage=sources.storage,
            text=wanted.asked.get("q"),
            shop=visit.shop,
            filters=wanted.filters,
            sort=wanted.sort,
            cursor=wanted.asked.get("cursor"),
            limit=wanted.asked["limit"],
            with_facets=True,
            with_total=True,
        )
    except Invalid:
        return None
    return cards.read("search.products", wanted.asked, took_ms.sub(b'"took_ms":0', body))


def canonical(visit: Visit, path: str) -> str:
    """The list itself: filters and sort show parts of it, while its pages stand for themselves."""
    cursor = visit.first("cursor")
    return f"{path}?{urlencode({'cursor': cursor})}" if cursor else path


def following(row: Row, path: str) -> str:
    return f"{path}?{urlencode({'cursor': row.following})}" if row.following else ""
