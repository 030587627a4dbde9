"""Roles: named sets of permissions, never wider than their maker's own.

A change that could take `*` from the last administrator takes the lock `identity.administrators`.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from sokoni.audit import service as audit
from sokoni.identity import queries
from sokoni.identity.errors import (
    BuiltInRole,
    LastAdministrator,
    MoreThanYours,
    RoleInUse,
    RoleNameTaken,
)
from sokoni.identity.models import ADMINISTRATOR, Role, UserRole
from sokoni.kernel.access import Caller, Permission
from sokoni.kernel.db import WriteSession, lock, violated
from sokoni.kernel.errors import NotFound, check_version
from sokoni.kernel.ids import encode, new_id


async def hold_administrators(tx: WriteSession) -> None:
    """Queue behind anybody who is changing who the administrators are."""
    await lock(tx, "identity.administrators", "all")


def refuse_more_than(caller: Caller, permissions: Iterable[str]) -> None:
    """Raise MoreThanYours unless the caller holds all of these."""
    missing = [name for name in sorted(permissions) if name not in caller.permissions]
    if missing and not caller.may(Permission.ALL):
        raise MoreThanYours(f"You do not have {', '.join(missing)} yourself.")


async def make_administrator(
    tx: WriteSession, *, user_id: UUID, now: datetime, actor: str = "system"
) -> None:
    """Give the built-in role, made on demand. Safe to repeat."""
    await hold_administrators(tx)
    await tx.execute(
        insert(Role)
        .values(
            id=new_id(),
            name=ADMINISTRATOR,
            permissions=[str(Permission.ALL)],
            created_at=now,
            version=1,
        )
        .on_conflict_do_nothing(index_elements=[Role.name])
    )
    role_id = select(Role.id).where(Role.name == ADMINISTRATOR).scalar_subquery()
    await tx.execute(
        insert(UserRole).values(user_id=user_id, role_id=role_id).on_conflict_do_nothing()
    )
    await audit.record(
        tx,
        actor=actor,
        action="user.made_administrator",
        subject=encode("usr", user_id),
        now=now,
    )


async def create_role(
    tx: WriteSession, *, caller: Caller, name: str, permissions: Iterable[str], now: datetime
) -> Role:
    """Make a role. Raises RoleNameTaken and MoreThanYours."""
    wanted = sorted({str(permission) for permission in permissions})
    refuse_more_than(caller, wanted)
    role: Role | None = await tx.scalar(
        insert(Role)
        .values(id=new_id(), name=name, permissions=wanted, created_at=now, version=1)
        .on_conflict_do_nothing(index_elements=[Role.name])
        .returning(Role)
    )
    if role is None or name == ADMINISTRATOR:
        raise RoleNameTaken
    await audit.record(
        tx,
        actor=caller.actor,
        action="role.created",
        subject=encode("role", role.id),
        after=_for_audit(role),
        now=now,
    )
    return role


async def change_role(
    tx: WriteSession,
    *,
    caller: Caller,
    role_id: UUID,
    name: str | None,
    permissions: Iterable[str] | None,
    version: int | None,
    now: datetime,
) -> Role:
    """Rename a role or replace its permissions; acts at once for all who have it.

    Raises NotFound, BuiltInRole, Stale, RoleNameTaken, MoreThanYours and LastAdministrator.
    """
    await hold_administrators(tx)
    role = await _editable(tx, caller=caller, role_id=role_id)
    check_version(version, role.version)
    before = _for_audit(role)
    values: dict[str, object] = {}
    if name is not None:
        values["name"] = name
    if permissions is not None:
        wanted = sorted({str(permission) for permission in permissions})
        refuse_more_than(caller, wanted)
        values["permissions"] = wanted
    try:
        async with tx.begin_nested():
            await tx.execute(
                update(Role).where(Role.id == role_id).values(version=Role.version + 1, **values)
            )
    except IntegrityError as error:
        if violated(error, "roles_name_key"):
            raise RoleNameTaken from error
        raise
    await tx.refresh(role)
    if "*" in before["permissions"] and not await queries.administrator_exists(tx):
        raise LastAdministrator
    await audit.record(
        tx,
        actor=caller.actor,
        action="role.changed",
        subject=encode("role", role_id),
        before=before,
        after=_for_audit(role),
        now=now,
    )
    return role


async def delete_role(tx: WriteSession, *, caller: Caller, role_id: UUID, now: datetime) -> None:
    """Delete a role that nobody has. Raises NotFound, BuiltInRole, RoleInUse, MoreThanYours."""
    role = await _editable(tx, caller=caller, role_id=role_id)
    try:
        async with tx.begin_nested():
            await tx.execute(delete(Role).where(Role.id == role_id))
    except IntegrityError as error:
        if violated(error, "user_roles_role_id_fkey"):
            raise RoleInUse from error
        raise
    await audit.record(
        tx,
        actor=caller.actor,
        action="role.deleted",
        subject=encode("role", role_id),
        before=_for_audit(role),
        now=now,
    )


async def _editable(tx: WriteSession, *, caller: Caller, role_id: UUID) -> Role:
    """The role, locked until the commit."""
    role: Role | None = await tx.scalar(select(Role).where(Role.id == role_id).with_for_update())
    if role is None:
        raise NotFound
    if role.name == ADMINISTRATOR:
        raise BuiltInRole
    refuse_more_than(caller, role.permissions)
    return role


def _for_audit(role: Role) -> dict[str, list[str] | str]:
    return {"name": role.name, "permissions": list(role.permissions)}
