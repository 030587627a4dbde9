"""The `Idempotency-Key` of a request: whose it is, and what was asked under it.

What becomes of a key is in `idempotency`.
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request

from sokoni.kernel.access import Caller
from sokoni.kernel.errors import BadRequest, FieldError


class IdempotencyKeyRequired(BadRequest):
    """This request needs an Idempotency-Key header"""


@dataclass(frozen=True, slots=True)
class Keyed:
    """A request with its key: what identifies it, and what its body said."""

    scope: str
    method: str
    path: str
    key: str
    fingerprint: bytes
    worker: int
    now: datetime

    @property
    def identity(self) -> dict[str, str]:
        return {"scope": self.scope, "method": self.method, "path": self.path, "key": self.key}


async def keyed_request(request: Request) -> Keyed | None:
    """The request's key with its scope and fingerprint, or None without the header."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if not 1 <= len(key) <= 255 or not key.isprintable():
        raise BadRequest(
            "Idempotency-Key must have 1 to 255 printable characters.",
            errors=[FieldError("/headers/Idempotency-Key", "must have 1 to 255 characters")],
        )
    caller: Caller = getattr(request.state, "caller", Caller())
    return Keyed(
        scope=_scope(caller),
        method=request.method,
        path=request.url.path.rstrip("/"),
        key=key,
        fingerprint=await _fingerprint(request),
        worker=request.app.state.process_number,
        now=request.app.state.clock.now(),
    )


async def required_key(request: Request) -> Keyed:
    """As `keyed_request`; raises IdempotencyKeyRequired without the header."""
    keyed = await keyed_request(request)
    if keyed is None:
        raise IdempotencyKeyRequired("Send an Idempotency-Key header, for example a new UUID.")
    return keyed


RequiredKey = Annotated[Keyed, Depends(required_key)]


def _scope(caller: Caller) -> str:
    """Whose key it is. A token counts, since it may be all that opens what the answer tells."""
    if caller.is_known:
        return caller.actor
    for kind, token in (("cart", caller.cart_token), ("order", caller.order_token)):
        if token:
            return f"{kind}:" + hashlib.sha256(token.encode()).hexdigest()[:32]
    return "anyone"


async def _fingerprint(request: Request) -> bytes:
    """A hash of what was asked, blind to key order in JSON and to the boundary of a form."""
    body = await request.body()
    kind = request.headers.get("content-type", "")
    if kind.startswith("multipart/"):
        body = body.replace(kind.rpartition("boundary=")[2].strip('"').encode() or b"\0", b"")
    elif body:
        with suppress(ValueError, RecursionError):
            body = json.dumps(json.loads(body), sort_keys=True).encode()
    query = "&".join(sorted(str(request.url.query).split("&")))
    return hashlib.sha256(query.encode() + b"\n" + body).digest()
