"""What happens to payments, apart from what their orders tell."""

from typing import ClassVar
from uuid import UUID

from sokoni.kernel.outbox import Event


class PaymentDeclined(Event, frozen=True):
    topic: ClassVar = "payment.declined"
    order_id: UUID
    session_id: UUID
    code: str | None

    @property
    def aggregate_id(self) -> UUID:
        return self.order_id


class RefundFailed(Event, frozen=True):
    """The provider finally refused to give money back; people must."""

    topic: ClassVar = "payment.refund_failed"
    order_id: UUID
    refund_id: UUID

    @property
    def aggregate_id(self) -> UUID:
        return self.order_id

    def dedup_key(self, event_id: UUID) -> str:
        return f"{self.topic}:{self.refund_id}"
