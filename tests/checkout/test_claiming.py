"""A guest who opens an account afterwards takes the order along, and nobody else does."""

import asyncio
from typing import Any

from httpx import AsyncClient, Response

from sokoni.kernel.access import Permission
from sokoni.kernel.db import Database
from tests.cart.factories import filled
from tests.checkout.factories import bought, problems, rows, shown, statuses
from tests.identity.factories import signed_in, staff


async def claim(
    client: AsyncClient, answer: dict[str, Any], user: dict[str, str], *, token: bool = True
) -> Response:
    proof = {"X-Order-Token": answer["order_token"]} if token else {}
    path = f"/api/v1/orders/{answer['order']['id']}/claim"
    return await client.post(path, headers={**user, **proof})


async def numbers_of(client: AsyncClient, user: dict[str, str]) -> list[str]:
    response = await client.get("/api/v1/orders", headers=user)
    return [order["number"] for order in response.json()["items"]]


async def test_a_claimed_order_is_among_the_accounts_and_the_token_still_shows_it(
    client: AsyncClient, db: Database
) -> None:
    answer = await bought(client, await filled(client, db))
    user = await signed_in(client)
    assert await numbers_of(client, user) == []

    first = await claim(client, answer, user)
    again = await claim(client, answer, user, token=False)

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["number"] == answer["order"]["number"]
    assert again.json()["version"] == first.json()["version"]
    assert await numbers_of(client, user) == [answer["order"]["number"]]
    assert (await shown(client, answer))["number"] == answer["order"]["number"]


async def test_who_shows_nothing_claims_nothing_and_staff_no_more_than_others(
    client: AsyncClient, db: Database
) -> None:
    answer = await bought(client, await filled(client, db))
    stranger = await signed_in(client)
    clerk = await staff(client, db, Permission.ORDERS_READ, Permission.ORDERS_WRITE)

    refused = [
        await claim(client, answer, stranger, token=False),
        await claim(client, answer, clerk, token=False),
        await claim(client, answer, {}),
    ]

    assert [response.status_code for response in refused] == [404, 404, 401]
    assert await rows(db, "SELECT user_id FROM orders.orders") == [(None,)]


async def test_of_two_accounts_with_the_token_one_gets_the_order(
    client: AsyncClient, db: Database
) -> None:
    answer = await bought(client, await filled(client, db))
    users = [await signed_in(client, email=f"{name}@example.com") for name in ("one", "two")]

    answers = await asyncio.gather(*(claim(client, answer, user) for user in users))

    assert statuses(answers) == {200: 1, 409: 1}
    assert problems(answers) == {"/problems/order-is-taken": 1}
    lists = [await numbers_of(client, user) for user in users]
    assert sorted(lists, key=len) == [[], [answer["order"]["number"]]]
