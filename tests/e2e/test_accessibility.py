"""Every page passes axe: light and dark, on a telephone and on a desk."""

from typing import Any

import pytest
from playwright.async_api import Page
from tools.frontend import FRONTEND

from tests.e2e.browser import DESKTOP, PHONE, Screen, settled
from tests.e2e.conftest import Visit
from tests.e2e.opening import opened
from tests.e2e.places import EVERYWHERE, Known, Place

AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
    const done = await axe.run(document, {
        runOnly: { type: 'tag', values: tags },
        resultTypes: ['violations'],
    });
    return done.violations.map(({ id, nodes }) =>
        ({ id, nodes: nodes.slice(0, 4).map(({ html, any, all, none }) =>
            [html.slice(0, 160), [...any, ...all, ...none][0]?.message]) }));
}"""


async def violations(page: Page) -> list[Any]:
    if await page.evaluate("typeof window.axe") == "undefined":
        # Through the debugger, so that the pages' own policy stays as it is.
        await page.evaluate(AXE.read_text())
    found: list[Any] = await page.evaluate(RUN, TAGS)
    return found


async def look(page: Page, screen: Screen, theme: str) -> None:
    """The page as it is on this screen in this theme, after its transitions."""
    await page.set_viewport_size({"width": screen.width, "height": screen.height})
    await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    await page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
    await page.wait_for_function(
        "() => document.getAnimations().every((each) => each.playState !== 'running')"
    )


@pytest.mark.parametrize("place", EVERYWHERE, ids=str)
async def test_axe_finds_nothing(place: Place, visit: Visit, known: Known) -> None:
    page = await opened(place, visit, known)
    await page.goto(place.at(known))
    await settled(page)

    found = {}
    for screen in (DESKTOP, PHONE):
        for theme in ("light", "dark"):
            await look(page, screen, theme)
            if told := await violations(page):
                found[screen.width, theme] = told

    assert found == {}
