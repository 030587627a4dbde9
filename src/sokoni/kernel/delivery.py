"""Deliver the outbox: each event to each of its subscribers, in order per aggregate, once.

A batch of one shard is one transaction: the effects of its subscribers, the rows in
`kernel.effects`, the mark `sent`. If anything in it fails, it is undone and its events go one by
one, so that one bad event holds back its own aggregate only.

Lock order: the shard's advisory lock, then its outbox rows by id, then what subscribers lock.
"""

from collections.abc import Sequence
from datetime import datetime
from random import random
from typing import Any

import structlog
from sqlalchemy import text
from sqlalchemy.engine import Row

from sokoni.kernel import crash, outbox
from sokoni.kernel.db import Database, WriteSession

log = structlog.get_logger(__name__)

BATCH = 200
MOST_DELIVERIES = 10
SHARD_LOCK = 0x50C0

DUE_SHARDS = text(
    """
    SELECT DISTINCT shard FROM (
        SELECT shard FROM kernel.outbox
         WHERE state = 'pending' AND next_try_at <= greatest(now(), :now) LIMIT 2000) AS due
    """
)
TAKE_SHARD = text("SELECT pg_try_advisory_xact_lock(:space, :shard)")
TAKE_EVENTS = text(
    """
    SELECT id, event_id, dedup_key, topic, order_id, payload, attempts
      FROM kernel.outbox AS o
     WHERE shard = :shard AND state = 'pending' AND next_try_at <= greatest(now(), :now)
       AND NOT EXISTS (
           SELECT FROM kernel.outbox AS earlier
            WHERE earlier.aggregate_id = o.aggregate_id AND earlier.state = 'pending'
              AND earlier.id < o.id AND earlier.next_try_at > greatest(now(), :now))
     ORDER BY id LIMIT :batch FOR UPDATE SKIP LOCKED
    """
)
NOTE_EFFECTS = text(
    """
    INSERT INTO kernel.effects (dedup_key, kind, order_id)
    SELECT * FROM unnest(cast(:keys AS text[]), cast(:kinds AS text[]), cast(:orders AS uuid[]))
    ON CONFLICT DO NOTHING RETURNING dedup_key, kind
    """
)
MARK_SENT = text(
    "UPDATE kernel.outbox SET state = 'sent', sent_at = now(), error = NULL WHERE id = ANY(:ids)"
)
NOTE_FAILURE = text(
    """
    UPDATE kernel.outbox
       SET attempts = attempts + 1, error = :error,
           state = CASE WHEN attempts + 1 >= :most THEN 'dead' ELSE state END,
           next_try_at = greatest(now(), :now)
                         + least(power(2, attempts), 300) * interval '1 second'
     WHERE id = :id AND state = 'pending'
    """
)


async def deliver(db: Database, *, now: datetime) -> int:
    """Deliver one batch per shard that has something due. Returns how many events went."""
    async with db.reading() as session:
        shards = list((await session.scalars(DUE_SHARDS, {"now": now})).all())
    shards.sort(key=lambda _: random())  # noqa: S311 - only spreads workers over shards
    return sum([await _deliver_shard(db, shard, now=now) for shard in shards])


async def _deliver_shard(db: Database, shard: int, *, now: datetime) -> int:
    try:
        return await _deliver_batch(db, shard, BATCH, now=now)
    except Exception as error:  # noqa: BLE001 - one bad event must not stop the others
        log.info("delivering one by one", shard=shard, error=repr(error))
    delivered = 0
    for _ in range(BATCH):
        done = await _deliver_one(db, shard, now=now)
        if done is None:
            break
        delivered += done
    return delivered


async def _deliver_one(db: Database, shard: int, *, now: datetime) -> int | None:
    """Deliver the first due event of the shard; None when there is none, 0 when it failed."""
    head: list[int] = []
    try:
        return await _deliver_batch(db, shard, 1, now=now, head=head) or None
    except Exception as error:
        if not head:
            raise
        log.warning("event not delivered", id=head[0], exc_info=error)
        failure = {"id": head[0], "error": repr(error)[:2000], "most": MOST_DELIVERIES, "now": now}
        async with db.transaction() as tx:
            await tx.execute(NOTE_FAILURE, failure)
        return 0


async def _deliver_batch(
    db: Database, shard: int, size: int, *, now: datetime, head: list[int] | None = None
) -> int:
    async with db.transaction() as tx:
        if not await tx.scalar(TAKE_SHARD, {"space": SHARD_LOCK, "shard": shard}):
            return 0
        rows = (await tx.execute(TAKE_EVENTS, {"shard": shard, "batch": size, "now": now})).all()
        if not rows:
            return 0
        if head is not None:
            head.append(rows[0].id)
        await _let_subscribers_act(tx, rows)
        crash.point("after-effect")
        await tx.execute(MARK_SENT, {"ids": [row.id for row in rows]})
    return len(rows)


async def _let_subscribers_act(tx: WriteSession, rows: Sequence[Row[Any]]) -> None:
    """Each subscriber acts on each event that it has not acted on yet."""
    wanted = [
        (row, kind) for row in rows for kind in (outbox.subscribers_of(row.topic) or ("log",))
    ]
    noted = await tx.execute(
        NOTE_EFFECTS,
        {
            "keys": [row.dedup_key for row, _ in wanted],
            "kinds": [kind for _, kind in wanted],
            "orders": [row.order_id for row, _ in wanted],
        },
    )
    fresh = {(dedup_key, kind) for dedup_key, kind in noted}
    for row, kind in wanted:
        subscriber = outbox.subscribers_of(row.topic).get(kind)
        if subscriber is not None and (row.dedup_key, kind) in fresh:
            await subscriber(tx, outbox.read_event(row.topic, row.payload))
