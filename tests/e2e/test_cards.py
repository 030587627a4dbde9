"""Cards of products on a desk: the second picture comes with the pointer or with the focus."""

from playwright.async_api import Page, expect

from tests.e2e.browser import settled


async def test_the_second_picture_is_seen_under_the_pointer_and_by_keys(page: Page) -> None:
    # What other tests add is of no brand, and has no second picture.
    await page.goto("/products?brand=kilima-clay&sort=name")
    await settled(page)
    first, second = page.get_by_role("article").first, page.get_by_role("article").nth(1)
    over_first, over_second = first.locator("img").nth(1), second.locator("img").nth(1)
    box = await first.bounding_box()

    await first.hover()
    await expect(over_first).to_have_css("opacity", "1")
    assert await first.bounding_box() == box

    await second.hover()
    await expect(over_second).to_have_css("opacity", "1")
    await expect(over_first).to_have_css("opacity", "0")

    await page.mouse.move(0, 0)
    await expect(over_second).to_have_css("opacity", "0")
    await second.get_by_role("button").focus()
    await page.keyboard.press("Tab")
    await expect(second.get_by_role("heading").get_by_role("link")).to_be_focused()
    await expect(over_second).to_have_css("opacity", "1")
