"""HTTP: search and suggestions. The answers are bytes; the cache in front keeps them."""

from typing import Annotated

from fastapi import Depends, Query, Response

from sokoni.catalog.listing import ATTR, InShop, NarrowedTo
from sokoni.kernel.access import PUBLIC
from sokoni.kernel.cache import tagged
from sokoni.kernel.db import FastRead
from sokoni.kernel.paging import DEFAULT_LIMIT, Cursor, Limit
from sokoni.kernel.resources import resource
from sokoni.kernel.routing import Api
from sokoni.kernel.storage import Storage
from sokoni.search import answers
from sokoni.search.queries import SearchSort
from sokoni.search.schemas import SearchPage, Suggested
from sokoni.search.vocabulary import Vocabulary

router = Api(prefix="/products", tags=["search"], dependencies=[Depends(PUBLIC)])

KEPT_UNTIL = tagged(answers.STALE_WITH)
Files = Annotated[Storage, resource(Storage)]
Words = Annotated[Vocabulary, resource(Vocabulary)]
Text = Annotated[
    str | None,
    Query(
        max_length=1000,
        description='Words, "a phrase", -excluded; a SKU. The last word may be unfinished.',
        examples=["stoneware mug"],
    ),
]


@router.get(
    "/search",
    response_model=SearchPage,
    openapi_extra={"parameters": [ATTR]},
)
async def products(
    *,
    db: FastRead,
    vocabulary: Words,
    storage: Files,
    shop: InShop,
    filters: NarrowedTo,
    q: Text = None,
    sort: Annotated[
        SearchSort | None, Query(description="Relevance with a query, else the newest first.")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
    with_facets: bool = True,
    with_total: bool = False,
) -> Response:
    """Find products by words and filters, and count what further filters would leave.

    Misspelt words are corrected when they find nothing; `suggestion` then tells the query used.
    By relevance the best 2,000 matches are listed.
    """
    body = await answers.search_page(
        db,
        vocabulary=vocabulary,
        storage=storage,
        text=q,
        shop=shop,
        filters=filters,
        sort=sort,
        cursor=cursor,
        limit=limit,
        with_facets=with_facets,
        with_total=with_total,
    )
    return Response(body, media_type="application/json", headers=KEPT_UNTIL)


@router.get("/suggest", response_model=Suggested)
async def suggest(
    *,
    db: FastRead,
    vocabulary: Words,
    storage: Files,
    shop: InShop,
    q: Annotated[str, Query(max_length=200, examples=["stonew"])],
    limit: Annotated[int, Query(ge=1, le=20, description="How many of each kind.")] = 6,
) -> Response:
    """Complete what somebody is typing: words, products and categories.

    Misspelt words are corrected when they find nothing.
    """
    body = await answers.suggestions(
        db, vocabulary=vocabulary, storage=storage, text=q, shop=shop, limit=limit
    )
    return Response(body, media_type="application/json", headers=KEPT_UNTIL)
