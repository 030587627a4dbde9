"""What follows when stock runs out or comes back: the catalogue's flag."""

from sokoni.inventory import service
from sokoni.inventory.events import AvailabilityChanged
from sokoni.kernel import outbox
from sokoni.kernel.db import WriteSession


@outbox.subscribe(AvailabilityChanged, kind="catalog.in_stock")
async def refresh_flags(tx: WriteSession, event: AvailabilityChanged) -> None:
    await service.refresh_flags(tx, event.variant_ids)
