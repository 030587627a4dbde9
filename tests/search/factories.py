"""Things to search for: one small shop, made through the catalogue's doors."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from httpx import AsyncClient

from sokoni.catalog import service as catalog
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.service import OptionDraft, PriceDraft, ProductDraft, VariantDraft
from sokoni.kernel.db import Database
from sokoni.search import flows
from sokoni.search.vocabulary import Vocabulary
from tests.catalog import factories as making

SEARCH = "/api/v1/products/search"
SUGGEST = "/api/v1/products/suggest"
STONEWARE = "Haven Stoneware Mug"


@dataclass(frozen=True)
class Article:
    """A product as this shop describes it; one variant per colour, in EUR and, if asked, USD."""

    title: str
    price: int = 1000
    colors: Sequence[str] = ()
    brand: str | None = None
    shelves: Sequence[str] = ()
    tags: tuple[str, ...] = ()
    description: str = ""
    sku: str | None = None
    status: ProductStatus = ProductStatus.ACTIVE
    was: int | None = None
    sold: int = 0
    stocked: bool = True
    dollars: int | None = None


ARTICLES = (
    Article(
        STONEWARE,
        price=2400,
        colors=("Blue", "Red"),
        brand="Haven",
        shelves=("Mugs",),
        tags=("coffee",),
        sku="HVN-MUG-01",
        description="Thrown and glazed in small batches.",
        sold=5,
        dollars=2900,
    ),
    Article("Enamel Mug", price=900, colors=("White",), brand="Camp", shelves=("Mugs",), sold=9),
    Article("Espresso Cup", price=1500, colors=("Blue",), brand="Haven", shelves=("Cups",)),
    Article("Crème Brûlée Dish", price=1800, brand="Haven", shelves=("Bowls",)),
    Article("Stoneware Bowl", price=3100, colors=("Blue",), brand="Haven", shelves=("Bowls",)),
    Article("Linen Shirt", price=6900, colors=("White", "Blue"), brand="Nyota", stocked=False),
    Article("Linen Dress", price=9900, colors=("Red",), brand="Nyota", was=12900),
    Article("Wool Blanket", price=14900, colors=("Red",), tags=("linen",)),
    Article("Reading Lamp", price=12000, colors=("Black",), description="A lamp with linen shade."),
    Article("Oak Chair", price=24000, brand="Mbao"),
    Article("Oak Table", price=89000, brand="Mbao"),
    Article("Secret Mug", price=100, status=ProductStatus.DRAFT),
    Article("Forgotten Mug", price=100, status=ProductStatus.ARCHIVED),
)


@dataclass
class Shop:
    """Ids by title, shelf or brand name."""

    products: dict[str, UUID] = field(default_factory=dict)
    shelves: dict[str, UUID] = field(default_factory=dict)
    brands: dict[str, UUID] = field(default_factory=dict)


async def stocked(db: Database, articles: Sequence[Article] = ARTICLES) -> Shop:
    """Put the articles on their shelves; the later one is the newer one."""
    shop = Shop()
    for number, article in enumerate(articles):
        for name in article.shelves:
            if name not in shop.shelves:
                shop.shelves[name] = await making.category(db, name)
        if article.brand and article.brand not in shop.brands:
            shop.brands[article.brand] = await making.brand(db, article.brand)
        at = making.NOW + timedelta(minutes=number)
        made = await making.create(db, _draft(article, shop), at=at)
        shop.products[article.title] = made.id
        if article.stocked:
            await making.in_stock(db, {variant.id: True for variant in made.living_variants})
        async with db.transaction() as tx:
            await catalog.readmodel.add_popularity(tx, {made.id: article.sold})
    return shop


async def known(app: FastAPI, db: Database) -> None:
    """Let this process know the words of the listings."""
    await flows.rebuild_vocabulary(db)
    vocabulary = app.state.resources.get(Vocabulary)
    vocabulary.forget()
    await vocabulary.refresh()


async def found(client: AsyncClient, q: str | None = None, **parameters: Any) -> dict[str, Any]:
    """The answer of search."""
    given = {key: value for key, value in {"q": q, **parameters}.items() if value is not None}
    response = await client.get(SEARCH, params=given)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


async def titles(client: AsyncClient, q: str | None = None, **parameters: Any) -> list[str]:
    """The titles found, in order."""
    answer = await found(client, q, **parameters)
    return [item["title"] for item in answer["items"]]


def _draft(article: Article, shop: Shop) -> ProductDraft:
    prices = [PriceDraft("EUR", article.price, article.was)]
    if article.dollars is not None:
        prices.append(PriceDraft("USD", article.dollars))
    colors = article.colors or (None,)
    return ProductDraft(
        title=article.title,
        description=article.description,
        status=article.status,
        brand_id=shop.brands[article.brand] if article.brand else None,
        category_ids=tuple(shop.shelves[name] for name in article.shelves),
        tags=article.tags,
        options=(OptionDraft("Color", tuple(article.colors)),) if article.colors else (),
        variants=tuple(
            VariantDraft(
                options={"Color": color} if color else {},
                prices=tuple(prices),
                sku=f"{article.sku}-{number}" if article.sku else None,
            )
            for number, color in enumerate(colors, start=1)
        ),
    )
