"""Payment sessions: opened beside their order, told what the provider answered, closed.

The order's row is locked before any of its sessions is touched.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from sokoni.kernel import outbox, writes
from sokoni.kernel.db import WriteSession
from sokoni.kernel.money import Money
from sokoni.orders import service as orders
from sokoni.payments.events import PaymentDeclined
from sokoni.payments.port import PaymentMode, ProviderPayment, ProviderStatus
from sokoni.payments.queries import Session
from sokoni.payments.states import FROM_PROVIDER, SessionStatus

COLUMNS = (*Session.__dataclass_fields__, "updated_at")
OPEN = f"""
    opened AS (
        INSERT INTO payments.sessions ({", ".join(COLUMNS)})
        VALUES ({", ".join(f":{name}" for name in COLUMNS)}))
"""  # noqa: S608 - column names of our own dataclass


@dataclass(frozen=True, slots=True)
class Opening:
    """A session about to be written, and how."""

    session: Session
    part: writes.Part


async def open_session(
    tx: WriteSession,
    *,
    session_id: UUID,
    order_id: UUID,
    provider: str,
    mode: PaymentMode,
    amount: Money,
    success_url: str | None,
    cancel_url: str | None,
    expires_at: datetime,
    now: datetime,
) -> Session:
    """Write the session, with the key under which the provider will open it once."""
    opening = prepare_session(
        session_id=session_id,
        order_id=order_id,
        provider=provider,
        mode=mode,
        amount=amount,
        success_url=success_url,
        cancel_url=cancel_url,
        expires_at=expires_at,
        now=now,
    )
    await writes.together(tx, opening.part)
    return opening.session


def prepare_session(
    *,
    session_id: UUID,
    order_id: UUID,
    provider: str,
    mode: PaymentMode,
    amount: Money,
    success_url: str | None,
    cancel_url: str | None,
    expires_at: datetime,
    now: datetime,
) -> Opening:
    """As `open_session`, beside the writes of others."""
    session = Session(
        id=session_id,
        order_id=order_id,
        provider=provider,
        mode=mode,
        status=SessionStatus.PENDING,
        amount=amount.amount,
        currency=amount.currency,
        captured=0,
        refunded=0,
        reference=None,
        capture_reference=None,
        key=f"sokoni-{session_id}",
        client_secret=None,
        url=None,
        success_url=success_url,
        cancel_url=cancel_url,
        failure_code=None,
        failure_message=None,
        declines=0,
        expires_at=expires_at,
        created_at=now,
    )
    values = {name: getattr(session, name) for name in Session.__dataclass_fields__}
    return Opening(session=session, part=writes.Part(OPEN, {**values, "updated_at": now}))


OPENED = text(
    """
    UPDATE payments.sessions
       SET reference = :reference, client_secret = :client_secret, url = :url,
           status = CASE WHEN status = 'pending' THEN :status ELSE status END, updated_at = :now
     WHERE id = :id AND (reference IS NULL OR reference = :reference)
    """
)


async def opened(
    tx: WriteSession, *, session_id: UUID, payment: ProviderPayment, now: datetime
) -> None:
    """Note what the provider opened. A session that was closed meanwhile keeps its status."""
    status = FROM_PROVIDER[payment.status]
    if status is not SessionStatus.REQUIRES_ACTION:
        status = SessionStatus.PENDING
    await tx.execute(
        OPENED,
        {
            "id": session_id,
            "reference": payment.reference,
            "client_secret": payment.client_secret,
            "url": payment.url,
            "status": status,
            "now": now,
        },
    )


DECLINED = text(
    """
    UPDATE payments.sessions
       SET status = 'failed', failure_code = :code, failure_message = :message, updated_at = :now,
           declines = declines + 1, last_attempt = :attempt,
           reference = coalesce(reference, nullif(:reference, ''))
     WHERE id = :id AND status IN ('pending', 'requires_action', 'failed')
       AND (status <> 'failed' OR last_attempt IS DISTINCT FROM :attempt)
    RETURNING id
    """
)


async def declined(
    tx: WriteSession, *, session: Session, payment: ProviderPayment, now: datetime
) -> None:
    """Note a decline, once; the order stays pending and the buyer may try again."""
    await orders.current_state(tx, order_id=session.order_id)
    changed = await tx.scalar(
        DECLINED,
        {
            "id": session.id,
            "code": payment.failure_code,
            "message": payment.failure_message,
            "attempt": payment.attempt_reference,
            "reference": payment.reference,
            "now": now,
        },
    )
    if changed is None:
        return
    await orders.note(
        tx,
        order_id=session.order_id,
        kind="payment_declined",
        actor=f"provider:{session.provider}",
        data={"payment_id": str(session.id), "code": payment.failure_code},
        now=now,
    )
    outbox.publish(
        tx,
        PaymentDeclined(
            order_id=session.order_id, session_id=session.id, code=payment.failure_code
        ),
    )


WAITING = text(
    """
    UPDATE payments.sessions
       SET status = :status, updated_at = :now, url = coalesce(:url, url),
           reference = coalesce(reference, nullif(:reference, ''))
     WHERE id = :id
       AND (status IN ('pending', 'requires_action') OR status = 'failed' AND :is_new_try)
    """
)


async def waiting(
    tx: WriteSession, *, session: Session, payment: ProviderPayment, now: datetime
) -> None:
    """The provider waits for the buyer or for the bank.

    After a decline, only a new try that is under way changes anything.
    """
    await tx.execute(
        WAITING,
        {
            "id": session.id,
            "status": FROM_PROVIDER[payment.status],
            "is_new_try": payment.status is not ProviderStatus.OPEN,
            "url": payment.url,
            "reference": payment.reference,
            "now": now,
        },
    )


CLOSE = text(
    """
    UPDATE payments.sessions SET status = :status, updated_at = :now
     WHERE id = :id AND status IN ('pending', 'requires_action', 'failed')
    """
)
CLOSE_ALL = text(
    """
    UPDATE payments.sessions SET status = :status, updated_at = :now
     WHERE order_id = :order_id AND status IN ('pending', 'requires_action', 'failed')
    """
)
TOUCH = text("UPDATE payments.sessions SET updated_at = :now WHERE id = :id")


async def close(
    tx: WriteSession, *, session_id: UUID, status: SessionStatus, now: datetime
) -> None:
    """The session is over without money: cancelled or expired."""
    await tx.execute(CLOSE, {"id": session_id, "status": status, "now": now})


async def close_all(
    tx: WriteSession, *, order_id: UUID, status: SessionStatus, now: datetime
) -> None:
    """No session of this order may be paid any more; the caller has the provider told."""
    await tx.execute(CLOSE_ALL, {"order_id": order_id, "status": status, "now": now})


async def touch(tx: WriteSession, *, session_id: UUID, now: datetime) -> None:
    """The reconciler has asked about it: look at it again later, not at once."""
    await tx.execute(TOUCH, {"id": session_id, "now": now})
