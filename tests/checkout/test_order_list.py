"""Staff's list of orders: newest first, filtered, counted when asked."""

from httpx import AsyncClient

from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from tests.cart import factories as carts
from tests.checkout import factories as checkout
from tests.identity import factories as identity
from tests.markets import factories as markets


async def test_staff_see_orders_newest_first_and_counted(client: AsyncClient, db: Database) -> None:
    shop = await markets.shop(db)
    numbers = []
    for _ in range(2):
        cart = await carts.filled(client, db, shop=shop)
        numbers.append((await checkout.bought(client, cart))["order"]["number"])
    staff = await identity.staff(client, db, Permission.ORDERS_READ)

    page = await client.get(
        "/api/v1/admin/orders", params={"limit": 1, "with_total": True}, headers=staff
    )

    assert page.status_code == 200, page.text
    assert [order["number"] for order in page.json()["items"]] == [numbers[1]]
    assert page.json()["total"] == 2
