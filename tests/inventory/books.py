"""The books of stock: what must be true whatever happened, level by level."""

from sqlalchemy import text

from sokoni.kernel.db import Database

BROKEN = text(
    """
    SELECT s.*, m.d_on_hand, m.d_reserved, h.held
      FROM inventory.stock_levels AS s
      CROSS JOIN LATERAL (
          SELECT coalesce(sum(d_on_hand), 0) AS d_on_hand,
                 coalesce(sum(d_reserved), 0) AS d_reserved
            FROM inventory.movements
           WHERE variant_id = s.variant_id AND location_id = s.location_id) AS m
      CROSS JOIN LATERAL (
          SELECT coalesce(sum(quantity), 0) AS held FROM inventory.holds
           WHERE variant_id = s.variant_id AND location_id = s.location_id
             AND state = 'held') AS h
     WHERE s.on_hand <> s.initial + m.d_on_hand OR s.reserved <> m.d_reserved
        OR s.reserved <> h.held OR s.reserved < 0 OR s.reserved > s.on_hand
    """
)
ASTRAY = text(
    """
    SELECT r.id, r.state, h.state AS hold
      FROM inventory.reservations AS r JOIN inventory.holds AS h ON h.reservation_id = r.id
     WHERE r.state <> CASE h.state WHEN 'returned' THEN 'committed' ELSE h.state END
    """
)


async def broken(db: Database) -> list[str]:
    """The levels whose sums are wrong, and holds whose reservation says otherwise."""
    async with db.reading() as session:
        rows = [*await session.execute(BROKEN), *await session.execute(ASTRAY)]
    return [str(row) for row in rows]
