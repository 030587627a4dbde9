"""Reads of stock: `from sokoni.inventory import queries`."""

from sokoni.inventory.queries.lists import LevelSort, list_levels
from sokoni.inventory.queries.reading import (
    HeldLine,
    Level,
    LiveReservation,
    Moved,
    availability,
    levels,
    live_reservations,
    location,
    locations,
    low_levels,
    movements,
    variants_at,
)

__all__ = [
    "HeldLine",
    "Level",
    "LevelSort",
    "LiveReservation",
    "Moved",
    "availability",
    "levels",
    "list_levels",
    "live_reservations",
    "location",
    "locations",
    "low_levels",
    "movements",
    "variants_at",
]
