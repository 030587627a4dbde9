"""HTTP for buyers: lists, product pages, categories, brands. Everybody reads the same bytes."""

from typing import Annotated, Any

from fastapi import Depends, Response
from starlette.convertors import Convertor, register_url_convertor

from sokoni.catalog import answers, queries
from sokoni.catalog.errors import ProductNotFound
from sokoni.catalog.listing import ATTR, InShop, NarrowedTo, ProductCard, by_id_or_slug
from sokoni.catalog.queries import Sort
from sokoni.catalog.schemas.public import BrandOut, CategoryNode, CategoryPage, Product
from sokoni.kernel.access import PUBLIC
from sokoni.kernel.db import FastRead, Read
from sokoni.kernel.errors import NotFound
from sokoni.kernel.paging import DEFAULT_LIMIT, MAX_LIMIT, Cursor, Limit, Listed, Page
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.resources import resource
from sokoni.kernel.routing import Api
from sokoni.kernel.storage import Storage

__all__ = ["by_id_or_slug", "router"]

JSON = "application/json"


class ProductConvertor(Convertor[str]):
    """An id or slug of a product: not the routes that search has below `/products`."""

    regex = r"(?!(?:search|suggest)(?:/|$))[^/]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("product", ProductConvertor())

products = Api(prefix="/products", tags=["products"], dependencies=[Depends(PUBLIC)])
categories = Api(prefix="/categories", tags=["categories"], dependencies=[Depends(PUBLIC)])
brands = Api(prefix="/brands", tags=["brands"], dependencies=[Depends(PUBLIC)])

Files = Annotated[Storage, resource(Storage)]


@products.get("", response_model=Page[ProductCard], openapi_extra={"parameters": [ATTR]})
async def browse(
    db: FastRead,
    shop: InShop,
    filters: NarrowedTo,
    storage: Files,
    *,
    sort: Sort = Sort.NEWEST,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
    with_total: bool = False,
) -> Response:
    """List products, narrowed down and sorted."""
    body = await queries.listing(
        db,
        shop=shop,
        filters=filters,
        sort=sort,
        limit=limit,
        cursor=cursor,
        with_total=with_total,
        storage=storage,
    )
    return Response(body, media_type=JSON, headers={"X-Cache-Tags": "products"})


@products.get(
    "/{id_or_slug:product}",
    response_model=Product,
    responses=problem_responses(ProductNotFound),
)
async def show(id_or_slug: str, db: FastRead, shop: InShop, storage: Files) -> Response:
    """Show a product by its id or slug."""
    product = by_id_or_slug("prod", id_or_slug)
    found = await queries.page(db, shop=shop, product=product, storage=storage)
    if found is None:
        raise ProductNotFound
    tags = f"product:{found.product_id}"
    return Response(found.body, media_type=JSON, headers={"X-Cache-Tags": tags})


@categories.get("", response_model=Listed[CategoryNode])
async def tree(db: Read, response: Response) -> Any:
    """Show the categories as a tree."""
    response.headers["X-Cache-Tags"] = "categories"
    return await answers.tree(db)


@categories.get("/{id_or_slug}", response_model=CategoryPage, responses=problem_responses(NotFound))
async def show_category(id_or_slug: str, db: Read, response: Response) -> Any:
    """Show a category, the way to it and what is below it."""
    found = await queries.branch(db, category=by_id_or_slug("cat", id_or_slug))
    if found is None:
        raise NotFound
    response.headers["X-Cache-Tags"] = "categories"
    return answers.branch(found)


@brands.get("", response_model=Page[BrandOut])
async def list_brands(
    db: Read, response: Response, cursor: Cursor = None, limit: Limit = MAX_LIMIT
) -> Any:
    """List the brands by name."""
    rows = await queries.brands(db, cursor=cursor, limit=limit)
    response.headers["X-Cache-Tags"] = "brands"
    return rows


router = Api()
for part in (products, categories, brands):
    router.include_router(part)
