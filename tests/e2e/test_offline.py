"""Without a network: the service worker shows its page, in the language of the address."""

import pytest
from playwright.async_api import expect

from tests.e2e.browser import settled
from tests.e2e.conftest import Visit


@pytest.mark.parametrize(
    ("path", "title", "again"),
    [
        ("/products", "You are offline", "Try again"),
        ("/sw/products", "Huna mtandao", "Jaribu tena"),
    ],
)
async def test_who_loses_the_network_is_told_and_comes_back_by_a_press(
    path: str, title: str, again: str, visit: Visit
) -> None:
    context = await visit()
    page = await context.new_page()
    await page.goto("/")
    await settled(page)
    await page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    await page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    await page.goto(f"{path}?sort=price")  # from now on the scripts of the page are kept
    await settled(page)

    await context.set_offline(True)
    await page.goto(path)
    heading = page.get_by_role("heading", level=1)
    await expect(heading).to_have_text(title)
    await page.wait_for_load_state("networkidle")
    await expect(heading).to_have_text(title)

    await context.set_offline(False)
    await page.get_by_role("link", name=again).click()
    await expect(page.get_by_role("article").first).to_be_visible()
