"""Accounts for staff: find, activate, deactivate, give roles."""

from typing import Annotated

from fastapi import Depends, Query

from sokoni.identity import queries, service
from sokoni.identity.errors import LastAdministrator, MoreThanYours
from sokoni.identity.queries import Profile, Wanted
from sokoni.identity.schemas import UserChange
from sokoni.kernel.access import Caller, Permission, Staff
from sokoni.kernel.db import Read, Tx
from sokoni.kernel.errors import NotFound, Stale
from sokoni.kernel.ids import RoleId, UserId
from sokoni.kernel.now import Now
from sokoni.kernel.paging import DEFAULT_LIMIT, Cursor, Limit, Page
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch, Versioned

router = Api(prefix="/admin/users", tags=["admin.users"])

READER = Depends(Staff(Permission.CUSTOMERS_READ))
AsWriter = Annotated[Caller, Depends(Staff(Permission.CUSTOMERS_WRITE))]
Start = Annotated[
    str | None,
    Query(
        max_length=254,
        pattern=r"^[^\x00]*$",
        description="How the e-mail address or the name begins.",
    ),
]


@router.get("", dependencies=[READER])
async def list_users(
    *,
    db: Read,
    q: Start = None,
    is_active: bool | None = None,
    role: RoleId | None = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Profile]:
    """List accounts, newest first."""
    wanted = Wanted(q=q, is_active=is_active, role_id=role)
    rows = await queries.users(db, wanted=wanted, limit=limit, cursor=cursor)
    return Page[Profile].model_validate(rows, from_attributes=True)


@router.get("/{user_id}", dependencies=[READER], responses=problem_responses(NotFound))
async def read(*, user_id: UserId, db: Read) -> Versioned[Profile]:
    """Show an account."""
    return await queries.user(db, user_id)


@router.patch(
    "/{user_id}",
    responses=problem_responses(NotFound, Stale, MoreThanYours, LastAdministrator),
)
async def change(
    *, caller: AsWriter, user_id: UserId, body: UserChange, version: IfMatch, tx: Tx, now: Now
) -> Versioned[Profile]:
    """Activate or deactivate an account, or give it exactly these roles.

    Roles, and accounts that have one, need `staff:write` as well, and every permission that is
    given or taken away.
    """
    return await service.change_user(
        tx,
        caller=caller,
        user_id=user_id,
        is_active=body.is_active,
        role_ids=body.roles,
        version=version,
        now=now,
    )
