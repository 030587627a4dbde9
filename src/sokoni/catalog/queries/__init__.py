"""What others ask the catalogue: sellable variants, ids behind SKUs and slugs, ready JSON."""

from sokoni.catalog.queries.narrowing import Filters, Narrowed, Shop, currency_of, narrow
from sokoni.catalog.queries.pages import Pages
from sokoni.catalog.queries.ready import (
    ORDERS,
    Order,
    ReadyPage,
    Sort,
    finished,
    listing,
    page,
)
from sokoni.catalog.queries.sellables import (
    Picture,
    Sellable,
    VariantRef,
    product_ids,
    sellables,
    skus,
    variants_by_sku,
)
from sokoni.catalog.queries.sorted_page import sorted_page
from sokoni.catalog.queries.staff import ProductSummary, product_by, product_id_of, products
from sokoni.catalog.queries.taxonomy import (
    Branch,
    Node,
    all_categories,
    branch,
    brand_by,
    brands,
    category_by,
    tree,
)

__all__ = [
    "ORDERS",
    "Branch",
    "Filters",
    "Narrowed",
    "Node",
    "Order",
    "Pages",
    "Picture",
    "ProductSummary",
    "ReadyPage",
    "Sellable",
    "Shop",
    "Sort",
    "VariantRef",
    "all_categories",
    "branch",
    "brand_by",
    "brands",
    "category_by",
    "currency_of",
    "finished",
    "listing",
    "narrow",
    "page",
    "product_by",
    "product_id_of",
    "product_ids",
    "products",
    "sellables",
    "skus",
    "sorted_page",
    "tree",
    "variants_by_sku",
]
