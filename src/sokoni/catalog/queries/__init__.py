"""What others ask the catalogue: sellable variants, ids behind SKUs and slugs, ready JSON."""

from sokoni.catalog.queries.narrowing import Filters, Narrowed, Shop, currency_of, narrow
from sokoni.catalog.queries.pages import Pages
from sokoni.catalog.queries.published import Batch, Published, published, published_batches
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
    Label,
    Picture,
    Sellable,
    VariantRef,
    labels,
    product_ids,
    sellables,
    skus,
    variants_by_sku,
)
from sokoni.catalog.queries.sorted_page import sorted_page
from sokoni.catalog.queries.staff import (
    ProductSummary,
    StaffFilter,
    StaffSort,
    product_by,
    product_id_of,
    products,
)
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
    "Batch",
    "Branch",
    "Filters",
    "Label",
    "Narrowed",
    "Node",
    "Order",
    "Pages",
    "Picture",
    "ProductSummary",
    "Published",
    "ReadyPage",
    "Sellable",
    "Shop",
    "Sort",
    "StaffFilter",
    "StaffSort",
    "VariantRef",
    "all_categories",
    "branch",
    "brand_by",
    "brands",
    "category_by",
    "currency_of",
    "finished",
    "labels",
    "listing",
    "narrow",
    "page",
    "product_by",
    "product_id_of",
    "product_ids",
    "products",
    "published",
    "published_batches",
    "sellables",
    "skus",
    "sorted_page",
    "tree",
    "variants_by_sku",
]
