"""Sales fall into countries and categories so that the parts add up, beside those of before."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from sqlalchemy import text

from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from sokoni.kernel.ids import decode, encode
from tests.analytics.factories import ONE, TWO, sold
from tests.catalog.factories import category
from tests.identity.factories import staff
from tests.markets import factories as markets
from tests.support.statements import counted

PATH = "/api/v1/admin/analytics/breakdown"
EARLIER = datetime(2026, 10, 31, 8, tzinfo=UTC)
FIRST = datetime(2026, 11, 1, 8, tzinfo=UTC)
TWO_DAYS = {"from": "2026-11-01T00:00:00Z", "to": "2026-11-03T00:00:00Z", "currency": "EUR"}
PRICE = 1999
Row = tuple[str | None, int, int, int, int]


async def breakdown(client: AsyncClient, db: Database, **asked: str) -> dict[str, Any]:
    headers = await staff(client, db, Permission.ANALYTICS_READ)
    response = await client.get(PATH, params={**TWO_DAYS, **asked}, headers=headers)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def rows(found: dict[str, Any]) -> list[Row]:
    """Each part: its key, orders and sales, and those of before."""
    return [(part["key"], *figures(part), *figures(part["previous"])) for part in found["items"]]


def figures(share: dict[str, Any]) -> tuple[int, int]:
    return share["orders"], share["sales"]["amount"]


async def sent_to(db: Database, answer: dict[str, Any], country: str) -> None:
    async with db.transaction() as tx:
        await tx.execute(
            text(
                "UPDATE orders.orders SET shipping_address ="
                " shipping_address || jsonb_build_object('country', CAST(:country AS text))"
                " WHERE id = :id"
            ),
            {"country": country, "id": decode("ord", answer["order"]["id"])},
        )


async def shelved(db: Database, answer: dict[str, Any], *categories: UUID) -> None:
    """What was bought stands in these categories."""
    product_id = decode("prod", answer["order"]["lines"][0]["product_id"])
    async with db.transaction() as tx:
        for category_id in categories:
            await tx.execute(
                text("INSERT INTO catalog.product_categories VALUES (:product, :category)"),
                {"product": product_id, "category": category_id},
            )


async def test_countries_stand_by_what_they_bought_beside_the_period_before(
    client: AsyncClient, db: Database
) -> None:
    shop = await markets.shop(db)
    await sold(client, db, shop, at=FIRST)
    await sent_to(db, await sold(client, db, shop, at=FIRST, quantity=2), "TZ")
    await sold(client, db, shop, at=FIRST)
    await sold(client, db, shop, at=EARLIER)
    await sent_to(db, await sold(client, db, shop, at=EARLIER), "KE")
    await sold(client, db, shop, at=FIRST, card=None)

    found = await breakdown(client, db)

    assert found["by"] == "country"
    assert rows(found) == [
        ("DE", 2, 2 * ONE, 1, ONE),
        ("TZ", 1, TWO, 0, 0),
        ("KE", 0, 0, 1, ONE),
    ]
    assert figures(found["total"]) == (3, 2 * ONE + TWO)
    assert figures(found["previous_total"]) == (2, 2 * ONE)


async def test_goods_count_once_in_their_first_top_category(
    client: AsyncClient, db: Database
) -> None:
    shop = await markets.shop(db)
    home = await category(db, "Home")
    kitchen = await category(db, "Kitchen", parent=home)
    mugs = await category(db, "Mugs", parent=kitchen)
    gifts = await category(db, "Offers")
    await shelved(db, await sold(client, db, shop, at=FIRST, quantity=2), mugs, gifts)
    await shelved(db, await sold(client, db, shop, at=FIRST), home)
    await shelved(db, await sold(client, db, shop, at=EARLIER), gifts)
    await sold(client, db, shop, at=FIRST)

    found = await breakdown(client, db, by="category")

    assert rows(found) == [
        (encode("cat", home), 2, 3 * PRICE, 0, 0),
        (None, 1, PRICE, 0, 0),
        (encode("cat", gifts), 0, 0, 1, PRICE),
    ]
    assert [part["name"] for part in found["items"]] == ["Home", None, "Offers"]
    assert figures(found["total"]) == (3, 4 * PRICE)
    assert figures(found["previous_total"]) == (1, PRICE)


async def test_an_order_of_two_categories_is_one_order_in_the_whole(
    client: AsyncClient, db: Database
) -> None:
    shop = await markets.shop(db)
    one = await sold(client, db, shop, at=FIRST)
    other = await sold(client, db, shop, at=FIRST)
    await shelved(db, one, await category(db, "Home"))
    await shelved(db, other, await category(db, "Garden"))
    async with db.transaction() as tx:
        await tx.execute(
            text("UPDATE orders.lines SET order_id = :one, position = 9 WHERE order_id = :other"),
            {
                "one": decode("ord", one["order"]["id"]),
                "other": decode("ord", other["order"]["id"]),
            },
        )

    found = await breakdown(client, db, by="category")

    assert [(part["name"], *figures(part)) for part in found["items"]] == [
        ("Home", 1, PRICE),
        ("Garden", 1, PRICE),
    ]
    assert figures(found["total"]) == (1, 2 * PRICE)


@pytest.mark.parametrize("by", ["country", "category"])
async def test_a_period_without_sales_has_no_parts_and_takes_two_statements(
    client: AsyncClient, db: Database, by: str
) -> None:
    await markets.shop(db)
    headers = await staff(client, db, Permission.ANALYTICS_READ)

    with counted(db) as heard:
        response = await client.get(PATH, params={**TWO_DAYS, "by": by}, headers=headers)

    found = response.json()
    assert (found["items"], figures(found["total"])) == ([], (0, 0))
    assert len(heard) == 2, heard  # those about accounts are not counted


async def test_only_those_who_may_see_figures_see_of_what_they_consist(
    client: AsyncClient, db: Database
) -> None:
    clerk = await staff(client, db, Permission.ORDERS_READ)

    assert (await client.get(PATH, params=TWO_DAYS, headers=clerk)).status_code == 403
