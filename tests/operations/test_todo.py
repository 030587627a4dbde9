"""The first page of the office counts what waits, for those who may see it."""

from httpx import AsyncClient
from sqlalchemy import text

from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from tests.cart.factories import filled, leave
from tests.checkout.factories import BAD_CARD, bought
from tests.identity.factories import signed_in, staff
from tests.inventory import factories as inventory
from tests.markets import factories as markets

PATH = "/api/v1/admin/todo"
EVERYTHING = (
    Permission.ORDERS_READ,
    Permission.INVENTORY_READ,
    Permission.PAYMENTS_READ,
    Permission.OPERATIONS_READ,
)


async def test_each_count_is_exact(client: AsyncClient, db: Database) -> None:
    shop = await markets.shop(db)
    cart = await filled(client, db, shop=shop)
    await bought(client, cart)
    await bought(client, await filled(client, db, shop=shop), card=BAD_CARD)
    await leave(db, cart.variant_ids[0], units=3)
    async with db.transaction() as tx:
        await inventory.location(tx)
        await tx.execute(text("UPDATE inventory.stock_levels SET low_stock_threshold = 3"))
        await tx.execute(
            text(
                "INSERT INTO kernel.jobs (id, name, args, state, attempts)"
                " VALUES (gen_random_uuid(), 'test.lost', '{}', 'dead', 5)"
            )
        )
    headers = await staff(client, db, *EVERYTHING)

    found = await client.get(PATH, headers=headers)

    assert found.status_code == 200, found.text
    assert found.json() == {
        "to_fulfil": 1,
        "low_stock": 1,
        "failed_payments": 1,
        "failed_refunds": 0,
        "dead_letters": 1,
    }


async def test_nobody_is_told_what_they_may_not_see(client: AsyncClient, db: Database) -> None:
    await markets.shop(db)
    clerk = await staff(client, db, Permission.INVENTORY_READ)
    customer = await signed_in(client)

    assert (await client.get(PATH, headers=clerk)).json() == {
        "to_fulfil": None,
        "low_stock": 0,
        "failed_payments": None,
        "failed_refunds": None,
        "dead_letters": None,
    }
    assert (await client.get(PATH, headers=customer)).status_code == 403
    assert (await client.get(PATH)).status_code == 401
