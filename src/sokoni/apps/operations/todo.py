"""What waits to be done, as counts for the first page of the office."""

from typing import Annotated

from pydantic import Field

from sokoni.inventory import queries as inventory
from sokoni.kernel import tasks
from sokoni.kernel.access import AsAnyStaff, Permission
from sokoni.kernel.db import Read
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import Out
from sokoni.orders import queries as orders
from sokoni.payments import queries as payments

MOST_COUNTED = 1_000

router = Api(prefix="/admin", tags=["admin.todo"])

Count = Annotated[int | None, Field(examples=[3])]


class TodoOut(Out):
    """Each count goes to 1,000 at most, and is null for those who may not see what it counts."""

    to_fulfil: Annotated[Count, Field(description="Paid orders that have not left yet.")] = None
    low_stock: Annotated[Count, Field(description="Levels at their threshold or below.")] = None
    failed_payments: Annotated[
        Count, Field(description="Declined, and the order still waits for its money.")
    ] = None
    failed_refunds: Annotated[Count, Field(description="The provider finally will not.")] = None
    dead_letters: Annotated[Count, Field(description="Jobs and events that were given up.")] = None


@router.get("/todo")
async def show(caller: AsAnyStaff, db: Read) -> TodoOut:
    """Count what waits to be done, as far as one may see it."""
    todo = TodoOut()
    if caller.may(Permission.ORDERS_READ):
        todo.to_fulfil = await orders.to_fulfil(db, most=MOST_COUNTED)
    if caller.may(Permission.INVENTORY_READ):
        todo.low_stock = await inventory.low_levels(db, most=MOST_COUNTED)
    if caller.may(Permission.PAYMENTS_READ):
        troubles = await payments.troubles(db, most=MOST_COUNTED)
        todo.failed_payments, todo.failed_refunds = troubles.payments, troubles.refunds
    if caller.may(Permission.OPERATIONS_READ):
        todo.dead_letters = await tasks.dead_letters(db)
    return todo
