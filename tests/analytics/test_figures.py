"""Figures tell what was sold, to whom, and how it was before; exactly, and in a fixed effort."""

from datetime import UTC, datetime
from typing import Any

import pytest
from httpx import AsyncClient

from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from tests.analytics.factories import ONE, TWO, refunds_made_at, sold
from tests.checkout.factories import cancel
from tests.identity.factories import person, signed_in, staff
from tests.markets import factories as markets
from tests.support.statements import counted

PATH = "/api/v1/admin/analytics"
OCTOBER = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
FIRST = datetime(2026, 11, 1, 8, tzinfo=UTC)
SECOND = datetime(2026, 11, 2, 8, tzinfo=UTC)
STATEMENTS = [("sales", 4), ("products", 1), ("customers", 2), ("funnel", 2)]
TWO_DAYS = {"from": "2026-11-01T00:00:00Z", "to": "2026-11-03T00:00:00Z"}


async def figures(
    client: AsyncClient, db: Database, what: str, *more: Permission, **asked: str | int
) -> dict[str, Any]:
    headers = await staff(client, db, Permission.ANALYTICS_READ, *more)
    response = await client.get(f"{PATH}/{what}", params={**TWO_DAYS, **asked}, headers=headers)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def euros(amount: int) -> dict[str, object]:
    return {"amount": amount, "currency": "EUR"}


async def test_sales_stand_beside_those_of_the_period_before(
    client: AsyncClient, db: Database
) -> None:
    shop = await markets.shop(db)
    await sold(client, db, shop, at=OCTOBER, email="asha@example.com")
    await sold(client, db, shop, at=FIRST, email="asha@example.com", quantity=2)
    await sold(client, db, shop, at=FIRST, email="juma@example.com")
    await sold(client, db, shop, at=SECOND, email="juma@example.com")
    await sold(client, db, shop, at=SECOND, email="neema@example.com", card=None)

    found = await figures(client, db, "sales")

    assert (found["currency"], found["time_zone"]) == ("EUR", "UTC")
    assert found["previous_period"] == {
        "from_at": "2026-10-30T00:00:00Z",
        "to_at": "2026-11-01T00:00:00Z",
    }
    first, second = found["items"]
    assert (first["starts_at"], first["ends_at"]) == (
        "2026-11-01T00:00:00Z",
        "2026-11-02T00:00:00Z",
    )
    assert (first["orders"], first["sales"], first["new_customers"]) == (2, euros(TWO + ONE), 1)
    assert first["previous"]["orders"] == 0
    assert (second["orders"], second["sales"], second["new_customers"]) == (1, euros(ONE), 0)
    assert second["previous"]["sales"] == euros(ONE)
    assert second["previous"]["new_customers"] == 1
    total = found["total"]
    assert (total["orders"], total["sales"]) == (3, euros(TWO + 2 * ONE))
    assert total["average_order_value"] == euros(round((TWO + 2 * ONE) / 3))
    assert found["previous_total"]["net_sales"] == euros(ONE)


async def test_a_refund_counts_when_it_was_made(client: AsyncClient, db: Database) -> None:
    shop = await markets.shop(db)
    answer = await sold(client, db, shop, at=FIRST)
    assert (await cancel(client, answer)).status_code == 200
    await refunds_made_at(db, SECOND)

    found = await figures(client, db, "sales")

    first, second = found["items"]
    assert (first["sales"], first["refunds"]) == (euros(ONE), euros(0))
    assert (second["sales"], second["refunds"]) == (euros(0), euros(ONE))
    assert second["net_sales"] == euros(-ONE)
    assert second["average_order_value"] is None
    assert found["total"]["net_sales"] == euros(0)


async def test_days_begin_where_the_shopkeeper_is(client: AsyncClient, db: Database) -> None:
    shop = await markets.shop(db)
    await sold(client, db, shop, at=OCTOBER)

    found = await figures(
        client,
        db,
        "sales",
        time_zone="Africa/Dar_es_Salaam",
        **{"from": "2026-10-31T21:00:00Z", "to": "2026-11-01T21:00:00Z"},
    )

    assert [bucket["orders"] for bucket in found["items"]] == [1]


async def test_another_currency_has_its_own_figures(client: AsyncClient, db: Database) -> None:
    shop = await markets.shop(db)
    await sold(client, db, shop, at=FIRST)

    found = await figures(client, db, "sales", currency="TZS")

    assert found["total"]["orders"] == 0
    assert found["total"]["sales"] == {"amount": 0, "currency": "TZS"}


async def test_products_are_ranked_by_revenue_or_units(client: AsyncClient, db: Database) -> None:
    shop = await markets.shop(db)
    one = await sold(client, db, shop, at=FIRST)
    two = await sold(client, db, shop, at=SECOND, quantity=2)
    await sold(client, db, shop, at=SECOND, quantity=3, card=None)

    found = await figures(client, db, "products", by="units", limit=5)

    lines = [answer["order"]["lines"][0] for answer in (two, one)]
    assert [item["product_id"] for item in found["items"]] == [line["product_id"] for line in lines]
    assert [item["title"] for item in found["items"]] == [line["title"] for line in lines]
    assert [(item["units"], item["orders"]) for item in found["items"]] == [(2, 1), (1, 1)]
    assert [item["revenue"] for item in found["items"]] == [euros(3998), euros(1999)]
    assert {item["previous_units"] for item in found["items"]} == {0}
    earlier = await figures(
        client,
        db,
        "products",
        limit=1,
        **{"from": "2026-11-02T00:00:00Z", "to": "2026-11-04T00:00:00Z"},
    )
    assert [item["units"] for item in earlier["items"]] == [2]


async def test_customers_are_counted_once_in_the_whole(client: AsyncClient, db: Database) -> None:
    shop = await markets.shop(db)
    asha = await person(client, email="asha@example.com")
    await sold(client, db, shop, at=OCTOBER, email=asha.email, headers=asha.headers)
    await sold(client, db, shop, at=FIRST, email=asha.email, headers=asha.headers)
    await sold(client, db, shop, at=SECOND, email=asha.email, quantity=2, headers=asha.headers)
    juma = await sold(client, db, shop, at=SECOND, email="juma@example.com")

    found = await figures(client, db, "customers", Permission.CUSTOMERS_READ)

    days = [
        (each["customers"], each["new_customers"], each["returning"]) for each in found["items"]
    ]
    assert days == [(1, 0, 1), (2, 1, 1)]
    total = found["total"]
    assert (total["customers"], total["new_customers"], total["returning"]) == (2, 1, 1)
    assert found["previous_total"]["new_customers"] == 1
    top = [(each["id"], each["orders"], each["spent"]) for each in found["top"]]
    assert top == [
        (asha.wire_id, 2, euros(ONE + TWO)),
        (juma["order"]["id"], 1, euros(ONE)),
    ]
    assert [each["name"] for each in found["top"]] == ["Asha Mrema", "Asha Mrema"]


async def test_who_bought_is_not_named_to_those_who_may_not_read_customers(
    client: AsyncClient, db: Database
) -> None:
    shop = await markets.shop(db)
    await sold(client, db, shop, at=FIRST)

    found = await figures(client, db, "customers")

    assert (found["total"]["customers"], found["top"]) == (1, [])


@pytest.mark.parametrize(("what", "statements"), STATEMENTS)
async def test_the_effort_does_not_grow_with_the_buckets(
    client: AsyncClient, db: Database, what: str, statements: int
) -> None:
    await markets.shop(db)
    headers = await staff(client, db, Permission.ANALYTICS_READ)
    asked = {"currency": "EUR", "from": "2026-01-01T00:00:00Z", "to": "2026-12-31T00:00:00Z"}

    with counted(db) as heard:
        response = await client.get(f"{PATH}/{what}", params=asked, headers=headers)

    assert response.status_code == 200
    assert len(heard) == statements, heard  # those about accounts are not counted


async def test_only_those_who_may_see_figures(client: AsyncClient, db: Database) -> None:
    customer = await signed_in(client)
    clerk = await staff(client, db, Permission.ORDERS_READ)

    assert (await client.get(f"{PATH}/sales")).status_code == 401
    for headers in (customer, clerk):
        refused = await client.get(f"{PATH}/sales", headers=headers)
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/forbidden")


@pytest.mark.parametrize(
    ("asked", "pointer"),
    [
        ({"time_zone": "Mars/Olympus"}, "/query/time_zone"),
        ({"from": "2026-11-03T00:00:00Z"}, "/query/from"),
        ({"interval": "hour", "from": "2026-01-01T00:00:00Z"}, "/query/interval"),
        ({"to": "0001-01-01T00:00:00Z"}, "/query/to"),
        ({"currency": "XXQ"}, "/query/currency"),
    ],
)
async def test_a_period_that_cannot_be_shown_is_refused(
    client: AsyncClient, db: Database, asked: dict[str, str], pointer: str
) -> None:
    headers = await staff(client, db, Permission.ANALYTICS_READ)

    refused = await client.get(f"{PATH}/sales", params=TWO_DAYS | asked, headers=headers)

    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]
