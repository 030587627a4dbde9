"""What follows from orders in the catalogue: bought variants are kept, sold products rise."""

from uuid import UUID

from sokoni.catalog import service as catalog
from sokoni.kernel import outbox
from sokoni.kernel.db import WriteSession
from sokoni.orders import queries as orders
from sokoni.orders.events import OrderPaid, OrderPlaced


@outbox.subscribe(OrderPlaced, kind="catalog.ordered")
async def keep_variants(tx: WriteSession, event: OrderPlaced) -> None:
    """From now on these are archived, never deleted."""
    order = await orders.order(tx, event.order_id)
    if order is not None:
        await catalog.mark_ordered(tx, variant_ids=order.quantities())


@outbox.subscribe(OrderPaid, kind="catalog.popularity")
async def count_sold(tx: WriteSession, event: OrderPaid) -> None:
    """Lists sorted by popularity follow what was paid."""
    order = await orders.order(tx, event.order_id)
    if order is None:
        return
    units: dict[UUID, int] = {}
    for line in order.lines:
        units[line.product_id] = units.get(line.product_id, 0) + line.quantity
    await catalog.readmodel.add_popularity(tx, units)
