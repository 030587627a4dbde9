"""Fixtures of the browser tests: the built front end, one demo shop with its worker, Chromium.

All tests share the shop, as people do: each makes what it needs and leaves the rest alone. With
SOKONI_E2E_URL they run against a shop that is running already, which is quicker while writing them.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from tests.e2e.browser import DESKTOP, PATIENCE_MS, Screen, launched, visitor
from tests.e2e.opening import Browsers, Tab, kept, tabs
from tests.e2e.people import Desk, desk
from tests.e2e.places import Known, prepare
from tests.e2e.shop import running_shop

HERE = Path(__file__).parent
BUILD_AND_START_SECONDS = 600

Visit = Callable[..., Awaitable[BrowserContext]]

expect.set_options(timeout=PATIENCE_MS)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever is in this directory drives a browser; the first test waits for the build too."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(BUILD_AND_START_SECONDS))


@pytest.fixture(scope="session")
def shop_url() -> Iterator[str]:
    """The demo shop, built and started once. No slash at the end."""
    with running_shop() as url:
        yield url


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with launched() as found:
        yield found


@pytest.fixture
async def visit(browser: Browser, shop_url: str) -> AsyncIterator[Visit]:
    """Makes visitors, each with a browser of their own: `await visit(screen=PHONE)`."""
    async with AsyncExitStack() as opened:

        async def make(
            *, screen: Screen = DESKTOP, scripts: bool = True, theme: str = "light"
        ) -> BrowserContext:
            made = await visitor(browser, shop_url, screen=screen, scripts=scripts, theme=theme)
            return await opened.enter_async_context(made)

        yield make


@pytest.fixture(scope="session")
async def browsers(browser: Browser, shop_url: str) -> AsyncIterator[Browsers]:
    """One browser for each person, for tests that only look: `await browsers(ALICE)`."""
    async with kept(browser, shop_url) as found:
        yield found


@pytest.fixture
async def tab(browsers: Browsers, known: Known) -> AsyncIterator[Tab]:
    """A page of whoever may see a place, about to go there: `await tab(place)`."""
    async with tabs(browsers, known) as found:
        yield found


@pytest.fixture
async def page(visit: Visit) -> Page:
    """An empty page of a stranger at a desk."""
    context = await visit()
    return await context.new_page()


@pytest.fixture(scope="session")
async def staff(shop_url: str) -> AsyncIterator[Desk]:
    """The administrator at the API, for what a test needs to be there and is not about."""
    async with desk(shop_url) as found:
        yield found


@pytest.fixture(scope="session")
async def known(shop_url: str, staff: Desk) -> Known:
    """Examples of what pages show: orders, a product, a customer, an import."""
    return await prepare(shop_url, staff)
