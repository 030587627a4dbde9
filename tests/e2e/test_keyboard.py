"""Who has no mouse buys all the same: Tab, arrows, Space and Enter, and letters in fields."""

import re

from playwright.async_api import Page, expect

from tests.e2e.browser import settled
from tests.e2e.buying import confirmed
from tests.e2e.people import CARD

# More than there are stops on any page of the shop.
STOPS = 120

NAME_OF_FOCUS = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return '';
    const labels = at.labels ? [...at.labels].map((label) => label.textContent).join(' ') : '';
    return (at.getAttribute('aria-label') || labels || at.textContent || '').trim();
}"""
# A stop is seen by an outline or a ring, on it or on what stands for it.
IS_SEEN = """() => {
    const at = document.activeElement;
    const standing = [at, at.parentElement, at.parentElement?.parentElement].filter(Boolean);
    return standing.some((each) => {
        const style = getComputedStyle(each);
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
            || style.boxShadow !== 'none';
    });
}"""

# The browser's own bar is between the last stop and the first; the page has no focus then.
IS_WITHIN_DIALOG = """() => {
    const at = document.activeElement;
    return at === document.body || at?.closest('dialog') !== null;
}"""


async def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has this name has the focus; every stop on the way must be visible."""
    wanted = re.compile(name)
    passed = []
    for _ in range(STOPS):
        await page.keyboard.press("Tab")
        found = await page.evaluate(NAME_OF_FOCUS)
        if found:
            assert await page.evaluate(IS_SEEN), f"the focus on {found!r} cannot be seen"
        if wanted.search(found):
            return
        passed.append(found)
    raise AssertionError(f"Tab does not lead to {name}: {passed}")


async def write(page: Page, name: str, text: str) -> None:
    await tab_to(page, name)
    await page.keyboard.type(text)


async def test_a_purchase_needs_no_mouse(page: Page) -> None:
    await page.goto("/products/ora-pendant-light")
    await settled(page)

    await page.keyboard.press("Tab")
    assert await page.evaluate(NAME_OF_FOCUS) == "Skip to content"
    await page.keyboard.press("Enter")
    await tab_to(page, r"^Mustard|^Chalk")
    await page.keyboard.press("ArrowRight")
    await tab_to(page, r"^Add to cart ·")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="Your cart")).to_be_visible()
    await expect(page.get_by_role("link", name="Check out")).to_be_visible()
    await tab_to(page, r"^Check out$")
    await page.keyboard.press("Enter")

    await expect(page.get_by_label("E-mail")).to_be_visible()
    await write(page, r"^E-mail$", "keys@example.com")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Country")).to_be_visible()
    await tab_to(page, r"^Country")
    await page.keyboard.type("Tanz")
    await write(page, r"^Name$", "Key Board")
    await write(page, r"^Street and house number$", "1 Tab Street")
    await write(page, r"^City$", "Dodoma")
    await expect(page.get_by_role("radio").first).to_be_checked()
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Card number")).to_be_visible()
    await write(page, r"^Card number$", CARD)
    await tab_to(page, r"^Pay ")
    await page.keyboard.press("Enter")

    await confirmed(page)
    await expect(page.get_by_role("main")).to_contain_text("Ora Pendant Light")


async def test_the_drawer_keeps_the_focus_and_gives_it_back(page: Page) -> None:
    await page.goto("/products/tove-belly-vase")
    await settled(page)
    button = page.get_by_role("button", name=re.compile(r"^Add to cart ·")).first
    await button.focus()
    await page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name="Your cart")
    await expect(drawer.get_by_role("link", name="Check out")).to_be_visible()

    for _ in range(12):
        await page.keyboard.press("Tab")
        assert await page.evaluate(IS_WITHIN_DIALOG)
    await page.keyboard.press("Escape")

    await expect(drawer).to_be_hidden()
    await expect(button).to_be_focused()


async def test_suggestions_are_walked_by_arrows_and_followed_by_enter(page: Page) -> None:
    await page.goto("/")
    await settled(page)
    field = page.get_by_role("banner").get_by_role("combobox", name="Search products")
    await field.focus()
    await page.keyboard.type("pendant")
    option = page.get_by_role("option", name=re.compile("Ora Pendant Light"))
    await expect(option).to_be_visible()

    for _ in range(await page.get_by_role("option").count()):
        await page.keyboard.press("ArrowDown")
        if await option.get_attribute("aria-selected") == "true":
            break
    await page.keyboard.press("Enter")

    await page.wait_for_url("**/products/ora-pendant-light*")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Ora Pendant Light")
