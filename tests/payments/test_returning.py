"""A payment page sends buyers back to this shop, and nowhere else."""

import pytest
from httpx import AsyncClient

from sokoni.kernel.db import Database
from sokoni.kernel.errors import Invalid
from sokoni.kernel.settings import Environment, Settings
from sokoni.payments.returning import NOT_OURS, ReturnPages, return_pages
from tests.cart.factories import filled
from tests.checkout.factories import buy, rows
from tests.payments import factories as make
from tests.payments.over_http import again, token

SHOP = Settings(
    _env_file=None,
    environment=Environment.TEST,
    frontend_url="https://shop.example",
    backend_url="https://api.shop.example:8443/",
    cors_origins=["https://other.example/", "http://[::1]:3000", "*"],
)


def test_without_a_wish_buyers_come_back_to_the_shop() -> None:
    assert return_pages(SHOP, success_url=None, cancel_url=None) == ReturnPages(
        success="https://shop.example/checkout/success",
        cancel="https://shop.example/checkout/cancelled",
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example",
        "https://shop.example/thanks?from=mail#top",
        "https://SHOP.example:443/thanks",
        "https://shop.example?order={CHECKOUT_SESSION_ID}",
        "https://api.shop.example:8443/thanks",
        "https://other.example/thanks",
        "http://[::1]:3000/thanks",
    ],
)
def test_pages_of_the_shop_are_taken(url: str) -> None:
    pages = return_pages(SHOP, success_url=url, cancel_url=url)
    assert (pages.success, pages.cancel) == (url, url)


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/thanks",
        "http://shop.example/thanks",
        "https://shop.example:8443/thanks",
        "https://shop.example.evil.example/",
        "https://evil.example/?https://shop.example/",
        "https://evil.example#https://shop.example/",
        "https://shop.example@evil.example/",
        "https://evil.example@shop.example/",
        "https://evil.example\\@shop.example/",
        "https://evil.example/\\@shop.example/",
        "https://shop.example\\evil",
        "https://shop.example\x01/",
        "https://*/thanks",
        "*",
        "//shop.example/thanks",
        "javascript://shop.example/%0aalert(1)",
    ],
)
def test_pages_elsewhere_are_refused_by_field(url: str) -> None:
    with pytest.raises(Invalid) as refusal:
        return_pages(SHOP, success_url=url, cancel_url="https://shop.example/cart")

    assert refusal.value.members["errors"] == [{"pointer": "/success_url", "message": NOT_OURS}]


async def test_a_checkout_that_would_send_the_buyer_elsewhere_is_refused_and_makes_no_order(
    client: AsyncClient, db: Database
) -> None:
    cart = await filled(client, db, quantity=1)

    refused = await buy(
        client,
        cart,
        card=None,
        success_url="https://evil.example/",
        cancel_url="https://shop.test:1/",
    )

    assert refused.status_code == 422
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/success_url", "/cancel_url"]
    assert await rows(db, "SELECT count(*) FROM orders.orders") == [(0,)]


async def test_another_try_that_would_send_the_buyer_elsewhere_is_refused(
    client: AsyncClient, db: Database, settings: Settings
) -> None:
    made = await make.unpaid(db)

    refused = await again(client, made, token(settings, made), cancel_url="http://evil.example/")
    taken = await again(client, made, token(settings, made), cancel_url="http://shop.test/cart")

    assert refused.status_code == 422
    assert [each["pointer"] for each in refused.json()["errors"]] == ["/cancel_url"]
    assert taken.status_code == 201
