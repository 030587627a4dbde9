"""Load data for measurements: as many products as one likes, and orders of them.

Plain but plausible: words from a fixed list, prices in two currencies, one warehouse, three
variants a product.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from sokoni.apps.seed.load_orders import seed_load_orders
from sokoni.apps.seed.reference import seed_reference
from sokoni.catalog import service as catalog
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.service import PriceDraft, ProductDraft, VariantDraft
from sokoni.inventory import queries as inventory_queries
from sokoni.inventory import service as inventory
from sokoni.kernel.clock import Clock
from sokoni.kernel.db import Database
from sokoni.kernel.resources import Resources
from sokoni.markets import queries as market_queries

BATCH = 500
ACTOR = "seed"
SIZES = ("S", "M", "L")
WORDS = [
    "amber",
    "basket",
    "carafe",
    "drum",
    "ebony",
    "fabric",
    "garnet",
    "honey",
    "indigo",
    "jasmine",
    "kanga",
    "lantern",
    "mango",
    "nutmeg",
    "olive",
    "palm",
    "quilt",
    "raffia",
    "sisal",
    "teak",
    "umber",
    "vase",
    "willow",
    "yarn",
    "zebra",
    "bowl",
    "cup",
    "lamp",
    "rug",
    "stool",
]

Progress = Callable[[int, int], None]


async def seed_load(
    resources: Resources, *, products: int, orders: int = 0, progress: Progress | None = None
) -> None:
    """Make the shop have at least so many load products, and paid orders of them."""
    await seed_reference(resources)
    db = resources.get(Database)
    now = resources.get(Clock).now()
    await _products(db, products=products, now=now, progress=progress)
    await _count_afresh(db)
    if orders:
        async with db.reading() as reading:
            market = await market_queries.market_for(reading, country="US")
        assert market is not None, "the reference data serve the United States"
        await seed_load_orders(
            db, orders=orders, region_id=market.region_id, now=now, progress=progress
        )
        await _count_afresh(db)


async def _products(
    db: Database, *, products: int, now: datetime, progress: Progress | None
) -> None:
    """In batches of their own transactions; what is there already stays."""
    async with db.transaction() as tx:
        places = {place.name: place.id for place in await inventory_queries.locations(tx)}
        warehouse = places.get("Load warehouse") or await inventory.create_location(
            tx, name="Load warehouse", code="load", actor=ACTOR, now=now
        )
        paths = [("Load", word.title()) for word in WORDS]
        categories = await catalog.ensure_categories(tx, paths=paths)
    for start in range(0, products, BATCH):
        numbers = range(start, min(start + BATCH, products))
        drafts = [
            draft(number, category_id=categories[paths[number % len(paths)]]) for number in numbers
        ]
        async with db.transaction() as tx:
            made = await catalog.bulk.upsert_products(tx, drafts=drafts, now=now)
            levels = {
                (variant_id, warehouse): 1_000_000
                for product in made
                for variant_id in product.new_variant_ids
            }
            await inventory.set_stock(tx, levels, now=now, actor=ACTOR)
        if progress is not None:
            progress(numbers.stop, products)


async def _count_afresh(db: Database) -> None:
    """Tell the planner what there is now; on its own it would find out a minute later."""
    async with db.transaction() as tx:
        await tx.execute(text("SET LOCAL statement_timeout = 0"))
        await tx.execute(text("ANALYZE"))


def draft(number: int, *, category_id: UUID) -> ProductDraft:
    """The load product of this number: always the same."""
    first, second = WORDS[number % len(WORDS)], WORDS[number // len(WORDS) % len(WORDS)]
    price = 500 + number * 37 % 20_000
    return ProductDraft(
        title=f"{first.title()} {second} {number}",
        slug=f"load-{number}",
        description=f"A {second} of {first}, number {number}, for measurements.",
        status=ProductStatus.ACTIVE,
        category_ids=(category_id,),
        tags=(first, second),
        variants=tuple(
            VariantDraft(
                sku=f"LOAD-{number}-{size}",
                options={"Size": size},
                prices=(
                    PriceDraft("USD", price, price * 5 // 4 if number % 9 == 4 else None),
                    PriceDraft("EUR", price * 9 // 10),
                ),
                weight_g=200 + number % 800,
            )
            for size in SIZES
        ),
    )
