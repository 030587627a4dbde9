"""Reads of accounts, sessions, roles, keys and addresses."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select, text

from sokoni.identity.models import ApiKey, Role, SavedAddress, Session, User, UserRole
from sokoni.kernel.db import ReadSession
from sokoni.kernel.emails import folded
from sokoni.kernel.errors import NotFound
from sokoni.kernel.ids import RoleId, UserId


@dataclass(frozen=True, slots=True)
class Badge:
    """The name of a role that somebody has."""

    id: RoleId
    name: str


@dataclass(frozen=True, slots=True)
class Profile:
    """An account as its owner and staff see it; `permissions` are those of all its roles."""

    id: UserId
    email: str
    name: str | None
    is_active: bool
    email_verified_at: datetime | None
    created_at: datetime
    version: int
    roles: list[Badge]
    permissions: list[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a request is checked with: the e-mail and what its owner may do right now."""

    email: str
    permissions: list[str]


@dataclass(frozen=True, slots=True)
class Stored:
    """The password hash of an active user, and whose it is."""

    user_id: UUID
    email: str
    password_hash: str


NAMES = text(
    """
    SELECT id, coalesce(name, email) AS name FROM identity.users
     WHERE id = ANY(:ids) AND email NOT LIKE '%@deleted.invalid'
    """
)


async def names_of(db: ReadSession, user_ids: Collection[UUID]) -> dict[UUID, str]:
    """What people are called: by their names, else by their e-mail addresses.

    Who has erased their account is not among them.
    """
    if not user_ids:
        return {}
    rows = await db.execute(NAMES, {"ids": list(user_ids)})
    return {row.id: row.name for row in rows}


STANDING = text(
    """
    SELECT u.email,
           ARRAY(SELECT DISTINCT unnest(r.permissions) FROM identity.user_roles AS ur
                   JOIN identity.roles AS r ON r.id = ur.role_id
                  WHERE ur.user_id = u.id) AS permissions
      FROM identity.sessions AS s JOIN identity.users AS u ON u.id = s.user_id
     WHERE s.id = :session_id AND s.user_id = :user_id AND s.revoked_at IS NULL AND u.is_active
    """
)


async def standing(db: ReadSession, *, user_id: UUID, session_id: UUID) -> Standing | None:
    """The signed-in user, unless the session was revoked or the account deactivated."""
    row = (await db.execute(STANDING, {"user_id": user_id, "session_id": session_id})).first()
    return None if row is None else Standing(email=row.email, permissions=row.permissions)


async def user(db: ReadSession, user_id: UUID) -> Profile:
    """One account. Raises NotFound."""
    found = await profiles(db, all_users().where(User.id == user_id))
    if not found:
        raise NotFound
    return found[0]


async def user_by_email(db: ReadSession, email: str) -> Profile | None:
    """The account with this address, in any case."""
    found = await profiles(db, all_users().where(User.email == folded(email)))
    return found[0] if found else None


async def stored_password(
    db: ReadSession, *, email: str | None = None, user_id: UUID | None = None
) -> Stored | None:
    """The hash to compare a password with, or None when nobody can sign in so."""
    which: ColumnElement[bool] = User.email == email if email is not None else User.id == user_id
    row = (
        await db.execute(
            select(User.id, User.email, User.password_hash).where(which, User.is_active)
        )
    ).first()
    return None if row is None else Stored(row.id, row.email, row.password_hash)


async def administrator_exists(db: ReadSession, *, besides: UUID | None = None) -> bool:
    """Whether an active user (other than `besides`) holds every permission."""
    found = (
        select(User.id)
        .join(UserRole, UserRole.user_id == User.id)
        .join(Role, Role.id == UserRole.role_id)
        .where(User.is_active, Role.permissions.contains(["*"]))
    )
    if besides is not None:
        found = found.where(User.id != besides)
    return await db.scalar(select(found.exists())) is True


async def sessions(db: ReadSession, *, user_id: UUID, since: datetime) -> list[Session]:
    """The user's open sessions used after `since`, last used first."""
    found = await db.scalars(
        select(Session)
        .where(
            Session.user_id == user_id,
            Session.revoked_at.is_(None),
            Session.last_used_at > since,
        )
        .order_by(Session.last_used_at.desc(), Session.id)
        .limit(100)
    )
    return list(found)


async def roles(db: ReadSession) -> list[Role]:
    """All roles by name."""
    return list(await db.scalars(select(Role).order_by(Role.name)))


async def api_keys(db: ReadSession) -> list[ApiKey]:
    """All server keys, revoked ones too, newest first."""
    return list(await db.scalars(select(ApiKey).order_by(ApiKey.created_at.desc(), ApiKey.id)))


async def api_key(db: ReadSession, *, key_hash: bytes) -> ApiKey | None:
    """The living key with this hash."""
    found: ApiKey | None = await db.scalar(
        select(ApiKey).where(ApiKey.key_hash == key_hash, ApiKey.revoked_at.is_(None))
    )
    return found


async def addresses(db: ReadSession, *, user_id: UUID) -> list[SavedAddress]:
    """The user's address book: the default first, then the newest."""
    order = (SavedAddress.is_default.desc(), SavedAddress.created_at.desc(), SavedAddress.id)
    query = select(SavedAddress).where(SavedAddress.user_id == user_id).order_by(*order)
    return list(await db.scalars(query))


async def address(db: ReadSession, *, user_id: UUID, address_id: UUID) -> SavedAddress:
    """One address of this user. Raises NotFound, also for somebody else's."""
    found: SavedAddress | None = await db.scalar(
        select(SavedAddress).where(SavedAddress.id == address_id, SavedAddress.user_id == user_id)
    )
    if found is None:
        raise NotFound
    return found


def all_users() -> Select[User, list[list[str]] | None, list[str]]:
    """Users, each with its roles as `[id, name]` and the permissions of them all."""
    mine = UserRole.user_id == User.id
    badges = (
        select(func.json_agg(func.json_build_array(Role.id, Role.name)))
        .join(UserRole, UserRole.role_id == Role.id)
        .where(mine)
        .correlate(User)
    )
    granted = (
        select(func.unnest(Role.permissions))
        .join(UserRole, UserRole.role_id == Role.id)
        .where(mine)
        .correlate(User)
    )
    return select(User, badges.scalar_subquery(), func.array(granted.scalar_subquery()))


async def profiles(
    db: ReadSession, query: Select[User, list[list[str]] | None, list[str]]
) -> list[Profile]:
    return [
        Profile(
            id=found.id,
            email=found.email,
            name=found.name,
            is_active=found.is_active,
            email_verified_at=found.email_verified_at,
            created_at=found.created_at,
            version=found.version,
            roles=sorted(
                (Badge(UUID(role_id), name) for role_id, name in badges or ()),
                key=lambda badge: badge.name,
            ),
            permissions=sorted(set(granted)),
        )
        for found, badges, granted in await db.execute(
            query.execution_options(populate_existing=True)
        )
    ]
