"""The audit log for staff: read only, nothing in it can be changed."""

from typing import Annotated

from fastapi import Depends, Query
from pydantic import AwareDatetime

from sokoni.audit import queries
from sokoni.audit.queries import Wanted
from sokoni.audit.schemas import EntryOut, stored_actor
from sokoni.kernel.access import Permission, Staff
from sokoni.kernel.db import Read
from sokoni.kernel.paging import DEFAULT_LIMIT, Cursor, Limit, Page
from sokoni.kernel.routing import Api

router = Api(
    prefix="/admin/audit-log",
    tags=["admin.audit"],
    dependencies=[Depends(Staff(Permission.AUDIT_READ))],
)

Word = Annotated[str | None, Query(max_length=255, pattern=r"^[^\x00]*$")]


@router.get("")
async def list_entries(
    *,
    db: Read,
    actor: Word = None,
    action: Word = None,
    subject: Word = None,
    since: Annotated[AwareDatetime | None, Query(alias="from")] = None,
    until: Annotated[AwareDatetime | None, Query(alias="to")] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[EntryOut]:
    """List what was changed by whom, newest first.

    `actor` and `subject` are ids (`usr_…`, `key_…`, `prod_…`), or `system`; `from` is included,
    `to` is not.
    """
    wanted = Wanted(
        actor=stored_actor(actor) if actor else None,
        action=action or None,
        subject=subject or None,
        since=since,
        until=until,
    )
    rows = await queries.entries(db, wanted=wanted, limit=limit, cursor=cursor)
    return Page[EntryOut].model_validate(rows, from_attributes=True)
