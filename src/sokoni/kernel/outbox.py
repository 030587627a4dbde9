"""The outbox: what happened, as rows of the transaction in which it happened.

`publish` has the row written; the worker delivers it at least once, in order per aggregate, and
each subscriber's effect is one transaction with its row in `kernel.effects`, so that it counts
exactly once. An event nobody subscribes to leaves an effect of kind `log`.

Lock order: a worker holds the advisory lock of one shard while it delivers; aggregates are spread
over the shards by their id, so two workers never deliver one aggregate's events side by side.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, SmallInteger, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.event import listens_for
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from sokoni.kernel import writes
from sokoni.kernel.db import Base, WriteSession
from sokoni.kernel.held import PUBLISHED
from sokoni.kernel.ids import new_id

SHARDS = 16
WAKE = "wake"
PENDING = text("state = 'pending'")


class OutboxState(StrEnum):
    PENDING = "pending"
    SENT = "sent"
    DEAD = "dead"


class OutboxRow(Base):
    """One event: pending until every subscriber has had it, or dead after too many failures."""

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts"),
        Index("outbox_pending_by_shard", "shard", "id", postgresql_where=PENDING),
        Index("outbox_tried", "id", postgresql_where=text("state = 'pending' AND attempts > 0")),
        Index("outbox_dead", "id", postgresql_where=text("state = 'dead'")),
        Index("outbox_by_order", "order_id", postgresql_where=text("order_id is not null")),
        {"schema": "kernel"},
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    event_id: Mapped[UUID] = mapped_column(unique=True, default=new_id)
    dedup_key: Mapped[str] = mapped_column(unique=True)
    topic: Mapped[str]
    aggregate_id: Mapped[UUID]
    shard: Mapped[int] = mapped_column(SmallInteger)
    order_id: Mapped[UUID | None]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[OutboxState] = mapped_column(default=OutboxState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(server_default=func.now())
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None]


class Effect(Base):
    """A subscriber has acted on an event; the row and its effect are one transaction."""

    __tablename__ = "effects"
    __table_args__ = ({"schema": "kernel"},)

    dedup_key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[UUID | None]
    at: Mapped[datetime] = mapped_column(server_default=func.now())


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened. Subclasses set `topic` (`order.paid`) and say what they are about.

    A changed shape gets a new topic (`order.paid.v2`): rows of the old one may still be waiting.
    """

    topic: ClassVar[str]

    @property
    def aggregate_id(self) -> UUID:
        """What the event is about; events of one aggregate are delivered in order."""
        raise NotImplementedError

    @property
    def order_id_or_none(self) -> UUID | None:
        """The order concerned, for the audit views."""
        found = getattr(self, "order_id", None)
        return found if isinstance(found, UUID) else None

    def dedup_key(self, event_id: UUID) -> str:
        """Unique per fact. A fact that can happen once per aggregate drops the event id."""
        return f"{self.topic}:{event_id}"


SomeEvent = TypeVar("SomeEvent", bound=Event)
Subscriber = Callable[[WriteSession, SomeEvent], Awaitable[None]]
BatchSubscriber = Callable[[WriteSession, Sequence[SomeEvent]], Awaitable[None]]

_topics: dict[str, type[Event]] = {}
_subscribers: dict[str, dict[str, BatchSubscriber[Any]]] = {}


def subscribe(
    event: type[SomeEvent], *, kind: str
) -> Callable[[Subscriber[SomeEvent]], Subscriber[SomeEvent]]:
    """Register a subscriber; `kind` names its effect and must never change."""

    def register(subscriber: Subscriber[SomeEvent]) -> Subscriber[SomeEvent]:
        async def each(tx: WriteSession, events: Sequence[SomeEvent]) -> None:
            for one in events:
                await subscriber(tx, one)

        subscribe_batch(event, kind=kind)(each)
        return subscriber

    return register


def subscribe_batch(
    event: type[SomeEvent], *, kind: str
) -> Callable[[BatchSubscriber[SomeEvent]], BatchSubscriber[SomeEvent]]:
    """As `subscribe`, for one that takes hundreds of events in a few statements.

    It gets those of a delivery together, oldest first. If it raises, none of them has happened
    and it gets them again in smaller parts, so what it does must not depend on how many come.
    """

    def register(subscriber: BatchSubscriber[SomeEvent]) -> BatchSubscriber[SomeEvent]:
        _topics[event.topic] = event
        _subscribers.setdefault(event.topic, {})[kind] = subscriber
        return subscriber

    return register


def subscribers_of(topic: str) -> dict[str, BatchSubscriber[Any]]:
    return _subscribers.get(topic, {})


def read_event(topic: str, payload: str) -> Event:
    """The event of a row's payload, which is JSON."""
    return msgspec.json.decode(payload, type=_topics[topic], strict=False)


def publish(tx: WriteSession, event: Event) -> None:
    """Let the event leave with this transaction's commit, or not at all.

    It is written by the commit, or earlier by whoever puts `publishing` beside their own writes.
    """
    tx.info.setdefault(PUBLISHED, []).append(_Published(event, _savepoints(tx.sync_session)))
    tx.info[WAKE] = True


def publishing(tx: WriteSession) -> writes.Part:
    """The events published so far, as a part of a statement outside of any savepoint."""
    assert not tx.in_nested_transaction(), "its events would be undone with the savepoint"
    return writes.Part(PUBLISHING, _columns(tx.info.pop(PUBLISHED, [])))


@dataclass(frozen=True, slots=True)
class _Published:
    """An event that waits to be written, and the savepoints with which it would be undone."""

    event: Event
    savepoints: tuple[SessionTransaction, ...]


PUBLISHING = """
    published AS (
        INSERT INTO kernel.outbox
               (event_id, dedup_key, topic, aggregate_id, shard, order_id, payload, state, attempts)
        SELECT event_id, dedup_key, topic, aggregate_id, shard, order_id, CAST(payload AS jsonb),
               'pending', 0
          FROM unnest(CAST(:event_ids AS uuid[]), CAST(:dedup_keys AS text[]),
                      CAST(:topics AS text[]), CAST(:aggregate_ids AS uuid[]),
                      CAST(:shards AS smallint[]), CAST(:order_ids AS uuid[]),
                      CAST(:payloads AS text[])) WITH ORDINALITY
               AS e (event_id, dedup_key, topic, aggregate_id, shard, order_id, payload, nth)
         ORDER BY nth)
"""
PUBLISH = text(f"WITH {PUBLISHING} SELECT 1")


def _columns(published: Sequence[_Published]) -> dict[str, list[Any]]:
    events = [one.event for one in published]
    ids = [new_id() for _ in events]
    aggregates = [event.aggregate_id for event in events]
    return {
        "event_ids": ids,
        "dedup_keys": [event.dedup_key(each) for event, each in zip(events, ids, strict=True)],
        "topics": [event.topic for event in events],
        "aggregate_ids": aggregates,
        "shards": [each.int % SHARDS for each in aggregates],
        "order_ids": [event.order_id_or_none for event in events],
        "payloads": [msgspec.json.encode(event).decode() for event in events],
    }


def _savepoints(session: Session) -> tuple[SessionTransaction, ...]:
    """The savepoints that are open now, the innermost first."""
    found, inside = [], session.get_nested_transaction()
    while inside is not None and inside.nested:
        found.append(inside)
        inside = inside.parent
    return tuple(found)


@listens_for(Session, "before_commit")
def _write_published(session: Session) -> None:
    """With the commit itself: what a savepoint wrote of earlier events would be undone with it."""
    if session.info.get(PUBLISHED) and not session.in_nested_transaction():
        session.execute(PUBLISH, _columns(session.info.pop(PUBLISHED)))


@listens_for(Session, "after_soft_rollback")
def _drop_published(session: Session, undone: SessionTransaction) -> None:
    if PUBLISHED in session.info:
        session.info[PUBLISHED] = [
            one for one in session.info[PUBLISHED] if undone.nested and undone not in one.savepoints
        ]
