"""The three locks of the catalogue, always taken in this order.

1. The taxonomy: shared by whoever writes products, exclusive to whoever changes categories or
   brands. So a product's ready rows are never written with the old name of its category.
2. Product rows, by id. `FOR NO KEY UPDATE`: rows that merely refer to a product do not wait.
3. SKUs that a product takes or gives up. Their unique constraint is deferrable, so that variants
   can swap SKUs in one statement; but two transactions that insert one SKU under such a constraint
   wait for each other. Behind these locks the second one sees what the first one kept.

Unique addresses (slugs) are written after these, in the order of the addresses.
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

# The SKUs share 1024 locks by hash, so that no batch can fill the server's table of locks.
SKUS = text("""
    WITH wanted AS MATERIALIZED (
        SELECT DISTINCT hashtextextended(sku, 0) & 1023 AS number
        FROM unnest(CAST(:skus AS text[])) AS given (sku)
        ORDER BY number
    )
    SELECT pg_advisory_xact_lock(hashtextextended('catalog.sku:' || number, 0)) FROM wanted
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


async def skus(tx: WriteSession, *, skus: Collection[str]) -> None:
    """Nobody else takes these SKUs or gives them up until the commit."""
    if skus:
        await tx.execute(SKUS, {"skus": list(skus)})
