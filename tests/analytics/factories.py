"""Sales for tests: bought over HTTP, then moved to the moment at which they shall have been."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from httpx import AsyncClient
from sqlalchemy import text

from sokoni.kernel.db import Database
from sokoni.kernel.ids import decode
from tests.cart.factories import filled
from tests.checkout.factories import bought
from tests.markets.factories import Shop

ONE, TWO = 1999 + 490, 2 * 1999 + 490
"""What one and two of the usual goods come to in euros, with shipping."""


async def sold(
    client: AsyncClient,
    db: Database,
    shop: Shop,
    *,
    at: datetime,
    email: str = "asha@example.com",
    quantity: int = 1,
    headers: Mapping[str, str] | None = None,
    card: str | None = "4242424242424242",
) -> dict[str, Any]:
    """The answer of the checkout of an order that was placed at this moment."""
    cart = await filled(client, db, shop=shop, quantity=quantity, headers=headers)
    answer = await bought(client, cart, email=email, card=card)
    async with db.transaction() as tx:
        await tx.execute(
            text("UPDATE orders.orders SET placed_at = :at WHERE id = :id"),
            {"at": at, "id": decode("ord", answer["order"]["id"])},
        )
    return answer


async def refunds_made_at(db: Database, at: datetime) -> None:
    """All refunds were made at this moment."""
    async with db.transaction() as tx:
        await tx.execute(
            text("UPDATE payments.entries SET at = :at WHERE kind = 'refund'"), {"at": at}
        )
