"""Carts over HTTP. A signed-in user has one; a guest has the one that `X-Cart-Token` opens."""

from sokoni.cart.api import carts, items, prices, shipping
from sokoni.kernel.routing import Api

router = Api()
for part in (carts, items, prices, shipping):
    router.include_router(part.router)
