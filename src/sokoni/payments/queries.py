"""Reads of payments: sessions, refunds, what the reconciler shall look at, the books."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.engine import Row

from sokoni.cart import queries as carts
from sokoni.kernel.access import Caller
from sokoni.kernel.db import ReadSession
from sokoni.kernel.money import Money
from sokoni.kernel.paging import Rows, decode_cursor, encode_cursor
from sokoni.orders import tokens
from sokoni.orders.queries import Order
from sokoni.payments.port import PaymentMode, RefundStatus
from sokoni.payments.states import SessionStatus


@dataclass(frozen=True, slots=True)
class Session:
    """One try to be paid for an order."""

    id: UUID
    order_id: UUID
    provider: str
    mode: PaymentMode
    status: SessionStatus
    amount: int
    currency: str
    captured: int
    refunded: int
    reference: str | None
    capture_reference: str | None
    key: str
    client_secret: str | None
    url: str | None
    success_url: str | None
    cancel_url: str | None
    failure_code: str | None
    failure_message: str | None
    declines: int
    expires_at: datetime
    created_at: datetime

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund; `amount` in minor units."""

    id: UUID
    order_id: UUID
    session_id: UUID
    provider: str
    amount: int
    currency: str
    reason: str
    status: RefundStatus
    key: str
    reference: str | None
    error: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """A webhook of the inbox."""

    provider: str
    event_id: str
    kind: str
    payment_reference: str | None
    refund_reference: str | None
    received_at: datetime
    done: bool


async def may_see(db: ReadSession, order: Order, caller: Caller, *, secret: str) -> bool:
    """Whether the caller may see the order and pay it: by owner, order token, cart token, role."""
    if tokens.may_see(order, caller, secret=secret):
        return True
    token = caller.cart_token
    return token is not None and await carts.is_token_of(db, cart_id=order.cart_id, token=token)


COLUMNS = ", ".join(f"s.{name}" for name in Session.__dataclass_fields__)
REFUND_COLUMNS = ", ".join(Refund.__dataclass_fields__)
EVENT_COLUMNS = ", ".join(StoredEvent.__dataclass_fields__)
SELECT = f"SELECT {COLUMNS} FROM payments.sessions AS s "  # noqa: S608 - our own column names


async def session(db: ReadSession, session_id: UUID) -> Session | None:
    rows = await db.execute(text(SELECT + "WHERE s.id = :id"), {"id": session_id})
    return _first(rows)


async def by_reference(db: ReadSession, *, provider: str, reference: str) -> Session | None:
    statement = text(SELECT + "WHERE s.provider = :provider AND s.reference = :reference")
    return _first(await db.execute(statement, {"provider": provider, "reference": reference}))


async def sessions_of(db: ReadSession, order_ids: list[UUID]) -> dict[UUID, list[Session]]:
    """Each order's sessions, oldest first."""
    statement = text(SELECT + "WHERE s.order_id = ANY(:ids) ORDER BY s.created_at, s.id")
    found: dict[UUID, list[Session]] = {order_id: [] for order_id in order_ids}
    for row in await db.execute(statement, {"ids": order_ids}):
        found[row.order_id].append(_session(row))
    return found


async def sessions_by_id(db: ReadSession, ids: list[UUID]) -> dict[UUID, Session]:
    rows = await db.execute(text(SELECT + "WHERE s.id = ANY(:ids)"), {"ids": ids})
    return {row.id: _session(row) for row in rows}


async def to_reconcile(
    db: ReadSession, *, providers: list[str], now: datetime, older_than: timedelta, limit: int
) -> list[Session]:
    """Sessions at these providers that are undecided and were not looked at lately.

    Those that ended without money are looked at for a day more, less and less often: late money
    comes to them.
    """
    statement = text(
        SELECT
        + """
        WHERE s.provider = ANY(:providers) AND s.updated_at < :before
          AND (s.status IN ('pending', 'requires_action', 'failed')
               OR s.status IN ('cancelled', 'expired') AND s.reference IS NOT NULL
                  AND s.created_at > :late
                  AND s.updated_at < CAST(:now AS timestamptz)
                      - (CAST(:now AS timestamptz) - s.created_at) / 4)
        ORDER BY s.updated_at LIMIT :limit
        """
    )
    values = {
        "providers": providers,
        "now": now,
        "before": now - older_than,
        "late": now - timedelta(days=1),
        "limit": limit,
    }
    return [_session(row) for row in await db.execute(statement, values)]


async def refund(db: ReadSession, refund_id: UUID) -> Refund | None:
    statement = text(f"SELECT {REFUND_COLUMNS} FROM payments.refunds WHERE id = :id")  # noqa: S608
    return _refund((await db.execute(statement, {"id": refund_id})).one_or_none())


async def refund_by_reference(db: ReadSession, *, provider: str, reference: str) -> Refund | None:
    statement = text(
        f"SELECT {REFUND_COLUMNS} FROM payments.refunds"  # noqa: S608
        " WHERE provider = :provider AND reference = :reference"
    )
    rows = await db.execute(statement, {"provider": provider, "reference": reference})
    return _refund(rows.one_or_none())


async def refunds_to_ask_about(
    db: ReadSession, *, providers: list[str], now: datetime, older_than: timedelta, limit: int
) -> list[Refund]:
    """Refunds that were sent and not decided, or whose sending was lost."""
    statement = text(
        f"SELECT {REFUND_COLUMNS} FROM payments.refunds"  # noqa: S608
        " WHERE status = 'pending' AND provider = ANY(:providers) AND updated_at < :before"
        " ORDER BY updated_at LIMIT :limit"
    )
    values = {"providers": providers, "before": now - older_than, "limit": limit}
    rows = await db.execute(statement, values)
    return [found for row in rows if (found := _refund(row)) is not None]


async def inbox_event(db: ReadSession, *, provider: str, event_id: str) -> StoredEvent | None:
    statement = text(
        f"SELECT {EVENT_COLUMNS} FROM payments.inbox"  # noqa: S608
        " WHERE provider = :provider AND event_id = :event_id"
    )
    row = (await db.execute(statement, {"provider": provider, "event_id": event_id})).one_or_none()
    return None if row is None else StoredEvent(*row)


async def events_of(db: ReadSession, found: Session) -> list[StoredEvent]:
    """The webhooks about a session, oldest first."""
    statement = text(
        f"SELECT {EVENT_COLUMNS} FROM payments.inbox"  # noqa: S608
        " WHERE provider = :provider AND (payment_reference = :reference OR order_id = :order_id)"
        " ORDER BY received_at LIMIT 200"
    )
    values = {
        "provider": found.provider,
        "reference": found.reference or "",
        "order_id": found.order_id,
    }
    return [StoredEvent(*row) for row in await db.execute(statement, values)]


@dataclass(frozen=True, slots=True)
class Troubles:
    """Tries to pay that were declined and may be repeated, and refunds that finally failed."""

    payments: int
    refunds: int


TROUBLES = text(
    """
    SELECT (SELECT count(*) FROM (
                SELECT FROM payments.sessions
                 WHERE status in ('pending', 'requires_action', 'failed') AND status = 'failed'
                 LIMIT :most) AS s) AS payments,
           (SELECT count(*) FROM (
                SELECT FROM payments.refunds WHERE status = 'failed' LIMIT :most) AS r) AS refunds
    """
)


async def troubles(db: ReadSession, *, most: int) -> Troubles:
    """What went wrong with money, each counted to `most`."""
    return Troubles(*(await db.execute(TROUBLES, {"most": most})).one())


async def sessions(
    db: ReadSession, *, status: SessionStatus | None, limit: int, cursor: str | None
) -> Rows[Session]:
    """A page of sessions, newest first."""
    conditions: list[str] = []
    values: dict[str, Any] = {"limit": limit + 1}
    if status is not None:
        conditions.append("s.status = :status")
        values["status"] = status
    if cursor is not None:
        created_at, last_id = decode_cursor("payments", cursor, of=tuple[datetime, UUID])
        values |= {"created_at": created_at, "last_id": last_id}
        conditions.append("(s.created_at, s.id) < (:created_at, :last_id)")
    where = "WHERE " + " AND ".join(conditions) if conditions else ""
    statement = text(f"{SELECT} {where} ORDER BY s.created_at DESC, s.id DESC LIMIT :limit")
    found = [_session(row) for row in await db.execute(statement, values)]
    items = found[:limit]
    last = items[-1] if len(found) > limit else None
    return Rows(
        items=items,
        next_cursor=encode_cursor("payments", [last.created_at.isoformat(), str(last.id)])
        if last
        else None,
    )


@dataclass(frozen=True, slots=True)
class Balance:
    """What stands on one account in one currency, in minor units: debits less credits."""

    currency: str
    account: str
    entries: int
    debit: int
    credit: int

    @property
    def balance(self) -> int:
        return self.debit - self.credit


BALANCES = text(
    """
    SELECT j.currency, moved.account, count(*) AS entries,
           CAST(coalesce(sum(moved.amount) FILTER (WHERE moved.amount > 0), 0) AS bigint),
           CAST(coalesce(-sum(moved.amount) FILTER (WHERE moved.amount < 0), 0) AS bigint)
      FROM payments.journal AS j
     CROSS JOIN LATERAL unnest(j.accounts, j.amounts) AS moved (account, amount)
     WHERE CAST(:before AS timestamptz) IS NULL OR j.at < :before
     GROUP BY j.currency, moved.account ORDER BY j.currency, moved.account
    """
)


async def trial_balance(db: ReadSession, *, before: datetime | None) -> list[Balance]:
    """All accounts by currency, of what was booked before that time; None: of everything."""
    return [Balance(*row) for row in await db.execute(BALANCES, {"before": before})]


def _first(rows: Any) -> Session | None:
    row = rows.one_or_none()
    return None if row is None else _session(row)


def _session(row: Row[Any]) -> Session:
    values = {name: getattr(row, name) for name in Session.__dataclass_fields__}
    values["mode"] = PaymentMode(row.mode)
    values["status"] = SessionStatus(row.status)
    return Session(**values)


def _refund(row: Row[Any] | None) -> Refund | None:
    if row is None:
        return None
    values = {name: getattr(row, name) for name in Refund.__dataclass_fields__}
    return Refund(**{**values, "status": RefundStatus(row.status)})
