"""Who may use the staff's routes of the catalogue, and what all of them need."""

from typing import Annotated

from fastapi import Depends

from sokoni.kernel.access import Caller, Permission, Staff
from sokoni.kernel.resources import resource
from sokoni.kernel.settings import Settings
from sokoni.kernel.storage import Storage

AsReader = Annotated[Caller, Depends(Staff(Permission.CATALOG_READ))]
AsEditor = Annotated[Caller, Depends(Staff(Permission.CATALOG_WRITE))]
Files = Annotated[Storage, resource(Storage)]
Config = Annotated[Settings, resource(Settings)]
