"""Background work that inventory asks for; `jobs` carries it out."""

from typing import ClassVar
from uuid import UUID

from sokoni.kernel import jobs


class RefreshLocation(jobs.Task, frozen=True):
    """A location was opened or closed: tell the catalogue what can be had now."""

    name: ClassVar = "inventory.refresh_location"

    location_id: UUID
