"""Which listings stand in front: in each currency the most popular ones, as many as `FRONT`.

In a large shop a common word matches a hundred thousand products; who searches for it is served
from the front, whose own small indexes cost the same however large the shop is. A listing that
has come to the front leaves it only beyond `KEPT`, so that the border does not flicker.

Locks: the products of a batch, as everybody who writes listings (see `locks`).
"""

from sqlalchemy import text

from sokoni.catalog import locks
from sokoni.kernel.db import Database, WriteSession

FRONT = 10_000
KEPT = 12_500
BATCH = 500

BEST = """
    WITH RECURSIVE currencies (currency) AS (
        SELECT min(currency) FROM catalog.listings
        UNION ALL
        SELECT (SELECT min(l.currency) FROM catalog.listings AS l WHERE l.currency > c.currency)
        FROM currencies AS c WHERE c.currency IS NOT NULL
    ), best AS MATERIALIZED (
        SELECT l.* FROM currencies AS c CROSS JOIN LATERAL (
            SELECT currency, product_id, is_front,
                   row_number() OVER (ORDER BY popularity DESC, product_id DESC) AS place
            FROM catalog.listings WHERE currency = c.currency
            ORDER BY popularity DESC, product_id DESC
            LIMIT :kept
        ) AS l
    )
"""
MISPLACED = text(
    f"""
    {BEST}
    SELECT product_id FROM best WHERE place <= :front AND NOT is_front
    UNION
    SELECT product_id FROM catalog.listings AS l
    WHERE l.is_front AND NOT EXISTS (
        SELECT FROM best WHERE best.currency = l.currency AND best.product_id = l.product_id
    )
    LIMIT :batch
    """  # noqa: S608 - constants
)
PLACE = text(
    f"""
    {BEST}, placed AS (
        SELECT l.currency, l.product_id,
               best.place IS NOT NULL AND (best.place <= :front OR l.is_front) AS is_front
        FROM catalog.listings AS l
        LEFT JOIN best ON best.currency = l.currency AND best.product_id = l.product_id
        WHERE l.product_id = ANY(CAST(:ids AS uuid[]))
    )
    UPDATE catalog.listings AS l SET is_front = placed.is_front
    FROM placed
    WHERE l.currency = placed.currency AND l.product_id = placed.product_id
      AND l.is_front <> placed.is_front
    """  # noqa: S608 - constants
)


async def rearrange(db: Database) -> int:
    """Move listings to the front and away from it, batch by batch; how many products it were."""
    moved = 0
    while True:
        done = await db.run(_batch)
        moved += done
        if done < BATCH:
            break
    if moved >= BATCH:  # too few rows for PostgreSQL to count them anew by itself
        await db.run(_count)
    return moved


async def _batch(tx: WriteSession) -> int:
    sizes = {"front": FRONT, "kept": KEPT}
    ids = list(await tx.scalars(MISPLACED, {**sizes, "batch": BATCH}))
    if ids:
        await locks.products(tx, ids=ids)
        await tx.execute(PLACE, {**sizes, "ids": ids})
    return len(ids)


async def _count(tx: WriteSession) -> None:
    """Let the planner know how few listings stand in front."""
    await tx.execute(text("ANALYZE catalog.listings (is_front)"))
