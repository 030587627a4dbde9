"""`sokoni smoke` sells where it may, refuses real money, and names what is not right."""

import httpx
import pytest
from httpx import AsyncClient

from sokoni.apps.smoke import SmokeFailed, Visitor, buy, look_around
from sokoni.kernel.db import Database
from tests.cart import factories as carts
from tests.catalog import factories as catalog
from tests.checkout import factories as checkout
from tests.markets import factories as markets
from tests.platform.processes import sokoni

SHOP = {"default_currency": "EUR", "name": "Live", "regions": [{"currency": "EUR"}]}


async def test_looking_around_sees_list_page_search_categories_and_304(
    client: AsyncClient, db: Database
) -> None:
    await markets.shop(db)
    await carts.goods(db, kinds=2)
    await catalog.category(db, "Cloth")
    said: list[str] = []

    await look_around(Visitor(client, said.append))

    assert len(said) == 6
    assert said[2] == "Its page shows 2 variants."
    assert said[-1] == "The page that is known already is answered with 304."


async def test_a_shop_without_products_is_not_well(client: AsyncClient, db: Database) -> None:
    await markets.shop(db)

    with pytest.raises(SmokeFailed, match=r"^No product has a price in [A-Z]{3}\.$"):
        await look_around(Visitor(client, print))


async def test_buying_leaves_a_paid_order_and_the_books_balance(
    client: AsyncClient, db: Database
) -> None:
    await markets.shop(db)
    await carts.goods(db, units=1)
    said: list[str] = []

    await buy(Visitor(client, said.append))

    assert [sentence.split()[0] for sentence in said] == ["Put", "Order", "It", "The"]
    assert await checkout.states(db) == {"confirmed": 1}
    assert await checkout.broken_laws(db) == {}


async def test_nothing_is_bought_where_nothing_is_in_stock(
    client: AsyncClient, db: Database
) -> None:
    await markets.shop(db)
    await carts.goods(db, units=0)

    with pytest.raises(SmokeFailed, match=r"^Nothing is in stock"):
        await buy(Visitor(client, print))


async def test_where_the_money_is_real_nothing_is_asked_but_how_it_is_paid() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.method} {request.url.path}")
        live = {"publishable_key": "pk_live_1", "features": {"test_cards": False}}
        return httpx.Response(200, json={**SHOP, **live})

    async with httpx.AsyncClient(
        transport=httpx.MockTransport(answer), base_url="http://shop.test"
    ) as http:
        with pytest.raises(SmokeFailed, match="takes real money"):
            await buy(Visitor(http, print))

    assert asked == ["GET /api/v1/store/config"]


def test_nobody_there_is_said_in_a_sentence_with_exit_code_1() -> None:
    done = sokoni("smoke", "catalog", "--base-url", "http://127.0.0.1:1", settings={})

    assert done.returncode == 1
    assert done.stdout.startswith("GET /store/config: nobody answers")
