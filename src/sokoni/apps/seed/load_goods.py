"""What load product number n is: always the same, plain but plausible. Pure.

Words from a fixed list, two variants by colour and size, prices in two currencies, a brand, a
category two levels deep. Published one after another, each 40 seconds before the one before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sokoni.catalog.models import ProductStatus
from sokoni.catalog.service import PriceDraft, ProductDraft, VariantDraft
from sokoni.catalog.service.checks import options_of
from sokoni.catalog.sources import (
    BrandSource,
    CategorySource,
    OptionSource,
    PriceSource,
    ProductSource,
    VariantSource,
)
from sokoni.kernel.ids import new_id

UNITS = 1_000_000  # of each variant, in one warehouse: no measurement runs out of them
SIZES = ("S", "M", "L", "XL")
COLORS = ("Red", "Blue", "Green", "White", "Black", "Ochre", "Indigo")
AGE = timedelta(seconds=40)
_WORDS = """
    amber basket carafe drum ebony fabric garnet honey indigo jasmine kanga lantern mango nutmeg
    olive palm quilt raffia sisal teak umber vase willow yarn zebra bowl cup lamp rug stool
"""
WORDS = tuple(_WORDS.split())
SHELVES = tuple(("Load", word.title()) for word in WORDS)
BRANDS = tuple(f"{word.title()} Works" for word in WORDS)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the products stand on: the categories by path and the brands by name."""

    shelves: Mapping[tuple[str, ...], CategorySource]
    brands: Mapping[str, BrandSource]


def draft(number: int, *, around: Surroundings) -> ProductDraft:
    """The product as somebody would enter it."""
    first, second = WORDS[number % len(WORDS)], WORDS[number // len(WORDS) % len(WORDS)]
    return ProductDraft(
        title=f"{first.title()} {second} {number}",
        slug=f"load-{number}",
        description=f"A {second} of {first}, number {number}, for measurements.",
        status=ProductStatus.ACTIVE,
        brand_id=around.brands[BRANDS[number * 7 % len(BRANDS)]].id,
        category_ids=(around.shelves[SHELVES[number % len(SHELVES)]].id,),
        tags=(first, second) if first != second else (first,),
        variants=tuple(_variant(number, each) for each in range(2)),
    )


def source(number: int, *, around: Surroundings, now: datetime) -> ProductSource:
    """The product as the tables hold it once it is entered and its stock has come."""
    wanted = draft(number, around=around)
    published = now - number * AGE
    return ProductSource(
        id=new_id(),
        slug=wanted.slug or "",
        title=wanted.title,
        description=wanted.description,
        status=wanted.status,
        tags=list(wanted.tags),
        options=[
            OptionSource(each.name, list(each.values)) for each in options_of(wanted.variants)
        ],
        seo_title=None,
        seo_description=None,
        published_at=published,
        created_at=published,
        updated_at=published,
        popularity=0,
        version=1,
        brand=around.brands[BRANDS[number * 7 % len(BRANDS)]],
        variants=[_held(variant, position) for position, variant in enumerate(wanted.variants)],
        images=[],
        categories=[around.shelves[SHELVES[number % len(SHELVES)]]],
    )


def _variant(number: int, nth: int) -> VariantDraft:
    price = 500 + number * 37 % 20_000 + nth * 100
    size = SIZES[(number + nth) % len(SIZES)]
    return VariantDraft(
        sku=f"LOAD-{number}-{size}",
        options={"Color": COLORS[number // 3 % len(COLORS)], "Size": size},
        prices=(
            PriceDraft("EUR", price * 9 // 10),
            PriceDraft("USD", price, price * 5 // 4 if number % 9 == 4 else None),
        ),
        weight_g=200 + number % 800,
    )


def _held(variant: VariantDraft, position: int) -> VariantSource:
    return VariantSource(
        id=new_id(),
        sku=variant.sku or "",
        title=" / ".join(variant.options.values()),
        options=dict(sorted(variant.options.items(), key=lambda option: _as_jsonb(option[0]))),
        position=position,
        weight_g=variant.weight_g,
        barcode=None,
        taxable=True,
        in_stock=True,
        was_ordered=False,
        is_archived=False,
        image_id=None,
        version=1,
        prices=[
            PriceSource(each.currency, each.amount, each.compare_at) for each in variant.prices
        ],
    )


def _as_jsonb(name: str) -> tuple[int, str]:
    """JSONB keeps short names before long ones, and the read model sees them in that order."""
    return len(name), name
