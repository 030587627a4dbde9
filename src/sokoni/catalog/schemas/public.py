"""What buyers read. Lists and pages are ready JSON (`cards`); their shape is documented here."""

from datetime import datetime

from pydantic import Field

from sokoni.kernel.ids import BrandId, CategoryId, ImageId, ProductId, VariantId
from sokoni.kernel.schemas import Out
from sokoni.kernel.wire import MoneyOut


class Size(Out):
    """One size of a picture; its address never changes its content."""

    url: str
    width: int
    height: int


class Thumbnail(Size):
    alt: str


class CardPicture(Thumbnail):
    """A picture in its narrowest size, and all `sizes`, narrowest first."""

    sizes: list[Size]


class ImageOut(Thumbnail):
    """A picture in its widest size, and all `sizes`, narrowest first."""

    id: ImageId
    sizes: list[Size]


class Seo(Out):
    title: str | None
    description: str | None


class OptionOut(Out):
    name: str
    values: list[str]


class CategoryRef(Out):
    id: CategoryId
    slug: str
    name: str


class ProductCard(Out):
    """A product as lists show it; `price` is its cheapest variant's.

    `swatches` are the names of its first colours, `swatch_count` is how many there are. These and
    `hover_image` are absent from what a version before them wrote, until `sokoni reindex`.
    """

    id: ProductId
    slug: str
    title: str
    brand: str | None
    brand_slug: str | None
    price: MoneyOut
    compare_at_price: MoneyOut | None
    thumbnail: CardPicture | None
    hover_image: Thumbnail | None = None
    swatches: list[str] = Field(default_factory=list)
    swatch_count: int = 0
    in_stock: bool
    rating: float | None
    review_count: int
    badges: list[str]


class VariantOut(Out):
    """One combination of option values; `available` is a number for staff only."""

    id: VariantId
    sku: str
    title: str
    options: dict[str, str]
    price: MoneyOut
    compare_at_price: MoneyOut | None
    available: int | None
    in_stock: bool
    image_id: ImageId | None
    weight_g: int | None
    barcode: str | None


class Nothing(Out):
    """Not offered yet."""


class Product(ProductCard):
    """A product's page. Only variants with a price in the currency are on it."""

    description: str
    images: list[ImageOut]
    options: list[OptionOut]
    variants: list[VariantOut]
    categories: list[CategoryRef]
    breadcrumbs: list[CategoryRef]
    tags: list[str]
    seo: Seo
    option_groups: list[Nothing]
    add_ons: list[Nothing]
    custom_fields: list[Nothing]
    subscription_plans: list[Nothing]
    published_at: datetime
    version: int


class CategoryNode(Out):
    """A category with all below it."""

    id: CategoryId
    parent_id: CategoryId | None
    slug: str
    name: str
    description: str
    position: int
    children: list["CategoryNode"]


class CategoryPage(CategoryNode):
    """A category; `breadcrumbs` lead to it from the root, itself last."""

    breadcrumbs: list[CategoryRef] = Field(min_length=1)


class BrandOut(Out):
    id: BrandId
    slug: str
    name: str
    description: str
