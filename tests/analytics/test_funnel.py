"""The funnel tells how far carts got that were begun in a period."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from httpx import AsyncClient
from sqlalchemy import text

from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from sokoni.kernel.ids import decode
from tests.cart.factories import filled
from tests.checkout.factories import bought, cancel
from tests.identity.factories import person, staff
from tests.markets import factories as markets

PATH = "/api/v1/admin/analytics/funnel"
BEFORE = datetime(2026, 10, 31, 8, tzinfo=UTC)
FIRST = datetime(2026, 11, 1, 8, tzinfo=UTC)
TWO_DAYS = {"from": "2026-11-01T00:00:00Z", "to": "2026-11-03T00:00:00Z"}


async def begun_at(db: Database, at: datetime, *cart_ids: UUID) -> None:
    """These carts were begun, and what was ordered with them was ordered, at this moment."""
    values = {"at": at, "ids": list(cart_ids)}
    async with db.transaction() as tx:
        await tx.execute(
            text("UPDATE cart.carts SET created_at = :at WHERE id = ANY(:ids)"), values
        )
        await tx.execute(
            text("UPDATE orders.orders SET placed_at = :at WHERE cart_id = ANY(:ids)"), values
        )


async def report(client: AsyncClient, db: Database, **asked: str) -> dict[str, Any]:
    headers = await staff(client, db, Permission.ANALYTICS_READ)
    response = await client.get(PATH, params=TWO_DAYS | asked, headers=headers)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def steps(carts: int, checkouts: int, orders: int, paid: int) -> dict[str, int]:
    return {"carts": carts, "checkouts": checkouts, "orders": orders, "paid": paid}


async def test_each_cart_counts_as_far_as_it_got(client: AsyncClient, db: Database) -> None:
    shop = await markets.shop(db)
    left = await filled(client, db, shop=shop)
    known = await filled(client, db, shop=shop)
    unpaid = await filled(client, db, shop=shop)
    given_up = await filled(client, db, shop=shop)
    paid = await filled(client, db, shop=shop)
    earlier = await filled(client, db, shop=shop)
    told = await client.patch(
        "/api/v1/cart", json={"email": "juma@example.com"}, headers=known.headers
    )
    assert told.status_code == 200, told.text
    await bought(client, unpaid, card=None)
    assert (await cancel(client, await bought(client, given_up, card=None))).status_code == 200
    for cart in (paid, earlier):
        await bought(client, cart)
    now = (left, known, unpaid, given_up, paid)
    await begun_at(db, FIRST, *[cart.id for cart in now])
    await begun_at(db, BEFORE, earlier.id)

    found = await report(client, db)

    assert found["total"] == steps(5, 4, 3, 1)
    assert found["previous_total"] == steps(1, 1, 1, 1)
    assert (await report(client, db, currency="TZS"))["total"] == steps(0, 0, 0, 0)


async def test_an_empty_cart_and_one_that_went_into_another_do_not_count(
    client: AsyncClient, db: Database
) -> None:
    shop = await markets.shop(db)
    guest = await filled(client, db, shop=shop)
    asha = await person(client)
    merged = await client.post("/api/v1/cart/merge", headers={**asha.headers, **guest.headers})
    assert merged.status_code == 200, merged.text
    emptied = await filled(client, db, shop=shop)
    gone = await client.delete("/api/v1/cart", headers=emptied.headers)
    assert gone.is_success, gone.text
    theirs = decode("cart", merged.json()["id"])
    assert theirs is not None
    await begun_at(db, FIRST, guest.id, emptied.id, theirs)

    found = await report(client, db)

    assert found["total"] == steps(1, 0, 0, 0)
