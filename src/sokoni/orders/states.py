"""The states of an order and the moves between them.

An order has three tracks: its own state, its payment and its fulfilment. What buyers and staff
see as `status` is a projection of the three, computed by the database (`models.STATUS`). The log
and the audit views use `LogState`, which tells expiry from cancellation and says `paid` for
`confirmed`.
"""

from enum import StrEnum


class OrderState(StrEnum):
    PENDING = "pending"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class PaymentStatus(StrEnum):
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"


class FulfillmentStatus(StrEnum):
    UNFULFILLED = "unfulfilled"
    PROCESSING = "processing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"


class OrderStatus(StrEnum):
    """What people see."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    PROCESSING = "processing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class CancelReason(StrEnum):
    EXPIRED = "expired"
    CUSTOMER = "customer"
    STAFF = "staff"
    REPLACED = "replaced"


class LogState(StrEnum):
    NEW = "new"
    PENDING = "pending"
    PAID = "paid"
    PROCESSING = "processing"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REFUNDED = "refunded"


L = LogState

TRANSITIONS: dict[LogState, frozenset[LogState]] = {
    L.NEW: frozenset({L.PENDING}),
    L.PENDING: frozenset({L.PAID, L.CANCELLED, L.EXPIRED}),
    L.EXPIRED: frozenset({L.PAID}),
    L.PAID: frozenset({L.PROCESSING, L.CANCELLED, L.REFUNDED}),
    L.PROCESSING: frozenset({L.SHIPPED, L.CANCELLED, L.REFUNDED}),
    L.SHIPPED: frozenset({L.DELIVERED, L.REFUNDED}),
    L.DELIVERED: frozenset({L.REFUNDED}),
    L.CANCELLED: frozenset({L.REFUNDED}),
    L.REFUNDED: frozenset(),
}

BY_HAND = (L.PROCESSING, L.SHIPPED, L.DELIVERED, L.CANCELLED)


def log_state(status: str, cancel_reason: str | None) -> LogState:
    """The log's word for a status."""
    if status == OrderStatus.CONFIRMED:
        return L.PAID
    if status == OrderStatus.CANCELLED and cancel_reason == CancelReason.EXPIRED:
        return L.EXPIRED
    return LogState(status)


def status_of(state: LogState) -> str:
    """The word that people see for a state of the log."""
    return {L.PAID: "confirmed", L.EXPIRED: "cancelled"}.get(state, str(state))


def legal_by_hand(state: LogState) -> list[str]:
    """What staff may set next, in the order of progress."""
    return [status_of(target) for target in BY_HAND if target in TRANSITIONS[state]]
