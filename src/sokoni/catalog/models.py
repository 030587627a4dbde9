"""Tables of the catalogue. Amounts are integer minor units, weights grams.

`listings` and `pages` are the read model: nothing but `readmodel` writes them, and triggers keep
`shelved` beside them. Their JSON has the mark `MEDIA` wherever the address of the media store
belongs; `queries.finished` puts it in.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    Numeric,
    Text,
    UniqueConstraint,
    Uuid,
    desc,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from sokoni.kernel.db import Base
from sokoni.kernel.ids import new_id

SCHEMA = {"schema": "catalog"}
MEDIA = "\x1a"
"""Stands for the media store's address in ready JSON; no JSON string can contain it unescaped."""

NO_WORDS = text("'{}'")
EMPTY_LIST = text("'[]'")
EMPTY_OBJECT = text("'{}'")
IN_FRONT = text("is_front")
# What is written waits in a list that every search reads: a short one, and in front none at all.
GIN: dict[str, Any] = {
    "postgresql_using": "gin",
    "postgresql_with": {"gin_pending_list_limit": 256},  # kB
}
GIN_IN_FRONT: dict[str, Any] = {
    "postgresql_using": "gin",
    "postgresql_with": {"fastupdate": "off"},
    "postgresql_where": IN_FRONT,
}
ZERO = text("0")
ONE = text("1")


class ProductStatus(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    ARCHIVED = "archived"


class Brand(Base):
    """Who made it."""

    __tablename__ = "brands"
    __table_args__ = (Index("brands_by_name", "name", "id"), SCHEMA)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    version: Mapped[int] = mapped_column(server_default=ONE)


class Category(Base):
    """A shelf. `ancestor_ids` leads from the root to its parent."""

    __tablename__ = "categories"
    __table_args__ = (
        CheckConstraint("id <> all (ancestor_ids)", name="no_cycle"),
        CheckConstraint(
            "parent_id is not distinct from ancestor_ids[cardinality(ancestor_ids)]", name="path"
        ),
        Index("categories_by_parent", "parent_id"),
        Index("categories_by_ancestor", "ancestor_ids", postgresql_using="gin"),
        SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    parent_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalog.categories.id"))
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    position: Mapped[int] = mapped_column(server_default=ZERO)
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    ancestor_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    version: Mapped[int] = mapped_column(server_default=ONE)


class Product(Base):
    """Something the shop sells, in one or many variants; `options` is `[{name, values}]`."""

    __tablename__ = "products"
    __table_args__ = (
        Index("products_by_brand", "brand_id"),
        Index("products_by_status", "status", "id"),
        SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    status: Mapped[ProductStatus] = mapped_column(server_default="draft")
    brand_id: Mapped[UUID | None] = mapped_column(ForeignKey("catalog.brands.id"))
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=NO_WORDS)
    options: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=EMPTY_LIST)
    seo_title: Mapped[str | None]
    seo_description: Mapped[str | None]
    published_at: Mapped[datetime | None]
    popularity: Mapped[int] = mapped_column(BigInteger, server_default=ZERO)
    version: Mapped[int] = mapped_column(server_default=ONE)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class SlugRedirect(Base):
    """An address that a product had before."""

    __tablename__ = "slug_redirects"
    __table_args__ = (Index("slug_redirects_by_product", "product_id"), SCHEMA)

    slug: Mapped[str] = mapped_column(primary_key=True)
    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id", ondelete="CASCADE"))


class CategoryRedirect(Base):
    """An address that a category had before."""

    __tablename__ = "category_redirects"
    __table_args__ = (Index("category_redirects_by_category", "category_id"), SCHEMA)

    slug: Mapped[str] = mapped_column(primary_key=True)
    category_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalog.categories.id", ondelete="CASCADE")
    )


class ProductCategory(Base):
    """A product stands on a shelf."""

    __tablename__ = "product_categories"
    __table_args__ = (Index("product_categories_by_category", "category_id"), SCHEMA)

    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalog.products.id", ondelete="CASCADE"), primary_key=True
    )
    category_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalog.categories.id", ondelete="CASCADE"), primary_key=True
    )


class Image(Base):
    """A picture of a product; its files follow from digest and width (see `images`)."""

    __tablename__ = "images"
    __table_args__ = (
        UniqueConstraint("product_id", "digest", name="images_once_per_product"),
        CheckConstraint("width > 0 and height > 0", name="has_size"),
        SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id", ondelete="CASCADE"))
    position: Mapped[int]
    alt: Mapped[str] = mapped_column(server_default="")
    digest: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    source: Mapped[str | None]  # the address it was fetched from, if it was


class Variant(Base):
    """What can be bought: one combination of option values, `options` is `{name: value}`.

    `in_stock` belongs to inventory (`readmodel.set_in_stock`).
    """

    __tablename__ = "variants"
    __table_args__ = (
        UniqueConstraint("sku", name="variants_sku_key", deferrable=True, initially="IMMEDIATE"),
        CheckConstraint("weight_g >= 0", name="weight_not_negative"),
        Index("variants_by_product", "product_id", "position"),
        Index("variants_by_image", "image_id", postgresql_where=text("image_id is not null")),
        SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog.products.id", ondelete="CASCADE"))
    sku: Mapped[str]
    title: Mapped[str]
    options: Mapped[dict[str, str]] = mapped_column(JSONB, server_default=EMPTY_OBJECT)
    position: Mapped[int]
    weight_g: Mapped[int | None]
    barcode: Mapped[str | None]
    taxable: Mapped[bool] = mapped_column(server_default=text("true"))
    in_stock: Mapped[bool] = mapped_column(server_default=text("false"))
    was_ordered: Mapped[bool] = mapped_column(server_default=text("false"))
    archived_at: Mapped[datetime | None]
    image_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("catalog.images.id", ondelete="SET NULL")
    )
    version: Mapped[int] = mapped_column(server_default=ONE)


class Price(Base):
    """What a variant costs in one currency."""

    __tablename__ = "prices"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount_not_negative"),
        CheckConstraint("compare_at >= 0", name="compare_at_not_negative"),
        SCHEMA,
    )

    variant_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalog.variants.id", ondelete="CASCADE"), primary_key=True
    )
    currency: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    compare_at: Mapped[int | None] = mapped_column(BigInteger)


class Listing(Base):
    """Read model: one active product in one currency, as lists show, filter and sort it.

    `sort_name` is the folded title, `price` the cheapest variant's; `attrs` are `color=blue` over
    all variants; `card` is the ready JSON of a ProductCard (with `MEDIA` marks). `is_front` tells
    the most popular ones (see `service.front`).
    """

    __tablename__ = "listings"
    __table_args__ = (
        Index("listings_newest", "currency", desc("published_at"), desc("product_id")),
        Index("listings_by_price", "currency", "price", "product_id"),
        Index("listings_by_name", "currency", "sort_name", "product_id"),
        Index("listings_by_popularity", "currency", desc("popularity"), desc("product_id")),
        Index(
            "listings_by_brand", "currency", "brand_id", desc("published_at"), desc("product_id")
        ),
        Index("listings_by_product", "product_id"),
        Index("listings_by_category", "category_ids", **GIN),
        Index("listings_by_attr", "attrs", **GIN),
        Index("listings_by_word", "document", **GIN),
        Index(
            "listings_front",
            "currency",
            desc("popularity"),
            desc("product_id"),
            postgresql_where=IN_FRONT,
        ),
        Index("listings_front_by_word", "document", **GIN_IN_FRONT),
        Index("listings_front_by_category", "category_ids", **GIN_IN_FRONT),
        SCHEMA,
    )

    currency: Mapped[str] = mapped_column(primary_key=True)
    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalog.products.id", ondelete="CASCADE"), primary_key=True
    )
    slug: Mapped[str]
    title: Mapped[str]
    sort_name: Mapped[str] = mapped_column(Text(collation="C"))
    brand_id: Mapped[UUID | None]
    brand_slug: Mapped[str | None]
    category_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    price: Mapped[int] = mapped_column(BigInteger)
    price_max: Mapped[int] = mapped_column(BigInteger)
    compare_at: Mapped[int | None] = mapped_column(BigInteger)
    on_sale: Mapped[bool]
    in_stock: Mapped[bool]
    rating: Mapped[float | None] = mapped_column(Numeric(3, 2))
    review_count: Mapped[int] = mapped_column(server_default=ZERO)
    popularity: Mapped[int] = mapped_column(BigInteger)
    published_at: Mapped[datetime]
    attrs: Mapped[list[str]] = mapped_column(ARRAY(Text))
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text))
    document: Mapped[str] = mapped_column(TSVECTOR)
    card: Mapped[str]
    is_front: Mapped[bool] = mapped_column(server_default=text("true"))


class Shelved(Base):
    """Read model: a listing on one of its shelves, in the orders in which shelves are listed.

    Triggers of `listings` write it, and nothing else. No foreign key: a listing that goes takes
    its places along.
    """

    __tablename__ = "shelved"
    __table_args__ = (
        Index(
            "shelved_newest", "category_id", "currency", desc("published_at"), desc("product_id")
        ),
        Index("shelved_by_price", "category_id", "currency", "price", "product_id"),
        Index("shelved_by_name", "category_id", "currency", "sort_name", "product_id"),
        SCHEMA,
    )

    product_id: Mapped[UUID] = mapped_column(primary_key=True)
    currency: Mapped[str] = mapped_column(primary_key=True)
    category_id: Mapped[UUID] = mapped_column(primary_key=True)
    price: Mapped[int] = mapped_column(BigInteger)
    published_at: Mapped[datetime]
    sort_name: Mapped[str] = mapped_column(Text(collation="C"))


class Page(Base):
    """Read model: one active product in one currency, the ready JSON of its Product."""

    __tablename__ = "pages"
    __table_args__ = (SCHEMA,)

    product_id: Mapped[UUID] = mapped_column(
        ForeignKey("catalog.products.id", ondelete="CASCADE"), primary_key=True
    )
    currency: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str]
    version: Mapped[int]
    body: Mapped[str]


class Sold(Base):
    """Units sold that are not counted into a product's popularity yet (see `popularity`).

    No foreign key: noting a sale locks nothing of the product, which may be gone when it counts.
    """

    __tablename__ = "sold"
    __table_args__ = (SCHEMA,)

    product_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    units: Mapped[int] = mapped_column(BigInteger)
