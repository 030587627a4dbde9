"""A guest's cart becomes the account's."""

from typing import Any

from httpx import AsyncClient, Response

from sokoni.cart import service as cart
from sokoni.kernel import writes
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode, new_id
from tests.cart import factories as carts
from tests.identity import factories as people
from tests.markets import factories as markets

CART = "/api/v1/cart"


def quantities(answer: dict[str, Any]) -> dict[str, int]:
    return {line["variant_id"]: line["quantity"] for line in answer["lines"]}


async def merge(client: AsyncClient, guests: carts.FilledCart, user: dict[str, str]) -> Response:
    return await client.post(f"{CART}/merge", headers=user | {"X-Cart-Token": guests.token})


async def test_a_user_without_a_cart_takes_the_guests_over(
    client: AsyncClient, db: Database
) -> None:
    guests = await carts.filled(client, db)
    alice = await people.signed_in(client)

    merged = await merge(client, guests, alice)

    assert merged.status_code == 200
    assert (merged.json()["id"], merged.json()["version"]) == (guests.wire_id, 2)
    assert merged.json()["lines"] == guests.answer["lines"]
    assert (await client.get(CART, headers=guests.headers)).status_code == 404
    assert (await client.get(CART, headers=alice)).json() == merged.json()


async def test_the_guests_items_are_added_to_the_users_up_to_what_is_left(
    client: AsyncClient, db: Database
) -> None:
    guests = await carts.filled(client, db, kinds=3, quantity=4, units=6)
    alice = await people.signed_in(client)
    both, only_guests, gone = guests.variant_ids
    await carts.add(client, both, quantity=3, headers=alice)
    await carts.leave(db, gone, units=0)

    merged = (await merge(client, guests, alice)).json()

    assert quantities(merged) == {encode("var", both): 6, encode("var", only_guests): 4}
    assert [
        (notice["code"], notice["variant_id"], notice["requested"], notice["available"])
        for notice in merged["notices"]
    ] == [
        ("quantity-capped", encode("var", both), 7, 6),
        ("quantity-capped", encode("var", gone), 4, 0),
    ]
    shown = (await client.get(CART, headers=alice)).json()
    assert shown == merged | {"notices": []}
    assert shown["version"] == 2
    assert (await client.get(CART, headers=guests.headers)).status_code == 404


async def test_a_merge_never_takes_from_what_the_user_has(
    client: AsyncClient, db: Database
) -> None:
    guests = await carts.filled(client, db, quantity=1)
    alice = await people.signed_in(client)
    await carts.add(client, guests.variant_ids[0], quantity=5, headers=alice)
    await carts.leave(db, guests.variant_ids[0], units=2)

    merged = (await merge(client, guests, alice)).json()

    assert [line["quantity"] for line in merged["lines"]] == [5]
    assert merged["lines"][0]["notices"][0]["code"] == "insufficient-stock"


async def test_a_merge_repeated_changes_nothing_more(client: AsyncClient, db: Database) -> None:
    alice = await people.signed_in(client)
    shop = await markets.shop(db)
    for mine in (None, 2):
        guests = await carts.filled(client, db, shop=shop, quantity=2)
        if mine:
            await carts.add(client, guests.variant_ids[0], quantity=mine, headers=alice)
        first = (await merge(client, guests, alice)).json()
        second = await merge(client, guests, alice)
        assert (second.status_code, second.json()) == (200, first)


async def test_a_token_of_another_accounts_cart_merges_nothing(
    client: AsyncClient, db: Database
) -> None:
    guests = await carts.filled(client, db)
    alice, bob = await people.signed_in(client), await people.signed_in(client)
    await merge(client, guests, alice)

    assert (await merge(client, guests, bob)).status_code == 404
    unknown = await client.post(f"{CART}/merge", headers=bob | {"X-Cart-Token": "wrong"})
    assert unknown.status_code == 404
    missing = await client.post(f"{CART}/merge", headers=bob)
    assert missing.status_code == 422
    nobody = await client.post(f"{CART}/merge", headers=guests.headers)
    assert nobody.status_code == 401
    assert (await client.get(CART, headers=bob)).status_code == 404


async def test_a_paid_cart_is_closed_to_everything(client: AsyncClient, db: Database) -> None:
    made = await carts.filled(client, db)
    order_id, now = new_id(), markets.NOW
    async with db.transaction() as tx:
        assert await cart.complete(tx, cart_id=made.id, order_id=order_id, now=now) is True
        assert await cart.complete(tx, cart_id=made.id, order_id=new_id(), now=now) is False
    line = f"{CART}/items/{made.line_ids[0]}"
    item = {"variant_id": encode("var", made.variant_ids[0]), "quantity": 1}

    answers = [
        await client.get(CART, headers=made.headers),
        await client.post(f"{CART}/items", json=item, headers=made.headers),
        await client.put(line, json={"quantity": 1}, headers=made.headers),
        await client.delete(line, headers=made.headers),
        await client.patch(CART, json={}, headers=made.headers),
        await client.delete(CART, headers=made.headers),
        await merge(client, made, await people.signed_in(client)),
    ]

    assert [answer.status_code for answer in answers] == [409] * 7
    assert {answer.json()["type"] for answer in answers} == {"/problems/cart-completed"}
    assert {answer.json()["order_id"] for answer in answers} == {encode("ord", order_id)}


async def test_a_user_whose_cart_was_paid_starts_a_new_one(
    client: AsyncClient, db: Database
) -> None:
    alice = await people.signed_in(client)
    made = await carts.filled(client, db, headers=alice)
    async with db.transaction() as tx:
        await cart.complete(tx, cart_id=made.id, order_id=new_id(), now=markets.NOW)

    assert (await client.get(CART, headers=alice)).status_code == 404
    fresh = await carts.add(client, made.variant_ids[0], headers=alice)
    assert (fresh["version"], [line["quantity"] for line in fresh["lines"]]) == (1, [1])


async def test_an_express_cart_stands_beside_the_users_own(
    client: AsyncClient, db: Database
) -> None:
    alice = await people.person(client)
    made = await carts.filled(client, db, headers=alice.headers)
    async with db.transaction() as tx:
        express = await cart.express(
            tx,
            user_id=alice.id,
            country="TZ",
            items=[cart.Wanted(variant_id=made.variant_ids[0], quantity=3)],
            now=markets.NOW,
        )
        await writes.together(tx, express.part)
        priced = await cart.priced(tx, basket=express.basket, known=express.facts)

    assert priced.quote.totals.items == 3 * 5_500_000
    assert priced.basket.version == 1
    assert (await client.get(CART, headers=alice.headers)).json() == made.answer
