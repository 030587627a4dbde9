"""Turns an access token or a server key into a caller, by what the database says now."""

from datetime import timedelta

from sokoni.identity import queries, service
from sokoni.identity.service import Locksmith
from sokoni.identity.tokens import hashed
from sokoni.kernel.access import Caller
from sokoni.kernel.clock import Clock
from sokoni.kernel.db import Database

KEY_USE_NOTED_EVERY = timedelta(minutes=1)


class DatabaseAuthenticator:
    """Implements `access.Authenticator`: one statement per request."""

    def __init__(self, db: Database, locksmith: Locksmith, clock: Clock) -> None:
        self._db = db
        self._locksmith = locksmith
        self._clock = clock

    async def user(self, access_token: str) -> Caller | None:
        claims = self._locksmith.signing.read(access_token, now=self._clock.now())
        if claims is None:
            return None
        async with self._db.reading() as db:
            standing = await queries.standing(
                db, user_id=claims.user_id, session_id=claims.session_id
            )
        if standing is None:
            return None
        return Caller(
            user_id=claims.user_id,
            session_id=claims.session_id,
            email=standing.email,
            permissions=frozenset(standing.permissions),
        )

    async def server(self, api_key: str) -> Caller | None:
        async with self._db.reading() as db:
            key = await queries.api_key(db, key_hash=hashed(api_key))
        if key is None:
            return None
        now = self._clock.now()
        if key.last_used_at is None or key.last_used_at <= now - KEY_USE_NOTED_EVERY:
            async with self._db.transaction() as tx:
                await service.note_key_use(
                    tx, key_id=key.id, now=now, unless_since=now - KEY_USE_NOTED_EVERY
                )
        return Caller(api_key_id=key.id, permissions=frozenset(key.scopes))
