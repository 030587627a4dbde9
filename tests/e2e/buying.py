"""The way through a purchase, by the words that a person reads."""

import re

from playwright.async_api import Locator, Page, expect

from tests.e2e.browser import settled

PAID = re.compile(r"/orders/(ord_\w+)/confirmed")


async def put_into_cart(page: Page, slug: str) -> Locator:
    """From the product's page into the cart; the drawer that shows it."""
    await page.goto(f"/products/{slug}")
    await settled(page)
    await page.get_by_role("button", name=re.compile(r"^Add to cart ·")).first.click()
    drawer = page.get_by_role("dialog", name="Your cart")
    await expect(drawer.get_by_role("link", name="Check out")).to_be_visible()
    return drawer


async def check_out(page: Page, *, email: str, name: str = "Asha Komba") -> None:
    """From the drawer to the field for a test card, as a guest who lives in Tanzania."""
    await go_to_payment(page, email=email, name=name)
    await expect(page.get_by_label("Card number")).to_be_visible()


async def go_to_payment(page: Page, *, email: str, name: str = "Asha Komba") -> None:
    """From the drawer to the step where one pays, whatever the way."""
    await page.get_by_role("dialog").get_by_role("link", name="Check out").click()
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_role("button", name="Continue to delivery").click()
    await give_address(page, name=name)
    await page.get_by_role("button", name="Continue to payment").click()
    await expect(pay_button(page)).to_be_visible()


async def give_address(
    page: Page, *, name: str, line1: str = "12 Ocean Road", city: str = "Dar es Salaam"
) -> None:
    await page.get_by_label("Country").select_option("TZ")
    await page.get_by_label("Name", exact=True).fill(name)
    await page.get_by_label("Street and house number").fill(line1)
    await page.get_by_label("City").fill(city)
    await expect(page.get_by_role("radio").first).to_be_checked()


async def pay(page: Page, card: str) -> None:
    await page.get_by_label("Card number").fill(card)
    await pay_button(page).click()


def pay_button(page: Page) -> Locator:
    """The one that names the amount, on the shop's pages."""
    return page.get_by_role("button", name=re.compile(r"^Pay "))


async def confirmed(page: Page) -> str:
    """Wait for the confirmation; the order's number, as it stands there."""
    await page.wait_for_url(PAID)
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Thank you")
    number = await page.get_by_text(re.compile(r"^Order ")).first.locator("strong").inner_text()
    assert number != ""
    return number
