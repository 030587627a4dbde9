"""`Idempotency-Key`: the same request, sent again, is answered and not done again.

The record is written in the business transaction, so there is an answer exactly when there is an
effect. A twin that is still in flight is told so by an advisory try-lock; a twin that commits
between our snapshot and our write is caught by the primary key and replayed.

A flow (checkout, payments) has several transactions: it `claim`s the key in the first, and
`finish`es it in a later one. In between the record says which process works on it. That process
holds an advisory lock on its number for as long as it lives, so a replay after a crash resumes at
once, and a replay beside a living twin waits for it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, delete, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from sokoni.kernel import writes
from sokoni.kernel.db import Base, RetryTransaction, WriteSession
from sokoni.kernel.errors import Conflict, FieldError, Invalid
from sokoni.kernel.keyed import Keyed

KEPT = timedelta(hours=24)
CLAIM = timedelta(seconds=20)
KEPT_HEADERS = ("content-type", "location", "etag")


class IdempotencyRecord(Base):
    """One key of one caller on one route: in progress (a flow), or done with its answer."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        CheckConstraint("state in ('in_progress', 'done')", name="state"),
        CheckConstraint("(state = 'done') = (status is not null)", name="done_has_answer"),
        Index("idempotency_keys_by_age", "created_at"),
        Index(
            "idempotency_keys_in_progress",
            "created_at",
            postgresql_where=text("state = 'in_progress'"),
        ),
        Index(
            "idempotency_keys_by_order", "order_id", postgresql_where=text("order_id is not null")
        ),
        {"schema": "kernel"},
    )

    scope: Mapped[str] = mapped_column(primary_key=True)
    method: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes]
    state: Mapped[str]
    order_id: Mapped[UUID | None]
    status: Mapped[int | None]
    headers: Mapped[dict[str, str] | None] = mapped_column(JSONB)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    worker: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime]


class IdempotencyKeyReused(Invalid):
    """This Idempotency-Key was used for another request"""


class RequestInProgress(Conflict):
    """The same request is being carried out right now"""

    def __init__(self) -> None:
        super().__init__(
            "Another request with this Idempotency-Key has not finished; ask again shortly.",
            headers={"Retry-After": "1"},
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it went out: status, the headers worth keeping, bytes."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Resumable:
    """A flow's earlier try that stopped half-way, and the order it had made."""

    order_id: UUID | None


RECALL = writes.Statement(
    """
    SELECT pg_try_advisory_xact_lock(hashtextextended(:lock, 0)) AS mine, k.fingerprint, k.state,
           k.order_id, k.status, k.headers, k.body, k.claimed_at,
           CASE WHEN k.state = 'in_progress'
                THEN NOT pg_try_advisory_xact_lock(k.worker) END AS worker_lives
      FROM (SELECT 1) AS one
      LEFT JOIN kernel.idempotency_keys AS k
        ON k.scope = :scope AND k.method = :method AND k.path = :path AND k.key = :key
           AND k.created_at > :since
    """
)


async def recall(tx: WriteSession, keyed: Keyed) -> Answer | Resumable | None:
    """The stored answer, an interrupted try, or None the first time.

    Raises RequestInProgress beside a living twin and IdempotencyKeyReused for another body.
    """
    row = await RECALL.row(
        tx,
        {
            **keyed.identity,
            "lock": "|".join(keyed.identity.values()),
            "since": keyed.now - KEPT,
        },
    )
    assert row is not None, "it joins to one row"
    if not row.mine:
        raise RequestInProgress
    if row.state is None:
        return None
    if row.fingerprint != keyed.fingerprint:
        raise IdempotencyKeyReused(
            "Send a new key with a changed request.",
            errors=[
                FieldError("/headers/Idempotency-Key", "belongs to a request with another body")
            ],
        )
    if row.state == "done":
        return Answer(status=row.status, headers=row.headers, body=row.body)
    if row.worker_lives and keyed.now - row.claimed_at < CLAIM:
        raise RequestInProgress
    return Resumable(order_id=row.order_id)


async def store(tx: WriteSession, keyed: Keyed, answer: Answer) -> None:
    """Keep the answer of a request that takes one transaction."""
    await _write(tx, _writing(keyed, state="done", answer=answer))


async def claim(tx: WriteSession, keyed: Keyed, *, order_id: UUID | None) -> None:
    """Note in a flow's first transaction that this process works on the key."""
    await _write(tx, claiming(keyed, order_id=order_id))


def claiming(keyed: Keyed, *, order_id: UUID | None) -> writes.Part:
    """As `claim`, beside the flow's first writes; `check_claimed` is to be asked of the answer."""
    return _writing(keyed, state="in_progress", order_id=order_id, worker=keyed.worker)


def check_claimed(row: writes.Row) -> None:
    """Raise RetryTransaction where a twin has written the record."""
    if not row.claimed:
        raise RetryTransaction


async def reclaim(tx: WriteSession, keyed: Keyed) -> None:
    """Take over an interrupted try."""
    await tx.execute(
        update(IdempotencyRecord)
        .where(*_is(keyed), IdempotencyRecord.state == "in_progress")
        .values(worker=keyed.worker, claimed_at=keyed.now)
    )


FINISH = """
    finished AS (
        UPDATE kernel.idempotency_keys
           SET state = 'done', status = :status, headers = CAST(:headers AS jsonb), body = :body,
               worker = NULL
         WHERE scope = :scope AND method = :method AND path = :path AND key = :key
           AND state = 'in_progress')
"""


async def finish(tx: WriteSession, keyed: Keyed, answer: Answer) -> None:
    """Keep the answer of a flow, in its last transaction.

    The first answer stays: a try that was overtaken by its twin changes nothing any more.
    """
    await writes.together(tx, finishing(keyed, answer))


def finishing(keyed: Keyed, answer: Answer) -> writes.Part:
    """As `finish`, beside the flow's last writes."""
    values = {
        **keyed.identity,
        "status": answer.status,
        "headers": writes.json_text(answer.headers),
        "body": answer.body,
    }
    return writes.Part(FINISH, values)


async def let_go(tx: WriteSession, keyed: Keyed) -> None:
    """Give an unfinished key back, so that the next try need not wait for us."""
    await tx.execute(
        update(IdempotencyRecord)
        .where(
            *_is(keyed),
            IdempotencyRecord.worker == keyed.worker,
            IdempotencyRecord.claimed_at == keyed.now,  # ours, not a twin's in the same process
        )
        .values(claimed_at=keyed.now - CLAIM)
    )


async def forget(tx: WriteSession, keyed: Keyed) -> None:
    """Drop an unfinished key of ours, for a flow that may be started afresh."""
    await tx.execute(
        delete(IdempotencyRecord).where(
            *_is(keyed),
            IdempotencyRecord.worker == keyed.worker,
            IdempotencyRecord.claimed_at == keyed.now,
        )
    )


async def forget_old(tx: WriteSession, *, now: datetime) -> None:
    """Drop records past their 24 hours."""
    await tx.execute(delete(IdempotencyRecord).where(IdempotencyRecord.created_at < now - KEPT))


def _is(keyed: Keyed) -> list[Any]:
    return [getattr(IdempotencyRecord, name) == value for name, value in keyed.identity.items()]


# A record that outlived its 24 hours gives way.
WRITE = """
    claimed AS (
        INSERT INTO kernel.idempotency_keys AS k
               (scope, method, path, key, fingerprint, state, order_id, status, headers, body,
                worker, created_at, claimed_at)
        VALUES (:scope, :method, :path, :key, :fingerprint, :state, :order_id, :status,
                CAST(:headers AS jsonb), :body, :worker, :now, :now)
        ON CONFLICT (scope, method, path, key)
        DO UPDATE SET fingerprint = excluded.fingerprint, state = excluded.state,
                      order_id = excluded.order_id, status = excluded.status,
                      headers = excluded.headers, body = excluded.body, worker = excluded.worker,
                      created_at = excluded.created_at, claimed_at = excluded.claimed_at
         WHERE k.created_at <= :outlived
        RETURNING 1)
"""


def _writing(
    keyed: Keyed,
    *,
    state: str,
    order_id: UUID | None = None,
    answer: Answer | None = None,
    worker: int | None = None,
) -> writes.Part:
    values = {
        **keyed.identity,
        "fingerprint": keyed.fingerprint,
        "state": state,
        "order_id": order_id,
        "status": answer.status if answer else None,
        "headers": writes.json_text(answer.headers) if answer else None,
        "body": answer.body if answer else None,
        "worker": worker,
        "now": keyed.now,
        "outlived": keyed.now - KEPT,
    }
    return writes.Part(WRITE, values, tells="EXISTS (SELECT FROM claimed) AS claimed")


async def _write(tx: WriteSession, record: writes.Part) -> None:
    """Write the record alone. Raises RetryTransaction where a twin has written it."""
    check_claimed(await writes.together(tx, record))
