"""What follows when stock runs out or comes back: the catalogue's flag."""

from collections.abc import Sequence

from sokoni.inventory import service
from sokoni.inventory.events import AvailabilityChanged
from sokoni.kernel import outbox
from sokoni.kernel.db import WriteSession


@outbox.subscribe_batch(AvailabilityChanged, kind="catalog.in_stock")
async def refresh_flags(tx: WriteSession, events: Sequence[AvailabilityChanged]) -> None:
    """The flags are looked up anew, so each variant once is enough."""
    changed = {variant_id for event in events for variant_id in event.variant_ids}
    await service.refresh_flags(tx, changed)
