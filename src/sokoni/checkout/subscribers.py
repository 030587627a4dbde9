"""What follows from orders in the catalogue: bought variants are kept, sold products rise."""

from collections.abc import Sequence

from sokoni.catalog import service as catalog
from sokoni.kernel import outbox
from sokoni.kernel.db import WriteSession
from sokoni.orders import queries as orders
from sokoni.orders.events import OrderPaid, OrderPlaced


@outbox.subscribe_batch(OrderPlaced, kind="catalog.ordered")
async def keep_variants(tx: WriteSession, events: Sequence[OrderPlaced]) -> None:
    """From now on these are archived, never deleted."""
    bought = await orders.variants_of(tx, [event.order_id for event in events])
    await catalog.mark_ordered(tx, variant_ids=bought)


@outbox.subscribe_batch(OrderPaid, kind="catalog.popularity")
async def note_sold(tx: WriteSession, events: Sequence[OrderPaid]) -> None:
    """Lists sorted by popularity follow what was paid."""
    units = await orders.units_by_product(tx, [event.order_id for event in events])
    await catalog.popularity.note_sold(tx, units)
