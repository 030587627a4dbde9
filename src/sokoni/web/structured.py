"""Structured data for search engines: schema.org, as JSON-LD."""

from collections.abc import Sequence
from typing import Any

import msgspec

from sokoni.kernel.money import Money, format_decimal
from sokoni.web.languages import prefixed
from sokoni.web.pages.cards import Card
from sokoni.web.pages.page import JsonLd, Visit

CONTEXT = "https://schema.org"
STOCK = {True: f"{CONTEXT}/InStock", False: f"{CONTEXT}/OutOfStock"}


class Price(msgspec.Struct, frozen=True):
    amount: int
    currency: str

    @property
    def decimal(self) -> str:
        return format_decimal(Money(self.amount, self.currency))


class Variant(msgspec.Struct, frozen=True):
    id: str
    sku: str
    price: Price
    in_stock: bool


class Offered(msgspec.Struct, frozen=True):
    """What is told of a product."""

    slug: str
    title: str
    description: str
    brand: str | None
    in_stock: bool
    rating: float | None
    review_count: int
    variants: list[Variant]


def address(visit: Visit, path: str) -> str:
    """The whole address of a path in the visit's language."""
    return visit.origin + prefixed(visit.language, path)


def whole(visit: Visit, url: str) -> str:
    """The whole address of a picture, which may be at another host already."""
    return visit.origin + url if url.startswith("/") else url


def organization(visit: Visit) -> JsonLd:
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Organization",
        "name": visit.store.name,
        "url": visit.origin + "/",
        "logo": f"{visit.origin}/icon-512.png",
    }
    if visit.store.support_email:
        found["contactPoint"] = {
            "@type": "ContactPoint",
            "contactType": "customer support",
            "email": visit.store.support_email,
        }
    return found


def website(visit: Visit) -> JsonLd:
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "name": visit.store.name,
        "url": address(visit, "/"),
        "inLanguage": visit.language,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": address(visit, "/search") + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(visit: Visit, way: Sequence[tuple[str, str]]) -> JsonLd:
    """`way`: names and paths, from below the home page to the page itself."""
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": address(visit, path),
            }
            for position, (name, path) in enumerate([(visit.say("home"), "/"), *way], start=1)
        ],
    }


def item_list(visit: Visit, cards: Sequence[Card]) -> JsonLd:
    return {
        "@context": CONTEXT,
        "@type": "ItemList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": card.title,
                "url": address(visit, f"/products/{card.slug}"),
            }
            for position, card in enumerate(cards, start=1)
        ],
    }


def product(
    visit: Visit, offered: Offered, *, path: str, description: str, pictures: Sequence[str]
) -> JsonLd:
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Product",
        "name": offered.title,
        "description": description or offered.title,
        "url": address(visit, path),
        "image": [whole(visit, url) for url in pictures],
        "offers": _offers(visit, offered, path),
    }
    if len(offered.variants) == 1:
        found["sku"] = offered.variants[0].sku
    if offered.brand:
        found["brand"] = {"@type": "Brand", "name": offered.brand}
    if offered.review_count and offered.rating is not None:
        found["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": offered.rating,
            "reviewCount": offered.review_count,
        }
    return found


def _offers(visit: Visit, offered: Offered, path: str) -> JsonLd:
    """One offer per variant; several are summed up as the range of their prices."""
    offers = [
        {
            "@type": "Offer",
            "url": f"{address(visit, path)}?variant={variant.id}",
            "sku": variant.sku,
            "price": variant.price.decimal,
            "priceCurrency": variant.price.currency,
            "availability": STOCK[variant.in_stock],
            "itemCondition": f"{CONTEXT}/NewCondition",
        }
        for variant in offered.variants
    ]
    if len(offers) == 1:
        return offers[0]
    prices = sorted((variant.price for variant in offered.variants), key=lambda one: one.amount)
    return {
        "@type": "AggregateOffer",
        "lowPrice": prices[0].decimal,
        "highPrice": prices[-1].decimal,
        "priceCurrency": prices[0].currency,
        "offerCount": len(offers),
        "availability": STOCK[offered.in_stock],
        "offers": offers,
    }
