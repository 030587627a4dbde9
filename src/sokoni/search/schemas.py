"""The shapes of search in the API document. Answers are joined from ready bytes, not built here."""

from pydantic import Field

from sokoni.catalog.listing import CardPicture, ProductCard
from sokoni.kernel.ids import BrandId, CategoryId, ProductId
from sokoni.kernel.schemas import Out


class CategoryCount(Out):
    """A category, and how many products it would leave."""

    id: CategoryId
    parent_id: CategoryId | None
    slug: str
    name: str
    count: int


class BrandCount(Out):
    """A brand, and how many products it would leave."""

    id: BrandId
    slug: str
    name: str
    count: int


class PriceRange(Out):
    """Products whose prices are from `min` to `max`, both inclusive, in minor units."""

    min: int
    max: int
    count: int


class PriceFacet(Out):
    """The lowest and the highest price in minor units, and at most six ranges between them."""

    currency: str | None
    min: int | None
    max: int | None
    ranges: list[PriceRange]


class ValueCount(Out):
    value: str
    count: int


class AttributeFacet(Out):
    """An option of products, such as `color`, with its values."""

    name: str
    values: list[ValueCount]


class FacetsOut(Out):
    """Products that each choice would leave; a facet's counts ignore its own filter."""

    categories: list[CategoryCount]
    brands: list[BrandCount]
    price: PriceFacet
    in_stock: int
    on_sale: int
    attributes: list[AttributeFacet]
    approximate: bool = Field(
        description="Counted over the first 5,000 matches, in a large shop over those among its"
        " 10,000 most popular products."
    )


class SearchPage(Out):
    """One page of products with their facets."""

    items: list[ProductCard]
    facets: FacetsOut | None
    suggestion: str | None = Field(
        description="The corrected query, when the items are its matches.",
        examples=["stoneware mug"],
    )
    took_ms: float
    next_cursor: str | None
    total: int | None = Field(default=None, description="At most 5,000; only if asked for.")


class SuggestedProduct(Out):
    id: ProductId
    slug: str
    title: str
    thumbnail: CardPicture | None = None


class SuggestedCategory(Out):
    id: CategoryId
    slug: str
    name: str


class Suggested(Out):
    """What may be meant by what has been typed so far."""

    words: list[str]
    products: list[SuggestedProduct]
    categories: list[SuggestedCategory]
