"""Payments for staff: all of them, and what the provider told about one."""

from typing import Annotated

from fastapi import Depends, Query

from sokoni.kernel.access import Permission, Staff
from sokoni.kernel.db import Read
from sokoni.kernel.ids import PaymentId
from sokoni.kernel.paging import DEFAULT_LIMIT, Cursor, Limit, Listed, Page
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.payments import queries
from sokoni.payments.errors import PaymentNotFound
from sokoni.payments.schemas import StaffSessionOut, WebhookOut
from sokoni.payments.states import SessionStatus

router = Api(
    prefix="/admin/payments",
    tags=["admin.payments"],
    dependencies=[Depends(Staff(Permission.PAYMENTS_READ))],
)


@router.get("")
async def list_payments(
    *,
    db: Read,
    status: Annotated[SessionStatus | None, Query(description="Only these.")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[StaffSessionOut]:
    """List payments, newest first."""
    rows = await queries.sessions(db, status=status, limit=limit, cursor=cursor)
    items = [StaffSessionOut.of_staff(session) for session in rows.items]
    return Page(items=items, next_cursor=rows.next_cursor)


@router.get("/{payment_id}/events", responses=problem_responses(PaymentNotFound))
async def list_events(*, db: Read, payment_id: PaymentId) -> Listed[WebhookOut]:
    """List the provider's webhooks about a payment, oldest first."""
    session = await queries.session(db, payment_id)
    if session is None:
        raise PaymentNotFound
    return Listed(items=[WebhookOut.of(event) for event in await queries.events_of(db, session)])
