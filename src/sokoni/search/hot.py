"""Hot reads: search and suggestions. What they are, `kernel.hot` says."""

from sokoni.catalog.listing import plain_filters, plain_shop
from sokoni.kernel.db import Database
from sokoni.kernel.errors import Invalid
from sokoni.kernel.hot import HotAnswer, HotRead, PlainQuery, Unusual
from sokoni.kernel.paging import DEFAULT_LIMIT, MAX_LIMIT
from sokoni.kernel.resources import Resources
from sokoni.kernel.settings import Settings
from sokoni.kernel.storage import Storage
from sokoni.search import answers
from sokoni.search.queries import SearchSort
from sokoni.search.vocabulary import Vocabulary

SORTS = {sort.value: sort for sort in SearchSort}
MOST_LETTERS, MOST_TYPED = 1000, 200
MOST_SUGGESTIONS, USUAL_SUGGESTIONS = 20, 6


def hot_reads(resources: Resources) -> list[HotRead]:
    reads = resources.get(Database).reads
    storage = resources.get(Storage)
    vocabulary = resources.get(Vocabulary)
    otherwise = resources.get(Settings).default_currency

    async def search(_last: str, query: PlainQuery) -> HotAnswer:
        wanted = query.text("sort", most=20)
        sort = SORTS.get(wanted) if wanted else None
        if wanted and sort is None:
            raise Unusual
        with_facets = query.flag("with_facets")
        try:
            body = await answers.search_page(
                reads,
                vocabulary=vocabulary,
                storage=storage,
                text=query.text("q", most=MOST_LETTERS),
                shop=plain_shop(query, otherwise=otherwise),
                filters=plain_filters(query),
                sort=sort,
                cursor=query.text("cursor", most=1000),
                limit=query.number("limit", least=1, most=MAX_LIMIT) or DEFAULT_LIMIT,
                with_facets=True if with_facets is None else with_facets,
                with_total=query.flag("with_total") or False,
            )
        except Invalid:
            raise Unusual from None
        return HotAnswer(body, tags=answers.STALE_WITH)

    async def suggest(_last: str, query: PlainQuery) -> HotAnswer:
        typed = query.text("q", most=MOST_TYPED)
        if typed is None:
            raise Unusual
        body = await answers.suggestions(
            reads,
            vocabulary=vocabulary,
            storage=storage,
            text=typed,
            shop=plain_shop(query, otherwise=otherwise),
            limit=query.number("limit", least=1, most=MOST_SUGGESTIONS) or USUAL_SUGGESTIONS,
        )
        return HotAnswer(body, tags=answers.STALE_WITH)

    return [
        HotRead("/products/search", search),
        HotRead("/products/suggest", suggest),
    ]
