"""What a cart costs: taxes, shipping, currencies, changed prices, and their explanation."""

from typing import Any

from httpx import AsyncClient

from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode, new_id
from sokoni.markets import service as regions
from tests.cart import factories as carts
from tests.cart.factories import ADDRESS, BERLIN
from tests.markets import factories as markets

CART = "/api/v1/cart"
TEXAS = ADDRESS | {"city": "Austin", "state": "Texas", "postal_code": "78701", "country": "US"}


def amounts(cart: dict[str, Any]) -> dict[str, int]:
    totals = cart["totals"]
    assert {money["currency"] for money in totals.values()} == {cart["currency"]}
    return {name: money["amount"] for name, money in totals.items()}


def option(cart: dict[str, Any], name: str) -> str:
    found: str = next(o["id"] for o in cart["shipping_options"] if o["name"] == name)
    return found


def notices(cart: dict[str, Any]) -> list[str]:
    return [notice["code"] for line in cart["lines"] for notice in line["notices"]]


async def change(
    client: AsyncClient, made: carts.FilledCart, body: dict[str, Any], *, status: int = 200
) -> dict[str, Any]:
    response = await client.patch(CART, json=body, headers=made.headers)
    assert response.status_code == status, response.text
    answer: dict[str, Any] = response.json()
    return answer


async def test_a_tax_inside_prices_is_told_and_not_added(client: AsyncClient, db: Database) -> None:
    made = await carts.filled(client, db, quantity=3)

    shipped = await change(client, made, {"shipping_option_id": option(made.answer, "Standard")})

    assert shipped["tax_inclusive"] is True
    assert amounts(shipped) == {
        "items": 5997,
        "discount": 0,
        "shipping": 490,
        "tax": 0,
        "tax_included": 1081,  # 20 % contained in 64.87
        "gift_card": 0,
        "grand_total": 6487,
    }


async def test_a_tax_on_top_is_added(client: AsyncClient, db: Database) -> None:
    made = await carts.filled(client, db, quantity=3)

    abroad = await change(client, made, {"shipping_address": TEXAS, "email": "Asha@Example.com"})
    shipped = await change(client, made, {"shipping_option_id": option(abroad, "Standard")})

    assert (abroad["currency"], abroad["country"], abroad["email"]) == (
        "USD",
        "US",
        "asha@example.com",
    )
    assert abroad["region_id"] == encode("reg", made.shop.america.region_id)
    assert amounts(abroad)["grand_total"] == 6597 + 544
    assert amounts(shipped) == {
        "items": 6597,
        "discount": 0,
        "shipping": 599,
        "tax": 594,  # 8.25 % of 71.96
        "tax_included": 0,
        "gift_card": 0,
        "grand_total": 7790,
    }


async def test_another_currency_or_region_reprices_the_cart(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db, quantity=2)
    japan = encode("reg", made.shop.japan.region_id)

    shillings = await change(client, made, {"currency": "TZS"})
    yen = await change(client, made, {"region_id": japan})

    assert shillings["region_id"] == encode("reg", made.shop.tanzania.region_id)
    assert amounts(shillings)["items"] == 11_000_000
    assert (yen["currency"], yen["region_id"], amounts(yen)["items"]) == ("JPY", japan, 6400)
    assert (notices(shillings), notices(yen)) == ([], [])
    assert (shillings["version"], yen["version"]) == (2, 3)
    assert (await client.get(CART, headers=made.headers)).json() == yen


async def test_a_line_without_a_price_in_the_new_currency_is_told_unavailable(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db, prices={"EUR": 1000})
    (other,) = await carts.goods(db, prices={"EUR": 500, "JPY": 900})
    await carts.add(client, other, headers=made.headers)

    yen = await change(client, made, {"currency": "JPY"})

    assert notices(yen) == ["unavailable"]
    assert amounts(yen)["items"] == 900


async def test_an_impossible_destination_changes_nothing(client: AsyncClient, db: Database) -> None:
    made = await carts.filled(client, db)
    europe = encode("reg", made.shop.europe.region_id)

    for body, pointer in (
        ({"shipping_address": ADDRESS | {"country": "BR"}}, "/shipping_address/country"),
        ({"shipping_address": ADDRESS, "currency": "EUR"}, "/currency"),
        ({"shipping_address": ADDRESS, "region_id": europe}, "/region_id"),
        ({"region_id": encode("reg", new_id())}, "/region_id"),
        ({"currency": "CHF"}, "/currency"),
        ({"shipping_option_id": encode("shp", new_id())}, "/shipping_option_id"),
        ({"region_id": None}, "/region_id"),
        ({"currency": None}, "/currency"),
        ({"email": "nobody"}, "/email"),
        ({"discount": 5}, "/discount"),
    ):
        refused = await change(client, made, body, status=422)
        assert [error["pointer"] for error in refused["errors"]] == [pointer], body
    assert (await client.get(CART, headers=made.headers)).json() == made.answer | {"token": None}


async def test_details_left_out_are_kept_and_null_empties_them(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db)
    await change(
        client,
        made,
        {"email": "a@example.com", "shipping_address": BERLIN, "billing_address": ADDRESS},
    )

    kept = await change(client, made, {"billing_address": None})

    assert kept["email"] == "a@example.com"
    assert kept["shipping_address"]["city"] == "Berlin"
    assert (kept["country"], kept["billing_address"]) == ("DE", None)


async def test_a_shipping_option_must_fit_the_cart_and_is_dropped_when_it_ceases_to(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db, quantity=3)
    free = option(made.answer, "Free")
    line = f"{CART}/items/{made.line_ids[0]}"

    chosen = await change(client, made, {"shipping_option_id": free})
    fewer = (await client.put(line, json={"quantity": 1}, headers=made.headers)).json()
    refused = await change(client, made, {"shipping_option_id": free}, status=422)
    moved = await change(client, made, {"currency": "USD"})

    assert (chosen["shipping_option_id"], amounts(chosen)["shipping"]) == (free, 0)
    assert fewer["shipping_option_id"] is None
    assert [notice["code"] for notice in fewer["notices"]] == ["shipping-option-unavailable"]
    assert [o["name"] for o in fewer["shipping_options"]] == ["Standard"]
    assert refused["type"] == "/problems/shipping-option-refused"
    assert (moved["shipping_option_id"], moved["notices"]) == (None, [])


async def test_a_changed_price_is_told_until_the_line_is_touched(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db, kinds=2, quantity=1)
    for variant_id in made.variant_ids:
        await carts.reprice(db, variant_id, amount=2500)
    told = {
        "code": "price-changed",
        "was": {"amount": 1999, "currency": "EUR"},
        "now": {"amount": 2500, "currency": "EUR"},
        "available": None,
        "requested": None,
        "variant_id": None,
    }

    for _ in range(2):
        shown = (await client.get(CART, headers=made.headers)).json()
        assert [line["notices"] for line in shown["lines"]] == [[told], [told]]
        assert (shown["version"], amounts(shown)["items"]) == (2, 5000)
    touched = await carts.add(client, made.variant_ids[0], headers=made.headers)
    assert [line["notices"] for line in touched["lines"]] == [[], [told]]
    accepted = await change(client, made, {})
    assert (notices(accepted), accepted["version"]) == ([], 4)
    assert (await client.get(CART, headers=made.headers)).json() == accepted


async def test_the_explanation_adds_up_to_the_grand_total(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db, kinds=3, quantity=7)
    for body in ({}, {"shipping_address": TEXAS}, {"shipping_address": ADDRESS}):
        cart = await change(client, made, body)
        cart = await change(client, made, {"shipping_option_id": option(cart, "Standard")})

        explained = (await client.get(f"{CART}/explain", headers=made.headers)).json()

        assert explained["totals"] == cart["totals"]
        assert explained["version"] == cart["version"]
        counted = [step["amount"]["amount"] for step in explained["steps"] if step["in_total"]]
        assert sum(counted) == amounts(cart)["grand_total"]
        lines = [step for step in explained["steps"] if step["kind"] == "list_price"]
        assert [step["subject"] for step in lines] == made.line_ids


async def test_a_summary_costs_what_the_cart_costs_and_keeps_nothing(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db, quantity=3)
    standard = option(made.answer, "Standard")
    cart = await change(client, made, {"shipping_option_id": standard})
    variant = encode("var", made.variant_ids[0])
    gone = encode("var", new_id())

    summary = await client.post(
        f"{CART}/summary",
        json={
            "items": [
                {"variant_id": variant, "quantity": 1},
                {"variant_id": variant, "quantity": 2},
                {"variant_id": gone, "quantity": 1},
            ],
            "country": "DE",
            "shipping_option_id": standard,
        },
    )

    body = summary.json()
    assert summary.status_code == 200
    assert body["totals"] == cart["totals"]
    assert [(line["variant_id"], line["quantity"]) for line in body["lines"]] == [
        (variant, 3),
        (gone, 1),
    ]
    assert notices(body) == ["unavailable"]
    assert (await client.get(CART, headers=made.headers)).json() == cart


async def test_shipping_options_without_a_cart_are_those_that_any_cart_may_take(
    client: AsyncClient, db: Database
) -> None:
    shop = await markets.shop(db)
    url = "/api/v1/shipping-options"

    async def names(query: str) -> list[tuple[str, str]]:
        answer = await client.get(f"{url}{query}")
        assert answer.status_code == 200
        return [(o["name"], o["price"]["currency"]) for o in answer.json()["items"]]

    assert await names("") == [("Standard", "EUR")]
    assert await names("?country=TZ") == [("Standard", "TZS")]
    assert await names(f"?region_id={encode('reg', shop.japan.region_id)}") == [("Standard", "JPY")]
    assert await names("?country=BR") == []


async def test_shipping_options_of_a_cart_are_those_it_may_take(
    client: AsyncClient, db: Database
) -> None:
    made = await carts.filled(client, db, quantity=3)
    url = f"/api/v1/shipping-options?cart_id={made.wire_id}"

    here = await client.get(url, headers=made.headers)
    abroad = await client.get(f"{url}&country=US", headers=made.headers)

    assert [o["name"] for o in here.json()["items"]] == ["Standard", "Free"]
    assert [o["price"] for o in abroad.json()["items"]] == [{"amount": 599, "currency": "USD"}]
    assert (await client.get(url)).status_code == 404
    assert (await client.get(url, headers={"X-Cart-Token": "wrong"})).status_code == 404


async def test_a_cart_outlives_its_region(client: AsyncClient, db: Database) -> None:
    made = await carts.filled(client, db)
    await change(client, made, {"currency": "JPY"})
    async with db.transaction() as tx:
        await regions.delete_region(
            tx, made.shop.japan.region_id, version=None, actor="system", now=markets.NOW
        )

    shown = (await client.get(CART, headers=made.headers)).json()
    again = await carts.add(client, made.variant_ids[0], headers=made.headers)
    accepted = await change(client, made, {})

    assert (shown["currency"], amounts(shown)["items"]) == ("EUR", 3998)
    assert shown["lines"][0]["notices"][0]["was"] == {"amount": 3200, "currency": "JPY"}
    assert (amounts(again)["items"], notices(again)) == (5997, [])
    assert accepted["region_id"] == encode("reg", made.shop.europe.region_id)
    assert (await client.get(CART, headers=made.headers)).json() == accepted
