"""Writes of payments: sessions, settlement, refunds, the inbox. Callers own the transaction."""

from sokoni.payments.queries import Session
from sokoni.payments.service.at_once import NotAtOnce, can_settle, check_settled, settling
from sokoni.payments.service.inbox import ProcessWebhook, mark_done, receive
from sokoni.payments.service.refunds import (
    SendRefund,
    refund,
    refund_answered,
    refund_failed,
    rekey_refund,
    touch_refund,
)
from sokoni.payments.service.sessions import (
    close,
    close_all,
    open_session,
    opened,
    prepare_session,
    touch,
)
from sokoni.payments.service.settlement import Settled, apply, settle

__all__ = [
    "NotAtOnce",
    "ProcessWebhook",
    "SendRefund",
    "Session",
    "Settled",
    "apply",
    "can_settle",
    "check_settled",
    "close",
    "close_all",
    "mark_done",
    "open_session",
    "opened",
    "prepare_session",
    "receive",
    "refund",
    "refund_answered",
    "refund_failed",
    "rekey_refund",
    "settle",
    "settling",
    "touch",
    "touch_refund",
]
