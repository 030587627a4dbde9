"""Tables of payments: sessions, what was captured and refunded, the inbox, the journal."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from sokoni.kernel.db import Base
from sokoni.payments.port import PaymentMode, RefundStatus
from sokoni.payments.states import SessionStatus

SCHEMA = {"schema": "payments"}


class PaymentSession(Base):
    """One try to be paid for an order. Amounts are minor units of `currency`.

    `reference` names the provider's object, `capture_reference` the movement of money. `key` is
    what the provider knows the request by: opening it twice opens it once. `last_attempt` names
    the last declined try, so that hearing of it again does not count it again.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("captured in (0, amount)", name="captured_in_full"),
        CheckConstraint("refunded between 0 and captured", name="refunded_within_captured"),
        CheckConstraint(
            "(status = 'succeeded') = (settled_at is not null)", name="succeeded_is_settled"
        ),
        UniqueConstraint("provider", "reference"),
        UniqueConstraint("provider", "capture_reference"),
        Index("sessions_by_order", "order_id", "created_at"),
        Index(
            "one_open_session_per_order",
            "order_id",
            unique=True,
            postgresql_where=text("status in ('pending', 'requires_action')"),
        ),
        Index(
            "open_sessions_by_age",
            "updated_at",
            postgresql_where=text("status in ('pending', 'requires_action', 'failed')"),
        ),
        Index("sessions_by_time", text("created_at DESC"), text("id DESC")),
        SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"))
    provider: Mapped[str] = mapped_column(String(32))
    mode: Mapped[PaymentMode]
    status: Mapped[SessionStatus] = mapped_column(default=SessionStatus.PENDING)
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    captured: Mapped[int] = mapped_column(BigInteger, default=0)
    refunded: Mapped[int] = mapped_column(BigInteger, default=0)
    reference: Mapped[str | None]
    capture_reference: Mapped[str | None]
    key: Mapped[str] = mapped_column(unique=True)
    client_secret: Mapped[str | None]
    url: Mapped[str | None]
    success_url: Mapped[str | None]
    cancel_url: Mapped[str | None]
    failure_code: Mapped[str | None]
    failure_message: Mapped[str | None]
    declines: Mapped[int] = mapped_column(default=0)
    last_attempt: Mapped[str | None]
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class MoneyEntry(Base):
    """Money of an order that came or went. A refund is here from its decision on."""

    __tablename__ = "entries"
    __table_args__ = (
        CheckConstraint("kind in ('capture', 'refund', 'chargeback')", name="kind"),
        CheckConstraint("amount > 0", name="amount"),
        UniqueConstraint("provider", "kind", "reference"),
        Index("one_capture_per_order", "order_id", unique=True,
              postgresql_where=text("kind = 'capture'")),
        Index("entries_by_order", "order_id"),
        Index("refunds_by_time", "currency", "at", postgresql_where=text("kind <> 'capture'")),
        SCHEMA,
    )  # fmt: skip

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"))
    session_id: Mapped[UUID] = mapped_column(ForeignKey("payments.sessions.id"))
    refund_id: Mapped[UUID | None] = mapped_column(ForeignKey("payments.refunds.id"))
    provider: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    reference: Mapped[str]
    at: Mapped[datetime]


class Refund(Base):
    """Money to be given back: written before the provider is called, sent under its own key.

    `is_stray`: it returns a second session's capture, which never was the order's money.
    """

    __tablename__ = "refunds"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        UniqueConstraint("provider", "reference"),
        Index("refunds_by_order", "order_id"),
        Index("refunds_by_session", "session_id"),
        Index("refunds_to_send", "updated_at", postgresql_where=text("status = 'pending'")),
        Index("failed_refunds", "id", postgresql_where=text("status = 'failed'")),
        SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.orders.id"))
    session_id: Mapped[UUID] = mapped_column(ForeignKey("payments.sessions.id"))
    provider: Mapped[str] = mapped_column(String(32))
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    reason: Mapped[str] = mapped_column(String(32))
    status: Mapped[RefundStatus] = mapped_column(default=RefundStatus.PENDING)
    is_stray: Mapped[bool] = mapped_column(Boolean, default=False)
    key: Mapped[str] = mapped_column(unique=True)
    reference: Mapped[str | None]
    error: Mapped[str | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class InboxEvent(Base):
    """A verified webhook, stored once per event id; `done` is set with its effect."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index("inbox_waiting", "received_at", postgresql_where=text("NOT done")),
        SCHEMA,
    )

    provider: Mapped[str] = mapped_column(String(32), primary_key=True)
    event_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    payment_reference: Mapped[str | None]
    refund_reference: Mapped[str | None]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    received_at: Mapped[datetime]
    done: Mapped[bool] = mapped_column(default=False)
    done_at: Mapped[datetime | None]
    order_id: Mapped[UUID | None]


class JournalEntry(Base):
    """One balanced booking: account by account, debits positive, credits negative."""

    __tablename__ = "journal"
    __table_args__ = (
        CheckConstraint("payments.sum_of(amounts) = 0", name="balances"),
        CheckConstraint("cardinality(accounts) = cardinality(amounts)", name="amount_per_account"),
        UniqueConstraint("kind", "subject_id"),
        Index("journal_by_order", "order_id"),
        SCHEMA,
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[UUID]
    order_id: Mapped[UUID]
    currency: Mapped[str] = mapped_column(String(3))
    accounts: Mapped[list[str]] = mapped_column(ARRAY(Text))
    amounts: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    at: Mapped[datetime]
