"""Load products by COPY: the same rows as through the catalogue's doors, some hundred times faster.

`cards.rows` writes the ready JSON here as it does there; the documents of search come from the
same SQL as the catalogue's. Two lanes write batches in transactions of their own: while the
server stores one, the next is made. A batch that is there already is left alone, whole or in
part, so an interrupted load is gone on with by the same command.

No event says that these products are new: whoever loads counts the vocabulary anew at the end.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text

from sokoni.apps.seed.load_goods import BRANDS, SHELVES, UNITS, Surroundings, source
from sokoni.catalog import cards
from sokoni.catalog import queries as catalog_queries
from sokoni.catalog import service as catalog
from sokoni.catalog.cards import ListingRow, PageRow
from sokoni.catalog.service import front, readmodel
from sokoni.catalog.sources import BrandSource, CategorySource, ProductSource, Shelf
from sokoni.inventory import queries as inventory_queries
from sokoni.inventory import service as inventory
from sokoni.kernel import signals
from sokoni.kernel.db import Database, WriteSession, lock
from sokoni.kernel.ids import new_id

BATCH = 1_000
LANES = 2
ACTOR = "seed"
WAREHOUSE = "Load warehouse"

Progress = Callable[[int, int], None]

# Rows are made while the transaction is open, by both lanes in turns: on a busy machine it is idle
# for longer than a buyer's may be.
PATIENTLY = text(
    "SELECT set_config('statement_timeout', '0', true),"
    " set_config('idle_in_transaction_session_timeout', '0', true)"
)
TAKEN = text("SELECT slug FROM catalog.products WHERE slug = ANY(CAST(:slugs AS text[]))")
STAGE = text(f"CREATE TEMPORARY TABLE staged ({readmodel.LISTING_COLUMNS}) ON COMMIT DROP")
LIST = text(f"{readmodel.INSERT_LISTINGS} FROM staged AS r")


@dataclass(frozen=True, slots=True)
class Copied:
    """Rows for one table, in the order of its `columns`."""

    table: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[Any, ...]]


async def seed_load_products(
    db: Database, *, products: int, now: datetime, progress: Progress | None = None
) -> int:
    """Make the shop have at least the load products up to this number; how many are new."""
    around = await load_surroundings(db)
    warehouse = await load_warehouse(db, now=now)
    starts = iter(range(0, products, BATCH))
    looked_at = made = 0

    async def lane() -> None:
        nonlocal looked_at, made
        for start in starts:
            numbers = range(start, min(start + BATCH, products))
            is_front = numbers.stop > products - front.FRONT
            made += await _batch(
                db, numbers, around=around, warehouse=warehouse, is_front=is_front, now=now
            )
            looked_at += len(numbers)
            if progress is not None:
                progress(looked_at, products)

    async with asyncio.TaskGroup() as lanes:
        for _ in range(LANES):
            lanes.create_task(lane())
    return made


async def load_surroundings(db: Database) -> Surroundings:
    """Brands and categories of load products, made where they are missing."""
    async with db.transaction() as tx:
        ids = await catalog.ensure_categories(tx, paths=list(SHELVES))
        brand_ids = await catalog.bulk.ensure_brands(tx, names=BRANDS)
        known = {each.id: each for each in await catalog_queries.all_categories(tx)}
        brands = {
            name: await catalog_queries.brand_by(tx, brand=brand_id)
            for name, brand_id in brand_ids.items()
        }
    shelves = {
        each.id: Shelf(each.id, each.slug, each.name, each.is_active) for each in known.values()
    }
    return Surroundings(
        shelves={
            path: CategorySource(
                **msgspec.structs.asdict(shelves[ids[path]]),
                above=[shelves[above] for above in known[ids[path]].ancestor_ids],
            )
            for path in SHELVES
        },
        brands={name: BrandSource(each.id, each.slug, each.name) for name, each in brands.items()},
    )


async def load_warehouse(db: Database, *, now: datetime) -> UUID:
    async with db.transaction() as tx:
        places = {place.name: place.id for place in await inventory_queries.locations(tx)}
        return places.get(WAREHOUSE) or await inventory.create_location(
            tx, name=WAREHOUSE, code="load", actor=ACTOR, now=now
        )


async def _batch(
    db: Database,
    numbers: range,
    *,
    around: Surroundings,
    warehouse: UUID,
    is_front: bool,
    now: datetime,
) -> int:
    """Write those of these products that are missing; how many they were."""
    async with db.transaction() as tx:
        await tx.execute(PATIENTLY)
        await lock(tx, "seed.load", str(numbers.start))
        slugs = {f"load-{number}": number for number in numbers}
        taken = set(await tx.scalars(TAKEN, {"slugs": list(slugs)}))
        missing = [number for slug, number in slugs.items() if slug not in taken]
        if not missing:
            return 0
        products = [source(number, around=around, now=now) for number in missing]
        ready = [pair for product in products for pair in cards.rows(product)]
        for copied in (*_catalog(products), *_stock(products, warehouse=warehouse, now=now)):
            await _copy(tx, copied)
        await _list(tx, [listing for listing, _ in ready], is_front=is_front)
        await _copy(tx, _struct_rows("catalog.pages", PageRow, [page for _, page in ready]))
        signals.changed(tx, "products")
        return len(missing)


async def _list(tx: WriteSession, listings: Sequence[ListingRow], *, is_front: bool) -> None:
    """By way of a table of words, which the server makes documents of."""
    await tx.execute(STAGE)
    await _copy(tx, _struct_rows("staged", ListingRow, listings))
    await tx.execute(LIST, {"is_front": is_front})


async def _copy(tx: WriteSession, copied: Copied) -> None:
    connection = await tx.connection()
    driver: Any = (await connection.get_raw_connection()).driver_connection
    schema, _, table = copied.table.rpartition(".")
    await driver.copy_records_to_table(
        table, schema_name=schema or None, columns=copied.columns, records=copied.rows
    )


def _struct_rows(table: str, kind: type[msgspec.Struct], rows: Sequence[msgspec.Struct]) -> Copied:
    return Copied(table, kind.__struct_fields__, map(msgspec.structs.astuple, rows))


def _catalog(products: Sequence[ProductSource]) -> Iterator[Copied]:
    yield Copied(
        "catalog.products",
        ("id", "slug", "title", "description", "status", "brand_id", "tags", "options",
         "published_at", "popularity", "created_at", "updated_at"),
        (
            (p.id, p.slug, p.title, p.description, p.status.value, p.brand and p.brand.id, p.tags,
             msgspec.json.encode(p.options).decode(), p.published_at, p.popularity, p.created_at,
             p.updated_at)
            for p in products
        ),
    )  # fmt: skip
    yield Copied(
        "catalog.product_categories",
        ("product_id", "category_id"),
        ((product.id, category.id) for product in products for category in product.categories),
    )
    yield Copied(
        "catalog.variants",
        ("id", "product_id", "sku", "title", "options", "position", "weight_g", "in_stock"),
        (
            (v.id, product.id, v.sku, v.title, msgspec.json.encode(v.options).decode(), v.position,
             v.weight_g, v.in_stock)
            for product in products
            for v in product.variants
        ),
    )  # fmt: skip
    yield Copied(
        "catalog.prices",
        ("variant_id", "currency", "amount", "compare_at"),
        (
            (variant.id, price.currency, price.amount, price.compare_at)
            for product in products
            for variant in product.variants
            for price in variant.prices
        ),
    )


def _stock(
    products: Sequence[ProductSource], *, warehouse: UUID, now: datetime
) -> Iterator[Copied]:
    """Levels, and how the units came there."""
    variants = [variant.id for product in products for variant in product.variants]
    yield Copied(
        "inventory.stock_levels",
        ("variant_id", "location_id", "on_hand"),
        ((variant_id, warehouse, UNITS) for variant_id in variants),
    )
    yield Copied(
        "inventory.movements",
        ("id", "variant_id", "location_id", "d_on_hand", "d_reserved", "reason", "actor", "at"),
        ((new_id(), each, warehouse, UNITS, 0, "receive", ACTOR, now) for each in variants),
    )
