"""Every page runs without a fault in the console or on the wire, and reads without scripts."""

import pytest
from playwright.async_api import expect

from tests.e2e.browser import settled, watch
from tests.e2e.opening import Tab
from tests.e2e.places import DRAWN, EVERYWHERE, PRIVATE, Known, Place

# What the browser itself says about a page that answers 404, as it shall.
OF_A_MISSING_PAGE = r"^404: GET .*/nothing-here$|status of 404 .*/nothing-here\)$"


@pytest.mark.parametrize("place", EVERYWHERE, ids=str)
async def test_a_page_comes_alive_without_a_fault(place: Place, tab: Tab, known: Known) -> None:
    page = await tab(place)
    faults = watch(page, allowed=OF_A_MISSING_PAGE if place.status == 404 else None)

    answer = await page.goto(place.at(known))
    await settled(page)

    assert answer is not None
    assert answer.status == place.status
    assert faults.told == []
    assert await page.locator("h1").count() == 1


@pytest.mark.parametrize("place", DRAWN, ids=str)
async def test_a_page_reads_without_scripts(place: Place, tab: Tab, known: Known) -> None:
    page = await tab(place, scripts=False)

    answer = await page.goto(place.at(known))

    assert answer is not None
    assert answer.status == place.status
    assert (await page.locator("h1").inner_text()).strip() != ""
    assert len(await page.locator("main").inner_text()) > 40
    assert await page.locator("main a[href], main button").count() > 0


async def test_a_page_of_one_person_says_that_it_needs_scripts(tab: Tab, known: Known) -> None:
    cart = next(place for place in PRIVATE if place.path == "/cart")
    page = await tab(cart, scripts=False)

    await page.goto(cart.at(known))

    await expect(page.locator("main noscript p")).to_contain_text("needs JavaScript")
    await expect(page.get_by_role("banner")).to_be_visible()
    await expect(page.get_by_role("contentinfo")).to_be_visible()
