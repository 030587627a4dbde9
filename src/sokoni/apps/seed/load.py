"""Load data for measurements: as many products as one likes, and paid orders of them.

Safe to repeat: products are known by their numbers, orders counted; what is there stays.
"""

from collections.abc import Callable

from sqlalchemy import text

from sokoni.apps.seed.load_orders import seed_load_orders
from sokoni.apps.seed.load_products import seed_load_products
from sokoni.apps.seed.reference import seed_reference
from sokoni.kernel.clock import Clock
from sokoni.kernel.db import Database
from sokoni.kernel.resources import Resources
from sokoni.markets import queries as market_queries
from sokoni.search import flows as search

Progress = Callable[[int, int], None]


async def seed_load(
    resources: Resources, *, products: int, orders: int = 0, progress: Progress | None = None
) -> None:
    """Make the shop have at least so many load products, and paid orders of them."""
    await seed_reference(resources)
    db = resources.get(Database)
    now = resources.get(Clock).now()
    made = await seed_load_products(db, products=products, now=now, progress=progress)
    await _count_afresh(db)
    if made:
        await search.rebuild_vocabulary(db)
    if orders:
        async with db.reading() as reading:
            market = await market_queries.market_for(reading, country="US")
        assert market is not None, "the reference data serve the United States"
        await seed_load_orders(
            db, orders=orders, region_id=market.region_id, now=now, progress=progress
        )
        await _count_afresh(db)


async def _count_afresh(db: Database) -> None:
    """Tell the planner what there is now; on its own it would find out a minute later."""
    async with db.transaction() as tx:
        await tx.execute(text("SET LOCAL statement_timeout = 0"))
        await tx.execute(text("ANALYZE"))
