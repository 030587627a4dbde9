"""Browsers that are kept: each person's pages are tabs of one, which saves signing in anew.

For tests that look and leave no trace; whoever buys has a browser of their own (`visit`).
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from playwright.async_api import Browser, BrowserContext, Page

from tests.e2e.browser import visitor
from tests.e2e.people import Person, enter
from tests.e2e.places import Known, Place

Browsers = Callable[..., Awaitable[BrowserContext]]
Tab = Callable[..., Awaitable[Page]]


@asynccontextmanager
async def kept(browser: Browser, shop_url: str, *, guarded: bool = True) -> AsyncIterator[Browsers]:
    """Makes a browser when somebody is first named: `await browsers(ALICE)`, None is a stranger."""
    made: dict[tuple[Person | None, bool], BrowserContext] = {}
    async with AsyncExitStack() as opened:

        async def of(person: Person | None, *, scripts: bool = True) -> BrowserContext:
            if (person, scripts) not in made:
                context = await visitor(browser, shop_url, scripts=scripts, guarded=guarded)
                made[person, scripts] = await opened.enter_async_context(context)
                if person is not None:
                    await enter(context, person)
            return made[person, scripts]

        yield of


@asynccontextmanager
async def tabs(browsers: Browsers, known: Known) -> AsyncIterator[Tab]:
    """Opens empty pages of whoever may see a place, with the guest's order token; closes them."""
    async with AsyncExitStack() as opened:

        async def about_to_see(place: Place, *, scripts: bool = True) -> Page:
            context = await browsers(place.person, scripts=scripts)
            page = await opened.enter_async_context(await context.new_page())
            if "{guest}" in place.path:
                await remember_order(page, known.guest, known.guest_token)
            return page

        yield about_to_see


async def remember_order(page: Page, order_id: str, token: str) -> None:
    """As after the checkout: this device may see the guest's order."""
    tokens = json.dumps(json.dumps({order_id: token}))
    await page.add_init_script(f"localStorage.setItem('sokoni.orders', {tokens})")
