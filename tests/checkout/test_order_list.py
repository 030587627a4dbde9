"""Staff's list of orders: sorted as asked, filtered, counted when asked."""

import pytest
from httpx import AsyncClient
from sqlalchemy import text

from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from sokoni.kernel.ids import new_id
from sokoni.kernel.paging import encode_cursor
from sokoni.orders.queries import OrderSort
from tests.cart import factories as carts
from tests.checkout import factories as checkout
from tests.identity import factories as identity
from tests.markets import factories as markets

PATH = "/api/v1/admin/orders"
TOTALS = (500, 900, 500, 100, 900)


async def walked(client: AsyncClient, headers: dict[str, str], **asked: str) -> list[str]:
    """The numbers of all orders, two a page, until there is no page after."""
    found: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = await client.get(PATH, params={"limit": 2, **asked, **cursor}, headers=headers)
        assert page.status_code == 200, page.text
        found += [order["number"] for order in page.json()["items"]]
        if page.json()["next_cursor"] is None:
            return found
        cursor = {"cursor": page.json()["next_cursor"]}


async def priced(client: AsyncClient, db: Database) -> list[str]:
    """The numbers of orders that came to `TOTALS`, in the order they were placed; the last two in
    dollars, the first two at one moment.
    """
    shop = await markets.shop(db)
    numbers = []
    for total in TOTALS:
        cart = await carts.filled(client, db, shop=shop)
        number = (await checkout.bought(client, cart))["order"]["number"]
        numbers.append(number)
        async with db.transaction() as tx:
            await tx.execute(
                text(
                    "UPDATE orders.orders SET grand_total = :total, items_total = :total,"
                    " shipping_total = 0 WHERE number = :number"
                ),
                {"total": total, "number": number},
            )
    async with db.transaction() as tx:
        await tx.execute(
            text("UPDATE orders.orders SET currency = 'USD' WHERE number = ANY(:numbers)"),
            {"numbers": numbers[3:]},
        )
        await tx.execute(
            text(
                "UPDATE orders.orders SET placed_at = (SELECT min(placed_at) FROM orders.orders)"
                " WHERE number = ANY(:numbers)"
            ),
            {"numbers": numbers[:2]},
        )
    return numbers


async def test_staff_see_orders_newest_first_and_counted(client: AsyncClient, db: Database) -> None:
    shop = await markets.shop(db)
    numbers = []
    for _ in range(2):
        cart = await carts.filled(client, db, shop=shop)
        numbers.append((await checkout.bought(client, cart))["order"]["number"])
    staff = await identity.staff(client, db, Permission.ORDERS_READ)

    page = await client.get(PATH, params={"limit": 1, "with_total": True}, headers=staff)

    assert page.status_code == 200, page.text
    assert [order["number"] for order in page.json()["items"]] == [numbers[1]]
    assert page.json()["total"] == 2


async def test_every_sort_walks_through_all_orders_once(client: AsyncClient, db: Database) -> None:
    first, second, third, fourth, fifth = numbers = await priced(client, db)
    staff = await identity.staff(client, db, Permission.ORDERS_READ)

    found = {sort: await walked(client, staff, sort=sort) for sort in OrderSort}

    by_total = [first, third, second, fourth, fifth]  # euros, then dollars
    assert found == {
        "placed": numbers,
        "-placed": numbers[::-1],
        "total": by_total,
        "-total": by_total[::-1],
    }
    assert await walked(client, staff) == numbers[::-1]


async def test_a_cursor_goes_on_in_its_own_order_only(client: AsyncClient, db: Database) -> None:
    await priced(client, db)
    staff = await identity.staff(client, db, Permission.ORDERS_READ)
    page = await client.get(PATH, params={"limit": 2, "sort": "total"}, headers=staff)

    refused = await client.get(
        PATH, params={"sort": "-total", "cursor": page.json()["next_cursor"]}, headers=staff
    )

    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/query/cursor"]


@pytest.mark.parametrize("place", [["EUR", 2**63], ["EUR", "many"], ["E\0R", 1]])
async def test_a_cursor_that_was_made_up_is_refused(
    client: AsyncClient, db: Database, place: list[object]
) -> None:
    staff = await identity.staff(client, db, Permission.ORDERS_READ)
    made_up = encode_cursor("orders.total", [*place, str(new_id())])

    refused = await client.get(PATH, params={"sort": "total", "cursor": made_up}, headers=staff)

    assert refused.status_code == 422, refused.text
