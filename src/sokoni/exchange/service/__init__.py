"""Writes of imports: the run and its report, batches of products, pictures to fetch."""

from sokoni.exchange.options import ImportOptions
from sokoni.exchange.service.batches import Batch, Outcome, Run, Tally, apply_batch
from sokoni.exchange.service.imports import (
    Begun,
    advance,
    begin,
    cancel_import,
    create_import,
    end,
    start,
    warn,
)
from sokoni.exchange.service.locations import check_location
from sokoni.exchange.service.pictures import give_up, mark_attached, place, try_later

__all__ = [
    "Batch",
    "Begun",
    "ImportOptions",
    "Outcome",
    "Run",
    "Tally",
    "advance",
    "apply_batch",
    "begin",
    "cancel_import",
    "check_location",
    "create_import",
    "end",
    "give_up",
    "mark_attached",
    "place",
    "start",
    "try_later",
    "warn",
]
