"""Making things of the catalogue through its doors."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

from PIL import Image
from sqlalchemy import text

from sokoni.catalog import service as catalog
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.service import (
    BrandDraft,
    CategoryDraft,
    OptionDraft,
    PriceDraft,
    ProductDraft,
    VariantDraft,
)
from sokoni.catalog.sources import ProductSource
from sokoni.kernel.db import Database

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ACTOR = "user:test"

MUG = ProductDraft(
    title="Haven Stoneware Mug",
    description="<p>Thrown and glazed in small batches.</p>",
    status=ProductStatus.ACTIVE,
    tags=("coffee", "handmade"),
    options=(OptionDraft("Color", ("Terracotta", "Sage")),),
    variants=(
        VariantDraft(
            options={"Color": "Terracotta"},
            prices=(PriceDraft("EUR", 2400, 3000), PriceDraft("TZS", 7_000_000)),
            weight_g=380,
        ),
        VariantDraft(options={"Color": "Sage"}, prices=(PriceDraft("EUR", 2200),), weight_g=390),
    ),
)


def simple(
    title: str, *, price: int = 1000, currency: str = "EUR", sku: str | None = None
) -> ProductDraft:
    """An active product with one variant."""
    variant = VariantDraft(prices=(PriceDraft(currency, price),), sku=sku)
    return ProductDraft(title=title, status=ProductStatus.ACTIVE, variants=(variant,))


async def create(
    db: Database, draft: ProductDraft = MUG, *, at: datetime = NOW, **changes: object
) -> ProductSource:
    """A product, made in a transaction of its own."""
    wanted = replace(draft, **changes)  # type: ignore[arg-type]
    async with db.transaction() as tx:
        return await catalog.create_product(tx, draft=wanted, actor=ACTOR, now=at)


async def revise(
    db: Database,
    product_id: UUID,
    *,
    at: datetime = NOW,
    version: int | None = None,
    **changes: object,
) -> ProductSource:
    """The product with these fields of its draft changed, as somebody who saw `version`."""
    async with db.transaction() as tx:
        return await catalog.revise_product(
            tx,
            product_id=product_id,
            revise=lambda draft: replace(draft, **changes),  # type: ignore[arg-type]
            actor=ACTOR,
            now=at,
            version=version,
        )


async def category(
    db: Database, name: str, *, parent: UUID | None = None, is_active: bool = True
) -> UUID:
    draft = CategoryDraft(name=name, parent_id=parent, is_active=is_active)
    async with db.transaction() as tx:
        return (await catalog.create_category(tx, draft=draft, actor=ACTOR, now=NOW)).id


async def brand(db: Database, name: str) -> UUID:
    async with db.transaction() as tx:
        made = await catalog.create_brand(tx, draft=BrandDraft(name=name), actor=ACTOR, now=NOW)
        return made.id


async def in_stock(db: Database, stock: Mapping[UUID, bool]) -> None:
    async with db.transaction() as tx:
        await catalog.readmodel.set_in_stock(tx, stock)


def picture(color: str = "teal", *, size: tuple[int, int] = (900, 1100)) -> bytes:
    """A PNG of one colour."""
    out = BytesIO()
    Image.new("RGB", size, color).save(out, "PNG")
    return out.getvalue()


async def read_model(db: Database) -> Sequence[object]:
    """Every row of the read model, in a fixed order."""
    async with db.reading() as session:
        listings = await session.execute(
            text("SELECT * FROM catalog.listings ORDER BY currency, product_id")
        )
        pages = await session.execute(
            text("SELECT * FROM catalog.pages ORDER BY currency, product_id")
        )
        shelved = await session.execute(
            text("SELECT * FROM catalog.shelved ORDER BY currency, product_id, category_id")
        )
        return [*map(tuple, listings), *map(tuple, pages), *map(tuple, shelved)]
