"""Writes of the catalogue, one file per noun: `from sokoni.catalog import service as catalog`."""

from sokoni.catalog.service import bulk, readmodel
from sokoni.catalog.service.brands import (
    BrandDraft,
    create_brand,
    delete_brand,
    replace_brand,
)
from sokoni.catalog.service.categories import (
    CategoryDraft,
    create_category,
    delete_category,
    ensure_categories,
    replace_category,
)
from sokoni.catalog.service.drafts import OptionDraft, PriceDraft, ProductDraft, VariantDraft
from sokoni.catalog.service.pictures import NewPicture, add_images, delete_image, revise_image
from sokoni.catalog.service.products import (
    add_variant,
    create_product,
    delete_product,
    delete_variant,
    mark_ordered,
    replace_product,
    revise_product,
    revise_variant,
)

__all__ = [
    "BrandDraft",
    "CategoryDraft",
    "NewPicture",
    "OptionDraft",
    "PriceDraft",
    "ProductDraft",
    "VariantDraft",
    "add_images",
    "add_variant",
    "bulk",
    "create_brand",
    "create_category",
    "create_product",
    "delete_brand",
    "delete_category",
    "delete_image",
    "delete_product",
    "delete_variant",
    "ensure_categories",
    "mark_ordered",
    "readmodel",
    "replace_brand",
    "replace_category",
    "replace_product",
    "revise_image",
    "revise_product",
    "revise_variant",
]
