"""A door: whole answers as bytes, for routes, hot reads and pages alike."""

import time

from sokoni.catalog.queries import Filters, Shop
from sokoni.kernel.reads import Reads
from sokoni.kernel.storage import Storage
from sokoni.search import encoding, queries
from sokoni.search.queries import SearchSort
from sokoni.search.vocabulary import Vocabulary

__all__ = ["STALE_WITH", "SearchSort", "Vocabulary", "search_page", "suggestions"]

STALE_WITH = "products categories brands vocabulary"


async def search_page(
    db: Reads,
    *,
    vocabulary: Vocabulary,
    storage: Storage,
    text: str | None,
    shop: Shop,
    filters: Filters,
    sort: SearchSort | None,
    cursor: str | None,
    limit: int,
    with_facets: bool,
    with_total: bool,
) -> bytes:
    """A SearchPage."""
    started = time.perf_counter()
    found = await queries.search(
        db,
        lexicon=await vocabulary.lexicon(),
        text=text,
        shop=shop,
        filters=filters,
        sort=sort,
        cursor=cursor,
        limit=limit,
        with_facets=with_facets or with_total,
        with_total=with_total,
    )
    took_ms = (time.perf_counter() - started) * 1000
    return encoding.page(found, storage, took_ms=took_ms, with_total=with_total)


async def suggestions(
    db: Reads, *, vocabulary: Vocabulary, storage: Storage, text: str, shop: Shop, limit: int
) -> bytes:
    """A Suggested."""
    lexicon = await vocabulary.lexicon()
    found = await queries.complete(db, lexicon=lexicon, text=text, shop=shop, limit=limit)
    return encoding.suggested(found, storage)
