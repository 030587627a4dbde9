"""Hot reads: lists and product pages. What they are, `kernel.hot` says."""

from sokoni.catalog import queries
from sokoni.catalog.listing import by_id_or_slug, plain_filters, plain_shop
from sokoni.catalog.queries import Pages, Sort
from sokoni.kernel.db import Database
from sokoni.kernel.errors import Invalid
from sokoni.kernel.hot import HotAnswer, HotRead, PlainQuery, Unusual
from sokoni.kernel.paging import DEFAULT_LIMIT, MAX_LIMIT
from sokoni.kernel.resources import Resources
from sokoni.kernel.settings import Settings
from sokoni.kernel.storage import Storage

SORTS = {sort.value: sort for sort in Sort}


def hot_reads(resources: Resources) -> list[HotRead]:
    reads = resources.get(Database).reads
    storage = resources.get(Storage)
    otherwise = resources.get(Settings).default_currency
    pages = Pages(reads, storage)

    async def browse(_last: str, query: PlainQuery) -> HotAnswer:
        sort = SORTS.get(query.text("sort", most=20) or Sort.NEWEST)
        if sort is None:
            raise Unusual
        try:
            body = await queries.listing(
                reads,
                shop=plain_shop(query, otherwise=otherwise),
                filters=plain_filters(query),
                sort=sort,
                limit=query.number("limit", least=1, most=MAX_LIMIT) or DEFAULT_LIMIT,
                cursor=query.text("cursor", most=1000),
                with_total=query.flag("with_total") or False,
                storage=storage,
            )
        except Invalid:
            raise Unusual from None
        return HotAnswer(body.encode(), tags="products")

    async def show(last: str, query: PlainQuery) -> HotAnswer:
        shop = plain_shop(query, otherwise=otherwise)
        product = by_id_or_slug("prod", last)
        if shop.currency is not None:
            found = await pages.page(currency=shop.currency, product=product)
        else:
            found = await queries.page(reads, shop=shop, product=product, storage=storage)
        if found is None:
            raise Unusual
        return HotAnswer(found.body.encode(), tags=f"product:{found.product_id}")

    return [
        HotRead("/products", browse),
        HotRead("/products/{id_or_slug}", show),
    ]
