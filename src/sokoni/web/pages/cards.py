"""Lists of products, as queries of a page, with what a head says of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from sokoni.catalog import queries as catalog
from sokoni.catalog.queries import Filters, Sort
from sokoni.web.pages.page import Picture, Sources, Visit
from sokoni.web.state import Query


class Thumbnail(msgspec.Struct, frozen=True):
    url: str
    width: int
    height: int
    alt: str


class Card(msgspec.Struct, frozen=True):
    """What a head needs of a card."""

    slug: str
    title: str
    thumbnail: Thumbnail | None = None


class Cards(msgspec.Struct, frozen=True):
    items: list[Card]
    next_cursor: str | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A list, and the first picture in it."""

    query: Query
    cards: Sequence[Card]
    following: str | None = None

    @property
    def picture(self) -> Picture | None:
        first = self.cards[0].thumbnail if self.cards else None
        if first is None:
            return None
        return Picture(url=first.url, width=first.width, height=first.height, alt=first.alt)


async def row(
    sources: Sources,
    visit: Visit,
    *,
    sort: str,
    limit: int,
    category: str | None = None,
) -> Row:
    """A few products in this order. One statement."""
    body = await catalog.listing(
        sources.db.reads,
        shop=visit.shop,
        filters=Filters(category=category),
        sort=Sort(sort),
        limit=limit,
        cursor=None,
        with_total=False,
        storage=sources.storage,
    )
    asked: dict[str, Any] = {**visit.market, "sort": sort, "limit": limit}
    if category is not None:
        asked["category"] = category
    return read("products.browse", asked, body.encode())


def read(operation: str, asked: Mapping[str, Any], body: bytes) -> Row:
    """The answer as a query of the page, and what its cards are."""
    cards = msgspec.json.decode(body, type=Cards)
    query = Query(operation, body, {"query": asked})
    return Row(query=query, cards=cards.items, following=cards.next_cursor)
