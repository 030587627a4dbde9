"""Access tokens (JWT), refresh tokens and server keys: made, read, hashed.

The algorithm is the configured one and no other: what a token says about itself is not believed.
Times are checked against the `now` that is passed in. The library is loaded with the first token
(15 MB with its cryptography): the worker never sees one.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from sokoni.kernel.ids import decode, encode, new_id

if TYPE_CHECKING:
    from joserfc.jwk import OctKey

LONGEST = 2048
KEY_MARK = "sok_"
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token says: who, and by which sign-in."""

    user_id: UUID
    session_id: UUID


@dataclass(frozen=True, slots=True)
class NewKey:
    """A server key: the whole (shown once), its first characters, and its hash."""

    key: str
    prefix: str
    hash: bytes


class Signing:
    """The secret and the lifetimes of tokens."""

    def __init__(
        self, *, secret: str, algorithm: str, access: timedelta, refresh: timedelta
    ) -> None:
        self._secret = secret
        self._algorithm = algorithm
        self.access = access
        self.refresh = refresh

    @cached_property
    def _key(self) -> "OctKey":
        from joserfc.jwk import OctKey  # noqa: PLC0415 - see the module

        return OctKey.import_key(self._secret)

    def access_token(self, claims: Claims, *, now: datetime) -> str:
        from joserfc import jwt  # noqa: PLC0415

        issued = int(now.timestamp())
        return jwt.encode(
            {"alg": self._algorithm, "typ": "JWT"},
            {
                "sub": encode("usr", claims.user_id),
                "sid": encode("ses", claims.session_id),
                "iat": issued,
                "exp": issued + int(self.access.total_seconds()),
                "jti": str(new_id()),
            },
            self._key,
            algorithms=[self._algorithm],
        )

    def read(self, access_token: str, *, now: datetime) -> Claims | None:
        """The claims of a token that we signed and that has not expired, else None."""
        from joserfc import jwt  # noqa: PLC0415
        from joserfc.errors import JoseError  # noqa: PLC0415

        if len(access_token) > LONGEST:
            return None
        try:
            claims = jwt.decode(access_token, self._key, algorithms=[self._algorithm]).claims
        except (JoseError, ValueError, TypeError, LookupError, AttributeError):
            return None  # the library trips over headers of odd types: {"crit": 5}
        expires, subject, session = (claims.get(name) for name in ("exp", "sub", "sid"))
        if not isinstance(expires, int) or expires <= now.timestamp():
            return None
        user_id = decode("usr", subject) if isinstance(subject, str) else None
        session_id = decode("ses", session) if isinstance(session, str) else None
        if user_id is None or session_id is None:
            return None
        return Claims(user_id=user_id, session_id=session_id)


def new_refresh_token() -> str:
    return secrets.token_urlsafe(32)


def new_api_key() -> NewKey:
    key = KEY_MARK + secrets.token_urlsafe(32)
    return NewKey(key=key, prefix=key[:SHOWN], hash=hashed(key))


def hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
