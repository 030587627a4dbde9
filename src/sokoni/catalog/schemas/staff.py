"""What staff reads of products: whatever their status, in all currencies."""

from datetime import datetime
from typing import Self

from sokoni.catalog import cards, images
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.queries import ProductSummary
from sokoni.catalog.schemas.public import (
    CategoryRef,
    ImageOut,
    Nothing,
    OptionOut,
    Seo,
    Size,
    Thumbnail,
)
from sokoni.catalog.sources import ImageSource, PriceSource, ProductSource, VariantSource
from sokoni.kernel.ids import ImageId, ProductId, VariantId
from sokoni.kernel.schemas import Out
from sokoni.kernel.storage import Storage
from sokoni.kernel.wire import MoneyOut


class PriceOut(Out):
    currency: str
    amount: int
    compare_at: int | None


class StaffVariant(Out):
    """A variant in all currencies; `price` is in the shop's, or null without one in it."""

    id: VariantId
    sku: str
    title: str
    options: dict[str, str]
    price: MoneyOut | None
    compare_at_price: MoneyOut | None
    prices: list[PriceOut]
    available: int | None
    in_stock: bool
    image_id: ImageId | None
    weight_g: int | None
    barcode: str | None
    taxable: bool
    version: int

    @classmethod
    def of(cls, product: ProductSource, variant: VariantSource, *, currency: str) -> Self:
        price = next((each for each in variant.prices if each.currency == currency), None)
        return cls(
            id=variant.id,
            sku=variant.sku,
            title=variant.title,
            options=cards.in_order(product, variant.options),
            price=_money(price.amount if price else None, currency),
            compare_at_price=_money(price.compare_at if price else None, currency),
            prices=[PriceOut.model_validate(each) for each in variant.prices],
            available=None,
            in_stock=variant.in_stock,
            image_id=variant.image_id,
            weight_g=variant.weight_g,
            barcode=variant.barcode,
            taxable=variant.taxable,
            version=variant.version,
        )


class StaffProduct(Out):
    """A product whatever its status, in all currencies."""

    id: ProductId
    slug: str
    title: str
    description: str
    status: ProductStatus
    brand: str | None
    brand_slug: str | None
    price: MoneyOut | None
    compare_at_price: MoneyOut | None
    thumbnail: Thumbnail | None
    in_stock: bool
    rating: float | None
    review_count: int
    badges: list[str]
    images: list[ImageOut]
    options: list[OptionOut]
    variants: list[StaffVariant]
    categories: list[CategoryRef]
    tags: list[str]
    seo: Seo
    option_groups: list[Nothing]
    add_ons: list[Nothing]
    custom_fields: list[Nothing]
    subscription_plans: list[Nothing]
    published_at: datetime | None
    created_at: datetime
    updated_at: datetime
    version: int

    @classmethod
    def of(cls, product: ProductSource, *, storage: Storage, currency: str) -> Self:
        cheapest = cheapest_price(product, currency)
        variants = product.living_variants
        shown = [image_out(image, storage) for image in product.images]
        return cls(
            id=product.id,
            slug=product.slug,
            title=product.title,
            description=product.description,
            status=product.status,
            brand=product.brand.name if product.brand else None,
            brand_slug=product.brand.slug if product.brand else None,
            price=_money(cheapest.amount if cheapest else None, currency),
            compare_at_price=_money(cheapest.compare_at if cheapest else None, currency),
            thumbnail=Thumbnail(**dict(shown[0].sizes[0]), alt=shown[0].alt) if shown else None,
            in_stock=any(variant.in_stock for variant in variants),
            rating=None,
            review_count=0,
            badges=[],
            images=shown,
            options=[OptionOut.model_validate(option) for option in product.options],
            variants=[StaffVariant.of(product, each, currency=currency) for each in variants],
            categories=[CategoryRef.model_validate(each) for each in product.categories],
            tags=product.tags,
            seo=Seo(title=product.seo_title, description=product.seo_description),
            option_groups=[],
            add_ons=[],
            custom_fields=[],
            subscription_plans=[],
            published_at=product.published_at,
            created_at=product.created_at,
            updated_at=product.updated_at,
            version=product.version,
        )


class StaffLine(Out):
    """A product in the staff's list; `price` is its lowest, in the shop's currency if it can be."""

    id: ProductId
    slug: str
    title: str
    status: ProductStatus
    brand: str | None
    price: MoneyOut | None
    thumbnail: Thumbnail | None
    variant_count: int
    in_stock: bool
    created_at: datetime
    updated_at: datetime
    version: int

    @classmethod
    def of(cls, line: ProductSummary, *, storage: Storage) -> Self:
        shown = line.picture.thumbnail(storage) if line.picture else None
        return cls(
            id=line.id,
            slug=line.slug,
            title=line.title,
            status=line.status,
            brand=line.brand,
            price=_money(line.price, line.currency or ""),
            thumbnail=Thumbnail.model_validate(shown) if shown else None,
            variant_count=line.variant_count,
            in_stock=line.in_stock,
            created_at=line.created_at,
            updated_at=line.updated_at,
            version=line.version,
        )


def image_out(image: ImageSource, storage: Storage) -> ImageOut:
    """The picture with the addresses of all its sizes."""
    sizes = [
        Size(url=storage.url(size.key), width=size.width, height=size.height)
        for size in images.sizes_of(digest=image.digest, width=image.width, height=image.height)
    ]
    return ImageOut(id=image.id, alt=image.alt, sizes=sizes, **dict(sizes[-1]))


def cheapest_price(product: ProductSource, currency: str) -> PriceSource | None:
    """The lowest price in the currency among the living variants."""
    prices = [
        price
        for variant in product.living_variants
        for price in variant.prices
        if price.currency == currency
    ]
    return min(prices, key=lambda price: price.amount, default=None)


def _money(amount: int | None, currency: str) -> MoneyOut | None:
    return None if amount is None else MoneyOut(amount=amount, currency=currency)
