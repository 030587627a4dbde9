"""A list of products with facets: all of them here; `category` and `search` narrow it down."""

import re
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a list that an address asks for, and what a head says of it.

    Filters and sort show the same products again, so their address is the bare list's. A page of
    the list shows what no other does: it stands for itself, and names the one after it. A cursor
    belongs to its order: without the sort it came from it would be refused.
    """

    row: Row
    cursor: str
    is_whole: bool

    def canonical(self, path: str) -> str:
        return _at(path, self.cursor) if self.is_whole else path

    def following(self, path: str) -> str:
        return _at(path, self.row.following) if self.is_whole and self.row.following else ""

    def titled(self, visit: Visit, title: str) -> str:
        return self._further(visit, "further.title", title)

    def described(self, visit: Visit, description: str) -> str:
        return self._further(visit, "further.description", description)

    def _further(self, visit: Visit, key: str, text: str) -> str:
        """The words of a further page: those of the list, and where the page begins."""
        if not self.cursor or not self.row.cards:
            return text
        return visit.say(key, text=text, first=self.row.cards[0].title)


async def load(sources: Sources, visit: Visit, _parameter: str) -> Page | None:
    found = await part(sources, visit)
    if found is None:
        return None
    tree = await shelves(sources)
    title = visit.say("products.title")
    return Page(
        head=Head(
            title=f"{found.titled(visit, title)} | {visit.store.name}",
            description=found.described(visit, visit.say("products.description")),
            canonical=found.canonical("/products"),
            following=found.following("/products"),
            picture=found.row.picture,
            structured=(
                structured.breadcrumbs(visit, [(title, "/products")]),
                structured.item_list(visit, found.row.cards),
            ),
        ),
        tags=TAGS,
        chunk="ProductsPage",
        queries=(tree.query, found.row.query),
    )


async def part(sources: Sources, visit: Visit, *, category: str | None = None) -> Part | None:
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
    return Part(
        row=cards.read("search.products", wanted.asked, took_ms.sub(b'"took_ms":0', body)),
        cursor=wanted.asked.get("cursor", ""),
        is_whole=wanted.is_whole,
    )


def _at(path: str, cursor: str) -> str:
    return f"{path}?{urlencode({'cursor': cursor})}" if cursor else path
