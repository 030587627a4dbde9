"""What inventory refuses."""

from sokoni.kernel.errors import Conflict


class InsufficientStock(Conflict):
    """There are not enough units left

    Member `lines`: for each line that cannot be taken `{variant_id, requested, available}`, where
    `available` is the most that one line can take now.
    """


class ReservationExpired(Conflict):
    """The reservation has ended and its units are free again"""


class ReservationCommitted(Conflict):
    """The reservation was committed: its units are sold"""


class BelowReserved(Conflict):
    """Units that are promised cannot be taken away

    Members: `on_hand`, `reserved`, and `lowest_delta`, the most negative adjustment possible now.
    """


class AlreadyReturned(Conflict):
    """More units than were sold cannot come back"""


class LocationNotEmpty(Conflict):
    """A location that has or had stock cannot be deleted; deactivate it"""


class LocationNameTaken(Conflict):
    """Another location has this name or code"""


class AlreadyReserved(Conflict):
    """This order has its units already"""
