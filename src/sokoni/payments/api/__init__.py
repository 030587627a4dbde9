"""HTTP of payments: sessions of an order, and the providers' webhooks."""

from sokoni.kernel.routing import Api
from sokoni.payments.api import opening, sessions, webhooks

router = Api()
router.include_router(opening.router)
router.include_router(opening.of_orders)
router.include_router(sessions.router)
router.include_router(webhooks.router)
