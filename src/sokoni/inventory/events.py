"""What inventory tells others."""

from typing import ClassVar
from uuid import UUID

from sokoni.kernel import outbox


class AvailabilityChanged(outbox.Event, frozen=True):
    """Variants ran out, or came back; which of the two, the levels say by the time it is read."""

    topic: ClassVar = "inventory.availability_changed"

    cause_id: UUID
    variant_ids: list[UUID]

    @property
    def aggregate_id(self) -> UUID:
        """The reservation or order that took or freed the units."""
        return self.cause_id
