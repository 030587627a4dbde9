"""A product. `?variant=` chooses among its variants; the page is the same for all of them."""

from collections.abc import Sequence

import msgspec

from sokoni.catalog import queries as catalog
from sokoni.catalog.listing import by_id_or_slug
from sokoni.web import structured
from sokoni.web.pages import cards, plain
from sokoni.web.pages.page import Head, Moved, Page, Picture, Sources, Visit
from sokoni.web.pages.shelves import shelves
from sokoni.web.state import Query
from sokoni.web.structured import Offered
from sokoni.web.texts import summary

RELATED = 5


class Size(msgspec.Struct, frozen=True):
    url: str
    width: int
    height: int


class Image(msgspec.Struct, frozen=True):
    url: str
    width: int
    height: int
    alt: str
    sizes: list[Size]


class Shelf(msgspec.Struct, frozen=True):
    slug: str
    name: str


class Seo(msgspec.Struct, frozen=True):
    title: str | None = None
    description: str | None = None


class Body(Offered, frozen=True):
    """What a head needs of a product."""

    images: Sequence[Image]
    breadcrumbs: Sequence[Shelf]
    seo: Seo


async def load(sources: Sources, visit: Visit, slug: str) -> Page | Moved | None:
    ready = await catalog.page(
        sources.db.reads,
        shop=visit.shop,
        product=by_id_or_slug("prod", slug),
        storage=sources.storage,
    )
    if ready is None:
        return await _gone(sources, visit, slug)
    body = ready.body.encode()
    product = msgspec.json.decode(body, type=Body)
    path = f"/products/{product.slug}"
    if product.slug != slug:
        return Moved(path)
    asked = {"path": {"id_or_slug": slug}, "query": visit.market}
    own = Query("products.show", body, {key: value for key, value in asked.items() if value})
    found = await shelves(sources)
    queries = [found.query, own]
    if product.breadcrumbs:
        shelf = product.breadcrumbs[-1].slug
        beside = await cards.row(sources, visit, sort="popularity", limit=RELATED, category=shelf)
        queries.append(beside.query)
    return Page(
        head=_head(visit, product, path),
        tags=f"{found.tags} products product:{ready.product_id}",
        chunk="ProductPage",
        queries=tuple(queries),
    )


async def _gone(sources: Sources, visit: Visit, slug: str) -> Page | None:
    """The page of what was sold here once; None for what never was, or is not yet."""
    async with sources.db.reading() as db:
        was_here = await catalog.was_published(db, product=by_id_or_slug("prod", slug))
    return await plain.gone(sources, visit) if was_here else None


def _head(visit: Visit, product: Body, path: str) -> Head:
    told = summary(product.seo.description or product.description)
    way = [(shelf.name, f"/c/{shelf.slug}") for shelf in product.breadcrumbs]
    return Head(
        title=f"{product.seo.title or product.title} | {visit.store.name}",
        description=told or visit.say("product.description", title=product.title),
        canonical=path,
        kind="product",
        picture=_picture(product.images[0]) if product.images else None,
        structured=(
            structured.product(
                visit,
                product,
                path=path,
                description=told,
                pictures=[image.url for image in product.images],
            ),
            structured.breadcrumbs(visit, [*way, (product.title, path)]),
        ),
    )


def _picture(image: Image) -> Picture:
    return Picture(
        url=image.url,
        width=image.width,
        height=image.height,
        alt=image.alt,
        sizes=tuple((size.url, size.width) for size in image.sizes),
    )
