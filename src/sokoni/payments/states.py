"""The states of a payment session, and how a provider's word for it becomes ours."""

from enum import StrEnum

from sokoni.payments.port import ProviderStatus


class SessionStatus(StrEnum):
    PENDING = "pending"
    REQUIRES_ACTION = "requires_action"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


STILL_PAYABLE = (SessionStatus.PENDING, SessionStatus.REQUIRES_ACTION, SessionStatus.FAILED)

FROM_PROVIDER = {
    ProviderStatus.OPEN: SessionStatus.PENDING,
    ProviderStatus.PROCESSING: SessionStatus.PENDING,
    ProviderStatus.REQUIRES_ACTION: SessionStatus.REQUIRES_ACTION,
    ProviderStatus.SUCCEEDED: SessionStatus.SUCCEEDED,
    ProviderStatus.FAILED: SessionStatus.FAILED,
    ProviderStatus.CANCELLED: SessionStatus.CANCELLED,
    ProviderStatus.EXPIRED: SessionStatus.EXPIRED,
}


class RefundReason(StrEnum):
    """Why money goes back without a member of staff deciding it."""

    LATE = "late"
    SECOND_PAYMENT = "second-payment"
    CANCELLED = "cancelled"
