"""Filling a cart over HTTP: who may, how many, and what is refused."""

from typing import Any

import pytest
from httpx import AsyncClient

from sokoni.catalog import service as catalog_service
from sokoni.kernel.db import Database
from sokoni.kernel.ids import decode, encode, new_id
from tests.cart import factories as carts
from tests.identity import factories as people
from tests.markets import factories as markets

CART = "/api/v1/cart"
ITEMS = f"{CART}/items"


def refused_fields(problem: dict[str, Any]) -> list[str]:
    return [error["pointer"] for error in problem["errors"]]


async def test_a_guest_gets_a_token_once_and_the_cart_by_it(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db)

    shown = await client.get(CART, headers=made.headers)

    assert shown.status_code == 200
    assert shown.headers["etag"] == '"1"'
    assert shown.json() == made.answer | {"token": None}
    line = shown.json()["lines"][0]
    assert line["variant_id"] == encode("var", made.variant_ids[0])
    assert (line["quantity"], line["unit_price"]["amount"], line["line_total"]["amount"]) == (
        2,
        1999,
        3998,
    )


async def test_an_empty_cart_is_made_where_its_buyer_is(client: AsyncClient, db: Database) -> None:
    shop = await markets.shop(db)

    made = await client.post(CART, json={"country": "TZ"})

    assert made.status_code == 201
    body = made.json()
    assert body["region_id"] == encode("reg", shop.tanzania.region_id)
    assert (body["currency"], body["country"], body["lines"]) == ("TZS", "TZ", [])
    assert body["totals"]["grand_total"] == {"amount": 0, "currency": "TZS"}
    assert (await client.post(CART)).json()["currency"] == "EUR"
    assert (await client.post(CART, json={"currency": "JPY"})).json()["currency"] == "JPY"


async def test_a_cart_is_refused_where_the_shop_does_not_sell(
    client: AsyncClient, db: Database
) -> None:
    shop = await markets.shop(db)
    region = encode("reg", shop.japan.region_id)

    for body, pointer in (
        ({"country": "BR"}, "/country"),
        ({"currency": "CHF"}, "/currency"),
        ({"region_id": region, "currency": "EUR"}, "/currency"),
        ({"region_id": region, "country": "DE"}, "/region_id"),
        ({"region_id": encode("reg", new_id())}, "/region_id"),
    ):
        answer = await client.post(CART, json=body)
        assert answer.status_code == 422
        assert refused_fields(answer.json()) == [pointer]


async def test_a_shop_without_regions_says_so(client: AsyncClient, db: Database) -> None:
    answer = await client.post(CART)

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/no-regions"


async def test_adding_a_variant_again_adds_to_its_quantity(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db, quantity=2)

    again = await carts.add(client, made.variant_ids[0], quantity=3, headers=made.headers)

    assert [(line["id"], line["quantity"]) for line in again["lines"]] == [(made.line_ids[0], 5)]
    assert (again["version"], again["token"]) == (2, None)
    assert (await client.get(CART, headers=made.headers)).json() == again


@pytest.mark.parametrize("quantity", ["0", "-1", "10001", '"2"', "true", "1e3", "2.0", "null"])
@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT"])
async def test_a_quantity_is_an_integer_from_1_to_10000(
    client: AsyncClient, db: Database, quantity: str, method: str
) -> None:
    made = await carts.filled(client, db, units=20_000)
    url = ITEMS if method == "POST" else f"{ITEMS}/{made.line_ids[0]}"
    variant = f'"variant_id": "{encode("var", made.variant_ids[0])}", ' if method == "POST" else ""

    answer = await client.request(
        method,
        url,
        content=f'{{{variant}"quantity": {quantity}}}',
        headers=made.headers | {"Content-Type": "application/json"},
    )

    assert answer.status_code == 422
    assert refused_fields(answer.json()) == ["/quantity"]
    assert (await client.get(CART, headers=made.headers)).json()["version"] == 1


async def test_a_line_never_holds_more_than_10000(client: AsyncClient, db: Database) -> None:
    made = await carts.filled(client, db, units=20_000, quantity=10_000)

    answer = await client.post(
        ITEMS,
        json={"variant_id": encode("var", made.variant_ids[0]), "quantity": 1},
        headers=made.headers,
    )

    assert answer.status_code == 422
    assert refused_fields(answer.json()) == ["/quantity"]


async def test_more_than_available_is_refused_with_what_is_left(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db, units=5, quantity=2)
    variant_id = encode("var", made.variant_ids[0])
    body = {"variant_id": variant_id, "quantity": 4}

    added = await client.post(ITEMS, json=body, headers=made.headers)
    put = await client.put(
        f"{ITEMS}/{made.line_ids[0]}", json={"quantity": 6}, headers=made.headers
    )

    assert (added.status_code, put.status_code) == (409, 409)
    assert added.json()["type"] == "/problems/insufficient-stock"
    assert added.json()["available"] == 5
    assert added.json()["lines"] == [{"variant_id": variant_id, "requested": 6, "available": 5}]
    assert (await client.get(CART, headers=made.headers)).json()["lines"][0]["quantity"] == 2


async def test_a_sold_out_variant_makes_no_cart(client: AsyncClient, db: Database) -> None:
    await markets.shop(db)
    (variant_id,) = await carts.goods(db, units=0)

    answer = await client.post(ITEMS, json={"variant_id": encode("var", variant_id), "quantity": 1})

    assert answer.status_code == 409
    assert answer.json()["available"] == 0


async def test_an_unknown_variant_is_not_for_sale(client: AsyncClient, db: Database) -> None:
    made = await carts.filled(client, db)
    unknown = encode("var", new_id())

    answer = await client.post(
        ITEMS, json={"variant_id": unknown, "quantity": 1}, headers=made.headers
    )

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/not-sellable"
    assert answer.json()["variant_ids"] == [unknown]


async def test_a_variant_without_a_price_in_the_currency_is_refused(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db)
    (dollars_only,) = await carts.goods(db, prices={"USD": 1000})

    answer = await client.post(
        ITEMS,
        json={"variant_id": encode("var", dollars_only), "quantity": 1},
        headers=made.headers,
    )

    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/price-unavailable"
    assert answer.json()["currency"] == "EUR"


async def test_a_configuration_is_refused_and_an_empty_one_is_none(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db)
    body: dict[str, Any] = {"variant_id": encode("var", made.variant_ids[0]), "quantity": 1}

    engraved = await client.post(
        ITEMS, json=body | {"configuration": {"engraving": "A"}}, headers=made.headers
    )
    plain = await client.post(ITEMS, json=body | {"configuration": {}}, headers=made.headers)

    assert engraved.status_code == 422
    assert engraved.json()["errors"] == [
        {"pointer": "/configuration", "message": "this product takes no configuration"}
    ]
    assert plain.status_code == 201
    assert plain.json()["lines"][0]["configuration"] is None


async def test_a_line_is_changed_and_removed_and_the_cart_emptied(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db, kinds=3)
    first, second, third = made.line_ids

    changed = await client.patch(f"{ITEMS}/{first}", json={"quantity": 7}, headers=made.headers)
    removed = await client.delete(f"{ITEMS}/{second}", headers=made.headers)
    emptied = await client.delete(CART, headers=made.headers)

    assert [line["quantity"] for line in changed.json()["lines"]] == [7, 2, 2]
    assert [line["id"] for line in removed.json()["lines"]] == [first, third]
    assert (emptied.status_code, emptied.json()["lines"]) == (200, [])
    versions = [made.answer, *(answer.json() for answer in (changed, removed, emptied))]
    assert [cart["version"] for cart in versions] == [3, 4, 5, 6]
    assert (await client.get(CART, headers=made.headers)).json() == emptied.json()
    again = await client.delete(f"{ITEMS}/{second}", headers=made.headers)
    assert again.status_code == 404


async def test_an_old_version_is_refused_everywhere_and_changes_nothing(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db)
    await carts.add(client, made.variant_ids[0], headers=made.headers)
    stale = made.headers | {"If-Match": '"1"'}
    item = f"{ITEMS}/{made.line_ids[0]}"
    body = {"variant_id": encode("var", made.variant_ids[0]), "quantity": 1}

    answers = [
        await client.post(ITEMS, json=body, headers=stale),
        await client.put(item, json={"quantity": 1}, headers=stale),
        await client.patch(item, json={"quantity": 1}, headers=stale),
        await client.delete(item, headers=stale),
        await client.patch(CART, json={"email": "a@example.com"}, headers=stale),
        await client.delete(CART, headers=stale),
    ]

    assert [answer.status_code for answer in answers] == [412] * 6
    assert {answer.json()["version"] for answer in answers} == {2}
    fresh = await client.put(item, json={"quantity": 4}, headers=made.headers | {"If-Match": '"2"'})
    assert (fresh.status_code, fresh.headers["etag"]) == (200, '"3"')


async def test_strangers_meet_no_cart(client: AsyncClient, db: Database) -> None:
    made = await carts.filled(client, db)
    alice = await people.signed_in(client)
    bobs = await carts.filled(client, db, shop=made.shop, headers=await people.signed_in(client))
    item = f"{ITEMS}/{made.line_ids[0]}"

    for headers in ({}, {"X-Cart-Token": "wrong"}, alice, alice | made.headers):
        assert (await client.get(CART, headers=headers)).status_code == 404
        assert (await client.get(f"{CART}/explain", headers=headers)).status_code == 404
        assert (await client.delete(item, headers=headers)).status_code == 404
    answer = await client.patch(item, json={"quantity": 1}, headers=bobs.headers)
    assert answer.status_code == 404
    unknown = await client.post(
        ITEMS,
        json={"variant_id": encode("var", made.variant_ids[0]), "quantity": 1},
        headers={"X-Cart-Token": "wrong"},
    )
    assert unknown.status_code == 404
    assert (await client.get(CART, headers=made.headers)).json()["version"] == 1


async def test_a_user_has_one_cart_and_needs_no_token(client: AsyncClient, db: Database) -> None:
    alice = await people.signed_in(client)
    made = await carts.filled(client, db, headers=alice)

    assert made.answer["token"] is None
    again = await client.post(CART, headers=alice)
    assert (again.status_code, again.json()["id"]) == (200, made.wire_id)
    assert (await client.get(CART, headers=alice)).json() == made.answer


async def test_the_accounts_cart_goes_before_a_guests_token(
    client: AsyncClient, db: Database
) -> None:
    guests = await carts.filled(client, db)
    alice = await people.signed_in(client)
    mine = await carts.filled(client, db, shop=guests.shop, headers=alice)

    shown = await client.get(CART, headers=alice | guests.headers)

    assert shown.json()["id"] == mine.wire_id


async def test_a_repeated_key_adds_once(client: AsyncClient, db: Database) -> None:
    made = await carts.filled(client, db, quantity=1)
    keyed = made.headers | {"Idempotency-Key": "add-1"}
    body = {"variant_id": encode("var", made.variant_ids[0]), "quantity": 2}

    first = await client.post(ITEMS, json=body, headers=keyed)
    second = await client.post(ITEMS, json=body, headers=keyed)
    other = await client.post(ITEMS, json=body | {"quantity": 3}, headers=keyed)

    assert (first.status_code, second.status_code, other.status_code) == (201, 201, 422)
    assert second.json() == first.json()
    assert second.headers["idempotency-replayed"] == "true"
    assert (await client.get(CART, headers=made.headers)).json()["lines"][0]["quantity"] == 3


async def test_what_is_no_longer_for_sale_stays_visible_and_costs_nothing(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db, quantity=2)
    (other,) = await carts.goods(db, prices={"EUR": 500})
    await carts.add(client, other, headers=made.headers)
    product_id = decode("prod", made.answer["lines"][0]["product_id"])
    assert product_id is not None
    await carts.leave(db, other, units=0)
    async with db.transaction() as tx:
        await catalog_service.delete_product(
            tx, product_id=product_id, actor="system", now=markets.NOW
        )

    shown = (await client.get(CART, headers=made.headers)).json()

    gone, short = shown["lines"]
    assert (gone["unit_price"], gone["line_total"]) == (None, None)
    assert [notice["code"] for notice in gone["notices"]] == ["unavailable"]
    assert [(notice["code"], notice["available"]) for notice in short["notices"]] == [
        ("insufficient-stock", 0)
    ]
    assert shown["totals"]["items"]["amount"] == 500
    more = await client.patch(f"{ITEMS}/{gone['id']}", json={"quantity": 1}, headers=made.headers)
    assert (more.status_code, more.json()["type"]) == (409, "/problems/not-sellable")
