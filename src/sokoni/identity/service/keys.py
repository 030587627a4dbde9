"""Server keys: shown once, stored as a hash, never wider than their maker's own permissions.

A key lives on its own: it keeps working when its maker leaves, until somebody revokes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, update

from sokoni.audit import service as audit
from sokoni.identity.models import ApiKey
from sokoni.identity.service.roles import refuse_more_than
from sokoni.identity.tokens import new_api_key
from sokoni.kernel.access import Caller
from sokoni.kernel.db import WriteSession
from sokoni.kernel.errors import NotFound
from sokoni.kernel.ids import encode, new_id


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """A new key, and the only time its whole text is known."""

    key: str
    stored: ApiKey


async def issue_key(
    tx: WriteSession, *, caller: Caller, name: str, scopes: Iterable[str], now: datetime
) -> IssuedKey:
    """Make a key with these permissions. Raises MoreThanYours."""
    wanted = sorted({str(scope) for scope in scopes})
    refuse_more_than(caller, wanted)
    made = new_api_key()
    stored = ApiKey(
        id=new_id(),
        name=name,
        prefix=made.prefix,
        key_hash=made.hash,
        scopes=wanted,
        created_by=caller.actor,
        created_at=now,
    )
    tx.add(stored)
    await tx.flush()
    await audit.record(
        tx,
        actor=caller.actor,
        action="key.issued",
        subject=encode("key", stored.id),
        after={"name": name, "scopes": wanted},
        now=now,
    )
    return IssuedKey(key=made.key, stored=stored)


async def revoke_key(tx: WriteSession, *, caller: Caller, key_id: UUID, now: datetime) -> None:
    """End a key at once. Raises NotFound, also when it is revoked already."""
    name = await tx.scalar(
        update(ApiKey)
        .where(ApiKey.id == key_id, ApiKey.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(ApiKey.name)
    )
    if name is None:
        raise NotFound
    await audit.record(
        tx,
        actor=caller.actor,
        action="key.revoked",
        subject=encode("key", key_id),
        before={"name": name},
        now=now,
    )


async def note_key_use(
    tx: WriteSession, *, key_id: UUID, now: datetime, unless_since: datetime
) -> None:
    """Remember that the key is in use, unless that was noted after `unless_since`."""
    await tx.execute(
        update(ApiKey)
        .where(
            ApiKey.id == key_id,
            or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at <= unless_since),
        )
        .values(last_used_at=now)
    )
