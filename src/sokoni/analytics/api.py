"""What a visitor's browser tells of a page's speed."""

from fastapi import Depends

from sokoni.analytics import flows
from sokoni.analytics.schemas.vitals import VisitIn
from sokoni.kernel.access import PUBLIC
from sokoni.kernel.db import Db
from sokoni.kernel.limits import limited
from sokoni.kernel.now import Now
from sokoni.kernel.routing import Api

router = Api(
    prefix="/vitals",
    tags=["vitals"],
    dependencies=[Depends(PUBLIC), limited("vitals", times=60, per=60)],
)


@router.post("", status_code=204)
async def record(*, body: VisitIn, db: Db, now: Now) -> None:
    """Count how fast a page was for a visitor.

    Sums are kept by day, kind of page and device: nothing about the visitor, no address, no cookie.
    Browsers send it by `navigator.sendBeacon`, as a Blob of type `application/json`.
    """
    await flows.count_visit(db, page=body.page, device=body.device, values=body.values(), now=now)
