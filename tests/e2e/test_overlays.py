"""What opens over a page passes axe, too, where it opens: in light and in dark."""

import re

from playwright.async_api import expect

from tests.e2e.axe import in_all_looks
from tests.e2e.browser import DESKTOP, PHONE, settled
from tests.e2e.buying import put_into_cart
from tests.e2e.conftest import Visit
from tests.e2e.opening import Browsers
from tests.e2e.people import ADMIN


async def test_axe_finds_nothing_in_what_opens_on_a_telephone(visit: Visit) -> None:
    page = await (await visit(screen=PHONE)).new_page()
    found = {}
    await page.goto("/products?on_sale=true")
    await settled(page)
    await page.get_by_role("button", name="Menu").tap()
    await expect(page.get_by_role("dialog", name="Menu").get_by_label("Deliver to")).to_be_visible()
    found["menu"] = await in_all_looks(page, [PHONE])
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Filters").tap()
    await expect(page.get_by_role("dialog", name="Filters")).to_be_visible()
    found["filters"] = await in_all_looks(page, [PHONE])
    await page.keyboard.press("Escape")
    await page.get_by_role("article").first.get_by_role("button").tap()
    await expect(page.get_by_role("dialog").get_by_role("textbox", name="Quantity")).to_be_visible()
    found["quick add"] = await in_all_looks(page, [PHONE])
    await put_into_cart(page, "linden-desk-lamp")
    found["cart"] = await in_all_looks(page, [PHONE])
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Enlarge the picture").tap()
    await expect(page.get_by_role("dialog").get_by_role("img")).to_be_visible()
    found["picture"] = await in_all_looks(page, [PHONE])

    assert {overlay: told for overlay, told in found.items() if told} == {}


async def test_axe_finds_nothing_in_what_opens_on_a_desk(visit: Visit) -> None:
    page = await (await visit()).new_page()
    found = {}
    await page.goto("/products/haven-stoneware-mug")
    await settled(page)
    await page.get_by_role("button", name="Region and language").click()
    await expect(page.get_by_role("dialog", name="Region and language")).to_be_visible()
    found["region"] = await in_all_looks(page, [DESKTOP])
    await page.keyboard.press("Escape")
    await page.get_by_role("banner").get_by_role("link", name="Home", exact=True).hover()
    await expect(page.get_by_role("link", name="All of Home")).to_be_visible()
    found["categories"] = await in_all_looks(page, [DESKTOP])
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Enlarge the picture").first.click()
    await expect(page.get_by_role("dialog").get_by_role("img")).to_be_visible()
    found["picture"] = await in_all_looks(page, [DESKTOP])

    assert {overlay: told for overlay, told in found.items() if told} == {}


async def test_axe_finds_nothing_in_what_opens_in_the_office(browsers: Browsers) -> None:
    page = await (await browsers(ADMIN)).new_page()
    found = {}
    await page.goto("/admin/settings/markets")
    await settled(page)
    await page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog")
    await palette.get_by_role("combobox").fill("lamp")
    await expect(palette.get_by_role("option", name=re.compile("Lamp")).first).to_be_visible()
    found["palette"] = await in_all_looks(page)
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Add region").click()
    await expect(page.get_by_role("dialog").get_by_label("Name")).to_be_visible()
    found["form"] = await in_all_looks(page)
    await page.close()

    assert {overlay: told for overlay, told in found.items() if told} == {}
