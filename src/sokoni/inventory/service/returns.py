"""Units that were sold and come back, to the level they were taken from."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sokoni.inventory.errors import AlreadyReturned
from sokoni.inventory.events import AvailabilityChanged
from sokoni.inventory.service.sql import MOVEMENT, statement
from sokoni.kernel import outbox
from sokoni.kernel.db import WriteSession

RESTOCK = statement(
    f"""
    WITH wanted AS (
        SELECT * FROM unnest(CAST(:variant_ids AS uuid[]), CAST(:quantities AS bigint[]))
                   AS w (variant_id, quantity)
    ), sold AS MATERIALIZED (
        SELECT h.id, h.variant_id, h.location_id, h.quantity - h.returned AS outside
          FROM inventory.holds AS h
          JOIN inventory.reservations AS r ON r.id = h.reservation_id
         WHERE r.order_id = CAST(:order_id AS uuid) AND h.state = 'committed'
         ORDER BY h.variant_id, h.location_id
           FOR NO KEY UPDATE OF h
    ), possible AS MATERIALIZED (
        SELECT s.id, s.variant_id, s.location_id, coalesce(w.quantity, s.outside) AS quantity
          FROM sold AS s LEFT JOIN wanted AS w USING (variant_id)
         WHERE CAST(:whole AS boolean) OR w.quantity <= s.outside
    ), verdict AS MATERIALIZED (
        SELECT CAST(:whole AS boolean)
               OR (SELECT count(*) FROM possible) = (SELECT count(*) FROM wanted) AS ok
    ), lines AS MATERIALIZED (
        SELECT p.* FROM possible AS p CROSS JOIN verdict AS v WHERE v.ok
    ), locked AS MATERIALIZED (
        SELECT s.variant_id, s.location_id, s.on_hand - s.reserved AS available
          FROM inventory.stock_levels AS s
         WHERE s.variant_id IN (SELECT variant_id FROM lines)
         ORDER BY s.variant_id, s.location_id
           FOR NO KEY UPDATE OF s
    ), freed AS MATERIALIZED (
        SELECT k.variant_id, k.location_id, k.available, coalesce(n.quantity, 0) AS quantity
          FROM locked AS k LEFT JOIN lines AS n USING (variant_id, location_id)
    ), moved AS (
        UPDATE inventory.stock_levels AS s SET on_hand = s.on_hand + f.quantity
          FROM freed AS f
         WHERE s.variant_id = f.variant_id AND s.location_id = f.location_id AND f.quantity > 0
    ), closed AS (
        UPDATE inventory.holds AS h
           SET returned = h.returned + n.quantity,
               state = CASE WHEN h.returned + n.quantity = h.quantity
                            THEN 'returned' ELSE h.state END
          FROM lines AS n WHERE h.id = n.id
    ), noted AS (
        {MOVEMENT} n.variant_id, n.location_id, n.quantity, 0, 'restock',
               CAST(:order_id AS uuid), '', '', '', '', :now
          FROM lines AS n
    )
    SELECT v.ok, (SELECT count(*) FROM lines) AS lines,
           ARRAY(SELECT f.variant_id
                   FROM freed AS f
                   JOIN inventory.locations AS l ON l.id = f.location_id AND l.is_active
                  GROUP BY f.variant_id
                 HAVING sum(f.available) = 0 AND sum(f.quantity) > 0) AS back
      FROM verdict AS v
    """,  # noqa: S608 - constants
    "now",
)


async def restock(
    tx: WriteSession, *, order_id: UUID, now: datetime, lines: Mapping[UUID, int] | None = None
) -> bool:
    """Put the order's sold units back where they came from. One statement.

    Without `lines`: all that have not come back yet, so repeating it does nothing; False then.
    With them (variant → units): those, each time; raises AlreadyReturned, having done nothing,
    when that is more than is still out.
    """
    row = (
        await tx.execute(
            RESTOCK,
            {
                "order_id": order_id,
                "whole": lines is None,
                "variant_ids": list(lines or ()),
                "quantities": list((lines or {}).values()),
                "now": now,
            },
        )
    ).one()
    if not row.ok:
        raise AlreadyReturned
    if row.back:
        outbox.publish(tx, AvailabilityChanged(cause_id=order_id, variant_ids=row.back))
    return bool(row.lines)
