"""What axe finds on a page, light and dark, on a telephone and on a desk."""

from collections.abc import Sequence
from typing import Any

from playwright.async_api import Page
from tools.frontend import FRONTEND

from tests.e2e.browser import DESKTOP, PHONE, Screen
from tests.e2e.looking import THEMES, look

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


async def in_all_looks(
    page: Page, screens: Sequence[Screen] = (DESKTOP, PHONE)
) -> dict[str, list[Any]]:
    """What axe says about the page as it stands, by look; empty when it says nothing."""
    found = {}
    for screen in screens:
        for theme in THEMES:
            await look(page, screen, theme)
            if told := await violations(page, theme):
                found[f"{screen.width} px, {theme}"] = told
    return found
