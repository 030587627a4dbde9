"""Staff and orders: moved along by legal steps, noted, found."""

from typing import Any

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import text

from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from sokoni.kernel.worker import Worker
from tests.cart.factories import filled
from tests.checkout.factories import bought, broken_laws, rows, shown
from tests.identity.factories import signed_in, staff

ADMIN = "/api/v1/admin/orders"


async def move(
    client: AsyncClient, order: dict[str, Any], status: str, headers: dict[str, str], **more: Any
) -> Response:
    path = f"{ADMIN}/{order['id']}/status"
    return await client.post(path, json={"status": status, **more}, headers=headers)


@pytest.mark.parametrize(
    ("moves", "refused", "legal"),
    [
        ([], "shipped", ["processing", "cancelled"]),
        (["processing"], "delivered", ["shipped", "cancelled"]),
        (["processing", "shipped"], "cancelled", ["delivered"]),
        (["processing", "shipped", "delivered"], "processing", []),
        (["cancelled"], "processing", []),
        (["cancelled"], "cancelled", []),
    ],
)
async def test_an_illegal_step_is_refused_with_the_legal_ones(
    client: AsyncClient,
    db: Database,
    worker: Worker,
    moves: list[str],
    refused: str,
    legal: list[str],
) -> None:
    answer = await bought(client, await filled(client, db))
    admin = await staff(client, db, Permission.ORDERS_WRITE)
    for status in moves:
        assert (await move(client, answer["order"], status, admin)).status_code == 200

    said = await move(client, answer["order"], refused, admin)

    now = moves[-1] if moves else "confirmed"
    assert (said.status_code, said.json()["type"]) == (409, "/problems/illegal-transition")
    assert (said.json()["status_now"], said.json()["legal"]) == (now, legal)
    assert (await shown(client, answer))["status"] == now
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_an_unpaid_order_is_not_processed_but_may_be_cancelled(
    client: AsyncClient, db: Database
) -> None:
    answer = await bought(client, await filled(client, db), card=None)
    admin = await staff(client, db, Permission.ORDERS_WRITE)

    refused = await move(client, answer["order"], "processing", admin)
    cancelled = await move(client, answer["order"], "cancelled", admin, note="Out of print")

    assert (refused.status_code, refused.json()["legal"]) == (409, ["cancelled"])
    assert (cancelled.json()["status"], cancelled.json()["cancel_reason"]) == ("cancelled", "staff")
    assert await broken_laws(db) == {}


async def test_a_move_tells_the_world_and_the_log_who_made_it(
    client: AsyncClient, db: Database
) -> None:
    answer = await bought(client, await filled(client, db))
    admin = await staff(client, db, Permission.ORDERS_WRITE)

    await move(client, answer["order"], "processing", admin, note="Packed by noon", notify=True)

    told = await rows(
        db,
        "SELECT payload ->> 'status', payload ->> 'notify' FROM kernel.outbox"
        " WHERE topic = 'order.status_changed'",
    )
    about_orders = "action LIKE 'order.%'"
    logged = await rows(db, f"SELECT action, subject, note FROM audit.log WHERE {about_orders}")
    assert told == [("processing", "true")]
    assert logged == [("order.status_set", answer["order"]["id"], "Packed by noon")]


async def test_notes_of_staff_are_for_staff(client: AsyncClient, db: Database) -> None:
    answer = await bought(client, await filled(client, db))
    admin = await staff(client, db, Permission.ORDERS_READ, Permission.ORDERS_WRITE)
    await client.patch("/api/v1/auth/me", json={"name": "Zuri Clerk"}, headers=admin)
    order_id = answer["order"]["id"]

    noted = await client.post(
        f"{ADMIN}/{order_id}/notes", json={"note": "Called twice"}, headers=admin
    )
    buyers = await client.get(
        f"/api/v1/orders/{order_id}/timeline", headers={"X-Order-Token": answer["order_token"]}
    )
    staffs = await client.get(f"{ADMIN}/{order_id}/timeline", headers=admin)

    assert noted.status_code == 201
    assert [line["kind"] for line in buyers.json()["items"]] == ["status", "status"]
    assert "Called twice" not in buyers.text
    assert [line["kind"] for line in staffs.json()["items"]] == ["status", "status", "staff_note"]
    assert staffs.json()["items"][-1]["note"] == "Called twice"
    assert [line["by_name"] for line in staffs.json()["items"]] == [None, None, "Zuri Clerk"]
    assert staffs.json() == noted.json()


async def test_orders_are_found_by_what_staff_know(client: AsyncClient, db: Database) -> None:
    first_cart = await filled(client, db)
    first = (await bought(client, first_cart))["order"]
    pending = await bought(
        client, await filled(client, db, shop=first_cart.shop), card=None, email="bob@example.com"
    )
    second = pending["order"]
    admin = await staff(client, db, Permission.ORDERS_READ)

    async def found(**params: Any) -> list[str]:
        response = await client.get(ADMIN, params=params, headers=admin)
        assert response.status_code == 200, response.text
        return [item["number"] for item in response.json()["items"]]

    both = [second["number"], first["number"]]
    assert await found() == both
    assert await found(status="confirmed") == [first["number"]]
    assert await found(payment_status="pending") == [second["number"]]
    assert await found(fulfillment_status="shipped") == []
    assert await found(email="Bob@example.com") == [second["number"]]
    for pasted in (first["number"].lower(), f" #{first['number']} ", first["number"][2:]):
        assert await found(q=pasted) == [first["number"]]
    assert await found(q="asha@") == [first["number"]]
    assert await found(placed_from=second["placed_at"]) == [second["number"]]
    assert await found(placed_to=second["placed_at"]) == [first["number"]]
    assert (await client.get(ADMIN, params={"status": "lost"}, headers=admin)).status_code == 422


async def test_pages_of_orders_go_on_where_the_last_one_ended(
    client: AsyncClient, db: Database
) -> None:
    cart = await filled(client, db)
    numbers = [(await bought(client, cart, card=None))["order"]["number"]]
    for _ in range(4):
        more = await filled(client, db, shop=cart.shop)
        numbers.append((await bought(client, more, card=None))["order"]["number"])
    admin = await staff(client, db, Permission.ORDERS_READ)

    pages, cursor = [], None
    while True:
        params = {"limit": 2, "with_total": True} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(ADMIN, params=params, headers=admin)).json()
        assert page["total"] == 5
        pages.append([item["number"] for item in page["items"]])
        cursor = page["next_cursor"]
        if cursor is None:
            break

    newest = numbers[::-1]
    assert pages == [newest[:2], newest[2:4], newest[4:]]


async def test_staff_is_not_told_what_only_the_buyer_needs_to_pay(
    client: AsyncClient, db: Database
) -> None:
    answer = await bought(client, await filled(client, db), card=None)
    async with db.transaction() as tx:
        await tx.execute(text("UPDATE payments.sessions SET client_secret = 'pi_1_secret_x'"))
    admin = await staff(client, db, Permission.ORDERS_READ, Permission.ORDERS_WRITE)
    path = f"/api/v1/orders/{answer['order']['id']}"

    told = [
        await client.get(f"{ADMIN}/{answer['order']['id']}", headers=admin),
        await client.get(ADMIN, headers=admin),
        await client.get(path, headers=admin),
        await client.patch(path, json={"note": "Call first."}, headers=admin),
    ]

    assert (await shown(client, answer))["payments"][0]["client_secret"] == "pi_1_secret_x"
    assert [each.status_code for each in told] == [200] * 4
    assert not any("pi_1_secret_x" in each.text for each in told)


async def test_who_may_not_may_not(client: AsyncClient, db: Database) -> None:
    answer = await bought(client, await filled(client, db))
    reader = await staff(client, db, Permission.ORDERS_READ)
    customer = await signed_in(client)

    assert (await client.get(ADMIN)).status_code == 401
    assert (await client.get(ADMIN, headers=customer)).status_code == 403
    assert (await move(client, answer["order"], "processing", reader)).status_code == 403
    path = f"/api/v1/orders/{answer['order']['id']}"
    assert (await client.get(path, headers=reader)).status_code == 200
    assert (await client.patch(path, json={"note": "x"}, headers=reader)).status_code == 403
    assert (await client.post(f"{path}/cancel", headers=reader)).status_code == 403
    assert (await shown(client, answer))["status"] == "confirmed"
