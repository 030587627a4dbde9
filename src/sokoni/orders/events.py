"""What happens to orders. Each is about one order, and each fact about it happens once."""

from typing import ClassVar
from uuid import UUID

from sokoni.kernel.outbox import Event


class OrderEvent(Event, frozen=True):
    topic: ClassVar = "order"
    order_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        return self.order_id


class OnceOnlyOrderEvent(OrderEvent, frozen=True):
    """A fact that an order meets once, if ever."""

    topic: ClassVar = "order"

    def dedup_key(self, event_id: UUID) -> str:
        return f"{self.topic}:{self.order_id}"


class OrderPlaced(OnceOnlyOrderEvent, frozen=True):
    topic: ClassVar = "order.placed"


class OrderPaid(OnceOnlyOrderEvent, frozen=True):
    """The money is here and the stock is taken."""

    topic: ClassVar = "order.paid"
    late: bool = False


class OrderCancelled(OrderEvent, frozen=True):
    topic: ClassVar = "order.cancelled"
    reason: str


class OrderStatusChanged(OrderEvent, frozen=True):
    """Staff moved it along."""

    topic: ClassVar = "order.status_changed"
    status: str
    notify: bool = False


class OrderRefundStarted(OrderEvent, frozen=True):
    """Money goes back to the buyer; `reason` says why (`late`, `second-payment`, `cancelled`)."""

    topic: ClassVar = "order.refund_started"
    refund_id: UUID
    amount: int
    currency: str
    reason: str

    def dedup_key(self, event_id: UUID) -> str:
        return f"{self.topic}:{self.refund_id}"
