"""How fast the shop is for visitors, for staff."""

from typing import Annotated

from fastapi import Depends, Query
from pydantic import AwareDatetime

from sokoni.analytics import periods, queries
from sokoni.analytics.schemas.vitals import VitalsReport
from sokoni.analytics.speed import Device
from sokoni.kernel.access import Permission, Staff
from sokoni.kernel.db import Read
from sokoni.kernel.now import Now
from sokoni.kernel.routing import Api

router = Api(
    prefix="/admin/analytics",
    tags=["admin.analytics"],
    dependencies=[Depends(Staff(Permission.ANALYTICS_READ))],
)


@router.get("/vitals")
async def vitals(
    *,
    db: Read,
    now: Now,
    since: Annotated[
        AwareDatetime | None,
        Query(alias="from", description="Its whole day (UTC). Without it 30 days before `to`."),
    ] = None,
    until: Annotated[
        AwareDatetime | None,
        Query(alias="to", description="Not included, but the day before it is. Without it now."),
    ] = None,
    device: Annotated[
        Device | None, Query(description="Whose visits count; without it everybody's.")
    ] = None,
) -> VitalsReport:
    """Show how fast the shop was for visitors, by kind of page.

    What three of four visits were at least as good as, right within a tenth. Kept for 90 days.
    """
    first, last = periods.days(since=since, until=until or now)
    found = await queries.speeds(db, first=first, last=last, device=device)
    return VitalsReport.told(found, first=first, last=last, device=device)
