"""Many buyers at once: nothing is sold twice, and whoever is refused is left with nothing."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

from httpx import AsyncClient, Response
from sqlalchemy import text

from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode, new_id
from sokoni.kernel.worker import Worker
from sokoni.orders import queries as order_queries
from tests.cart.factories import filled, filled_at_once, goods
from tests.checkout.factories import (
    broken_laws,
    buy,
    money,
    problems,
    rows,
    states,
    statuses,
    unguarded,
)
from tests.inventory.factories import available
from tests.markets import factories as markets
from tests.payments.factories import Unpaid, now, place

INSUFFICIENT = "/problems/insufficient-stock"
IN_PROGRESS = "/problems/request-in-progress"


async def rush(
    client: AsyncClient, db: Database, variant_id: UUID, *, buyers: int
) -> list[Response]:
    """So many guests, each with a cart of one unit, check out at the same moment.

    Who is told that the shop is busy (503) comes back with the same key, as clients do.
    """
    carts = [await filled_at_once(db, [variant_id]) for _ in range(buyers)]

    async def check_out(token: str) -> Response:
        key = str(uuid4())
        while True:
            answer = await buy(client, headers={"X-Cart-Token": token}, key=key)
            if answer.status_code != 503:
                return answer

    return await asyncio.gather(*(check_out(cart.token or "") for cart in carts))


async def test_four_hundred_buyers_of_a_hundred_units(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    await markets.shop(db)
    (variant_id,) = await goods(db, units=100)

    answers = await rush(client, db, variant_id, buyers=400)

    assert statuses(answers) == {201: 100, 409: 300}
    assert problems(answers) == {INSUFFICIENT: 300}
    assert {a.json()["order"]["status"] for a in answers if a.status_code == 201} == {"confirmed"}
    assert await available(db, variant_id) == 0
    assert await states(db) == {"confirmed": 100}
    assert await money(db) == {"capture": 100}
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_the_last_unit_goes_to_one_of_thirty(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    await markets.shop(db)
    (variant_id,) = await goods(db, units=1)

    answers = await rush(client, db, variant_id, buyers=30)

    assert statuses(answers) == {201: 1, 409: 29}
    assert problems(answers) == {INSUFFICIENT: 29}
    assert await states(db) == {"confirmed": 1}
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_this_bench_oversells_without_the_conditional_update(db: Database) -> None:
    """The control: eight who look first and write then all sell the one unit, and lose seven."""
    (variant_id,) = await goods(db, units=1)
    all_have_looked = asyncio.Barrier(8)
    level = "inventory.stock_levels"

    async def naive_reserve() -> bool:
        async with db.transaction() as tx:
            find = text(f"SELECT on_hand, reserved FROM {level} WHERE variant_id = :id")
            on_hand, reserved = (await tx.execute(find, {"id": variant_id})).one()
            await all_have_looked.wait()
            await tx.execute(
                text(f"UPDATE {level} SET reserved = :new WHERE variant_id = :id"),
                {"id": variant_id, "new": reserved + 1},
            )
            return bool(on_hand - reserved >= 1)

    sold = await asyncio.gather(*(naive_reserve() for _ in range(8)))

    assert sum(sold) == 8
    assert await rows(db, f"SELECT reserved FROM {level}") == [(1,)]
    assert "reserved-is-live-holds" in await broken_laws(db)


async def test_one_cart_completed_by_twenty_keys_is_one_order_and_one_payment(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    cart = await filled(client, db, quantity=1, units=20)

    answers = await asyncio.gather(*(buy(client, cart) for _ in range(20)))

    assert statuses(answers).keys() <= {201, 409}
    assert problems(answers).keys() <= {"/problems/cart-completed"}
    named = {answer.json()["order"]["id"] for answer in answers if answer.status_code == 201}
    named |= {answer.json()["order_id"] for answer in answers if answer.status_code == 409}
    assert len(named) == 1
    assert await states(db) == {"confirmed": 1}
    assert await rows(db, "SELECT status, declines FROM payments.sessions") == [("succeeded", 0)]
    assert await money(db) == {"capture": 1}
    assert await available(db, cart.variant_ids[0]) == 19
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_this_bench_orders_one_cart_five_times_without_lock_and_index(db: Database) -> None:
    """The control: five who find no living order each place one."""
    (variant_id,) = await goods(db, units=10)
    cart_id = new_id()
    all_have_looked = asyncio.Barrier(5)

    async def naive_place() -> None:
        made = Unpaid(new_id(), new_id(), cart_id=cart_id, variant_id=variant_id)
        at = now()
        async with db.transaction() as tx:
            assert await order_queries.living_order(tx, cart_id=cart_id) is None
            await all_have_looked.wait()
            await place(tx, made, sku="KANGA", until=at + timedelta(minutes=30), at=at)

    async with unguarded(db, "one_living_order_per_cart"):
        await asyncio.gather(*(naive_place() for _ in range(5)))

        assert await states(db) == {"pending": 5}
        assert (await broken_laws(db))["one-cart-one-living-order"] == (encode("cart", cart_id),)


async def test_one_key_sent_by_twenty_is_one_order_and_one_answer(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    cart = await filled(client, db, quantity=1, units=20)
    key = str(uuid4())

    answers = await asyncio.gather(*(buy(client, cart, key=key) for _ in range(20)))
    afterwards = await buy(client, cart, key=key)

    assert statuses(answers).keys() <= {201, 409}
    assert problems(answers).keys() <= {IN_PROGRESS}
    done = [answer for answer in answers if answer.status_code == 201]
    assert {answer.content for answer in (*done, afterwards)} == {done[0].content}
    assert sum("idempotency-replayed" not in answer.headers for answer in done) == 1
    assert all(answer.headers["retry-after"] for answer in answers if answer.status_code == 409)
    assert await states(db) == {"confirmed": 1}
    assert await money(db) == {"capture": 1}
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_items_sent_twenty_times_under_one_key_are_bought_once(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    """Without a cart there is no row to queue at: the key alone stands between two orders."""
    await markets.shop(db)
    (variant_id,) = await goods(db, units=20)
    items = [{"variant_id": encode("var", variant_id), "quantity": 1}]
    key = str(uuid4())

    answers = await asyncio.gather(*(buy(client, key=key, items=items) for _ in range(20)))

    assert statuses(answers).keys() <= {201, 409}
    assert problems(answers).keys() <= {IN_PROGRESS}
    assert await states(db) == {"confirmed": 1}
    assert await available(db, variant_id) == 19
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_this_bench_buys_twenty_times_without_the_key(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    """The control: the same twenty requests, each under a key of its own."""
    await markets.shop(db)
    (variant_id,) = await goods(db, units=20)
    items = [{"variant_id": encode("var", variant_id), "quantity": 1}]

    answers = await asyncio.gather(*(buy(client, items=items) for _ in range(20)))

    assert statuses(answers) == {201: 20}
    assert await states(db) == {"confirmed": 20}
    await worker.until_idle()
    assert await broken_laws(db) == {}
