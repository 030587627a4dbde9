"""A product as somebody wants it to be: what create, replace and import hand to the service.

Amounts are integer minor units of their currency, weights grams.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sokoni.catalog.models import ProductStatus


@dataclass(frozen=True, slots=True)
class PriceDraft:
    currency: str
    amount: int
    compare_at: int | None = None


@dataclass(frozen=True, slots=True)
class VariantDraft:
    """Matched to an existing variant by id, else SKU, else option values; without a SKU of its
    own a new one gets a readable SKU. `image_id` is one of the product's pictures."""

    options: Mapping[str, str] = field(default_factory=dict)
    prices: tuple[PriceDraft, ...] = ()
    sku: str | None = None
    weight_g: int | None = None
    barcode: str | None = None
    taxable: bool = True
    image_id: UUID | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class OptionDraft:
    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """Without `options` they follow from the variants; without `slug` it follows from the title."""

    title: str
    slug: str | None = None
    description: str = ""
    status: ProductStatus = ProductStatus.DRAFT
    brand_id: UUID | None = None
    category_ids: tuple[UUID, ...] = ()
    tags: tuple[str, ...] = ()
    options: tuple[OptionDraft, ...] = ()
    variants: tuple[VariantDraft, ...] = ()
    seo_title: str | None = None
    seo_description: str | None = None
