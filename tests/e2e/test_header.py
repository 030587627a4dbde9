"""The header, by pointer, by keys and after a reload."""

import re

from playwright.async_api import Page, expect

from tests.e2e.browser import settled


async def test_escape_closes_the_panel_under_a_pointer_that_stays(page: Page) -> None:
    await page.goto("/products")
    await settled(page)
    header = page.get_by_role("banner")
    furniture = header.get_by_role("link", name="Furniture", exact=True)
    home = header.get_by_role("link", name="Home", exact=True)
    panel = header.get_by_role("link", name="All of Home")

    await home.hover()
    await expect(panel).to_be_visible()
    await expect(header.get_by_role("link", name="Ceiling lights")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()

    await furniture.hover()
    await home.hover()
    await expect(panel).to_be_visible()
    await panel.click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Home")


async def test_another_region_changes_the_prices_and_stays(page: Page) -> None:
    await page.goto("/products/haven-stoneware-mug")
    await settled(page)
    shown = page.get_by_role("main")
    await expect(shown).to_contain_text("TZS 70,000")

    await page.get_by_role("button", name="Region and language").click()
    region = page.get_by_role("dialog").get_by_label("Deliver to")
    await region.select_option(label=await region.get_by_text("EUR").first.inner_text())
    await page.keyboard.press("Escape")

    await expect(shown).to_contain_text("€24")
    await expect(shown).not_to_contain_text("TZS")
    await page.reload()
    await expect(shown).to_contain_text("€24")


async def test_the_theme_survives_a_reload(page: Page) -> None:
    await page.goto("/")
    await settled(page)
    root, dark = page.locator("html"), page.get_by_role("button", name="Dark mode")
    paper = await page.evaluate("() => getComputedStyle(document.body).backgroundColor")

    await dark.click()
    await expect(root).not_to_have_css("background-color", paper)
    await page.reload()

    await expect(root).not_to_have_css("background-color", paper)
    await expect(dark).to_have_attribute("aria-pressed", re.compile("true"))
