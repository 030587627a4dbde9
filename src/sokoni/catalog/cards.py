"""From a product to the ready rows of its read model: pure, one pair of rows per currency.

JSON is written here once and returned as it is; what the product looks like is `looks`.
A currency has rows when the product is active and a living variant has a price in it; only such
variants are in the page.
"""

import html
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import nh3

from sokoni.catalog import looks
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.sources import (
    CategorySource,
    PriceSource,
    ProductSource,
    Shelf,
    VariantSource,
)
from sokoni.kernel.ids import encode

SEARCHED = 20_000  # letters of a description that search looks at
Json = dict[str, Any]

to_json = msgspec.json.Encoder().encode


class ListingRow(msgspec.Struct, frozen=True):
    """A row of `catalog.listings`; the words of its document by weight."""

    currency: str
    product_id: UUID
    slug: str
    title: str
    brand_id: UUID | None
    brand_slug: str | None
    category_ids: list[UUID]
    price: int
    price_max: int
    compare_at: int | None
    on_sale: bool
    in_stock: bool
    popularity: int
    published_at: datetime
    attrs: list[str]
    tags: list[str]
    words_b: str
    words_c: str
    words_d: str
    card: str


class PageRow(msgspec.Struct, frozen=True):
    """A row of `catalog.pages`."""

    product_id: UUID
    currency: str
    slug: str
    version: int
    body: str


class Offer(msgspec.Struct, frozen=True):
    """A variant with its price in the currency at hand."""

    variant: VariantSource
    price: PriceSource

    @property
    def compare_at(self) -> int | None:
        """The former price, where there is one to beat."""
        former = self.price.compare_at
        return former if former is not None and former > self.price.amount else None


def rows(product: ProductSource) -> Iterator[tuple[ListingRow, PageRow]]:
    """The product's rows, by currency; none unless it is active."""
    if product.status is not ProductStatus.ACTIVE or product.published_at is None:
        return
    variants = product.living_variants
    for currency in sorted({price.currency for each in variants for price in each.prices}):
        offers = [
            Offer(variant=variant, price=price)
            for variant in variants
            for price in variant.prices
            if price.currency == currency
        ]
        yield _rows_in(product, currency, offers)


def plain(text: str) -> str:
    """The text without its tags and entities."""
    return html.unescape(nh3.clean(text, tags=set()))


def _rows_in(
    product: ProductSource, currency: str, offers: list[Offer]
) -> tuple[ListingRow, PageRow]:
    card = _card(product, currency, offers)
    listing = _listing(product, currency, offers, card=to_json(card).decode())
    body = to_json(card | _details(product, currency, offers)).decode()
    page = PageRow(
        product_id=product.id,
        currency=currency,
        slug=product.slug,
        version=product.version,
        body=body,
    )
    return listing, page


def _listing(
    product: ProductSource, currency: str, offers: list[Offer], *, card: str
) -> ListingRow:
    cheapest = _cheapest(offers)
    visible = [category for category in product.categories if category.is_visible]
    shelves = {shelf.id: shelf.name for each in visible for shelf in (*each.above, each)}
    brand = product.brand
    return ListingRow(
        currency=currency,
        product_id=product.id,
        slug=product.slug,
        title=product.title,
        brand_id=brand.id if brand else None,
        brand_slug=brand.slug if brand else None,
        category_ids=sorted(shelves),
        price=cheapest.price.amount,
        price_max=max(offer.price.amount for offer in offers),
        compare_at=cheapest.compare_at,
        on_sale=_on_sale(offers),
        in_stock=any(offer.variant.in_stock for offer in offers),
        popularity=product.popularity,
        published_at=product.published_at or product.created_at,
        attrs=sorted({attr for offer in offers for attr in attrs(offer.variant.options)}),
        tags=product.tags,
        words_b=" ".join([brand.name if brand else "", *shelves.values(), *product.tags]),
        words_c=" ".join(
            word for each in offers for word in (each.variant.sku, *each.variant.options.values())
        ),
        words_d=plain(product.description)[:SEARCHED],
        card=card,
    )


def attrs(options: dict[str, str]) -> list[str]:
    """Option values as lists filter them: `color=blue`."""
    return [f"{name.lower()}={value.lower()}" for name, value in options.items()]


def _card(product: ProductSource, currency: str, offers: list[Offer]) -> Json:
    cheapest = _cheapest(offers)
    brand = product.brand
    second = looks.second(product)
    colours = looks.colours(product, [offer.variant for offer in offers])
    return {
        "id": encode("prod", product.id),
        "slug": product.slug,
        "title": product.title,
        "brand": brand.name if brand else None,
        "brand_slug": brand.slug if brand else None,
        "price": _money(cheapest.price.amount, currency),
        "compare_at_price": _former(cheapest, currency),
        "thumbnail": looks.thumbnail(product.images[0]) if product.images else None,
        "hover_image": looks.hover_image(second) if second else None,
        "swatches": colours[: looks.MOST_SWATCHES],
        "swatch_count": len(colours),
        "in_stock": any(offer.variant.in_stock for offer in offers),
        "rating": None,
        "review_count": 0,
        "badges": ["sale"] if _on_sale(offers) else [],
    }


def _details(product: ProductSource, currency: str, offers: list[Offer]) -> Json:
    """What a Product has beyond its card."""
    visible = [category for category in product.categories if category.is_visible]
    return {
        "description": product.description,
        "images": [looks.image_json(image) for image in product.images],
        "options": product.options,
        "variants": [_variant(product, offer, currency) for offer in offers],
        "categories": [_shelf(category) for category in visible],
        "breadcrumbs": _breadcrumbs(visible),
        "tags": product.tags,
        "seo": {
            "title": product.seo_title or product.title,
            "description": product.seo_description,
        },
        "option_groups": [],
        "add_ons": [],
        "custom_fields": [],
        "subscription_plans": [],
        "published_at": product.published_at,
        "version": product.version,
    }


def _variant(product: ProductSource, offer: Offer, currency: str) -> Json:
    variant = offer.variant
    return {
        "id": encode("var", variant.id),
        "sku": variant.sku,
        "title": variant.title,
        "options": in_order(product, variant.options),
        "price": _money(offer.price.amount, currency),
        "compare_at_price": _former(offer, currency),
        "available": None,
        "in_stock": variant.in_stock,
        "image_id": encode("img", variant.image_id) if variant.image_id else None,
        "weight_g": variant.weight_g,
        "barcode": variant.barcode,
    }


def in_order(product: ProductSource, options: dict[str, str]) -> dict[str, str]:
    """The options in the product's order, which JSONB does not keep."""
    return {each.name: options[each.name] for each in product.options if each.name in options}


def _breadcrumbs(visible: list[CategorySource]) -> list[Json]:
    return [_shelf(shelf) for shelf in (*visible[0].above, visible[0])] if visible else []


def _shelf(shelf: Shelf) -> Json:
    return {"id": encode("cat", shelf.id), "slug": shelf.slug, "name": shelf.name}


def _cheapest(offers: list[Offer]) -> Offer:
    return min(offers, key=lambda offer: offer.price.amount)


def _on_sale(offers: list[Offer]) -> bool:
    return any(offer.compare_at is not None for offer in offers)


def _former(offer: Offer, currency: str) -> Json | None:
    return None if offer.compare_at is None else _money(offer.compare_at, currency)


def _money(amount: int, currency: str) -> Json:
    return {"amount": amount, "currency": currency}
