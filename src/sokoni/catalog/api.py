"""HTTP for buyers: lists, product pages, categories, brands. Everybody reads the same bytes."""

import re
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from starlette.convertors import Convertor, register_url_convertor

from sokoni.catalog import queries
from sokoni.catalog.errors import ProductNotFound
from sokoni.catalog.queries import Filters, Shop, Sort
from sokoni.catalog.schemas.public import (
    BrandOut,
    CategoryNode,
    CategoryPage,
    CategoryRef,
    Product,
    ProductCard,
)
from sokoni.kernel.access import PUBLIC
from sokoni.kernel.db import Read
from sokoni.kernel.errors import Invalid, NotFound
from sokoni.kernel.ids import RegionId, decode
from sokoni.kernel.money import MAX_AMOUNT
from sokoni.kernel.paging import DEFAULT_LIMIT, MAX_LIMIT, Cursor, Limit, Listed, Page
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.resources import resource
from sokoni.kernel.routing import Api
from sokoni.kernel.settings import Settings
from sokoni.kernel.storage import Storage
from sokoni.kernel.wire import CurrencyCode

JSON = "application/json"
MOST_ATTRS = 20
attr_pattern = re.compile(r"attr\[([^\[\]]{1,255})\]")


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

Amount = Annotated[int | None, Query(ge=0, le=MAX_AMOUNT, description="Minor units, inclusive.")]
Files = Annotated[Storage, resource(Storage)]
ATTR = {
    "name": "attr",
    "in": "query",
    "style": "deepObject",
    "explode": True,
    "description": "`attr[color]=blue`: values of one option are alternatives, options add up.",
    "schema": {"type": "object", "additionalProperties": {"type": "string"}},
    "example": {"color": "blue"},
}


async def _shop(
    settings: Annotated[Settings, resource(Settings)],
    currency: Annotated[CurrencyCode | None, Query()] = None,
    region: Annotated[RegionId | None, Query(description="Whose currency to use.")] = None,
) -> Shop:
    return Shop(otherwise=settings.default_currency, currency=currency, region_id=region)


async def _filters(
    request: Request,
    category: Annotated[str | None, Query(max_length=255, description="Id or slug.")] = None,
    brand: Annotated[str | None, Query(max_length=255, description="Id or slug.")] = None,
    price_min: Amount = None,
    price_max: Amount = None,
    in_stock: Annotated[bool | None, Query()] = None,
    on_sale: Annotated[bool | None, Query()] = None,
    ids: Annotated[list[str] | None, Query(description="Repeated, or joined by commas.")] = None,
) -> Filters:
    return Filters(
        category=by_id_or_slug("cat", category) if category else None,
        brand=by_id_or_slug("brd", brand) if brand else None,
        price_min=price_min,
        price_max=price_max,
        in_stock=in_stock,
        on_sale=on_sale,
        attrs=_attrs(request),
        ids=_ids(ids) if ids is not None else None,
    )


InShop = Annotated[Shop, Depends(_shop)]
Narrowed = Annotated[Filters, Depends(_filters)]


@products.get("", response_model=Page[ProductCard], openapi_extra={"parameters": [ATTR]})
async def browse(
    db: Read,
    shop: InShop,
    filters: Narrowed,
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
async def show(id_or_slug: str, db: Read, shop: InShop, storage: Files) -> Response:
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
    return {"items": await queries.tree(db)}


@categories.get("/{id_or_slug}", response_model=CategoryPage, responses=problem_responses(NotFound))
async def show_category(id_or_slug: str, db: Read, response: Response) -> Any:
    """Show a category, the way to it and what is below it."""
    found = await queries.branch(db, category=by_id_or_slug("cat", id_or_slug))
    if found is None:
        raise NotFound
    response.headers["X-Cache-Tags"] = "categories"
    node = CategoryNode.model_validate(found.node)
    path = [CategoryRef.model_validate(each) for each in found.path]
    return {**node.model_dump(), "breadcrumbs": path}


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


def by_id_or_slug(prefix: str, text: str) -> UUID | str:
    """The id behind a wire id of this noun, else the text as a slug."""
    return decode(prefix, text) or text


def _attrs(request: Request) -> tuple[tuple[str, ...], ...]:
    """`attr[Color]=Blue&attr[color]=red` → `(("color=blue", "color=red"),)`."""
    found: dict[str, list[str]] = {}
    for key, value in request.query_params.multi_items():
        match = attr_pattern.fullmatch(key)
        if match:
            name = match[1].lower()
            found.setdefault(name, []).append(f"{name}={value.lower()}")
    if len(found) > MOST_ATTRS or any(len(values) > MAX_LIMIT for values in found.values()):
        raise Invalid.field("/query/attr", f"must be at most {MOST_ATTRS} options")
    return tuple(tuple(values) for _, values in sorted(found.items()))


def _ids(sent: list[str]) -> tuple[UUID, ...]:
    texts = [text for each in sent for text in each.split(",") if text]
    ids = [decode("prod", text) for text in texts]
    if len(ids) > MAX_LIMIT or None in ids:
        raise Invalid.field("/query/ids", f"must be at most {MAX_LIMIT} ids like prod_…")
    return tuple(found for found in ids if found is not None)
