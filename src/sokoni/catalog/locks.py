"""The two locks of the catalogue, always taken in this order.

1. The taxonomy: shared by whoever writes products, exclusive to whoever changes categories or
   brands. So a product's ready rows are never written with the old name of its category.
2. Product rows, by id. `FOR NO KEY UPDATE`: rows that merely refer to a product do not wait.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text

from sokoni.kernel.db import WriteSession

SHARED = text("SELECT pg_advisory_xact_lock_shared(hashtextextended('catalog.taxonomy', 0))")
EXCLUSIVE = text("SELECT pg_advisory_xact_lock(hashtextextended('catalog.taxonomy', 0))")

# The sort below the row locks has read the whole join, the advisory lock included, before the
# first row is locked.
PRODUCTS = text("""
    WITH taxonomy AS MATERIALIZED (
        SELECT pg_advisory_xact_lock_shared(hashtextextended('catalog.taxonomy', 0))
    )
    SELECT p.id FROM taxonomy CROSS JOIN catalog.products AS p
    WHERE p.id = ANY(CAST(:ids AS uuid[]))
    ORDER BY p.id
    FOR NO KEY UPDATE OF p
""")


async def share_taxonomy(tx: WriteSession) -> None:
    """Categories and brands stay as they are until the commit."""
    await tx.execute(SHARED)


async def own_taxonomy(tx: WriteSession) -> None:
    """Nobody else writes products, categories or brands until the commit."""
    await tx.execute(EXCLUSIVE)


async def products(tx: WriteSession, *, ids: Collection[UUID]) -> set[UUID]:
    """Share the taxonomy and hold these products; those that exist."""
    return set(await tx.scalars(PRODUCTS, {"ids": list(ids)}))
