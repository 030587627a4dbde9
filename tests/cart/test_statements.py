"""How many statements a cart costs, whatever is in it."""

import pytest
from httpx import AsyncClient

from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode
from tests.cart import factories as carts
from tests.markets import factories as markets
from tests.support.statements import counted

CART = "/api/v1/cart"


@pytest.mark.parametrize("kinds", [1, 50])
async def test_adding_takes_four_statements_and_two_more_with_a_key(
    client: AsyncClient, db: Database, kinds: int
) -> None:
    await markets.shop(db)
    variant_ids = await carts.goods(db, kinds=kinds)
    made = await carts.filled_at_once(db, variant_ids)
    assert made.token is not None
    guest = {"X-Cart-Token": made.token}

    with counted(db) as plain:
        await carts.add(client, variant_ids[0], headers=guest)
    with counted(db) as keyed:
        await carts.add(client, variant_ids[0], headers=guest | {"Idempotency-Key": "once"})

    assert len(plain) == 4, plain
    assert len(keyed) == 6, keyed


async def test_the_first_item_takes_no_more_than_the_next(
    client: AsyncClient, db: Database
) -> None:
    await markets.shop(db)
    (variant_id,) = await carts.goods(db)

    with counted(db) as statements:
        await carts.add(client, variant_id, headers={"Idempotency-Key": "first"})

    assert len(statements) == 6, statements


@pytest.mark.parametrize("kinds", [1, 50])
async def test_showing_takes_three_statements(
    client: AsyncClient, db: Database, kinds: int
) -> None:
    await markets.shop(db)
    variant_ids = await carts.goods(db, kinds=kinds)
    made = await carts.filled_at_once(db, variant_ids)
    assert made.token is not None
    guest = {"X-Cart-Token": made.token}

    with counted(db) as shown:
        assert len((await client.get(CART, headers=guest)).json()["lines"]) == kinds
    with counted(db) as explained:
        await client.get(f"{CART}/explain", headers=guest)
    with counted(db) as summed:
        items = [{"variant_id": encode("var", v), "quantity": 1} for v in variant_ids]
        await client.post(f"{CART}/summary", json={"items": items})

    assert (len(shown), len(explained), len(summed)) == (3, 3, 3), shown
