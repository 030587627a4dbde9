"""Writes of payments: sessions, settlement, refunds, the inbox. Callers own the transaction."""

from sokoni.payments.service.inbox import mark_done, receive
from sokoni.payments.service.refunds import refund, refund_answered, refund_failed
from sokoni.payments.service.sessions import (
    Session,
    close,
    close_all,
    open_session,
    opened,
    touch,
)
from sokoni.payments.service.settlement import Settled, apply, settle

__all__ = [
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
]
