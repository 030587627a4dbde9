"""Place orders and move them along. Callers own the transaction.

Each move is one conditional UPDATE that names the states it may start from and writes its line of
the timeline; nothing moves an order that somebody else has moved meanwhile.
"""

from sokoni.orders.service.changes import change, claim, note, refunded
from sokoni.orders.service.moves import Moved
from sokoni.orders.service.placing import NewLine, NewOrder, lost_races, prepare
from sokoni.orders.service.progress import advance, cancel, confirm, confirming, current_state

__all__ = [
    "Moved",
    "NewLine",
    "NewOrder",
    "advance",
    "cancel",
    "change",
    "claim",
    "confirm",
    "confirming",
    "current_state",
    "lost_races",
    "note",
    "prepare",
    "refunded",
]
