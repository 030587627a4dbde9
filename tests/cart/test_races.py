"""Carts under concurrency: nothing is lost, nothing counted twice, nobody reads half of a change.

Each guard has its control, which shows the race without it.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import text

from sokoni.cart import queries
from sokoni.cart import service as cart
from sokoni.cart.queries import Owner
from sokoni.kernel.db import Database, WriteSession
from sokoni.kernel.ids import encode
from tests.cart import factories as carts
from tests.identity import factories as people
from tests.markets import factories as markets
from tests.support.waiting import wait_until

CART = "/api/v1/cart"
ITEMS = f"{CART}/items"
NOW = markets.NOW


async def waiting_for_a_lock(db: Database) -> bool:
    async with db.reading() as session:
        count = await session.scalar(
            text(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
        )
    return bool(count)


async def test_twenty_adds_at_once_add_up(client: AsyncClient, db: Database) -> None:
    made = await carts.filled(client, db, quantity=1)
    body = {"variant_id": encode("var", made.variant_ids[0]), "quantity": 2}

    answers = await asyncio.gather(
        *(client.post(ITEMS, json=body, headers=made.headers) for _ in range(20))
    )

    assert {answer.status_code for answer in answers} == {201}
    seen = sorted((a.json()["version"], a.json()["lines"][0]["quantity"]) for a in answers)
    assert seen == [(2 + i, 3 + 2 * i) for i in range(20)]
    shown = (await client.get(CART, headers=made.headers)).json()
    assert (shown["version"], [line["quantity"] for line in shown["lines"]]) == (21, [41])


async def test_adds_at_once_never_pass_what_is_available(client: AsyncClient, db: Database) -> None:
    made = await carts.filled(client, db, quantity=1, units=10)
    body = {"variant_id": encode("var", made.variant_ids[0]), "quantity": 2}

    answers = await asyncio.gather(
        *(client.post(ITEMS, json=body, headers=made.headers) for _ in range(12))
    )

    assert sorted(answer.status_code for answer in answers) == [201] * 4 + [409] * 8
    shown = (await client.get(CART, headers=made.headers)).json()
    assert [line["quantity"] for line in shown["lines"]] == [9]


async def test_without_the_lock_two_adds_pass_what_is_available(
    client: AsyncClient, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await carts.filled(client, db, quantity=1, units=10)
    body = {"variant_id": encode("var", made.variant_ids[0]), "quantity": 6}
    both_have_read = asyncio.Barrier(2)

    async def without_lock(tx: WriteSession, *, owner: Owner) -> queries.Basket | None:
        found = await queries.basket(tx, owner=owner)
        await both_have_read.wait()
        return found

    monkeypatch.setattr(queries, "basket_for_checkout", without_lock)
    answers = await asyncio.gather(
        *(client.post(ITEMS, json=body, headers=made.headers) for _ in range(2))
    )

    assert [answer.status_code for answer in answers] == [201, 201]
    shown = (await client.get(CART, headers=made.headers)).json()
    assert [line["quantity"] for line in shown["lines"]] == [13]


async def test_a_users_first_adds_at_once_make_one_cart(client: AsyncClient, db: Database) -> None:
    await markets.shop(db)
    (variant_id,) = await carts.goods(db)
    alice = await people.signed_in(client)

    added = await asyncio.gather(*(carts.add(client, variant_id, headers=alice) for _ in range(8)))

    assert len({answer["id"] for answer in added}) == 1
    shown = (await client.get(CART, headers=alice)).json()
    assert [line["quantity"] for line in shown["lines"]] == [8]


async def test_who_waited_for_the_lock_sees_what_was_added_meanwhile(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db, quantity=1)

    async def check_out() -> queries.Basket | None:
        async with db.transaction() as tx:
            return await queries.basket_for_checkout(tx, cart_id=made.id)

    found = await _while_adding(db, made, check_out())

    assert found is not None
    assert (found.version, [item.quantity for item in found.items]) == (2, [5])


async def test_one_locked_read_alone_would_miss_what_was_added_meanwhile(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db, quantity=1)

    async def check_out() -> Any:
        async with db.transaction() as tx:
            query = text(queries.BASKET + queries.BY_ID + queries.TO_CHANGE)
            return (await tx.execute(query, {"cart_id": made.id})).one()

    found = await _while_adding(db, made, check_out())

    assert (found.version, found.version_at_start) == (2, 1)
    assert '"quantity":1' in found.items


async def test_a_merge_and_adds_to_the_guests_cart_lose_nothing(
    client: AsyncClient, db: Database
) -> None:
    shop = await markets.shop(db)
    for _ in range(5):
        guests = await carts.filled(client, db, quantity=1, shop=shop)
        alice = await people.signed_in(client)
        await carts.add(client, guests.variant_ids[0], headers=alice)
        body = {"variant_id": encode("var", guests.variant_ids[0]), "quantity": 1}

        merged, *added = await asyncio.gather(
            _merge(client, guests, alice),
            *(client.post(ITEMS, json=body, headers=guests.headers) for _ in range(6)),
        )

        assert merged.status_code == 200
        assert {answer.status_code for answer in added} <= {201, 404}
        in_time = sum(answer.status_code == 201 for answer in added)
        shown = (await client.get(CART, headers=alice)).json()
        assert [line["quantity"] for line in shown["lines"]] == [2 + in_time]


async def test_a_merge_twenty_times_at_once_counts_once(client: AsyncClient, db: Database) -> None:
    guests = await carts.filled(client, db, quantity=3)
    alice = await people.signed_in(client)
    await carts.add(client, guests.variant_ids[0], quantity=2, headers=alice)

    answers = await asyncio.gather(*(_merge(client, guests, alice) for _ in range(20)))

    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json()["version"] for answer in answers} == {2}
    shown = (await client.get(CART, headers=alice)).json()
    assert [line["quantity"] for line in shown["lines"]] == [5]


async def test_two_guests_carts_taken_over_at_once_become_one(
    client: AsyncClient, db: Database
) -> None:
    one = await carts.filled(client, db, quantity=3)
    other = await carts.filled(client, db, quantity=4, shop=one.shop)
    alice = await people.signed_in(client)

    answers = await asyncio.gather(_merge(client, one, alice), _merge(client, other, alice))

    assert {answer.status_code for answer in answers} == {200}
    shown = (await client.get(CART, headers=alice)).json()
    assert sorted(line["quantity"] for line in shown["lines"]) == [3, 4]


async def test_a_storm_leaves_the_cart_that_its_successes_describe(
    client: AsyncClient, db: Database
) -> None:
    random = Random(7)
    made = await carts.filled(client, db, kinds=3, quantity=5, units=1000)
    expected = dict.fromkeys((encode("var", v) for v in made.variant_ids), 5)

    async def add(variant: str, quantity: int) -> None:
        body = {"variant_id": variant, "quantity": quantity}
        answer = await client.post(ITEMS, json=body, headers=made.headers)
        assert answer.status_code == 201, answer.text
        expected[variant] += quantity

    async def tell() -> None:
        answer = await client.patch(CART, json={}, headers=made.headers)
        assert answer.status_code == 200, answer.text

    jobs = [
        add(random.choice(list(expected)), random.randint(1, 4))
        if random.random() < 0.7
        else tell()
        for _ in range(60)
    ]
    await asyncio.gather(*jobs)

    shown = (await client.get(CART, headers=made.headers)).json()
    assert {line["variant_id"]: line["quantity"] for line in shown["lines"]} == expected
    assert shown["version"] == made.answer["version"] + 60


async def test_one_who_completes_a_cart_shuts_the_door_on_adds(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db)
    body = {"variant_id": encode("var", made.variant_ids[0]), "quantity": 1}

    async with db.transaction() as tx:
        await cart.complete(tx, cart_id=made.id, order_id=made.id, now=NOW)
        late = asyncio.create_task(client.post(ITEMS, json=body, headers=made.headers))
        await wait_until(lambda: waiting_for_a_lock(db), what="the add waiting")

    answer = await late
    assert answer.json()["type"] == "/problems/cart-completed"


async def test_see_prices_accepts_the_prices_of_now(client: AsyncClient, db: Database) -> None:
    made = await carts.filled(client, db)
    await carts.reprice(db, made.variant_ids[0], amount=2500)

    async with db.transaction() as tx:
        basket = await queries.basket_for_checkout(tx, cart_id=made.id)
        assert basket is not None
        before = await cart.priced(tx, basket=basket)
        after = await cart.see_prices(tx, priced=before, now=NOW)

    assert (before.prices_changed, after.prices_changed) == (True, False)
    async with db.reading() as session:
        stored = await queries.basket(session, cart_id=made.id)
    assert stored == replace(after.basket, updated_at=NOW)
    assert stored.version == 2


async def _merge(client: AsyncClient, guests: carts.FilledCart, user: dict[str, str]) -> Response:
    return await client.post(f"{CART}/merge", headers=user | {"X-Cart-Token": guests.token})


async def _while_adding(db: Database, made: carts.FilledCart, checkout: Awaitable[Any]) -> Any:
    """Start `checkout` while another transaction holds the cart, having added four units to it."""
    async with db.transaction() as tx:
        await cart.add_item(
            tx,
            owner=Owner(cart_token=made.token),
            variant_id=made.variant_ids[0],
            quantity=4,
            now=NOW,
        )
        waiting = asyncio.ensure_future(checkout)
        await wait_until(lambda: waiting_for_a_lock(db), what="the checkout waiting")
    return await waiting
