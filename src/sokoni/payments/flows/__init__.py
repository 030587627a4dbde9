"""Talking to the provider: open, confirm, ask, cancel, refund, reconcile.

Every flow calls the provider between transactions and under a stored key, so it may be repeated
after a crash at any line. What the provider says goes through `service.apply`.
"""

from sokoni.payments.flows.abandoned import finish_abandoned
from sokoni.payments.flows.another import open_another
from sokoni.payments.flows.following import Asked, follow
from sokoni.payments.flows.reconciling import compare_lists, reconcile, was_never_opened
from sokoni.payments.flows.refunding import ask_about_refund, send_refund
from sokoni.payments.flows.sessions import (
    cancel,
    confirm,
    confirm_key,
    open_at_provider,
    refresh,
)
from sokoni.payments.flows.webhooks import process_event

__all__ = [
    "Asked",
    "ask_about_refund",
    "cancel",
    "compare_lists",
    "confirm",
    "confirm_key",
    "finish_abandoned",
    "follow",
    "open_another",
    "open_at_provider",
    "process_event",
    "reconcile",
    "refresh",
    "send_refund",
    "was_never_opened",
]
