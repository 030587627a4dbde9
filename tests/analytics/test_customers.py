"""Customers: everybody who has an account or bought as a guest, with what they bought."""

from datetime import UTC, datetime
from typing import Any

from httpx import AsyncClient

from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode, new_id
from tests.analytics.factories import ONE, TWO, sold
from tests.checkout.factories import cancel
from tests.identity.factories import person, staff
from tests.markets import factories as markets
from tests.support.statements import counted

PATH = "/api/v1/admin/customers"
FIRST = datetime(2026, 11, 1, 8, tzinfo=UTC)
SECOND = datetime(2026, 11, 2, 8, tzinfo=UTC)


async def customers(client: AsyncClient, db: Database, **asked: str | int) -> dict[str, Any]:
    headers = await staff(client, db, Permission.CUSTOMERS_READ)
    response = await client.get(PATH, params=asked, headers=headers)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


async def test_an_account_counts_its_orders_and_those_placed_as_a_guest(
    client: AsyncClient, db: Database
) -> None:
    shop = await markets.shop(db)
    asha = await person(client, email="asha@example.com")
    await sold(client, db, shop, at=FIRST, email=asha.email)
    latest = await sold(
        client, db, shop, at=SECOND, email=asha.email, quantity=2, headers=asha.headers
    )
    await sold(client, db, shop, at=FIRST, email=asha.email, card=None)
    refunded = await sold(client, db, shop, at=FIRST, email=asha.email)
    assert (await cancel(client, refunded)).status_code == 200
    await sold(client, db, shop, at=SECOND, email="asha@example.org")

    found = (await customers(client, db, q="asha@example.com"))["items"]

    assert [each["id"] for each in found] == [asha.wire_id]
    assert (found[0]["kind"], found[0]["orders"]) == ("account", 3)
    assert found[0]["spent"] == [{"amount": ONE + TWO, "currency": "EUR"}]
    assert found[0]["first_order_at"] == "2026-11-01T08:00:00Z"
    assert (found[0]["last_order_at"], found[0]["last_order_id"]) == (
        "2026-11-02T08:00:00Z",
        latest["order"]["id"],
    )


async def test_accounts_are_walked_from_either_end(client: AsyncClient, db: Database) -> None:
    headers = await staff(client, db, Permission.CUSTOMERS_READ, email="zawadi@example.com")
    names = ["asha", "juma", "neema"]
    for name in names:
        await person(client, email=f"{name}@example.com")

    async def walked(**asked: str) -> list[str]:
        found: list[str] = []
        cursor: dict[str, str] = {}
        while True:
            asking: dict[str, str | int] = {"limit": 2, **asked, **cursor}
            page = (await client.get(PATH, params=asking, headers=headers)).json()
            found += [each["email"].partition("@")[0] for each in page["items"]]
            if page["next_cursor"] is None:
                return found
            cursor = {"cursor": page["next_cursor"]}

    oldest_first = ["zawadi", *names]
    assert await walked(sort="joined") == oldest_first
    assert await walked(sort="-joined") == await walked() == oldest_first[::-1]
    for wrong in ({"kind": "guest", "sort": "joined"}, {"sort": "spent"}):
        assert (await client.get(PATH, params=wrong, headers=headers)).status_code == 422


async def test_guests_are_listed_by_their_newest_order_page_by_page(
    client: AsyncClient, db: Database
) -> None:
    shop = await markets.shop(db)
    await person(client, email="asha@example.com")
    await sold(client, db, shop, at=SECOND, email="asha@example.com")
    await sold(client, db, shop, at=FIRST, email="juma@example.com")
    neema = await sold(client, db, shop, at=FIRST, email="neema@example.com")
    juma = await sold(client, db, shop, at=SECOND, email="juma@example.com", quantity=2)

    first = await customers(client, db, kind="guest", limit=1)
    second = await customers(client, db, kind="guest", limit=1, cursor=first["next_cursor"])

    assert [each["id"] for each in first["items"]] == [juma["order"]["id"]]
    assert first["items"][0]["spent"] == [{"amount": ONE + TWO, "currency": "EUR"}]
    assert first["items"][0]["created_at"] == "2026-11-01T08:00:00Z"
    assert [each["id"] for each in second["items"]] == [neema["order"]["id"]]
    assert second["next_cursor"] is None
    begun = await customers(client, db, kind="guest", q="NEEMA@")
    assert [each["email"] for each in begun["items"]] == ["neema@example.com"]
    assert (await customers(client, db, kind="guest", q="n%"))["items"] == []


async def test_a_customer_is_shown_with_addresses(client: AsyncClient, db: Database) -> None:
    shop = await markets.shop(db)
    asha = await person(client)
    home = {"name": "Asha Mrema", "line1": "1 Uhuru Street", "city": "Moshi", "country": "TZ"}
    assert (
        await client.post("/api/v1/addresses", json=home, headers=asha.headers)
    ).status_code == 201
    earlier = await sold(client, db, shop, at=FIRST, email="juma@example.com")
    newest = await sold(client, db, shop, at=SECOND, email="juma@example.com")
    headers = await staff(client, db, Permission.CUSTOMERS_READ)

    account = (await client.get(f"{PATH}/{asha.wire_id}", headers=headers)).json()
    guest = (await client.get(f"{PATH}/{earlier['order']['id']}", headers=headers)).json()

    assert [address["line1"] for address in account["addresses"]] == ["1 Uhuru Street"]
    assert (account["orders"], account["spent"]) == (0, [])
    assert (guest["kind"], guest["id"]) == ("guest", newest["order"]["id"])
    assert (guest["email"], guest["orders"]) == ("juma@example.com", 2)
    assert [(each["id"], each["city"]) for each in guest["addresses"]] == [(None, "Berlin")]


async def test_nobody_is_found_by_what_is_not_theirs(client: AsyncClient, db: Database) -> None:
    shop = await markets.shop(db)
    asha = await person(client)
    answer = await sold(client, db, shop, at=FIRST, email=asha.email, headers=asha.headers)
    headers = await staff(client, db, Permission.CUSTOMERS_READ)

    for unknown in (
        encode("usr", new_id()),
        encode("ord", new_id()),
        "asha",
        answer["order"]["id"],
    ):
        missing = await client.get(f"{PATH}/{unknown}", headers=headers)
        assert missing.status_code == 404, unknown


async def test_a_page_of_customers_takes_two_statements(client: AsyncClient, db: Database) -> None:
    shop = await markets.shop(db)
    for number in range(3):
        await sold(client, db, shop, at=FIRST, email=f"guest{number}@example.com")
    headers = await staff(client, db, Permission.CUSTOMERS_READ)

    with counted(db) as heard:
        page = await client.get(PATH, params={"kind": "guest"}, headers=headers)

    assert len(page.json()["items"]) == 3
    assert len(heard) == 1, heard  # the walk names accounts, and those are not counted


async def test_customers_are_for_those_who_may_see_them(client: AsyncClient, db: Database) -> None:
    clerk = await staff(client, db, Permission.ORDERS_READ)

    assert (await client.get(PATH)).status_code == 401
    assert (await client.get(PATH, headers=clerk)).status_code == 403
