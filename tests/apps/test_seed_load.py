"""Load data are data like any other: every law of the books holds for them."""

import re
from datetime import UTC, datetime

from fastapi import FastAPI
from sqlalchemy import text

from sokoni.apps.platform.reindexing import reindex
from sokoni.apps.seed import load_products, seed_load
from sokoni.apps.seed.load_goods import AGE, UNITS, draft
from sokoni.apps.seed.load_products import seed_load_products
from sokoni.catalog import service as catalog
from sokoni.inventory import service as inventory
from sokoni.kernel.db import Database
from sokoni.kernel.resources import Resources
from sokoni.kernel.worker import Worker
from tests.catalog.factories import read_model
from tests.checkout.factories import broken_laws

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PRODUCTS = 70  # more than there are words, so that every kind of number is among them
TABLES = {
    "catalog.products": "slug",
    "catalog.product_categories": "product_id",
    "catalog.variants": "sku",
    "catalog.prices": "variant_id, currency",
    "catalog.listings": "slug, currency",
    "catalog.pages": "slug, currency",
    "inventory.stock_levels": "variant_id",
    "inventory.movements": "id",
}
EVERY_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=prod_|.var_)\w{26}")


async def snapshot(db: Database) -> dict[str, list[str]]:
    """The rows of load products as text; the ids that are made anew are blotted out."""
    async with db.reading() as reading:
        return {
            table: [
                EVERY_ID.sub("*", row)
                for row in await reading.scalars(
                    text(f"SELECT CAST(t.* AS text) FROM {table} AS t ORDER BY {order}")
                )
            ]
            for table, order in TABLES.items()
        }


async def enter_through_the_doors(db: Database) -> None:
    """The same products as staff would enter them, one after another."""
    around = await load_products.load_surroundings(db)
    warehouse = await load_products.load_warehouse(db, now=NOW)
    for number in range(PRODUCTS):
        async with db.transaction() as tx:
            made = await catalog.create_product(
                tx, draft=draft(number, around=around), actor="seed", now=NOW - number * AGE
            )
            levels = {(variant.id, warehouse): UNITS for variant in made.variants}
            await inventory.set_stock(tx, levels, actor="seed", now=NOW)


async def test_load_products_are_the_same_rows_as_through_the_doors(db: Database) -> None:
    made = await seed_load_products(db, products=PRODUCTS, now=NOW)
    copied = await snapshot(db)
    async with db.transaction() as tx:
        await tx.execute(text("DELETE FROM catalog.products"))

    await enter_through_the_doors(db)

    assert made == PRODUCTS
    assert await snapshot(db) == copied


async def test_reindexing_load_products_changes_nothing(
    app: FastAPI, db: Database, database_url: str
) -> None:
    await seed_load(app.state.resources, products=PRODUCTS)
    words = text("SELECT word, listings FROM search.words ORDER BY word")
    rows = await read_model(db)
    async with db.reading() as reading:
        known = (await reading.execute(words)).all()

    await reindex(database_url)

    assert await read_model(db) == rows
    async with db.reading() as reading:
        assert (await reading.execute(words)).all() == known


async def test_an_interrupted_load_is_gone_on_with(db: Database) -> None:
    await seed_load_products(db, products=PRODUCTS, now=NOW)
    async with db.transaction() as tx:
        await tx.execute(text("DELETE FROM catalog.products WHERE slug LIKE 'load-1%'"))  # 11

    again = await seed_load_products(db, products=PRODUCTS + 5, now=NOW)
    once_more = await seed_load_products(db, products=PRODUCTS, now=NOW)

    assert (again, once_more) == (11 + 5, 0)
    async with db.reading() as reading:
        there = await reading.scalar(text("SELECT count(*) FROM catalog.products"))
    assert there == PRODUCTS + 5


async def test_load_orders_keep_every_law_and_come_once(
    app: FastAPI, db: Database, worker: Worker
) -> None:
    resources: Resources = app.state.resources

    await seed_load(resources, products=10, orders=40)
    await seed_load(resources, products=10, orders=60)
    await worker.until_idle()

    async with db.reading() as reading:
        orders = await reading.scalar(text("SELECT count(*) FROM orders.orders"))
        products = await reading.scalar(text("SELECT count(*) FROM catalog.products"))
    assert (orders, products) == (60, 10)
    assert await broken_laws(db) == {}
