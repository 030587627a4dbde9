"""Load data are data like any other: every law of the books holds for them."""

from fastapi import FastAPI
from sqlalchemy import text

from sokoni.apps.seed import seed_load
from sokoni.kernel.db import Database
from sokoni.kernel.resources import Resources
from sokoni.kernel.worker import Worker
from tests.checkout.factories import broken_laws


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
