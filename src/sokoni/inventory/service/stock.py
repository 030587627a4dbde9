"""Changing what exists: adjustments by staff, levels set by imports, warning thresholds.

Lock order: the variants' products, then levels by (variant_id, location_id).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text, update

from sokoni.inventory.errors import BelowReserved
from sokoni.inventory.models import MovementReason, StockLevel
from sokoni.inventory.service import flags
from sokoni.inventory.service.sql import MOVEMENT, statement
from sokoni.kernel.db import WriteSession

# New numbers come from locked rows, not from the snapshot's (see `taking`).
ADJUST = statement(
    f"""
    WITH locked AS MATERIALIZED (
        SELECT s.on_hand, s.reserved FROM inventory.stock_levels AS s
         WHERE s.variant_id = CAST(:variant_id AS uuid)
           AND s.location_id = CAST(:location_id AS uuid)
           FOR NO KEY UPDATE
    ), raised AS (
        INSERT INTO inventory.stock_levels AS s (variant_id, location_id, on_hand)
        SELECT CAST(:variant_id AS uuid), CAST(:location_id AS uuid), CAST(:delta AS bigint)
         WHERE CAST(:delta AS bigint) > 0
            ON CONFLICT (variant_id, location_id)
            DO UPDATE SET on_hand = s.on_hand + excluded.on_hand
        RETURNING s.on_hand, s.reserved
    ), lowered AS (
        UPDATE inventory.stock_levels AS s
           SET on_hand = k.on_hand + CAST(:delta AS bigint), reserved = k.reserved
          FROM locked AS k
         WHERE CAST(:delta AS bigint) < 0 AND k.on_hand + CAST(:delta AS bigint) >= k.reserved
           AND s.variant_id = CAST(:variant_id AS uuid)
           AND s.location_id = CAST(:location_id AS uuid)
        RETURNING s.on_hand, s.reserved
    ), changed AS MATERIALIZED (
        SELECT * FROM raised UNION ALL SELECT * FROM lowered
    ), noted AS (
        {MOVEMENT} CAST(:variant_id AS uuid), CAST(:location_id AS uuid), CAST(:delta AS bigint),
               0, :reason, NULL, '', :cause, :note, :actor, :now
          FROM changed
    )
    SELECT on_hand, reserved FROM changed
    """,  # noqa: S608 - constants
    "now",
)

LEVEL = text(
    """
    SELECT on_hand, reserved FROM inventory.stock_levels
     WHERE variant_id = :variant_id AND location_id = :location_id
    """
)

# A level that appears beside us is not touched: what it had we do not know.
SET = statement(
    f"""
    WITH wanted AS (
        SELECT * FROM unnest(CAST(:variant_ids AS uuid[]), CAST(:location_ids AS uuid[]),
                             CAST(:quantities AS bigint[]))
                   AS w (variant_id, location_id, quantity)
    ), locked AS MATERIALIZED (
        SELECT s.variant_id, s.location_id, s.on_hand, s.reserved
          FROM inventory.stock_levels AS s
         WHERE (s.variant_id, s.location_id) IN (SELECT variant_id, location_id FROM wanted)
         ORDER BY s.variant_id, s.location_id
           FOR NO KEY UPDATE OF s
    ), made AS (
        INSERT INTO inventory.stock_levels (variant_id, location_id, on_hand)
        SELECT w.variant_id, w.location_id, w.quantity FROM wanted AS w
         WHERE NOT EXISTS (SELECT FROM locked AS k WHERE k.variant_id = w.variant_id
                                                     AND k.location_id = w.location_id)
         ORDER BY w.variant_id, w.location_id
            ON CONFLICT (variant_id, location_id) DO NOTHING
        RETURNING variant_id, location_id, on_hand AS delta
    ), replaced AS (
        UPDATE inventory.stock_levels AS s SET on_hand = w.quantity, reserved = k.reserved
          FROM wanted AS w
          JOIN locked AS k USING (variant_id, location_id)
         WHERE CAST(:replace AS boolean) AND s.variant_id = k.variant_id
           AND s.location_id = k.location_id
           AND w.quantity >= k.reserved AND w.quantity <> k.on_hand
        RETURNING s.variant_id, s.location_id, w.quantity - k.on_hand AS delta
    ), noted AS (
        {MOVEMENT} c.variant_id, c.location_id, c.delta, 0, c.reason, NULL, '', '', :note, :actor,
               :now
          FROM (SELECT made.*, 'receive' AS reason FROM made
                 UNION ALL SELECT replaced.*, 'adjust' FROM replaced) AS c
         WHERE c.delta <> 0
    )
    SELECT w.variant_id, w.location_id, w.quantity, k.reserved
      FROM wanted AS w JOIN locked AS k USING (variant_id, location_id)
     WHERE CAST(:replace AS boolean) AND w.quantity < k.reserved
    """,  # noqa: S608 - constants
    "now",
)


@dataclass(frozen=True, slots=True)
class LevelRefused:
    """A level that could not be set to `wanted`, because `reserved` units of it are promised."""

    variant_id: UUID
    location_id: UUID
    wanted: int
    reserved: int


async def adjust(
    tx: WriteSession,
    *,
    variant_id: UUID,
    location_id: UUID,
    delta: int,
    now: datetime,
    reason: MovementReason = MovementReason.ADJUST,
    cause: str = "",
    note: str = "",
    actor: str = "",
) -> None:
    """Add `delta` units, or take them away, at an existing location; a level is made if need be.

    `cause` is staff's word for it (`count`, `damage`). Raises BelowReserved when units that are
    promised would go.
    """
    await flags.hold(tx, [variant_id])
    row = (
        await tx.execute(
            ADJUST,
            {
                "variant_id": variant_id,
                "location_id": location_id,
                "delta": delta,
                "reason": reason,
                "cause": cause,
                "note": note,
                "actor": actor,
                "now": now,
            },
        )
    ).one_or_none()
    if row is None:
        raise await _below(tx, variant_id=variant_id, location_id=location_id)
    await flags.write(tx, [variant_id])


async def set_stock(
    tx: WriteSession,
    levels: Mapping[tuple[UUID, UUID], int],
    *,
    now: datetime,
    replace: bool = False,
    actor: str = "",
    note: str = "",
) -> list[LevelRefused]:
    """Make levels with these units ((variant, location) → units); the count of statements is fixed.

    A level that exists keeps its units, or takes the new number with `replace`; those refused
    because more is promised are answered and left alone.
    """
    if not levels:
        return []
    if min(levels.values()) < 0:
        raise ValueError("a level is not negative")
    variant_ids = {variant_id for variant_id, _ in levels}
    await flags.hold(tx, variant_ids)
    rows = await tx.execute(
        SET,
        {
            "variant_ids": [variant_id for variant_id, _ in levels],
            "location_ids": [location_id for _, location_id in levels],
            "quantities": list(levels.values()),
            "replace": replace,
            "note": note,
            "actor": actor,
            "now": now,
        },
    )
    refused = [LevelRefused(*row) for row in rows]
    await flags.write(tx, variant_ids)
    return refused


async def set_threshold(
    tx: WriteSession, *, variant_id: UUID, location_id: UUID, threshold: int | None
) -> bool:
    """Warn when this many units or fewer are available; False when there is no such level."""
    found = await tx.scalar(
        update(StockLevel)
        .where(StockLevel.variant_id == variant_id, StockLevel.location_id == location_id)
        .values(low_stock_threshold=threshold)
        .returning(StockLevel.variant_id)
    )
    return found is not None


async def _below(tx: WriteSession, *, variant_id: UUID, location_id: UUID) -> BelowReserved:
    row = (
        await tx.execute(LEVEL, {"variant_id": variant_id, "location_id": location_id})
    ).one_or_none()
    on_hand, reserved = (row.on_hand, row.reserved) if row else (0, 0)
    return BelowReserved(
        f"{on_hand} units are there and {reserved} of them promised.",
        on_hand=on_hand,
        reserved=reserved,
        lowest_delta=reserved - on_hand,
    )
