"""Holding the products of some variants, for whoever will say which of them are in stock.

Inventory holds them before it looks at its levels, so that of two who look, the later one writes
the flag, and so that products are always locked before levels (see `locks`).
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import text

from sokoni.kernel.db import WriteSession

HOLD = text("""
    WITH taxonomy AS MATERIALIZED (
        SELECT pg_advisory_xact_lock_shared(hashtextextended('catalog.taxonomy', 0))
    ), sold AS MATERIALIZED (
        SELECT DISTINCT v.product_id AS id FROM catalog.variants AS v
        WHERE v.id = ANY(CAST(:ids AS uuid[]))
    )
    SELECT p.id
    FROM taxonomy CROSS JOIN sold JOIN catalog.products AS p ON p.id = sold.id
    ORDER BY p.id
    FOR NO KEY UPDATE OF p
""")


async def hold_products(tx: WriteSession, *, variant_ids: Collection[UUID]) -> None:
    """Nobody else changes these variants' products until the commit. One statement."""
    await tx.execute(HOLD, {"ids": list(variant_ids)})
