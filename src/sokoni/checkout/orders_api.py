"""HTTP of a buyer's orders: list, look up, change, claim, cancel, pay again."""

from dataclasses import replace
from typing import Annotated

from fastapi import Depends

from sokoni.checkout import flows
from sokoni.checkout.schemas import (
    CancelIn,
    CheckoutOut,
    LookupIn,
    OrderOut,
    OrderPatch,
    TimelineOut,
)
from sokoni.kernel.access import BUYER, AsBuyer, AsUser, Caller, Permission
from sokoni.kernel.db import Read, ReadSession, Tx
from sokoni.kernel.errors import Forbidden, check_version
from sokoni.kernel.ids import OrderId
from sokoni.kernel.limits import limited
from sokoni.kernel.now import Now
from sokoni.kernel.paging import Cursor, Limit, Listed, Page
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.resources import resource
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import Address, IfMatch, Versioned
from sokoni.kernel.settings import Settings
from sokoni.markets import queries as markets
from sokoni.orders import queries as order_queries
from sokoni.orders import service as orders
from sokoni.orders.errors import (
    IllegalTransition,
    OrderCannotChange,
    OrderIsTaken,
    OrderNotFound,
)
from sokoni.orders.queries import Order, OrderFilter
from sokoni.orders.states import CancelReason, LogState, OrderStatus
from sokoni.payments import queries as payment_queries

router = Api(prefix="/orders", tags=["orders"])

WithSettings = Annotated[Settings, resource(Settings)]
FEW_LOOKUPS = limited("orders.lookup", times=10, per=60)
NOT_FOUND = problem_responses(OrderNotFound)
CUSTOMER_MAY_CANCEL = (LogState.PENDING, LogState.PAID)


@router.get("")
async def mine(
    caller: AsUser,
    db: Read,
    status: OrderStatus | None = None,
    limit: Limit = 24,
    cursor: Cursor = None,
) -> Page[OrderOut]:
    """List your orders, newest first."""
    which = OrderFilter(user_id=caller.user_id, status=status)
    rows = await order_queries.orders(db, which=which, limit=limit, cursor=cursor)
    sessions = await payment_queries.sessions_of(db, [order.id for order in rows.items])
    items = [OrderOut.of(order, sessions[order.id]) for order in rows.items]
    return Page(items=items, next_cursor=rows.next_cursor)


@router.post("/lookup", dependencies=[Depends(BUYER), FEW_LOOKUPS], responses=NOT_FOUND)
async def lookup(
    body: LookupIn,
    db: Read,
    settings: WithSettings,
) -> CheckoutOut:
    """Find a guest's order by its number and e-mail address."""
    order = await order_queries.by_number(db, number=body.number, email=body.email)
    if order is None:
        raise OrderNotFound
    sessions = await payment_queries.sessions_of(db, [order.id])
    found = flows.CheckedOut(order=order, sessions=sessions[order.id])
    return CheckoutOut.of(found, secret=settings.jwt_secret.get_secret_value())


@router.get("/{order_id}", responses=NOT_FOUND)
async def get(
    caller: AsBuyer, order_id: OrderId, db: Read, settings: WithSettings
) -> Versioned[OrderOut]:
    """Show an order to its buyer or to staff."""
    order = await _seen(db, caller, order_id, settings)
    return await _told(db, caller, order, settings)


@router.patch("/{order_id}", responses=problem_responses(OrderNotFound, OrderCannotChange))
async def change(
    caller: AsBuyer,
    order_id: OrderId,
    body: OrderPatch,
    tx: Tx,
    settings: WithSettings,
    now: Now,
    if_match: IfMatch,
) -> Versioned[OrderOut]:
    """Correct the shipping address (where it is taxed alike) or the note, before processing."""
    order = await _changed_by(tx, caller, order_id, settings)
    check_version(if_match, order.version)
    address = body.shipping_address
    if address is not None and not await _is_taxed_alike(tx, order, address):
        raise OrderCannotChange("Price and tax hang on where it goes: cancel, and order anew.")
    await orders.change(
        tx,
        order_id=order_id,
        version=order.version,
        shipping_address=address.model_dump() if address else None,
        sets_note="note" in body.model_fields_set,
        note=body.note,
        now=now,
    )
    return await _told_anew(tx, caller, order_id, settings)


@router.post("/{order_id}/claim", responses=problem_responses(OrderNotFound, OrderIsTaken))
async def claim(
    caller: AsUser, order_id: OrderId, tx: Tx, settings: WithSettings, now: Now
) -> Versioned[OrderOut]:
    """Put a guest's order into your account. Its token shows that it is yours.

    Claiming twice answers the order again.
    """
    order = await _seen(tx, caller, order_id, settings)
    if not await _is_buyer(tx, order, caller, settings):
        raise OrderNotFound
    await orders.claim(tx, order_id=order_id, user_id=caller.own_id, now=now)
    return await _told_anew(tx, caller, order_id, settings)


@router.post("/{order_id}/cancel", responses=problem_responses(OrderNotFound, IllegalTransition))
async def cancel(
    caller: AsBuyer,
    order_id: OrderId,
    tx: Tx,
    settings: WithSettings,
    now: Now,
    body: CancelIn | None = None,
) -> Versioned[OrderOut]:
    """Cancel an order before it is processed; what was paid is refunded whole.

    Cancelling twice answers the cancelled order again.
    """
    order = await _changed_by(tx, caller, order_id, settings)
    found = await orders.current_state(tx, order_id=order.id)
    if found not in (LogState.CANCELLED, LogState.EXPIRED):
        by_staff = caller.may(Permission.ORDERS_WRITE) and caller.user_id != order.user_id
        if not by_staff and found not in CUSTOMER_MAY_CANCEL:
            raise IllegalTransition("It is being processed; ask the shop.", legal=[])
        await flows.cancel(
            tx,
            order_id=order_id,
            reason=CancelReason.STAFF if by_staff else CancelReason.CUSTOMER,
            actor=caller.actor,
            note=body.note if body else None,
            now=now,
        )
    return await _told_anew(tx, caller, order_id, settings)


@router.get("/{order_id}/timeline", responses=NOT_FOUND)
async def timeline(
    caller: AsBuyer, order_id: OrderId, db: Read, settings: WithSettings
) -> Listed[TimelineOut]:
    """Tell what happened to an order, oldest first."""
    await _seen(db, caller, order_id, settings)
    entries = await order_queries.timeline(db, order_id)
    hidden = () if caller.may(Permission.ORDERS_READ) else ("staff_note",)
    return Listed(items=[TimelineOut.of(entry) for entry in entries if entry.kind not in hidden])


async def _seen(db: ReadSession, caller: Caller, order_id: OrderId, settings: Settings) -> Order:
    """The order, if this caller may see it; else the answer for an unknown one."""
    order = await order_queries.order(db, order_id)
    secret = settings.jwt_secret.get_secret_value()
    if order is None or not await payment_queries.may_see(db, order, caller, secret=secret):
        raise OrderNotFound
    return order


async def _changed_by(
    db: ReadSession, caller: Caller, order_id: OrderId, settings: Settings
) -> Order:
    """The order, if this caller may change it: its buyer, or staff that writes orders."""
    order = await _seen(db, caller, order_id, settings)
    if not caller.may(Permission.ORDERS_WRITE) and not await _is_buyer(db, order, caller, settings):
        raise Forbidden(f"This needs the permission {Permission.ORDERS_WRITE}.")
    return order


async def _is_buyer(db: ReadSession, order: Order, caller: Caller, settings: Settings) -> bool:
    """Whether the caller would be shown the order without being staff."""
    if not caller.may(Permission.ORDERS_READ):
        return True
    as_buyer = replace(caller, permissions=frozenset())
    secret = settings.jwt_secret.get_secret_value()
    return await payment_queries.may_see(db, order, as_buyer, secret=secret)


async def _is_taxed_alike(tx: ReadSession, order: Order, address: Address) -> bool:
    """Whether an address is in the order's country, and its state where states have own taxes."""
    before = order.shipping_address
    if address.country != before["country"]:
        return False
    if address.state == before.get("state"):
        return True
    market = await markets.market_for(tx, region_id=order.region_id)
    return market is not None and all(rate.state is None for rate in market.tax_rates)


async def _told_anew(
    tx: ReadSession, caller: Caller, order_id: OrderId, settings: Settings
) -> OrderOut:
    """The order as it is after a change."""
    order = await order_queries.order(tx, order_id)
    assert order is not None
    return await _told(tx, caller, order, settings)


async def _told(db: ReadSession, caller: Caller, order: Order, settings: Settings) -> OrderOut:
    """The order's answer; how to pay for it is told to its buyer alone."""
    sessions = await payment_queries.sessions_of(db, [order.id])
    secrets = await _is_buyer(db, order, caller, settings)
    return OrderOut.of(order, sessions[order.id], secrets=secrets)
