"""HTTP of orders for staff: list, search, status by hand, notes."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Query
from fastapi.responses import StreamingResponse

from sokoni.audit import service as audit
from sokoni.checkout import flows
from sokoni.checkout.flows import exporting
from sokoni.checkout.flows.exporting import Rows
from sokoni.checkout.schemas import NoteIn, OrderOut, StaffTimelineOut, StatusIn
from sokoni.identity import queries as identity
from sokoni.kernel.access import Caller, Permission, Staff
from sokoni.kernel.db import Db, Read, ReadSession, Tx
from sokoni.kernel.errors import check_version
from sokoni.kernel.ids import OrderId, UserId, encode
from sokoni.kernel.now import Now
from sokoni.kernel.paging import Cursor, Limit, Listed, Page
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch, Versioned
from sokoni.orders import queries as order_queries
from sokoni.orders import service as orders
from sokoni.orders.errors import IllegalTransition, OrderNotFound
from sokoni.orders.queries import Order, OrderFilter, OrderSort
from sokoni.orders.states import (
    CancelReason,
    FulfillmentStatus,
    LogState,
    OrderStatus,
    PaymentStatus,
)
from sokoni.payments import queries as payment_queries

router = Api(prefix="/admin/orders", tags=["admin.orders"])

Reader = Annotated[Caller, Depends(Staff(Permission.ORDERS_READ))]
Writer = Annotated[Caller, Depends(Staff(Permission.ORDERS_WRITE))]
NOT_FOUND = problem_responses(OrderNotFound)


class ExportFormat(StrEnum):
    CSV = "csv"


async def _which(
    *,
    status: OrderStatus | None = None,
    payment_status: PaymentStatus | None = None,
    fulfillment_status: FulfillmentStatus | None = None,
    customer: Annotated[UserId | None, Query(description="Only those of this account.")] = None,
    email: Annotated[str | None, Query(max_length=254)] = None,
    q: Annotated[str | None, Query(max_length=254, description="Number or start of e-mail")] = None,
    placed_from: datetime | None = None,
    placed_to: datetime | None = None,
) -> OrderFilter:
    return OrderFilter(
        user_id=customer,
        status=status,
        payment_status=payment_status,
        fulfillment_status=fulfillment_status,
        email=email,
        search=q,
        placed_from=placed_from,
        placed_to=placed_to,
    )


Which = Annotated[OrderFilter, Depends(_which)]


@router.get("")
async def search(
    caller: Reader,
    db: Read,
    which: Which,
    sort: Annotated[
        OrderSort,
        Query(description="A minus turns the order round. Totals: by currency, then by amount."),
    ] = OrderSort.NEWEST,
    limit: Limit = 24,
    cursor: Cursor = None,
    with_total: bool = False,  # noqa: FBT001, FBT002 - a query parameter
) -> Page[OrderOut]:
    """List orders, newest first unless asked otherwise."""
    rows = await order_queries.orders(
        db, which=which, sort=sort, limit=limit, cursor=cursor, with_total=with_total
    )
    sessions = await payment_queries.sessions_of(db, [order.id for order in rows.items])
    items = [OrderOut.of(order, sessions[order.id], secrets=False) for order in rows.items]
    return Page(items=items, next_cursor=rows.next_cursor, total=rows.total)


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "The orders of the list with these filters, newest first.",
            "content": {"text/csv": {"schema": {"type": "string"}}},
        }
    },
)
async def export(
    caller: Reader,
    db: Db,
    which: Which,
    format: Annotated[  # noqa: A002 - its name on the wire
        ExportFormat, Query(description="The kind of file.")
    ] = ExportFormat.CSV,
    rows: Annotated[Rows, Query(description="A row per order, or per line of one.")] = Rows.ORDERS,
) -> StreamingResponse:
    """Download orders as a file, amounts written with decimals."""
    return StreamingResponse(
        await exporting.export_orders(db, which=which, rows=rows),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="orders.{format}"'},
    )


@router.get("/{order_id}", responses=NOT_FOUND)
async def get(caller: Reader, order_id: OrderId, db: Read) -> Versioned[OrderOut]:
    """Show an order."""
    return await _shown(db, order_id)


@router.get("/{order_id}/timeline", responses=NOT_FOUND)
async def timeline(caller: Reader, order_id: OrderId, db: Read) -> Listed[StaffTimelineOut]:
    """Tell what happened to an order and by whom, oldest first."""
    await _found(db, order_id)
    return await _timeline(db, order_id)


@router.post("/{order_id}/status", responses=problem_responses(OrderNotFound, IllegalTransition))
async def set_status(
    caller: Writer,
    order_id: OrderId,
    body: StatusIn,
    tx: Tx,
    now: Now,
    if_match: IfMatch,
) -> Versioned[OrderOut]:
    """Move a paid order along by hand: processing, shipped, delivered; or cancel it."""
    order = await order_queries.order_locked(tx, order_id)
    if order is None:
        raise OrderNotFound
    check_version(if_match, order.version)
    if body.status == LogState.CANCELLED:
        await flows.cancel(
            tx,
            order_id=order_id,
            reason=CancelReason.STAFF,
            actor=caller.actor,
            note=body.note,
            now=now,
        )
    else:
        await orders.advance(
            tx,
            order_id=order_id,
            to=LogState(body.status),
            actor=caller.actor,
            note=body.note,
            notify=body.notify,
            now=now,
        )
    await audit.record(
        tx,
        actor=caller.actor,
        action="order.status_set",
        subject=encode("ord", order_id),
        before={"status": order.status},
        after={"status": body.status},
        note=body.note,
        now=now,
    )
    return await _shown(tx, order_id)


@router.post("/{order_id}/notes", status_code=201, responses=NOT_FOUND)
async def add_note(
    caller: Writer, order_id: OrderId, body: NoteIn, tx: Tx, now: Now
) -> Listed[StaffTimelineOut]:
    """Add a note that only staff see; answers the timeline."""
    await orders.note(
        tx, order_id=order_id, kind="staff_note", actor=caller.actor, note=body.note, now=now
    )
    return await _timeline(tx, order_id)


async def _timeline(db: ReadSession, order_id: OrderId) -> Listed[StaffTimelineOut]:
    entries = await order_queries.timeline(db, order_id)
    names = await identity.names_of(db, {one.user_id for one in entries if one.user_id})
    return Listed(items=[StaffTimelineOut.named(entry, names) for entry in entries])


async def _found(db: ReadSession, order_id: OrderId) -> Order:
    order = await order_queries.order(db, order_id)
    if order is None:
        raise OrderNotFound
    return order


async def _shown(db: ReadSession, order_id: OrderId) -> OrderOut:
    order = await _found(db, order_id)
    sessions = await payment_queries.sessions_of(db, [order_id])
    return OrderOut.of(order, sessions[order_id], secrets=False)
