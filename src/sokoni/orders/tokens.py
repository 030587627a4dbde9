"""Order tokens: how a guest shows that an order is theirs.

A token is a keyed hash of the order's id: nothing is stored, and a replayed checkout answers the
same one again.
"""

import base64
import hashlib
import hmac
from uuid import UUID


def order_token(order_id: UUID, *, secret: str) -> str:
    """The token of this order, 32 letters."""
    digest = hmac.new(secret.encode(), b"order-token:" + order_id.bytes, hashlib.sha256).digest()
    return "ot_" + base64.urlsafe_b64encode(digest[:24]).decode()


def is_token_of(order_id: UUID, token: str | None, *, secret: str) -> bool:
    """Whether this is the order's token; takes the same time for every wrong one."""
    if token is None:
        return False
    return hmac.compare_digest(order_token(order_id, secret=secret).encode(), token.encode())
