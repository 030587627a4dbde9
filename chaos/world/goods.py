"""`python -m chaos.world.goods`: fill the shop with few enough goods that buyers fight for them.

300 products of three variants; most have some hundred units, one in ten a handful.
"""

import argparse
import asyncio
import random

from sqlalchemy import select

from sokoni.apps.runtime import running
from sokoni.apps.seed import seed_load
from sokoni.catalog.models import Variant
from sokoni.inventory import queries as inventory_queries
from sokoni.inventory import service as inventory
from sokoni.kernel.clock import Clock
from sokoni.kernel.db import Database
from sokoni.kernel.settings import load_settings

SCARCE, PLENTY = (2, 8), (150, 600)


async def stock(*, products: int, seed: int) -> None:
    """Load the products, and set their stock by the dice."""
    settings = load_settings()
    assert settings.external_database is not None
    dice = random.Random(f"{seed}/goods")
    async with running(settings, database_url=settings.external_database) as resources:
        await seed_load(resources, products=products)
        now = resources.get(Clock).now()
        async with resources.get(Database).transaction() as tx:
            place = next(iter(await inventory_queries.locations(tx)))
            variants = (await tx.scalars(select(Variant.id).order_by(Variant.sku))).all()
            levels = {
                (variant_id, place.id): dice.randint(*(SCARCE if at % 10 == 0 else PLENTY))
                for at, variant_id in enumerate(variants)
            }
            await inventory.set_stock(tx, levels, now=now, replace=True, actor="chaos")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m chaos.world.goods", description=__doc__)
    parser.add_argument("--products", type=int, default=300)
    parser.add_argument("--seed", type=int, required=True)
    asked = parser.parse_args()
    asyncio.run(stock(products=asked.products, seed=asked.seed))
