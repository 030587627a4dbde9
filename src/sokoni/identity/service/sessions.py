"""Signing in and staying signed in.

A refresh token is exchanged by one conditional UPDATE, so of two exchanges at once exactly one
wins. The loser, if it comes within `GRACE` of the winner, is a second tab and not a thief: it is
refused and the session stays. Any later use of an exchanged token ends the session, since either
the owner or somebody else now holds a copy.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import delete, insert, select, update

from sokoni.audit import service as audit
from sokoni.identity import queries
from sokoni.identity.errors import InvalidCredentials, InvalidRefreshToken, RefreshTokenUsed
from sokoni.identity.models import RefreshToken, Session, User
from sokoni.identity.queries import Profile
from sokoni.identity.service.locksmith import Locksmith
from sokoni.identity.tokens import Claims, hashed, new_refresh_token
from sokoni.kernel.db import WriteSession
from sokoni.kernel.errors import NotFound
from sokoni.kernel.ids import encode, new_id

GRACE = timedelta(seconds=10)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Device:
    """Where somebody signs in from, as their list of sessions shows it."""

    user_agent: str | None
    ip: str | None


@dataclass(frozen=True, slots=True)
class Proven:
    """Somebody whose password was right when its hash was `password_hash`.

    `fresh_hash` is the same password with today's parameters, when the stored hash is older.
    """

    user_id: UUID
    password_hash: str
    fresh_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """A session that was opened or continued, with its new tokens."""

    session_id: UUID
    access_token: str
    refresh_token: str
    access_seconds: int
    refresh_seconds: int
    user: Profile


async def sign_in(
    tx: WriteSession, locksmith: Locksmith, *, proven: Proven, device: Device, now: datetime
) -> Signed:
    """Open a session for somebody who has proven to be the user.

    Raises InvalidCredentials when the password was changed or the account deactivated since. The
    user's row stays locked until the commit, so that a change of password ends this session too.
    """
    still = await tx.scalar(
        select(User.id)
        .where(
            User.id == proven.user_id,
            User.is_active,
            User.password_hash == proven.password_hash,
        )
        .with_for_update(key_share=True)
    )
    if still is None:
        raise InvalidCredentials
    if proven.fresh_hash is not None:
        await tx.execute(
            update(User).where(User.id == proven.user_id).values(password_hash=proven.fresh_hash)
        )
    session_id = new_id()
    await tx.execute(
        insert(Session).values(
            id=session_id,
            user_id=proven.user_id,
            user_agent=_shown(device.user_agent),
            ip=_shown(device.ip),
            created_at=now,
            last_used_at=now,
        )
    )
    return await _signed(tx, locksmith, user_id=proven.user_id, session_id=session_id, now=now)


async def refresh(
    tx: WriteSession, locksmith: Locksmith, *, refresh_token: str, now: datetime
) -> Signed | None:
    """Exchange a refresh token for new tokens of the same session.

    None means that a token was used again and its session has been revoked: commit, then refuse.
    Raises InvalidRefreshToken, and RefreshTokenUsed for the loser of two exchanges at once.
    """
    token_hash = hashed(refresh_token)
    session_id = await tx.scalar(
        update(RefreshToken)
        .where(
            RefreshToken.hash == token_hash,
            RefreshToken.used_at.is_(None),
            RefreshToken.expires_at > now,
        )
        .values(used_at=now)
        .returning(RefreshToken.session_id)
    )
    if session_id is None:
        await _refuse_used(tx, token_hash=token_hash, now=now)
        return None
    user_id = await tx.scalar(
        update(Session)
        .where(
            Session.id == session_id,
            Session.revoked_at.is_(None),
            Session.user_id == User.id,
            User.is_active,
        )
        .values(last_used_at=now)
        .returning(Session.user_id)
    )
    if user_id is None:
        raise InvalidRefreshToken
    return await _signed(tx, locksmith, user_id=user_id, session_id=session_id, now=now)


async def revoke_sessions(
    tx: WriteSession, *, user_id: UUID, now: datetime, besides: UUID | None = None
) -> None:
    """End all sessions of a user, or all but one."""
    query = update(Session).where(Session.user_id == user_id, Session.revoked_at.is_(None))
    if besides is not None:
        query = query.where(Session.id != besides)
    await tx.execute(query.values(revoked_at=now))


async def revoke_session(
    tx: WriteSession, *, user_id: UUID, session_id: UUID, now: datetime
) -> None:
    """End one session of this user. Raises NotFound for any other, or one that has ended."""
    ended = await tx.scalar(
        update(Session)
        .where(Session.id == session_id, Session.user_id == user_id, Session.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(Session.id)
    )
    if ended is None:
        raise NotFound


async def revoke_by_token(
    tx: WriteSession, *, refresh_token: str, everywhere: bool, now: datetime
) -> None:
    """End the session (or all of its user's) that an unused refresh token belongs to.

    Raises InvalidRefreshToken when there is none.
    """
    owner = (
        await tx.execute(
            select(Session.id, Session.user_id)
            .join(RefreshToken, RefreshToken.session_id == Session.id)
            .where(
                RefreshToken.hash == hashed(refresh_token),
                RefreshToken.used_at.is_(None),
                RefreshToken.expires_at > now,
                Session.revoked_at.is_(None),
            )
        )
    ).first()
    if owner is None:
        raise InvalidRefreshToken
    if everywhere:
        await revoke_sessions(tx, user_id=owner.user_id, now=now)
    else:
        await revoke_session(tx, user_id=owner.user_id, session_id=owner.id, now=now)


async def forget_old_sessions(tx: WriteSession, *, now: datetime, life: timedelta) -> None:
    """Drop refresh tokens that have expired, and sessions that nothing can continue."""
    await tx.execute(delete(RefreshToken).where(RefreshToken.expires_at < now))
    await tx.execute(delete(Session).where(Session.last_used_at < now - life))


async def _signed(
    tx: WriteSession, locksmith: Locksmith, *, user_id: UUID, session_id: UUID, now: datetime
) -> Signed:
    signing = locksmith.signing
    refresh_token = new_refresh_token()
    await tx.execute(
        insert(RefreshToken).values(
            hash=hashed(refresh_token),
            session_id=session_id,
            created_at=now,
            expires_at=now + signing.refresh,
        )
    )
    return Signed(
        session_id=session_id,
        access_token=signing.access_token(Claims(user_id, session_id), now=now),
        refresh_token=refresh_token,
        access_seconds=int(signing.access.total_seconds()),
        refresh_seconds=int(signing.refresh.total_seconds()),
        user=await queries.user(tx, user_id),
    )


async def _refuse_used(tx: WriteSession, *, token_hash: bytes, now: datetime) -> None:
    """Refuse a stranger's token and a second tab; for a stolen copy, end the session."""
    used = (
        await tx.execute(
            select(RefreshToken.session_id, RefreshToken.used_at).where(
                RefreshToken.hash == token_hash, RefreshToken.expires_at > now
            )
        )
    ).first()
    if used is None:
        raise InvalidRefreshToken
    if used.used_at is None or used.used_at > now - GRACE:
        raise RefreshTokenUsed
    ended = await tx.scalar(
        update(Session)
        .where(Session.id == used.session_id, Session.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(Session.user_id)
    )
    if ended is not None:
        log.warning("refresh token used twice", session_id=str(used.session_id))
        await audit.record(
            tx,
            actor="system",
            action="session.revoked",
            subject=encode("ses", used.session_id),
            now=now,
            note="A refresh token was used again after its exchange.",
        )


def _shown(value: str | None) -> str | None:
    return value.replace("\x00", "")[:400] if value else None
