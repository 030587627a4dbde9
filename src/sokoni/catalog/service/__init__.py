"""Writes of the catalogue, one file per noun: `from sokoni.catalog import service as catalog`."""

from sokoni.catalog.service import bulk, popularity, readmodel
from sokoni.catalog.service.brands import (
    BrandDraft,
    brand_id_of,
    create_brand,
    delete_brand,
    revise_brand,
)
from sokoni.catalog.service.categories import (
    CategoryDraft,
    create_category,
    delete_category,
    ensure_categories,
    revise_category,
)
from sokoni.catalog.service.drafts import OptionDraft, PriceDraft, ProductDraft, VariantDraft
from sokoni.catalog.service.editing import (
    Chosen,
    CompareAt,
    Edit,
    Edited,
    PriceEdit,
    duplicate_product,
    edit_products,
    preview_edit,
)
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
    "Chosen",
    "CompareAt",
    "Edit",
    "Edited",
    "NewPicture",
    "OptionDraft",
    "PriceDraft",
    "PriceEdit",
    "ProductDraft",
    "VariantDraft",
    "add_images",
    "add_variant",
    "brand_id_of",
    "bulk",
    "create_brand",
    "create_category",
    "create_product",
    "delete_brand",
    "delete_category",
    "delete_image",
    "delete_product",
    "delete_variant",
    "duplicate_product",
    "edit_products",
    "ensure_categories",
    "mark_ordered",
    "popularity",
    "preview_edit",
    "readmodel",
    "replace_product",
    "revise_brand",
    "revise_category",
    "revise_image",
    "revise_product",
    "revise_variant",
]
