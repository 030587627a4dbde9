"""Buyers and their orders: who sees what, what may be corrected, how a guest finds one again."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from pydantic import SecretStr

from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode, new_id
from sokoni.kernel.settings import Settings
from tests.cart.factories import ADDRESS, BERLIN, filled, goods
from tests.checkout.factories import bought, buy, cancel, shown, states, statuses
from tests.identity.factories import server_key, signed_in, staff
from tests.markets import factories as markets

Route = tuple[str, str, dict[str, Any] | None]
OF_ORDER: list[Route] = [
    ("GET", "/orders/{order}", None),
    ("PATCH", "/orders/{order}", {"note": "mine now"}),
    ("POST", "/orders/{order}/cancel", None),
    ("POST", "/orders/{order}/payment", {"mode": "intent"}),
    ("GET", "/orders/{order}/timeline", None),
    ("POST", "/payments/sessions", {"order_id": "{order}", "mode": "intent"}),
]
OF_PAYMENT: list[Route] = [
    ("GET", "/payments/sessions/{payment}", None),
    ("POST", "/payments/sessions/{payment}/refresh", None),
    ("POST", "/payments/sessions/{payment}/confirm", {"card_number": "4242424242424242"}),
    ("POST", "/payments/sessions/{payment}/cancel", None),
]


@pytest.fixture
def key_needed(app: FastAPI, settings: Settings) -> Iterator[None]:
    """A shop that sets CHECKOUT_API_KEY."""
    app.state.settings = settings.model_copy(update={"checkout_api_key": SecretStr("only-us")})
    yield
    app.state.settings = settings


@pytest.fixture
def limited(app: FastAPI, settings: Settings) -> Iterator[None]:
    app.state.settings = settings.model_copy(update={"rate_limit_enabled": True})
    yield
    app.state.settings = settings


async def call(
    client: AsyncClient, route: Route, ids: dict[str, str], headers: dict[str, str]
) -> tuple[int, dict[str, Any]]:
    method, path, sent = route
    body = {name: str(value).format(**ids) for name, value in sent.items()} if sent else None
    response = await client.request(
        method,
        "/api/v1" + path.format(**ids),
        json=body,
        headers={**headers, "Idempotency-Key": str(uuid4())},
    )
    return response.status_code, {**response.json(), "request_id": None}


@pytest.mark.parametrize("route", OF_ORDER + OF_PAYMENT, ids=lambda route: " ".join(route[:2]))
async def test_strangers_hear_what_one_hears_about_nothing(
    client: AsyncClient, db: Database, route: Route
) -> None:
    cart = await filled(client, db)
    answer = await bought(client, cart, card=None)
    other = await filled(client, db, shop=cart.shop)
    others = await bought(client, other, card=None)
    known = {"order": answer["order"]["id"], "payment": answer["payment"]["id"]}
    unknown = {"order": encode("ord", new_id()), "payment": encode("pay", new_id())}
    strangers = [
        {},
        other.headers,
        {"X-Order-Token": others["order_token"]},
        {"X-Order-Token": answer["order_token"][:-1]},
        {"X-Cart-Token": "guessed"},
        await signed_in(client),
    ]

    nothing = await call(client, route, unknown, cart.headers)
    heard = [await call(client, route, known, stranger) for stranger in strangers]

    assert nothing[0] == 404
    assert heard == [nothing] * len(strangers)
    assert (await shown(client, answer))["version"] == answer["order"]["version"]


async def test_an_order_of_a_user_is_shown_to_this_user_alone(
    client: AsyncClient, db: Database
) -> None:
    asha, neema = await signed_in(client), await signed_in(client)
    answer = await bought(client, await filled(client, db, headers=asha))
    path = f"/api/v1/orders/{answer['order']['id']}"

    assert (await client.get(path, headers=asha)).json() == answer["order"]
    assert (await client.get(path, headers=neema)).status_code == 404
    assert (await client.get("/api/v1/orders", headers=asha)).json()["items"] == [answer["order"]]
    assert (await client.get("/api/v1/orders", headers=neema)).json()["items"] == []
    assert (await client.get("/api/v1/orders")).status_code == 401


async def test_ones_orders_are_found_by_their_status_and_nobody_elses(
    client: AsyncClient, db: Database
) -> None:
    asha, neema = await signed_in(client), await signed_in(client)
    cart = await filled(client, db, headers=asha)
    paid = [await bought(client, cart)]
    for _ in range(2):
        again = await filled(client, db, shop=cart.shop, headers=asha)
        paid.append(await bought(client, again))
    again = await filled(client, db, shop=cart.shop, headers=asha)
    waiting = await bought(client, again, card=None)
    await bought(client, await filled(client, db, shop=cart.shop, headers=neema))

    async def listed(**asked: str) -> tuple[list[str], str | None]:
        answer = await client.get("/api/v1/orders", headers=asha, params=asked)
        page = answer.json()
        return [order["id"] for order in page["items"]], page["next_cursor"]

    oldest, middle, newest = [answer["order"]["id"] for answer in paid]
    assert await listed(status="pending") == ([waiting["order"]["id"]], None)
    first, cursor = await listed(status="confirmed", limit="2")
    assert first == [newest, middle]
    assert await listed(status="confirmed", cursor=cursor or "") == ([oldest], None)
    assert await listed(status="refunded") == ([], None)
    refused = await client.get("/api/v1/orders", headers=asha, params={"status": "lost"})
    assert refused.status_code == 422


async def test_a_guest_finds_an_order_by_number_and_address(
    client: AsyncClient, db: Database
) -> None:
    answer = await bought(client, await filled(client, db))
    number = answer["order"]["number"]

    async def look(number: str, email: str) -> tuple[int, dict[str, Any]]:
        body = {"number": number, "email": email}
        response = await client.post("/api/v1/orders/lookup", json=body)
        return response.status_code, {**response.json(), "request_id": None}

    found = await look(number.lower(), "Asha@Example.com")
    misses = [
        await look(number, "other@example.com"),
        await look("S-0000-0000", "asha@example.com"),
        await look("no number", "other@example.com"),
    ]

    assert found[0] == 200
    assert found[1]["order"] == answer["order"]
    assert found[1]["order_token"] == answer["order_token"]
    assert misses == [misses[0]] * 3
    assert misses[0][0] == 404


@pytest.mark.usefixtures("limited")
async def test_guessing_numbers_is_limited(client: AsyncClient, db: Database) -> None:
    body = {"number": "S-0000-0000", "email": "asha@example.com"}

    tried = [await client.post("/api/v1/orders/lookup", json=body) for _ in range(11)]

    assert [answer.status_code for answer in tried] == [404] * 10 + [429]
    assert int(tried[-1].headers["retry-after"]) > 0


async def test_address_and_note_are_corrected_before_processing(
    client: AsyncClient, db: Database
) -> None:
    answer = await bought(client, await filled(client, db))
    path = f"/api/v1/orders/{answer['order']['id']}"
    token = {"X-Order-Token": answer["order_token"]}
    etag = {"If-Match": f'"{answer["order"]["version"]}"'}
    address = {**BERLIN, "line1": "Torstraße 2", "state": "Berlin"}

    corrected = await client.patch(
        path, json={"shipping_address": address, "note": "Ring twice"}, headers={**token, **etag}
    )
    stale = await client.patch(path, json={"note": "Three times"}, headers={**token, **etag})
    abroad = await client.patch(path, json={"shipping_address": ADDRESS}, headers=token)
    unnoted = await client.patch(path, json={"note": None}, headers=token)

    assert corrected.status_code == 200
    assert corrected.json()["shipping_address"]["line1"] == "Torstraße 2"
    assert corrected.json()["billing_address"] == answer["order"]["billing_address"]
    assert corrected.json()["note"] == "Ring twice"
    assert corrected.headers["etag"] == f'"{corrected.json()["version"]}"'
    assert stale.status_code == 412
    assert (abroad.status_code, abroad.json()["type"]) == (409, "/problems/order-cannot-change")
    assert unnoted.json()["note"] is None
    assert unnoted.json()["totals"] == answer["order"]["totals"]

    admin = await staff(client, db, Permission.ORDERS_WRITE)
    moved = {"status": "processing"}
    await client.post(f"/api/v1/admin{path[7:]}/status", json=moved, headers=admin)
    late = await client.patch(path, json={"note": "Too late"}, headers=token)
    unstoppable = await cancel(client, answer)
    assert [late.status_code, unstoppable.status_code] == [409, 409]
    assert unstoppable.json()["legal"] == []


async def test_a_pending_order_is_paid_below_its_own_address(
    client: AsyncClient, db: Database
) -> None:
    answer = await bought(client, await filled(client, db), card=None)
    path = f"/api/v1/orders/{answer['order']['id']}/payment"
    headers = {"X-Order-Token": answer["order_token"], "Idempotency-Key": "again"}

    first = await client.post(path, json={"mode": "intent"}, headers=headers)
    repeated = await client.post(path, json={"mode": "intent"}, headers=headers)

    assert first.status_code == 201
    assert repeated.content == first.content
    found = {p["id"]: p["status"] for p in (await shown(client, answer))["payments"]}
    assert found == {answer["payment"]["id"]: "cancelled", first.json()["id"]: "pending"}


@pytest.mark.usefixtures("key_needed")
async def test_with_a_checkout_key_only_its_holders_and_users_check_out(
    client: AsyncClient, db: Database
) -> None:
    await markets.shop(db)
    (variant_id,) = await goods(db, units=9)
    items = [{"variant_id": encode("var", variant_id), "quantity": 1}]

    async def try_with(headers: dict[str, str]) -> int:
        return (await buy(client, items=items, headers=headers)).status_code

    assert await try_with({}) == 401
    assert await try_with({"X-API-Key": "wrong"}) == 401
    assert await try_with({"X-API-Key": "only-us"}) == 201
    assert await try_with(await signed_in(client)) == 201
    assert await try_with(await server_key(db, Permission.ORDERS_CREATE)) == 201
    assert await try_with(await server_key(db, Permission.CATALOG_READ)) == 403
    assert await states(db) == {"confirmed": 3}


async def test_orders_are_made_by_users_and_servers_that_may(
    client: AsyncClient, db: Database
) -> None:
    await markets.shop(db)
    (variant_id,) = await goods(db, units=9)
    body = {
        "items": [{"variant_id": encode("var", variant_id), "quantity": 2}],
        "email": "asha@example.com",
        "shipping_address": BERLIN,
        "payment": {"provider": "mock", "mode": "intent", "card_number": "4242424242424242"},
    }
    callers = [
        {},
        await signed_in(client),
        await server_key(db, Permission.ORDERS_CREATE),
        await server_key(db, Permission.CATALOG_READ),
    ]

    made = [
        await client.post(
            "/api/v1/orders", json=body, headers={**caller, "Idempotency-Key": str(uuid4())}
        )
        for caller in callers
    ]

    assert [answer.status_code for answer in made] == [401, 201, 201, 403]
    assert statuses(made) == {401: 1, 201: 2, 403: 1}
    assert made[1].json()["order"]["status"] == "confirmed"
    assert await states(db) == {"confirmed": 2}


async def test_a_key_alone_does_not_show_the_answer_that_the_orders_token_opened(
    client: AsyncClient, db: Database
) -> None:
    answer = await bought(client, await filled(client, db))
    path, key = f"/api/v1/orders/{answer['order']['id']}/cancel", {"Idempotency-Key": str(uuid4())}
    token = {"X-Order-Token": answer["order_token"]}

    first = await client.post(path, headers=key | token)
    stranger = await client.post(path, headers=key)
    again = await client.post(path, headers=key | token)

    assert (first.status_code, stranger.status_code) == (200, 404)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.content == first.content
