"""Roles for staff."""

from typing import Annotated

from fastapi import Depends

from sokoni.identity import queries, service
from sokoni.identity.errors import (
    BuiltInRole,
    LastAdministrator,
    MoreThanYours,
    RoleInUse,
    RoleNameTaken,
)
from sokoni.identity.schemas import NewRole, RoleChange, RoleOut
from sokoni.kernel.access import Caller, Permission, Staff
from sokoni.kernel.db import Read, Tx
from sokoni.kernel.errors import NotFound, Stale
from sokoni.kernel.ids import RoleId
from sokoni.kernel.now import Now
from sokoni.kernel.paging import Listed
from sokoni.kernel.problems import problem_responses
from sokoni.kernel.routing import Api
from sokoni.kernel.schemas import IfMatch, Versioned

STAFF_WRITER = Staff(Permission.STAFF_WRITE)
AsStaffWriter = Annotated[Caller, Depends(STAFF_WRITER)]

router = Api(prefix="/admin/roles", tags=["admin.roles"], dependencies=[Depends(STAFF_WRITER)])


@router.get("")
async def list_roles(*, db: Read) -> Listed[RoleOut]:
    """List all roles."""
    return Listed(items=[RoleOut.model_validate(role) for role in await queries.roles(db)])


@router.post("", status_code=201, responses=problem_responses(RoleNameTaken, MoreThanYours))
async def create(*, caller: AsStaffWriter, body: NewRole, tx: Tx, now: Now) -> Versioned[RoleOut]:
    """Make a role, of permissions that you have yourself."""
    role = await service.create_role(
        tx, caller=caller, name=body.name, permissions=body.permissions, now=now
    )
    return RoleOut.model_validate(role)


@router.patch(
    "/{role_id}",
    responses=problem_responses(
        NotFound, Stale, BuiltInRole, RoleNameTaken, MoreThanYours, LastAdministrator
    ),
)
async def change(
    *, caller: AsStaffWriter, role_id: RoleId, body: RoleChange, version: IfMatch, tx: Tx, now: Now
) -> Versioned[RoleOut]:
    """Rename a role or replace its permissions, for all who have it."""
    role = await service.change_role(
        tx,
        caller=caller,
        role_id=role_id,
        name=body.name,
        permissions=body.permissions,
        version=version,
        now=now,
    )
    return RoleOut.model_validate(role)


@router.delete(
    "/{role_id}",
    status_code=204,
    responses=problem_responses(NotFound, BuiltInRole, RoleInUse, MoreThanYours),
)
async def delete(*, caller: AsStaffWriter, role_id: RoleId, tx: Tx, now: Now) -> None:
    """Delete a role that nobody has."""
    await service.delete_role(tx, caller=caller, role_id=role_id, now=now)
