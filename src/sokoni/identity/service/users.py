"""Accounts: made, changed, deactivated, erased.

Everything that could leave the shop without an administrator, or give it its first, takes the lock
`identity.administrators` first.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from sokoni.audit import service as audit
from sokoni.identity import queries
from sokoni.identity.errors import (
    AdministratorExists,
    EmailTaken,
    LastAdministrator,
    WrongPassword,
)
from sokoni.identity.models import RefreshToken, Role, SavedAddress, Session, User, UserRole
from sokoni.identity.passwords import UNUSABLE
from sokoni.identity.queries import Profile
from sokoni.identity.service.addresses import lock_addresses
from sokoni.identity.service.roles import (
    hold_administrators,
    make_administrator,
    refuse_more_than,
)
from sokoni.identity.service.sessions import revoke_sessions
from sokoni.kernel.access import Caller, Permission
from sokoni.kernel.db import WriteSession
from sokoni.kernel.emails import folded
from sokoni.kernel.errors import FieldError, Forbidden, Invalid, Stale
from sokoni.kernel.ids import encode, new_id


async def create_user(
    tx: WriteSession, *, email: str, password_hash: str, name: str | None, now: datetime
) -> UUID:
    """Make a customer's account. Raises EmailTaken."""
    made: UUID | None = await tx.scalar(
        upsert(User)
        .values(
            id=new_id(),
            email=folded(email),
            password_hash=password_hash,
            name=name,
            is_active=True,
            created_at=now,
            password_changed_at=now,
            version=1,
        )
        .on_conflict_do_nothing(index_elements=[User.email])
        .returning(User.id)
    )
    if made is None:
        raise EmailTaken
    return made


async def create_admin(
    tx: WriteSession,
    *,
    email: str,
    password_hash: str,
    name: str | None,
    now: datetime,
    actor: str = "system",
) -> UUID:
    """Make an administrator's account. Raises EmailTaken."""
    user_id = await create_user(tx, email=email, password_hash=password_hash, name=name, now=now)
    await make_administrator(tx, user_id=user_id, actor=actor, now=now)
    return user_id


async def claim_shop(
    tx: WriteSession, *, email: str, password_hash: str, name: str | None, now: datetime
) -> UUID:
    """Make the first administrator. Raises AdministratorExists from then on, and EmailTaken."""
    await hold_administrators(tx)
    if await queries.administrator_exists(tx):
        raise AdministratorExists
    return await create_admin(tx, email=email, password_hash=password_hash, name=name, now=now)


async def rename_user(
    tx: WriteSession, *, user_id: UUID, name: str | None, version: int | None
) -> Profile:
    """Change the name. Raises Stale when `version` is not the current one."""
    await _next_version(tx, user_id=user_id, version=version, name=name)
    return await queries.user(tx, user_id)


async def change_password(
    tx: WriteSession,
    *,
    user_id: UUID,
    old_hash: str,
    new_hash: str,
    keep: UUID | None,
    now: datetime,
) -> None:
    """Put a new password in the place of the one that was proven; only session `keep` goes on.

    Raises WrongPassword when another change came first.
    """
    changed = await tx.scalar(
        update(User)
        .where(User.id == user_id, User.is_active, User.password_hash == old_hash)
        .values(password_hash=new_hash, password_changed_at=now)
        .returning(User.id)
    )
    if changed is None:
        raise WrongPassword
    await revoke_sessions(tx, user_id=user_id, now=now, besides=keep)


async def erase_user(tx: WriteSession, *, user_id: UUID, old_hash: str, now: datetime) -> None:
    """Deactivate the account for good and forget who it was; orders keep their own copies.

    Raises LastAdministrator, and WrongPassword when the password has changed since it was proven.
    """
    await hold_administrators(tx)
    await lock_addresses(tx, user_id=user_id)
    before = await queries.user(tx, user_id)
    if Permission.ALL in before.permissions:
        await _require_another_administrator(tx, besides=user_id)
    erased = await tx.scalar(
        update(User)
        .where(User.id == user_id, User.is_active, User.password_hash == old_hash)
        .values(
            email=f"{encode('usr', user_id)}@deleted.invalid",
            name=None,
            password_hash=UNUSABLE,
            is_active=False,
            email_verified_at=None,
            version=User.version + 1,
        )
        .returning(User.id)
    )
    if erased is None:
        raise WrongPassword
    of_user = select(Session.id).where(Session.user_id == user_id)
    await tx.execute(delete(RefreshToken).where(RefreshToken.session_id.in_(of_user)))
    await tx.execute(delete(Session).where(Session.user_id == user_id))
    await tx.execute(delete(SavedAddress).where(SavedAddress.user_id == user_id))
    await tx.execute(delete(UserRole).where(UserRole.user_id == user_id))
    await audit.record(
        tx,
        actor=f"user:{user_id}",
        action="user.erased",
        subject=encode("usr", user_id),
        now=now,
    )


async def change_user(
    tx: WriteSession,
    *,
    caller: Caller,
    user_id: UUID,
    is_active: bool | None,
    role_ids: Collection[UUID] | None,
    version: int | None,
    now: datetime,
) -> Profile:
    """Activate or deactivate an account, or give it exactly these roles; None leaves as it is.

    Raises NotFound, Stale, MoreThanYours, LastAdministrator, and Forbidden when somebody without
    `staff:write` touches roles or a member of staff.
    """
    await hold_administrators(tx)
    before = await queries.user(tx, user_id)
    if (role_ids is not None or before.roles) and not caller.may(Permission.STAFF_WRITE):
        raise Forbidden(f"Staff are managed with the permission {Permission.STAFF_WRITE}.")
    refuse_more_than(caller, before.permissions)
    changed = {} if is_active is None else {"is_active": is_active}
    await _next_version(tx, user_id=user_id, version=version, **changed)
    if role_ids is not None:
        await _set_roles(tx, caller=caller, user_id=user_id, role_ids=role_ids)
    if is_active is False:
        await revoke_sessions(tx, user_id=user_id, now=now)
    after = await queries.user(tx, user_id)
    if _is_administrator(before) and not _is_administrator(after):
        await _require_another_administrator(tx, besides=user_id)
    await audit.record(
        tx,
        actor=caller.actor,
        action="user.changed",
        subject=encode("usr", user_id),
        before=_for_audit(before),
        after=_for_audit(after),
        now=now,
    )
    return after


async def _set_roles(
    tx: WriteSession, *, caller: Caller, user_id: UUID, role_ids: Iterable[UUID]
) -> None:
    """Give exactly these roles; they are locked, so that what was checked is what is given."""
    wanted = set(role_ids)
    roles = await tx.scalars(
        select(Role).where(Role.id.in_(wanted)).order_by(Role.id).with_for_update(read=True)
    )
    found = list(roles)
    if len(found) < len(wanted):
        raise Invalid(
            "There is no such role.", errors=[FieldError("/roles", "must be ids of roles")]
        )
    for role in found:
        refuse_more_than(caller, role.permissions)
    await tx.execute(delete(UserRole).where(UserRole.user_id == user_id))
    if found:
        await tx.execute(
            insert(UserRole), [{"user_id": user_id, "role_id": role.id} for role in found]
        )


async def _next_version(
    tx: WriteSession, *, user_id: UUID, version: int | None, **values: object
) -> None:
    query = update(User).where(User.id == user_id)
    if version is not None:
        query = query.where(User.version == version)
    now_at = await tx.scalar(
        query.values(version=User.version + 1, **values).returning(User.version)
    )
    if now_at is None:
        current = await queries.user(tx, user_id)
        raise Stale.now_at(current.version)


async def _require_another_administrator(tx: WriteSession, *, besides: UUID) -> None:
    if not await queries.administrator_exists(tx, besides=besides):
        raise LastAdministrator


def _is_administrator(profile: Profile) -> bool:
    return profile.is_active and Permission.ALL in profile.permissions


def _for_audit(profile: Profile) -> dict[str, object]:
    return {"is_active": profile.is_active, "roles": [badge.name for badge in profile.roles]}
