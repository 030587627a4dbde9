"""`Idempotency-Key` for flows: endpoints with several transactions and calls to the outside.

    async with idempotent(db, keyed) as attempt:
        if attempt.answer is not None:                     # done before: the same answer again
            return replayed(attempt.answer)
        if attempt.is_resumed:                             # an earlier try stopped half-way
            order_id = attempt.order_id                    # ... after it had made this order
        else:
            async with db.transaction() as tx:             # the flow's first transaction
                await attempt.claim(tx, order_id=order_id)
                ...
        ...                                                # calls to the outside, under stored keys
        return await conclude(db, attempt, status=201, body=encoded)

`conclude` keeps the answer in a transaction of its own; a flow that can encode its answer earlier
calls `attempt.finish` in its last transaction.

The block raises RequestInProgress beside a living twin and IdempotencyKeyReused for another body.
Leaving it by an error, or without `finish`, forgets the key: the next try starts afresh, so the
flow must be one that may be. After a crash the key stays, and the next try resumes. The twin of a
request that has not claimed yet is caught by the primary key: its `claim` raises RetryTransaction,
so run the first transaction by `db.run`, or let the error through: it becomes RequestInProgress.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from starlette.responses import Response

from sokoni.kernel import idempotency
from sokoni.kernel.db import Database, RetryTransaction, WriteSession
from sokoni.kernel.idempotency import CLAIM, Answer, RequestInProgress
from sokoni.kernel.keyed import Keyed

ABANDONED = timedelta(seconds=60)


@dataclass
class Attempt:
    """One try at a keyed flow. Without a key every try is the first, and nothing is kept."""

    keyed: Keyed | None
    answer: Answer | None = None
    is_resumed: bool = False
    order_id: UUID | None = None
    has_claimed: bool = False
    is_finished: bool = False

    async def claim(self, tx: WriteSession, *, order_id: UUID | None = None) -> None:
        """Note in the flow's first transaction that it is under way, and for which order."""
        if self.keyed is None:
            return
        self.has_claimed = True
        if self.is_resumed:
            await idempotency.reclaim(tx, self.keyed)
        else:
            await idempotency.claim(tx, self.keyed, order_id=order_id)

    async def finish(self, tx: WriteSession, answer: Answer) -> None:
        """Keep the answer, in the flow's last transaction."""
        if self.keyed is None:
            return
        await idempotency.finish(tx, self.keyed, answer)
        self.is_finished = True


@asynccontextmanager
async def idempotent(db: Database, keyed: Keyed | None) -> AsyncGenerator[Attempt]:
    """See the module's docstring."""
    attempt = await _look(db, keyed)
    try:
        yield attempt
    except RetryTransaction as error:
        raise RequestInProgress from error
    finally:
        if keyed is not None and attempt.has_claimed and not attempt.is_finished:
            async with db.transaction() as tx:
                await idempotency.forget(tx, keyed)


async def conclude(db: Database, attempt: Attempt, *, status: int, body: bytes) -> Response:
    """Keep the flow's JSON answer, and give it."""
    answer = Answer(status=status, headers={"content-type": "application/json"}, body=body)
    if attempt.keyed is not None:
        async with db.transaction() as tx:
            await attempt.finish(tx, answer)
    return Response(body, status_code=status, headers=answer.headers)


async def _look(db: Database, keyed: Keyed | None) -> Attempt:
    if keyed is None:
        return Attempt(keyed=None)
    async with db.transaction() as tx:
        found = await idempotency.recall(tx, keyed)
        if isinstance(found, Answer):
            return Attempt(keyed=keyed, answer=found, is_finished=True)
        if found is None:
            return Attempt(keyed=keyed)
        await idempotency.reclaim(tx, keyed)
        return Attempt(keyed=keyed, is_resumed=True, order_id=found.order_id, has_claimed=True)


@dataclass(frozen=True, slots=True)
class Abandoned:
    """A flow that stopped half-way, and whose client has not come back."""

    keyed: Keyed
    order_id: UUID


FIND_ABANDONED = text(
    """
    SELECT scope, method, path, key, fingerprint, order_id, claimed_at
      FROM kernel.idempotency_keys
     WHERE state = 'in_progress' AND order_id IS NOT NULL AND path LIKE ANY (:paths)
       AND created_at < :before AND claimed_at < :let_go
     ORDER BY created_at LIMIT :most FOR UPDATE SKIP LOCKED
    """
)


async def abandoned(
    tx: WriteSession, *, paths: Sequence[str], now: datetime, limit: int = 100
) -> list[Abandoned]:
    """Flows on these routes (LIKE patterns) that nobody will end; the caller `finish`es them."""
    values = {
        "paths": list(paths),
        "before": now - ABANDONED,
        "let_go": now - CLAIM,
        "most": limit,
    }
    return [
        Abandoned(
            keyed=Keyed(
                scope=row.scope,
                method=row.method,
                path=row.path,
                key=row.key,
                fingerprint=row.fingerprint,
                worker=0,
                now=row.claimed_at,
            ),
            order_id=row.order_id,
        )
        for row in await tx.execute(FIND_ABANDONED, values)
    ]
