"""Deliver the outbox: each event to each of its subscribers, in order per aggregate, once.

A batch of a few shards is one transaction: the effects of its subscribers, the rows in
`kernel.effects`, the mark `sent`. Subscribers get what a batch has for them together. If one of
them fails, what was done with the batch is undone and its halves are tried one after the other,
down to the single event that is to blame: it is put off, and holds back its own aggregate only.

Lock order: the shards' advisory locks (tried, never waited for), then what subscribers lock, then
the outbox rows. Nobody else touches pending rows, so these need no locks before they are marked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import text
from sqlalchemy.engine import Row

from sokoni.kernel import crash, outbox
from sokoni.kernel.db import Database, WriteSession

log = structlog.get_logger(__name__)

SHARDS_AT_ONCE = 4
MOST_OF_A_SHARD = 125
MOST_DELIVERIES = 10
SHARD_LOCK = 0x50C0

# What waits for its next try holds back what came after it of the same aggregate. Each shard is
# looked into on its own, through the index of what is pending in it: the planner, left to itself,
# reads all that is pending, for it was none when it last counted.
HELD = """
    SELECT aggregate_id FROM kernel.outbox
     WHERE state = 'pending' AND attempts > 0 AND next_try_at > greatest(now(), :now)
"""
IS_DUE = """
    o.shard = number AND o.state = 'pending' AND o.next_try_at <= greatest(now(), :now)
    AND o.aggregate_id NOT IN (SELECT aggregate_id FROM held)
"""
# Some shards that have something due and that nobody else delivers: the filter is asked row by
# row, and stops when it got the locks.
TAKE_SHARDS = text(
    f"""
    WITH held AS MATERIALIZED ({HELD}), due AS MATERIALIZED (
        SELECT number FROM generate_series(0, cast(:shards AS integer) - 1) AS number, LATERAL (
            SELECT FROM kernel.outbox AS o WHERE {IS_DUE} ORDER BY o.id LIMIT 1) AS first
         ORDER BY random())
    SELECT number FROM due WHERE pg_try_advisory_xact_lock(:space, number) LIMIT :most
    """  # noqa: S608 - a constant
)
TAKE_EVENTS = text(
    f"""
    WITH held AS MATERIALIZED ({HELD})
    SELECT due.* FROM unnest(cast(:shards AS integer[])) AS number, LATERAL (
        SELECT id, dedup_key, topic, aggregate_id, order_id, cast(payload AS text) AS payload
          FROM kernel.outbox AS o WHERE {IS_DUE} ORDER BY o.id LIMIT :most) AS due
     ORDER BY id
    """  # noqa: S608 - a constant
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
PUT_OFF = text(
    """
    UPDATE kernel.outbox
       SET attempts = attempts + 1, error = :error,
           state = CASE WHEN attempts + 1 >= :most THEN 'dead' ELSE state END,
           next_try_at = greatest(now(), :now)
                         + least(power(2, attempts), 300) * interval '1 second'
     WHERE id = :id
    """
)


@dataclass(slots=True)
class _Outcome:
    """What became of a batch; `held` are the aggregates whose next events have to wait."""

    now: datetime
    sent: list[int] = field(default_factory=list)
    held: set[UUID] = field(default_factory=set)


async def deliver(db: Database, *, now: datetime) -> int:
    """Deliver a batch of some shards that nobody else is at.

    Returns how many events were delivered or put off: 0 when nothing is left to do here.
    """
    async with db.transaction() as tx:
        take = {"space": SHARD_LOCK, "shards": outbox.SHARDS, "most": SHARDS_AT_ONCE, "now": now}
        shards = list(await tx.scalars(TAKE_SHARDS, take))
        if not shards:
            return 0
        events = {"shards": shards, "most": MOST_OF_A_SHARD, "now": now}
        rows = (await tx.execute(TAKE_EVENTS, events)).all()
        outcome = _Outcome(now)
        await _deliver(tx, rows, outcome)
        crash.point("after-effect")
        await tx.execute(MARK_SENT, {"ids": outcome.sent})
    return len(rows)


async def _deliver(tx: WriteSession, rows: Sequence[Row[Any]], outcome: _Outcome) -> None:
    """All of them, or the halves one after the other; what fails alone is put off."""
    rows = [row for row in rows if row.aggregate_id not in outcome.held]
    if not rows:
        return
    try:
        async with tx.begin_nested():
            await _let_subscribers_act(tx, rows)
    except Exception as error:  # noqa: BLE001 - one bad event must not stop the others
        if len(rows) == 1:
            await _put_off(tx, rows[0], outcome, error=error)
            return
        log.info("delivering by halves", events=len(rows), error=repr(error))
        middle = len(rows) // 2
        await _deliver(tx, rows[:middle], outcome)
        await _deliver(tx, rows[middle:], outcome)
    else:
        outcome.sent += [row.id for row in rows]


async def _put_off(tx: WriteSession, row: Row[Any], outcome: _Outcome, *, error: Exception) -> None:
    """Note the failure; behind a dead letter the aggregate's next events go on."""
    log.warning("event not delivered", id=row.id, exc_info=error)
    failure = {"id": row.id, "error": repr(error)[:2000], "most": MOST_DELIVERIES}
    await tx.execute(PUT_OFF, {**failure, "now": outcome.now})
    outcome.held.add(row.aggregate_id)


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
    for group in _in_turn(rows):
        topic = group[0].topic
        subscribers = outbox.subscribers_of(topic)
        events = [outbox.read_event(topic, row.payload) for row in group] if subscribers else []
        for kind, act in subscribers.items():
            new = [
                event
                for row, event in zip(group, events, strict=True)
                if (row.dedup_key, kind) in fresh
            ]
            if new:
                await act(tx, new)


def _in_turn(rows: Sequence[Row[Any]]) -> list[list[Row[Any]]]:
    """Groups of one topic; what happened to an aggregate keeps its order across them."""
    groups: dict[tuple[int, str], list[Row[Any]]] = {}
    latest: dict[UUID, tuple[int, str]] = {}
    for row in rows:
        turn, topic = latest.get(row.aggregate_id, (0, row.topic))
        if topic != row.topic:
            turn += 1
        latest[row.aggregate_id] = (turn, row.topic)
        groups.setdefault((turn, row.topic), []).append(row)
    return [groups[place] for place in sorted(groups)]
