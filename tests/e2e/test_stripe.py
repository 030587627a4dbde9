"""People pay by Stripe: on its own page, and in its form on ours. The shop hears it by webhook."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from playwright.async_api import Browser, FrameLocator, Page, Route, expect
from tools.stripe_server import StripeServer

from tests.e2e.browser import visitor, watch
from tests.e2e.buying import PAID, confirmed, go_to_payment, pay_button, put_into_cart
from tests.e2e.people import CARD, DECLINED_CARD, desk
from tests.e2e.shop import StripeShop, stripe_shop
from tests.e2e.stripe_script import SCRIPT, stand_in

ASKING_CARD = "4000002760003184"  # the bank wants to hear from its customer
# A cart that was paid elsewhere says so with a 409, which a browser counts among the errors.
BOUGHT = r"409.*/api/v1/cart\b"
ORDER = re.compile(r"/orders/(ord_\w+)")

Open = Callable[[StripeShop], Awaitable[Page]]


@pytest.fixture(scope="module")
async def hosted() -> AsyncIterator[StripeShop]:
    async with stripe_shop(payment_page="hosted") as made:
        yield made


@pytest.fixture(scope="module")
async def element() -> AsyncIterator[StripeShop]:
    async with stripe_shop(payment_page="element") as made:
        yield made


@pytest.fixture
async def opened(browser: Browser) -> AsyncIterator[Open]:
    """A stranger's page at a shop, with Stripe's script in place."""
    async with AsyncExitStack() as visitors:

        async def make(shop: StripeShop) -> Page:
            context = await visitors.enter_async_context(await visitor(browser, shop.url))
            await stand_in(context, shop.stripe)
            return await context.new_page()

        yield make


async def at_payment(page: Page, *, slug: str = "haven-stoneware-mug") -> None:
    await put_into_cart(page, slug)
    await go_to_payment(page, email="asha@example.com")


async def pay_there(page: Page, card: str) -> None:
    """On Stripe's own page."""
    await page.get_by_label("Card number").fill(card)
    await page.get_by_role("button", name="Pay", exact=True).click()


def form(page: Page) -> FrameLocator:
    """Stripe's fields on our page."""
    return page.frame_locator("iframe[title='Secure payment input frame']")


async def pay_here(page: Page, card: str) -> None:
    await form(page).get_by_label("Card number").fill(card)
    await pay_button(page).click()


async def payment_status(shop: StripeShop, order_id: str) -> str:
    async with desk(shop.url) as staff:
        return str((await staff.get(f"/admin/orders/{order_id}"))["payment_status"])


def captured(stripe: StripeServer) -> int:
    return len([entry for entry in stripe.ledger.entries if entry.amount > 0])


async def test_a_buyer_pays_on_stripes_page_and_comes_back(
    hosted: StripeShop, opened: Open
) -> None:
    page = await opened(hosted)
    faults = watch(page, allowed=BOUGHT)
    await at_payment(page)
    await expect(page.get_by_role("main")).to_contain_text("secure page of our payment provider")

    await pay_button(page).click()
    await page.wait_for_url(f"{hosted.stripe.url}/c/pay/**")
    await pay_there(page, CARD)

    await confirmed(page)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Asha")
    assert faults.told == []
    await page.goto("/cart")
    await expect(page.get_by_role("main")).to_contain_text("Your cart is empty")


async def test_the_webhook_alone_settles_for_a_buyer_who_never_comes_back(
    hosted: StripeShop, opened: Open
) -> None:
    page = await opened(hosted)
    await at_payment(page, slug="tove-belly-vase")
    placed: list[str] = []

    async def note(route: Route) -> None:
        answer = await route.fetch()
        placed.append((await answer.json())["order"]["id"])
        await route.fulfill(response=answer)

    await page.route("**/api/v1/checkout", note)
    await pay_button(page).click()
    await page.wait_for_url(f"{hosted.stripe.url}/c/pay/**")
    [order_id] = placed

    await page.route("**/checkout/success**", lambda route: route.abort())
    await pay_there(page, CARD)
    await hosted.stripe.delivered()

    assert await payment_status(hosted, order_id) == "paid"
    await page.unroute_all()
    await page.goto(f"{hosted.url}/orders/{order_id}/confirmed")
    await confirmed(page)


async def test_who_is_declined_on_stripes_page_tries_another_card_there(
    hosted: StripeShop, opened: Open
) -> None:
    page = await opened(hosted)
    await at_payment(page, slug="linden-desk-lamp")
    before = captured(hosted.stripe)
    await pay_button(page).click()
    await page.wait_for_url(f"{hosted.stripe.url}/c/pay/**")

    await pay_there(page, DECLINED_CARD)
    await expect(page.get_by_role("alert")).to_have_text("Your card was declined.")
    await pay_there(page, CARD)

    await confirmed(page)
    assert captured(hosted.stripe) == before + 1


async def test_who_changes_their_mind_finds_the_cart_as_it_was(
    hosted: StripeShop, opened: Open
) -> None:
    page = await opened(hosted)
    await at_payment(page, slug="sol-table-lamp")
    before = captured(hosted.stripe)
    await pay_button(page).click()
    await page.wait_for_url(f"{hosted.stripe.url}/c/pay/**")

    await page.get_by_role("link", name="Cancel").click()

    await expect(page.get_by_role("status").first).to_contain_text("You left before paying")
    await expect(page.get_by_role("main")).to_contain_text("Sol Table Lamp")
    assert captured(hosted.stripe) == before
    await pay_button(page).click()
    await page.wait_for_url(f"{hosted.stripe.url}/c/pay/**")
    await pay_there(page, CARD)
    await confirmed(page)
    assert captured(hosted.stripe) == before + 1


async def test_a_buyer_pays_in_stripes_form_on_our_page(element: StripeShop, opened: Open) -> None:
    page = await opened(element)
    faults = watch(page, allowed=BOUGHT)
    await at_payment(page)

    await pay_here(page, CARD)

    await confirmed(page)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Asha")
    assert faults.told == []
    found = PAID.search(page.url)
    assert found is not None
    assert await payment_status(element, found[1]) == "paid"


async def test_who_is_declined_in_the_form_tries_another_card_there(
    element: StripeShop, opened: Open
) -> None:
    page = await opened(element)
    await at_payment(page, slug="tove-belly-vase")
    before = captured(element.stripe)

    await pay_button(page).click()
    await expect(page.get_by_role("alert")).to_have_text("Your card number is incomplete.")
    await pay_here(page, DECLINED_CARD)
    await expect(page.get_by_role("alert")).to_have_text("Your card was declined.")
    assert not PAID.search(page.url)
    await element.stripe.delivered()  # so that the shop may know it before the second try
    await pay_here(page, CARD)

    await confirmed(page)
    assert captured(element.stripe) == before + 1


async def test_who_refuses_at_the_bank_pays_from_the_order_later(
    element: StripeShop, opened: Open
) -> None:
    page = await opened(element)
    await at_payment(page, slug="linden-desk-lamp")
    await pay_here(page, ASKING_CARD)
    await page.wait_for_url(f"{element.stripe.url}/3ds/**")

    await page.get_by_role("button", name="Fail").click()

    await page.wait_for_url(ORDER)
    await expect(page.get_by_role("heading", level=1)).to_have_text(
        "Your order is waiting for its payment"
    )
    await pay_button(page).click()
    await page.wait_for_url(f"{element.stripe.url}/c/pay/**")
    await pay_there(page, CARD)
    await page.wait_for_url(ORDER)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Asha")


async def test_a_form_that_cannot_be_loaded_is_said_and_buys_nothing(
    element: StripeShop, opened: Open
) -> None:
    page = await opened(element)
    await page.context.route(f"{SCRIPT}/**", lambda route: route.abort())
    orders: list[str] = []
    page.on("request", lambda sent: orders.append(sent.url) if sent.method == "POST" else None)
    await at_payment(page, slug="sol-table-lamp")
    await expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    orders.clear()

    await pay_button(page).click()

    await expect(page.get_by_role("alert")).to_have_count(2)
    assert [url for url in orders if url.endswith("/checkout")] == []


async def test_only_a_page_with_the_form_lets_stripe_in(
    hosted: StripeShop, element: StripeShop, opened: Open
) -> None:
    rules = {}
    for shop in (hosted, element):
        page = await opened(shop)
        answer = await page.goto("/checkout")
        assert answer is not None
        rules[shop.url] = answer.headers["content-security-policy"]
    assert "stripe" not in rules[hosted.url]
    assert re.search(rf"script-src [^;]*{SCRIPT} ", rules[element.url])
    assert re.search(rf"frame-src {SCRIPT} [^;]*https://hooks.stripe.com;", rules[element.url])
    assert re.search(r"connect-src 'self' https://api.stripe.com;", rules[element.url])
