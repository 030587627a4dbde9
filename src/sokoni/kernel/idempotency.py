"""`Idempotency-Key`: the same request, sent again, is answered and not done again.

The record is written in the business transaction, so there is an answer exactly when there is an
effect. A twin that is still in flight is told so by an advisory try-lock; a twin that commits
between our snapshot and our write is caught by the primary key and replayed.

A flow (checkout, payments) has several transactions: it `claim`s the key in the first, and
`finish`es it in a later one. In between the record says which process works on it. That process
holds an advisory lock on its number for as long as it lives, so a replay after a crash resumes at
once, and a replay beside a living twin waits for it.
"""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Index,
    LargeBinary,
    bindparam,
    delete,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from sokoni.kernel.access import Caller
from sokoni.kernel.db import Base, RetryTransaction, WriteSession
from sokoni.kernel.errors import BadRequest, Conflict, FieldError, Invalid

KEPT = timedelta(hours=24)
CLAIM = timedelta(seconds=20)
ABANDONED = timedelta(seconds=60)
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


class IdempotencyKeyRequired(BadRequest):
    """This request needs an Idempotency-Key header"""


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
class Keyed:
    """A request with its key: what identifies it, and what its body said."""

    scope: str
    method: str
    path: str
    key: str
    fingerprint: bytes
    worker: int
    now: datetime

    @property
    def identity(self) -> dict[str, str]:
        return {"scope": self.scope, "method": self.method, "path": self.path, "key": self.key}


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


RECALL = text(
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
    row = (
        await tx.execute(
            RECALL,
            {
                **keyed.identity,
                "lock": "|".join(keyed.identity.values()),
                "since": keyed.now - KEPT,
            },
        )
    ).one()
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
    await _write(tx, keyed, state="done", answer=answer)


async def claim(tx: WriteSession, keyed: Keyed, *, order_id: UUID | None) -> None:
    """Note in a flow's first transaction that this process works on the key."""
    await _write(tx, keyed, state="in_progress", order_id=order_id, worker=keyed.worker)


async def reclaim(tx: WriteSession, keyed: Keyed) -> None:
    """Take over an interrupted try."""
    await tx.execute(
        update(IdempotencyRecord)
        .where(*_is(keyed), IdempotencyRecord.state == "in_progress")
        .values(worker=keyed.worker, claimed_at=keyed.now)
    )


FINISH = text(
    """
    UPDATE kernel.idempotency_keys
       SET state = 'done', status = :status, headers = :headers, body = :body, worker = NULL
     WHERE scope = :scope AND method = :method AND path = :path AND key = :key
    """
).bindparams(bindparam("headers", type_=JSONB))


async def finish(tx: WriteSession, keyed: Keyed, answer: Answer) -> None:
    """Keep the answer of a flow, in its last transaction."""
    await tx.execute(FINISH, {**keyed.identity, **asdict(answer)})


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
            IdempotencyRecord.state == "in_progress",
            IdempotencyRecord.worker == keyed.worker,
            IdempotencyRecord.claimed_at == keyed.now,
        )
    )


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


async def forget_old(tx: WriteSession, *, now: datetime) -> None:
    """Drop records past their 24 hours."""
    await tx.execute(delete(IdempotencyRecord).where(IdempotencyRecord.created_at < now - KEPT))


async def keyed_request(request: Request) -> Keyed | None:
    """The request's key with its scope and fingerprint, or None without the header."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if not 1 <= len(key) <= 255 or not key.isprintable():
        raise BadRequest(
            "Idempotency-Key must have 1 to 255 printable characters.",
            errors=[FieldError("/headers/Idempotency-Key", "must have 1 to 255 characters")],
        )
    caller: Caller = getattr(request.state, "caller", Caller())
    return Keyed(
        scope=_scope(caller),
        method=request.method,
        path=request.url.path.rstrip("/"),
        key=key,
        fingerprint=await _fingerprint(request),
        worker=request.app.state.process_number,
        now=request.app.state.clock.now(),
    )


async def required_key(request: Request) -> Keyed:
    """As `keyed_request`; raises IdempotencyKeyRequired without the header."""
    keyed = await keyed_request(request)
    if keyed is None:
        raise IdempotencyKeyRequired("Send an Idempotency-Key header, for example a new UUID.")
    return keyed


RequiredKey = Annotated[Keyed, Depends(required_key)]
OptionalKey = Annotated[Keyed | None, Depends(keyed_request)]


def _scope(caller: Caller) -> str:
    """Whose key it is. A token counts, since it may be all that opens what the answer tells."""
    if caller.is_known:
        return caller.actor
    for kind, token in (("cart", caller.cart_token), ("order", caller.order_token)):
        if token:
            return f"{kind}:" + hashlib.sha256(token.encode()).hexdigest()[:32]
    return "anyone"


async def _fingerprint(request: Request) -> bytes:
    """A hash of what was asked, blind to key order in JSON and to the boundary of a form."""
    body = await request.body()
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/"):
        body = body.replace(kind.rpartition("boundary=")[2].strip('"').encode() or b"\0", b"")
    elif body:
        with suppress(ValueError, RecursionError):
            body = json.dumps(json.loads(body), sort_keys=True).encode()
    query = "&".join(sorted(str(request.url.query).split("&")))
    return hashlib.sha256(query.encode() + b"\n" + body).digest()


def _is(keyed: Keyed) -> list[Any]:
    return [getattr(IdempotencyRecord, name) == value for name, value in keyed.identity.items()]


# A record that outlived its 24 hours gives way.
WRITE = text(
    """
    INSERT INTO kernel.idempotency_keys AS k
           (scope, method, path, key, fingerprint, state, order_id, status, headers, body, worker,
            created_at, claimed_at)
    VALUES (:scope, :method, :path, :key, :fingerprint, :state, :order_id, :status, :headers,
            :body, :worker, :now, :now)
    ON CONFLICT (scope, method, path, key)
    DO UPDATE SET fingerprint = excluded.fingerprint, state = excluded.state,
                  order_id = excluded.order_id, status = excluded.status,
                  headers = excluded.headers, body = excluded.body, worker = excluded.worker,
                  created_at = excluded.created_at, claimed_at = excluded.claimed_at
     WHERE k.created_at <= :outlived
    RETURNING key
    """
).bindparams(bindparam("headers", type_=JSONB(none_as_null=True)))


async def _write(
    tx: WriteSession,
    keyed: Keyed,
    *,
    state: str,
    order_id: UUID | None = None,
    answer: Answer | None = None,
    worker: int | None = None,
) -> None:
    """Write the record. Raises RetryTransaction where a twin has written it."""
    written = await tx.scalar(
        WRITE,
        {
            **keyed.identity,
            "fingerprint": keyed.fingerprint,
            "state": state,
            "order_id": order_id,
            "status": answer.status if answer else None,
            "headers": answer.headers if answer else None,
            "body": answer.body if answer else None,
            "worker": worker,
            "now": keyed.now,
            "outlived": keyed.now - KEPT,
        },
    )
    if written is None:
        raise RetryTransaction
