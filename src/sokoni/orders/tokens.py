"""Order tokens: how a guest shows that an order is theirs, and who else may see it.

A token is a keyed hash of the order's id: nothing is stored, and a replayed checkout answers the
same one again.
"""

import base64
import hashlib
import hmac
from uuid import UUID

from sokoni.kernel.access import Caller, Permission
from sokoni.orders.queries import Order


def order_token(order_id: UUID, *, secret: str) -> str:
    """The token of this order."""
    digest = hmac.new(secret.encode(), b"order-token:" + order_id.bytes, hashlib.sha256).digest()
    return "ot_" + base64.urlsafe_b64encode(digest[:24]).decode()


def may_see(order: Order, caller: Caller, *, secret: str) -> bool:
    """Whether the caller is the order's user, holds its token, or is staff that reads orders."""
    if caller.may(Permission.ORDERS_READ):
        return True
    if order.user_id is not None and order.user_id == caller.user_id:
        return True
    if caller.order_token is None:
        return False
    wanted = order_token(order.id, secret=secret)
    return hmac.compare_digest(wanted.encode(), caller.order_token.encode())
