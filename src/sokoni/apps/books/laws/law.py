"""What a law is, and the states of orders that several name."""

from dataclasses import dataclass

DEAD = "('cancelled', 'expired', 'failed')"
BOUGHT = "('paid', 'processing', 'shipped', 'delivered')"
STATE = "orders.log_state(o.status, o.cancel_reason)"


@dataclass(frozen=True, slots=True)
class Law:
    """A sentence that is always true, and the query that finds where it is not.

    The query's first column says what breaks it. `not_yet`: the shop has nothing it could be
    broken by, because that part does not exist.
    """

    name: str
    about: str
    says: str
    query: str = ""
    not_yet: bool = False
