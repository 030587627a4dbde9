"""Purchases for tests, over HTTP; and the books, which every test of a race ends with."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from httpx import AsyncClient, Response

from sokoni.apps.books import checking
from sokoni.apps.books.checking import State
from sokoni.kernel.db import Database
from tests.cart.factories import BERLIN, FilledCart

GOOD_CARD = "4242424242424242"
BAD_CARD = "4000000000000002"


def body(*, card: str | None = GOOD_CARD, **more: Any) -> dict[str, Any]:
    """A checkout of the caller's cart to Berlin, paid by this test card if there is one."""
    payment: dict[str, Any] = {"provider": "mock", "mode": "intent"}
    if card is not None:
        payment["card_number"] = card
    return {
        "email": "asha@example.com",
        "shipping_address": BERLIN,
        "payment": payment,
        **more,
    }


async def buy(
    client: AsyncClient,
    cart: FilledCart | None = None,
    *,
    card: str | None = GOOD_CARD,
    key: str | None = None,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """POST /checkout with a fresh key unless one is given."""
    sent = {"Idempotency-Key": key or str(uuid4())}
    return await client.post(
        "/api/v1/checkout",
        json=body(card=card, **more),
        headers={**(cart.headers if cart else {}), **sent, **(headers or {})},
    )


async def bought(client: AsyncClient, cart: FilledCart, **how: Any) -> dict[str, Any]:
    """The answer of a checkout that went well."""
    response = await buy(client, cart, **how)
    assert response.status_code == 201, response.text
    answer: dict[str, Any] = response.json()
    return answer


async def broken_laws(db: Database) -> dict[str, tuple[str, ...]]:
    """The laws that do not hold, with examples: `{}` when the books balance."""
    async with db.reading() as reading:
        findings = await checking.check(reading)
    return {
        finding.law.name: finding.examples for finding in findings if finding.state is State.BROKEN
    }
