"""One call buys a cart: order, stock and money agree, or nothing happened."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient

from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode
from sokoni.kernel.worker import Worker
from sokoni.pricing import service as pricing
from sokoni.pricing.service import LineToPrice, PriceContext, Quote, price
from tests.cart.factories import ADDRESS, BERLIN, FilledCart, add, filled, goods, leave, reprice
from tests.checkout.factories import BAD_CARD, body, bought, broken_laws, buy
from tests.identity.factories import PASSWORD, person
from tests.inventory.factories import available
from tests.markets import factories as markets
from tests.support.statements import counted


async def test_a_guest_buys_a_cart_with_one_call(
    client: AsyncClient, db: Database, worker: Worker
) -> None:
    cart = await filled(client, db, quantity=2, units=10)

    answer = await bought(client, cart)

    order, payment = answer["order"], answer["payment"]
    assert order["status"] == "confirmed"
    assert order["payment_status"] == "paid"
    assert payment["status"] == "succeeded"
    assert order["totals"]["items"] == {"amount": 3998, "currency": "EUR"}
    assert order["totals"]["shipping"] == {"amount": 490, "currency": "EUR"}
    assert order["totals"]["grand_total"] == {"amount": 4488, "currency": "EUR"}
    assert order["totals"]["tax_included"] == {"amount": 748, "currency": "EUR"}
    assert payment["amount"] == order["totals"]["grand_total"]
    assert await available(db, cart.variant_ids[0]) == 8
    await worker.until_idle()
    assert await broken_laws(db) == {}


async def test_the_guest_finds_the_order_again_by_its_token_and_nobody_else_does(
    client: AsyncClient, db: Database
) -> None:
    cart = await filled(client, db)
    answer = await bought(client, cart)
    path = f"/api/v1/orders/{answer['order']['id']}"

    by_token = await client.get(path, headers={"X-Order-Token": answer["order_token"]})
    by_cart = await client.get(path, headers=cart.headers)
    stranger = await client.get(path)
    forged = await client.get(path, headers={"X-Order-Token": answer["order_token"][:-1] + "x"})
    unknown = await client.get(f"/api/v1/orders/{encode('ord', cart.id)}")

    assert by_token.json() == by_cart.json() == answer["order"]
    assert [stranger.status_code, forged.status_code, unknown.status_code] == [404, 404, 404]
    without_id = [{**r.json(), "request_id": None} for r in (stranger, forged, unknown)]
    assert without_id[0] == without_id[1] == without_id[2]


async def test_a_paid_cart_is_closed(client: AsyncClient, db: Database) -> None:
    cart = await filled(client, db)
    answer = await bought(client, cart)

    again = await buy(client, cart)

    assert again.status_code == 409
    assert again.json()["type"] == "/problems/cart-completed"
    assert again.json()["order_id"] == answer["order"]["id"]


async def test_a_declined_card_leaves_the_order_pending_and_another_card_pays_it(
    client: AsyncClient, db: Database
) -> None:
    cart = await filled(client, db, quantity=2, units=2)

    declined = await bought(client, cart, card=BAD_CARD)
    paid = await bought(client, cart)

    assert declined["order"]["status"] == "pending"
    assert declined["payment"]["status"] == "failed"
    assert declined["payment"]["failure"]["code"] == "card_declined"
    assert paid["order"]["id"] == declined["order"]["id"]
    assert paid["order"]["status"] == "confirmed"
    assert await broken_laws(db) == {}


async def test_a_repeated_key_is_answered_and_not_done_again(
    client: AsyncClient, db: Database
) -> None:
    cart = await filled(client, db, quantity=1, units=5)
    key = str(uuid4())

    first = await buy(client, cart, key=key)
    second = await buy(client, cart, key=key)
    other = await buy(client, cart, key=key, email="other@example.com")

    assert second.content == first.content
    assert second.headers["idempotency-replayed"] == "true"
    assert other.status_code == 422
    assert other.json()["type"] == "/problems/idempotency-key-reused"
    assert await available(db, cart.variant_ids[0]) == 4


async def test_a_checkout_without_a_key_is_refused(client: AsyncClient, db: Database) -> None:
    cart = await filled(client, db)

    response = await client.post("/api/v1/checkout", json=body(), headers=cart.headers)

    assert response.status_code == 400
    assert response.json()["type"] == "/problems/idempotency-key-required"


async def test_too_little_stock_orders_nothing(client: AsyncClient, db: Database) -> None:
    cart = await filled(client, db, kinds=2, quantity=2, units=2)
    await leave(db, cart.variant_ids[1], units=1)

    response = await buy(client, cart)

    assert response.status_code == 409
    assert response.json()["type"] == "/problems/insufficient-stock"
    assert await available(db, cart.variant_ids[0]) == 2
    lookups = await client.get("/api/v1/cart", headers=cart.headers)
    assert lookups.status_code == 200
    assert await broken_laws(db) == {}


async def test_the_country_decides_currency_and_tax(client: AsyncClient, db: Database) -> None:
    cart = await filled(client, db, quantity=1)

    to_tanzania = await bought(client, cart, shipping_address=ADDRESS)

    order = to_tanzania["order"]
    assert order["currency"] == "TZS"
    assert order["totals"]["items"]["amount"] == 5_500_000
    assert order["tax_inclusive"] is True


async def test_a_country_that_no_region_serves_is_refused(
    client: AsyncClient, db: Database
) -> None:
    cart = await filled(client, db)

    response = await buy(client, cart, shipping_address={**BERLIN, "country": "AQ"})

    assert response.status_code == 422
    assert response.json()["type"] == "/problems/country-not-served"
    assert response.json()["errors"][0]["pointer"] == "/shipping_address/country"


async def test_a_price_that_changed_since_the_buyer_looked_stops_the_checkout(
    client: AsyncClient, db: Database
) -> None:
    cart = await filled(client, db, quantity=1)
    seen = cart.answer["version"]
    await reprice(db, cart.variant_ids[0], amount=2500)

    changed = await buy(client, cart, cart_version=seen)
    now_seen = changed.json()["cart"]["version"]
    agreed = await bought(client, cart, cart_version=now_seen)

    assert changed.status_code == 409
    assert changed.json()["type"] == "/problems/cart-changed"
    assert changed.json()["cart"]["lines"][0]["unit_price"]["amount"] == 2500
    assert agreed["order"]["totals"]["items"]["amount"] == 2500


async def test_items_are_bought_without_a_cart(client: AsyncClient, db: Database) -> None:
    await markets.shop(db)
    (variant_id,) = await goods(db, units=3)
    items = [{"variant_id": encode("var", variant_id), "quantity": 3}]

    response = await buy(client, items=items)

    assert response.status_code == 201, response.text
    assert response.json()["order"]["lines"][0]["quantity"] == 3
    assert await available(db, variant_id) == 0
    assert await broken_laws(db) == {}


async def test_checking_out_the_same_cart_again_answers_the_living_order(
    client: AsyncClient, db: Database
) -> None:
    cart = await filled(client, db, quantity=1, units=1)

    first = await bought(client, cart, card=None)
    second = await bought(client, cart, card=None)

    assert second["order"]["id"] == first["order"]["id"]
    assert second["payment"]["id"] == first["payment"]["id"]


async def test_a_changed_cart_replaces_its_pending_order(client: AsyncClient, db: Database) -> None:
    cart = await filled(client, db, quantity=2, units=7)
    first = await bought(client, cart, card=None)
    await add(client, cart.variant_ids[0], quantity=3, headers=cart.headers)

    second = await bought(client, cart)

    assert second["order"]["id"] != first["order"]["id"]
    assert second["order"]["lines"][0]["quantity"] == 5
    old = await client.get(
        f"/api/v1/orders/{first['order']['id']}", headers={"X-Order-Token": first["order_token"]}
    )
    assert old.json()["status"] == "cancelled"
    assert old.json()["cancel_reason"] == "replaced"
    assert await available(db, cart.variant_ids[0]) == 2
    assert await broken_laws(db) == {}


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"email": "nobody"}, "/email"),
        ({"payment": {"provider": "mock", "card_number": "4242"}}, "/payment/card_number"),
        ({"surprise": 1}, "/surprise"),
        ({"cart_version": "2"}, "/cart_version"),
        ({"shipping_address": {**BERLIN, "country": "Germany"}}, "/shipping_address/country"),
    ],
)
async def test_a_wrong_field_is_named(
    client: AsyncClient, db: Database, change: dict[str, Any], pointer: str
) -> None:
    cart = await filled(client, db)

    response = await buy(client, cart, **change)

    assert response.status_code == 422
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]


async def test_an_unknown_test_card_orders_nothing(client: AsyncClient, db: Database) -> None:
    cart = await filled(client, db, quantity=1, units=1)

    response = await buy(client, cart, card="4111111111111111")

    assert response.status_code == 422
    assert response.json()["type"] == "/problems/card-refused"
    assert await available(db, cart.variant_ids[0]) == 1


async def test_a_purchase_is_priced_once(
    client: AsyncClient, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await filled(client, db)
    items = [{"variant_id": encode("var", made.variant_ids[0]), "quantity": 2}]
    chosen = made.answer["shipping_options"][0]["id"]
    quotes = []

    def counted_price(lines: Sequence[LineToPrice], context: PriceContext) -> Quote:
        quotes.append(price(lines, context))
        return quotes[-1]

    monkeypatch.setattr(pricing, "price", counted_price)
    for how in ({"items": items}, {"items": items, "shipping_option_id": chosen}, {}):
        quotes.clear()
        order = (await bought(client, None if how else made, **how))["order"]
        assert [quote.totals.grand_total for quote in quotes] == [
            order["totals"]["grand_total"]["amount"]
        ]
        assert order["totals"]["shipping"]["amount"] > 0


@pytest.mark.parametrize("kinds", [1, 50])
async def test_a_purchase_takes_nine_statements_whatever_its_lines(
    client: AsyncClient, db: Database, kinds: int
) -> None:
    cart = await filled_with(client, db, kinds)

    with counted(db) as statements:
        await bought(client, cart)

    assert len(statements) == 9, str(statements)


async def filled_with(client: AsyncClient, db: Database, kinds: int) -> FilledCart:
    return await filled(client, db, kinds=kinds, quantity=1)


async def test_signing_in_takes_the_guests_cart_along(client: AsyncClient, db: Database) -> None:
    asha = await person(client)
    cart = await filled(client, db, quantity=2)

    response = await client.post(
        "/api/v1/auth/login",
        json={"email": asha.email, "password": PASSWORD},
        headers=cart.headers,
    )

    assert response.status_code == 200
    signed_in = {"Authorization": f"Bearer {response.json()['access_token']}"}
    mine = (await client.get("/api/v1/cart", headers=signed_in)).json()
    assert [line["quantity"] for line in mine["lines"]] == [2]
    assert (await client.get("/api/v1/cart", headers=cart.headers)).status_code == 404
