"""How often products were sold: written down by sale, counted into the catalogue now and then.

A sale adds rows to `catalog.sold` and locks nothing, so any number of workers may note sales side
by side. Counting rewrites each sold product's listings, whose indexes make that dear, and lets
cached lists go stale: done for many sales at once it costs the same as for one. Popularity is
older than the last sale by one round of counting.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import text

from sokoni.catalog.service import readmodel
from sokoni.kernel.db import WriteSession

MOST_PRODUCTS = 500

NOTE_SOLD = text("""
    INSERT INTO catalog.sold (product_id, units)
    SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:units AS bigint[]))
""")
TAKE_SOLD = text("""
    WITH chosen AS (
        SELECT DISTINCT product_id FROM catalog.sold ORDER BY product_id LIMIT :most
    ), taken AS (
        DELETE FROM catalog.sold AS s USING chosen WHERE s.product_id = chosen.product_id
        RETURNING s.product_id, s.units
    )
    SELECT product_id, sum(units)::bigint AS units FROM taken GROUP BY product_id
""")


async def note_sold(tx: WriteSession, units: Mapping[UUID, int]) -> None:
    """Write down units sold, by product. One statement."""
    if units:
        await tx.execute(NOTE_SOLD, {"ids": list(units), "units": list(units.values())})


async def count_sold(tx: WriteSession) -> int:
    """Count what was noted of some products into their popularity; how many products it were."""
    taken = (await tx.execute(TAKE_SOLD, {"most": MOST_PRODUCTS})).all()
    await readmodel.add_popularity(tx, {row.product_id: row.units for row in taken})
    return len(taken)
