"""A page as it is seen: on a screen of some size, light or dark."""

from playwright.async_api import Page

from tests.e2e.browser import Screen

THEMES = ("light", "dark")


async def look(page: Page, screen: Screen, theme: str) -> None:
    """Change the screen and the theme under an open page, and wait for its transitions."""
    await page.set_viewport_size({"width": screen.width, "height": screen.height})
    await page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    await page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
    await page.wait_for_function(
        "() => document.getAnimations().every((each) => each.playState !== 'running')"
    )
