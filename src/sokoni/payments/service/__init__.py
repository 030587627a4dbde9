"""Writes of payments: sessions, settlement, refunds, the inbox. Callers own the transaction."""

from sokoni.payments.queries import Session
from sokoni.payments.service.inbox import ProcessWebhook, mark_done, receive
from sokoni.payments.service.refunds import (
    SendRefund,
    refund,
    refund_answered,
    refund_failed,
    touch_refund,
)
from sokoni.payments.service.sessions import (
    close,
    close_all,
    open_session,
    opened,
    touch,
)
from sokoni.payments.service.settlement import Settled, apply, settle

__all__ = [
    "ProcessWebhook",
    "SendRefund",
    "Session",
    "Settled",
    "apply",
    "close",
    "close_all",
    "mark_done",
    "open_session",
    "opened",
    "receive",
    "refund",
    "refund_answered",
    "refund_failed",
    "settle",
    "touch",
    "touch_refund",
]
