"""Every page passes axe: light and dark, on a telephone and on a desk."""

import pytest
from playwright.async_api import Page, expect

from tests.e2e.axe import in_all_looks
from tests.e2e.browser import settled
from tests.e2e.buying import give_address, pay, put_into_cart
from tests.e2e.opening import Tab
from tests.e2e.people import DECLINED_CARD
from tests.e2e.places import EVERYWHERE, Known, Place


@pytest.mark.parametrize("place", EVERYWHERE, ids=str)
async def test_axe_finds_nothing(place: Place, tab: Tab, known: Known) -> None:
    page = await tab(place)
    await page.goto(place.at(known))
    await settled(page)

    assert await in_all_looks(page) == {}


async def test_axe_finds_nothing_on_the_way_through_a_purchase(page: Page) -> None:
    found = {}
    await put_into_cart(page, "linden-desk-lamp")
    found["drawer"] = await in_all_looks(page)
    await page.goto("/cart")
    await settled(page)
    found["cart"] = await in_all_looks(page)
    await page.goto("/checkout")
    await page.get_by_label("E-mail").fill("axe@example.com")
    found["contact"] = await in_all_looks(page)
    await page.get_by_role("button", name="Continue to delivery").click()
    await page.get_by_label("Country").select_option("TZ")
    await expect(page.get_by_role("radio").first).to_be_checked()
    await page.get_by_role("button", name="Continue to payment").click()
    await expect(page.get_by_role("alert").first).to_be_visible()
    found["delivery, refused"] = await in_all_looks(page)
    await give_address(page, name="Axe Man")
    await page.get_by_role("button", name="Continue to payment").click()
    await pay(page, DECLINED_CARD)
    await expect(page.get_by_role("alert")).to_contain_text("declined")
    found["payment, declined"] = await in_all_looks(page)

    assert {step: told for step, told in found.items() if told} == {}
