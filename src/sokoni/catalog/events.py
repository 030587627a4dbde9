"""What the catalogue tells others."""

from typing import ClassVar
from uuid import UUID

from sokoni.kernel import outbox


class ProductChanged(outbox.Event, frozen=True):
    """Its words changed: it is new, was written anew, or its brand or category was renamed.

    It may be gone, or no longer listed, by the time this is read.
    """

    topic: ClassVar = "catalog.product_changed"

    product_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        return self.product_id
