"""Every page passes axe: light and dark, on a telephone and on a desk."""

from typing import Any

import pytest
from playwright.async_api import Page, expect
from tools.frontend import FRONTEND

from tests.e2e.browser import DESKTOP, PHONE, settled
from tests.e2e.buying import give_address, pay, put_into_cart
from tests.e2e.looking import THEMES, look
from tests.e2e.opening import Tab
from tests.e2e.people import DECLINED_CARD
from tests.e2e.places import EVERYWHERE, Known, Place

AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A theme changes colours and nothing else.
OF_THE_DARK = ["color-contrast"]
RUN = """async (runOnly) => {
    const done = await axe.run(document, { runOnly, resultTypes: ['violations'] });
    return done.violations.map(({ id, nodes }) =>
        ({ id, nodes: nodes.slice(0, 4).map(({ html, any, all, none }) =>
            [html.slice(0, 160), [...any, ...all, ...none][0]?.message]) }));
}"""


async def violations(page: Page, theme: str) -> list[Any]:
    if await page.evaluate("typeof window.axe") == "undefined":
        # Through the debugger, so that the pages' own policy stays as it is.
        await page.evaluate(AXE.read_text())
    wanted = (
        {"type": "tag", "values": TAGS}
        if theme == "light"
        else {"type": "rule", "values": OF_THE_DARK}
    )
    found: list[Any] = await page.evaluate(RUN, wanted)
    return found


async def in_all_looks(page: Page) -> dict[str, list[Any]]:
    """What axe says about the page as it stands, by look; empty when it says nothing."""
    found = {}
    for screen in (DESKTOP, PHONE):
        for theme in THEMES:
            await look(page, screen, theme)
            if told := await violations(page, theme):
                found[f"{screen.width} px, {theme}"] = told
    return found


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
