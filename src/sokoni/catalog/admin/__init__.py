"""HTTP for staff: everything of the catalogue can be read, written and removed."""

from sokoni.catalog.admin import brands, bulk, categories, images, products, variants
from sokoni.kernel.routing import Api

router = Api()
for part in (products, bulk, variants, images, categories, brands):
    router.include_router(part.router)
