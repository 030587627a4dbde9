"""Requests about payment sessions, as the holder of an order's token sends them."""

from typing import Any
from uuid import uuid4

from httpx import AsyncClient, Response

from sokoni.kernel.ids import encode
from sokoni.kernel.settings import Settings
from sokoni.orders.tokens import order_token
from tests.payments.factories import Unpaid

SESSIONS = "/api/v1/payments/sessions"


def token(settings: Settings, made: Unpaid) -> dict[str, str]:
    secret = settings.jwt_secret.get_secret_value()
    return {"X-Order-Token": order_token(made.order_id, secret=secret)}


def path(made: Unpaid, verb: str = "") -> str:
    address = f"{SESSIONS}/{encode('pay', made.session_id)}"
    return f"{address}/{verb}" if verb else address


async def confirm(
    client: AsyncClient,
    made: Unpaid,
    headers: dict[str, str],
    *,
    key: str | None = None,
    **card: str,
) -> Response:
    keyed = headers | {"Idempotency-Key": key or str(uuid4())}
    return await client.post(path(made, "confirm"), json=card, headers=keyed)


async def again(
    client: AsyncClient,
    made: Unpaid,
    headers: dict[str, str],
    *,
    key: str | None = None,
    **more: Any,
) -> Response:
    body = {"order_id": encode("ord", made.order_id), "mode": "intent", **more}
    keyed = headers | {"Idempotency-Key": key or str(uuid4())}
    return await client.post(SESSIONS, json=body, headers=keyed)
