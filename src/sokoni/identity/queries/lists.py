"""The list of accounts: narrowed, sorted, page by page."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from uuid import UUID

from sqlalchemy import func, or_, select, text

from sokoni.identity.models import User, UserRole
from sokoni.identity.queries.reading import Profile, all_users, profiles
from sokoni.kernel.db import ReadSession
from sokoni.kernel.paging import Rows
from sokoni.kernel.sorting import Key, walk


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which users: None means any. `q` begins an e-mail address or a name."""

    q: str | None = None
    is_active: bool | None = None
    role_id: UUID | None = None


class UserSort(StrEnum):
    """Orders of the list of accounts; a minus turns one round."""

    JOINED = "joined"
    NEWEST = "-joined"


KEYS: dict[str, Key[Profile]] = {
    "joined": Key(
        ("identity.users.created_at", "identity.users.id"),
        tuple[datetime, UUID],
        attrgetter("created_at", "id"),
    )
}


async def users(
    db: ReadSession,
    *,
    wanted: Wanted,
    limit: int,
    cursor: str | None = None,
    sort: UserSort = UserSort.NEWEST,
) -> Rows[Profile]:
    """One page of accounts. Raises Invalid for a cursor of another list or sort."""
    step = walk(KEYS, listed="identity.users", sort=sort, cursor=cursor)
    query = all_users().order_by(text(step.order)).limit(limit + 1)
    if wanted.q:
        start = wanted.q.lower()
        query = query.where(
            or_(
                User.email.startswith(start, autoescape=True),
                func.lower(User.name).startswith(start, autoescape=True),
            )
        )
    if wanted.is_active is not None:
        query = query.where(User.is_active.is_(wanted.is_active))
    if wanted.role_id is not None:
        having = select(UserRole.user_id).where(UserRole.role_id == wanted.role_id)
        query = query.where(User.id.in_(having))
    if step.after:
        query = query.where(text(step.after).bindparams(**step.values))
    return step.page(await profiles(db, query), limit=limit)
