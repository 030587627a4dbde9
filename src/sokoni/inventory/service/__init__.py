"""Writing stock: reserve, commit, release, take, restock; adjust and set; locations.

Every verb is one statement that checks and writes, so none can see stock that is gone by the time
it takes it. Reservations are locked before levels, levels by (variant_id, location_id).
"""

from sokoni.inventory.service.flags import refresh_flags
from sokoni.inventory.service.locations import change_location, create_location, delete_location
from sokoni.inventory.service.reservations import commit, release, release_expired
from sokoni.inventory.service.returns import restock
from sokoni.inventory.service.stock import LevelRefused, adjust, set_stock, set_threshold
from sokoni.inventory.service.taking import reserve, take

__all__ = [
    "LevelRefused",
    "adjust",
    "change_location",
    "commit",
    "create_location",
    "delete_location",
    "refresh_flags",
    "release",
    "release_expired",
    "reserve",
    "restock",
    "set_stock",
    "set_threshold",
    "take",
]
