"""Figures and customers for staff."""

from sokoni.analytics.admin import customers, figures, vitals
from sokoni.kernel.routing import Api

router = Api()
for part in (figures, vitals, customers):
    router.include_router(part.router)
