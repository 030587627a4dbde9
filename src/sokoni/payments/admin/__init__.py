"""Payments for staff: tries to pay, and the ledger."""

from sokoni.kernel.routing import Api
from sokoni.payments.admin import ledger, sessions

router = Api()
for part in (sessions, ledger):
    router.include_router(part.router)
