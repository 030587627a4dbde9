"""The read model's `in_stock`: looked up anew from the levels, so the order of events is all one.

The products are held before the levels are read: of two who look, the later writes.
"""

from collections.abc import Collection
from uuid import UUID

from sokoni.catalog.service import readmodel, stock_flags
from sokoni.inventory import queries
from sokoni.kernel.db import WriteSession


async def hold(tx: WriteSession, variant_ids: Collection[UUID]) -> None:
    """Take the products' locks, before those of levels."""
    await stock_flags.hold_products(tx, variant_ids=variant_ids)


async def refresh_flags(tx: WriteSession, variant_ids: Collection[UUID]) -> None:
    """Tell the catalogue which of the variants can be had now. A fixed number of statements."""
    if variant_ids:
        await hold(tx, variant_ids)
        await write(tx, variant_ids)


async def write(tx: WriteSession, variant_ids: Collection[UUID]) -> None:
    """As `refresh_flags`, for a caller that holds the products."""
    units = await queries.availability(tx, variant_ids)
    await readmodel.set_in_stock(tx, {variant_id: left > 0 for variant_id, left in units.items()})
