"""What takes a password: it is hashed or compared first, and only then a transaction opens.

Making a server key is a flow as well, so that no answer with a secret is kept for replays.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sokoni.identity import queries, service
from sokoni.identity.errors import InvalidCredentials, InvalidRefreshToken, WrongPassword
from sokoni.identity.passwords import PasswordHasher, check_rules
from sokoni.identity.service import Device, IssuedKey, Locksmith, Proven, Signed
from sokoni.kernel.access import Caller
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.emails import folded


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who wants an account. The password is plain text and goes nowhere but the hash."""

    email: str
    password: str
    name: str | None = None


async def prove(db: Database, locksmith: Locksmith, *, email: str, password: str) -> Proven:
    """Check a password, in the same time whether or not the address is known.

    Then sign in with `service.sign_in` in a transaction of your own. Raises InvalidCredentials.
    """
    async with db.reading() as reading:
        stored = await queries.stored_password(reading, email=folded(email))
    verdict = await locksmith.passwords.verify(password, stored.password_hash if stored else None)
    if stored is None or not verdict.is_right:
        raise InvalidCredentials
    fresh = await locksmith.passwords.hash(password) if verdict.is_outdated else None
    return Proven(
        user_id=stored.user_id,
        password_hash=stored.password_hash,
        fresh_hash=fresh,
    )


async def login(
    db: Database, locksmith: Locksmith, *, email: str, password: str, device: Device, now: datetime
) -> Signed:
    """Sign in by password. Raises InvalidCredentials."""
    proven = await prove(db, locksmith, email=email, password=password)
    return await db.run(
        lambda tx: service.sign_in(tx, locksmith, proven=proven, device=device, now=now)
    )


async def register(
    db: Database, locksmith: Locksmith, *, newcomer: Newcomer, device: Device, now: datetime
) -> Signed:
    """Make an account and sign in. Raises EmailTaken, and Invalid for a bad password."""
    password_hash = await _new_hash(locksmith.passwords, newcomer)

    async def work(tx: WriteSession) -> Signed:
        user_id = await service.create_user(
            tx, email=newcomer.email, password_hash=password_hash, name=newcomer.name, now=now
        )
        proven = Proven(user_id=user_id, password_hash=password_hash)
        return await service.sign_in(tx, locksmith, proven=proven, device=device, now=now)

    return await db.run(work)


async def claim_shop(
    db: Database, locksmith: Locksmith, *, newcomer: Newcomer, device: Device, now: datetime
) -> Signed:
    """Make the first administrator and sign in. Raises AdministratorExists, EmailTaken, Invalid."""
    password_hash = await _new_hash(locksmith.passwords, newcomer)

    async def work(tx: WriteSession) -> Signed:
        user_id = await service.claim_shop(
            tx, email=newcomer.email, password_hash=password_hash, name=newcomer.name, now=now
        )
        proven = Proven(user_id=user_id, password_hash=password_hash)
        return await service.sign_in(tx, locksmith, proven=proven, device=device, now=now)

    return await db.run(work)


async def create_account(
    db: Database,
    *,
    newcomer: Newcomer,
    is_administrator: bool,
    now: datetime,
    passwords: PasswordHasher | None = None,
) -> UUID:
    """Make an account from the command line or a seed. Raises EmailTaken and Invalid."""
    hasher = passwords or PasswordHasher()
    try:
        password_hash = await _new_hash(hasher, newcomer)
    finally:
        if passwords is None:
            await hasher.close()
    create = service.create_admin if is_administrator else service.create_user
    return await db.run(
        lambda tx: create(
            tx, email=newcomer.email, password_hash=password_hash, name=newcomer.name, now=now
        )
    )


async def refresh(
    db: Database, locksmith: Locksmith, *, refresh_token: str, now: datetime
) -> Signed:
    """Exchange a refresh token. Raises InvalidRefreshToken and RefreshTokenUsed."""
    signed = await db.run(
        lambda tx: service.refresh(tx, locksmith, refresh_token=refresh_token, now=now)
    )
    if signed is None:
        raise InvalidRefreshToken
    return signed


async def change_password(
    db: Database,
    locksmith: Locksmith,
    *,
    user_id: UUID,
    session_id: UUID | None,
    current: str,
    new: str,
    now: datetime,
) -> None:
    """Change the password and end the user's other sessions.

    Raises WrongPassword, and Invalid for a bad new one.
    """
    proven = await _prove_again(db, locksmith, user_id=user_id, password=current)
    check_rules(new, email=proven.email, pointer="/new_password")
    new_hash = await locksmith.passwords.hash(new)
    await db.run(
        lambda tx: service.change_password(
            tx,
            user_id=user_id,
            old_hash=proven.password_hash,
            new_hash=new_hash,
            keep=session_id,
            now=now,
        )
    )


async def erase_account(
    db: Database, locksmith: Locksmith, *, user_id: UUID, password: str, now: datetime
) -> None:
    """Deactivate and anonymise one's own account. Raises WrongPassword and LastAdministrator."""
    proven = await _prove_again(db, locksmith, user_id=user_id, password=password)
    await db.run(
        lambda tx: service.erase_user(tx, user_id=user_id, old_hash=proven.password_hash, now=now)
    )


async def issue_key(
    db: Database, *, caller: Caller, name: str, scopes: Iterable[str], now: datetime
) -> IssuedKey:
    """Make a server key. Raises MoreThanYours."""
    wanted = list(scopes)
    return await db.run(
        lambda tx: service.issue_key(tx, caller=caller, name=name, scopes=wanted, now=now)
    )


async def _prove_again(
    db: Database, locksmith: Locksmith, *, user_id: UUID, password: str
) -> queries.Stored:
    async with db.reading() as reading:
        stored = await queries.stored_password(reading, user_id=user_id)
    verdict = await locksmith.passwords.verify(password, stored.password_hash if stored else None)
    if stored is None or not verdict.is_right:
        raise WrongPassword
    return stored


async def _new_hash(passwords: PasswordHasher, newcomer: Newcomer) -> str:
    check_rules(newcomer.password, email=folded(newcomer.email))
    return await passwords.hash(newcomer.password)
