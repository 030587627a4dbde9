"""Who may change the front desk."""

from typing import Annotated

from fastapi import Depends

from sokoni.kernel.access import Caller, Permission, Staff

AsStaff = Annotated[Caller, Depends(Staff(Permission.MARKETS_WRITE))]
