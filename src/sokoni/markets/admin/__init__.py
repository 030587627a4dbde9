"""HTTP for staff at the front desk: store, regions, tax rates, shipping options."""

from sokoni.kernel.routing import Api
from sokoni.markets.admin import regions, shipping_options, store, tax_rates

router = Api()
for part in (store, regions, tax_rates, shipping_options):
    router.include_router(part.router)
