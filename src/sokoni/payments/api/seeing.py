"""Who may see and act on a payment.

Who may see an order may see its payments; its buyer, or staff that writes orders, may act on them.
Anybody else is told what one hears about a payment that does not exist.
"""

from dataclasses import dataclass, replace

from sokoni.kernel.access import Caller, Permission
from sokoni.kernel.db import Database, ReadSession
from sokoni.kernel.errors import Forbidden
from sokoni.kernel.ids import PaymentId
from sokoni.kernel.settings import Settings
from sokoni.orders import queries as orders
from sokoni.orders.queries import Order
from sokoni.payments import errors, queries
from sokoni.payments.queries import Session


@dataclass(frozen=True, slots=True)
class Seen:
    """A payment that the caller may see, and whether the caller is the one who pays."""

    session: Session
    is_buyer: bool


async def seen(
    db: Database, caller: Caller, payment_id: PaymentId, settings: Settings, *, to_act: bool = False
) -> Seen:
    async with db.reading() as reading:
        session = await queries.session(reading, payment_id)
        order = await orders.order(reading, session.order_id) if session else None
        if session is None or order is None or not await may_see(reading, order, caller, settings):
            raise errors.PaymentNotFound
        find = may_act if to_act else is_the_buyer
        is_buyer = await find(reading, order, caller, settings)
    return Seen(session, is_buyer=is_buyer)


async def may_see(db: ReadSession, order: Order, caller: Caller, settings: Settings) -> bool:
    if caller.may(Permission.PAYMENTS_READ):
        return True
    secret = settings.jwt_secret.get_secret_value()
    return await queries.may_see(db, order, caller, secret=secret)


async def is_the_buyer(db: ReadSession, order: Order, caller: Caller, settings: Settings) -> bool:
    as_buyer = replace(caller, permissions=frozenset())
    secret = settings.jwt_secret.get_secret_value()
    return await queries.may_see(db, order, as_buyer, secret=secret)


async def may_act(db: ReadSession, order: Order, caller: Caller, settings: Settings) -> bool:
    """Whether the caller is the buyer; raises Forbidden for staff that only reads."""
    if await is_the_buyer(db, order, caller, settings):
        return True
    if not caller.may(Permission.ORDERS_WRITE):
        raise Forbidden(f"This needs the permission {Permission.ORDERS_WRITE}.")
    return False
