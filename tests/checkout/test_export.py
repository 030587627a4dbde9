"""Orders leave as a file: filtered as the list, with decimals, and nothing that would run."""

import csv
from io import StringIO
from uuid import uuid4

import pytest
from httpx import AsyncClient

from sokoni.checkout.flows import exporting
from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from tests.cart.factories import BERLIN, filled
from tests.checkout.factories import bought
from tests.identity.factories import person, staff
from tests.markets import factories as markets

PATH = "/api/v1/admin/orders/export"


async def rows(client: AsyncClient, headers: dict[str, str], **asked: str) -> list[dict[str, str]]:
    response = await client.get(PATH, params=asked, headers=headers)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(StringIO(response.text)))


async def test_each_order_is_a_row_newest_first(client: AsyncClient, db: Database) -> None:
    shop = await markets.shop(db)
    address = BERLIN | {"name": "=1+1"}
    first = await bought(client, await filled(client, db, shop=shop), shipping_address=address)
    second = await bought(client, await filled(client, db, shop=shop, kinds=2), card=None)
    headers = await staff(client, db, Permission.ORDERS_READ)

    found = await rows(client, headers, format="csv")
    paid = await rows(client, headers, payment_status="paid")
    lines = await rows(client, headers, rows="lines")

    assert [row["number"] for row in found] == [
        second["order"]["number"],
        first["order"]["number"],
    ]
    assert (found[1]["grand_total"], found[1]["shipping_total"]) == ("44.88", "4.90")
    assert (found[1]["name"], found[1]["city"], found[1]["units"]) == ("'=1+1", "Berlin", "2")
    assert (found[0]["status"], found[0]["units"]) == ("pending", "4")
    assert [row["number"] for row in paid] == [first["order"]["number"]]
    assert [(row["quantity"], row["unit_price"], row["line_total"]) for row in lines] == [
        ("2", "19.99", "39.98")
    ] * 3


async def test_a_long_list_is_read_in_pieces_and_complete(
    client: AsyncClient, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "BATCH", 2)
    shop = await markets.shop(db)
    asha = await person(client)
    numbers = []
    for _ in range(5):
        cart = await filled(client, db, shop=shop, headers=asha.headers)
        numbers.append((await bought(client, cart, headers=asha.headers))["order"]["number"])
    await bought(client, await filled(client, db, shop=shop))
    headers = await staff(client, db, Permission.ORDERS_READ)

    found = await rows(client, headers, customer=asha.wire_id)

    assert [row["number"] for row in found] == numbers[::-1]


async def test_only_those_who_may_read_orders(client: AsyncClient, db: Database) -> None:
    keeper = await staff(client, db, Permission.CATALOG_READ)
    clerk = await staff(client, db, Permission.ORDERS_READ)

    assert (await client.get(PATH)).status_code == 401
    assert (await client.get(PATH, headers=keeper)).status_code == 403
    refused = await client.get(PATH, params={"format": "pdf"}, headers=clerk)
    assert refused.status_code == 422
    unstorable = await client.get(PATH, params={"email": "a\x00@example.com"}, headers=clerk)
    assert unstorable.status_code == 422
    missing = await client.get(f"/api/v1/admin/orders/{uuid4()}", headers=clerk)
    assert missing.status_code == 404
