"""Who may use the staff's routes of the catalogue, and what all of them need."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from sokoni.catalog import queries
from sokoni.catalog.api import by_id_or_slug
from sokoni.catalog.schemas.staff import StaffProduct
from sokoni.catalog.sources import ProductSource
from sokoni.kernel.access import Caller, Permission, Staff
from sokoni.kernel.db import ReadSession
from sokoni.kernel.resources import resource
from sokoni.kernel.settings import Settings
from sokoni.kernel.storage import Storage

AsReader = Annotated[Caller, Depends(Staff(Permission.CATALOG_READ))]
AsEditor = Annotated[Caller, Depends(Staff(Permission.CATALOG_WRITE))]
Files = Annotated[Storage, resource(Storage)]
Config = Annotated[Settings, resource(Settings)]


async def _showing(storage: Files, settings: Config) -> Callable[[ProductSource], StaffProduct]:
    def show(product: ProductSource) -> StaffProduct:
        return StaffProduct.of(product, storage=storage, currency=settings.default_currency)

    return show


Showing = Annotated[Callable[[ProductSource], StaffProduct], Depends(_showing)]
"""How a product is answered: its pictures' addresses, and `price` in the shop's currency."""


async def product_named(db: ReadSession, id_or_slug: str) -> UUID:
    """The product with the wire id or slug of a path. Raises ProductNotFound."""
    return await queries.product_id_of(db, product=by_id_or_slug("prod", id_or_slug))
