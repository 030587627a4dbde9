"""A whole purchase without any keys: from registering to a delivered order."""

from uuid import uuid4

from httpx import AsyncClient

from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode
from sokoni.kernel.worker import Worker
from tests.cart.factories import ADDRESS, goods
from tests.checkout.factories import GOOD_CARD, broken_laws
from tests.identity.factories import PASSWORD, staff
from tests.markets import factories as markets

API = "/api/v1"


async def test_a_customer_finds_buys_and_follows_and_staff_moves_it_along(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    await markets.shop(db)
    (variant_id,) = await goods(db, units=3)
    await worker.until_idle()

    registered = await client.post(
        f"{API}/auth/register", json={"email": "neema@example.com", "password": PASSWORD}
    )
    client.cookies.clear()
    me = {"Authorization": f"Bearer {registered.json()['access_token']}"}

    listed = (await client.get(f"{API}/products")).json()["items"]
    found = (await client.get(f"{API}/products/search", params={"q": "kanga"})).json()["items"]
    page = (await client.get(f"{API}/products/{found[0]['slug']}")).json()
    assert [item["id"] for item in listed] == [item["id"] for item in found] == [page["id"]]
    variant = page["variants"][0]
    assert (variant["id"], variant["in_stock"]) == (encode("var", variant_id), True)

    added = await client.post(
        f"{API}/cart/items", json={"variant_id": variant["id"], "quantity": 3}, headers=me
    )
    assert added.status_code == 201
    cart = (
        await client.patch(
            f"{API}/cart",
            json={"email": "neema@example.com", "shipping_address": ADDRESS},
            headers=me,
        )
    ).json()
    assert cart["currency"] == "TZS"

    bought = await client.post(
        f"{API}/checkout",
        json={
            "cart_version": cart["version"],
            "email": "neema@example.com",
            "shipping_address": ADDRESS,
            "payment": {"provider": "mock", "mode": "intent", "card_number": GOOD_CARD},
        },
        headers={**me, "Idempotency-Key": str(uuid4())},
    )
    order = bought.json()["order"]
    assert bought.status_code == 201
    assert bought.headers["location"] == f"{API}/orders/{order['id']}"
    assert order["totals"] | {"tax": None} == cart["totals"] | {
        "tax": None,
        "shipping": {"amount": 500_000, "currency": "TZS"},
        "grand_total": {"amount": 3 * 5_500_000 + 500_000, "currency": "TZS"},
        "tax_included": order["totals"]["tax_included"],
    }
    await worker.until_idle()
    assert (await client.get(f"{API}/cart", headers=me)).status_code == 404
    sold_out = (await client.get(f"{API}/products/{page['slug']}")).json()
    assert sold_out["in_stock"] is False

    mine = (await client.get(f"{API}/orders", headers=me)).json()["items"]
    assert [one["number"] for one in mine] == [order["number"]]
    admin = await staff(client, db, Permission.ORDERS_READ, Permission.ORDERS_WRITE)
    for status in ("processing", "shipped", "delivered"):
        moved = await client.post(
            f"{API}/admin/orders/{order['id']}/status", json={"status": status}, headers=admin
        )
        assert (moved.status_code, moved.json()["status"]) == (200, status)

    told = (await client.get(f"{API}/orders/{order['id']}/timeline", headers=me)).json()["items"]
    assert [line["to_status"] for line in told] == [
        "pending",
        "confirmed",
        "processing",
        "shipped",
        "delivered",
    ]
    assert [line["by"] for line in told] == ["user", "provider", "user", "user", "user"]
    await worker.until_idle()
    assert await broken_laws(db) == {}
