"""Chromium for the tests: found or asked for by name, and pages whose faults are written down."""

import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    async_playwright,
)

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# A condition that never comes true is the exception; for a very busy machine it can be raised.
PATIENCE_MS = int(os.environ.get("SOKONI_E2E_PATIENCE", "20")) * 1000


@dataclass(frozen=True, slots=True)
class Screen:
    """Size in CSS pixels."""

    width: int
    height: int


PHONE, DESKTOP = Screen(390, 844), Screen(1440, 900)


def chromium() -> Path:
    """Where Chromium is; CHROMIUM names another. Raises FileNotFoundError."""
    wanted = (os.environ["CHROMIUM"],) if os.environ.get("CHROMIUM") else NAMES
    for name in wanted:
        found = shutil.which(name)
        if found is not None:
            return Path(found)
    raise FileNotFoundError(
        f"The browser tests need Chromium and found none of: {', '.join(wanted)}. "
        "On Debian and Ubuntu: apt-get install chromium; "
        "elsewhere name it: make test-browser CHROMIUM=/path/to/it"
    )


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        await browser.close()


async def visitor(
    browser: Browser,
    shop_url: str,
    *,
    screen: Screen = DESKTOP,
    scripts: bool = True,
    theme: str = "light",
    guarded: bool = True,
) -> BrowserContext:
    """A person with an empty browser of their own. Paths are relative to the shop.

    Unguarded, it runs what the pages' own policy (CSP) would stop.
    """
    context = await browser.new_context(
        base_url=shop_url,
        viewport={"width": screen.width, "height": screen.height},
        is_mobile=screen is PHONE,
        has_touch=screen is PHONE,
        java_script_enabled=scripts,
        bypass_csp=not guarded,
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    context.set_default_timeout(PATIENCE_MS)
    context.set_default_navigation_timeout(PATIENCE_MS)
    return context


@dataclass(slots=True)
class Faults:
    """What went wrong on a page since it was watched; `allowed` says what was meant to."""

    told: list[str] = field(default_factory=list)
    allowed: re.Pattern[str] | None = None

    def note(self, fault: str) -> None:
        if self.allowed is None or not self.allowed.search(fault):
            self.told.append(fault)


def watch(page: Page, *, allowed: str | None = None) -> Faults:
    """Write down console errors, exceptions, failed requests and answers of 400 and above."""
    faults = Faults(allowed=re.compile(allowed) if allowed else None)

    def spoken(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.note(f"console: {message.text} ({message.location.get('url', '')})")

    def refused(response: Response) -> None:
        if response.status >= 400:
            faults.note(f"{response.status}: {response.request.method} {response.url}")

    def failed(request: Request) -> None:
        # What the browser itself gives up when a page is left says nothing about the page.
        if request.failure != "net::ERR_ABORTED":
            faults.note(f"failed: {request.method} {request.url} ({request.failure})")

    page.on("console", spoken)
    page.on("pageerror", lambda error: faults.note(f"exception: {error}"))
    page.on("response", refused)
    page.on("requestfailed", failed)
    return faults


async def settled(page: Page) -> None:
    """Wait until the page has its heading, shows no placeholder, and has nothing left to fetch."""
    await page.locator("h1").first.wait_for(state="attached")
    await page.wait_for_function(
        "() => !document.querySelector('main .skeleton, main [aria-busy=true]')"
        " && document.fonts.status === 'loaded'"
    )
    await page.wait_for_load_state("networkidle")
