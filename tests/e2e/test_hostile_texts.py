"""Whatever text a person enters, no page runs it: not in the shop, not in the admin.

Each text calls `ran` in the ways that markup can. A page passes when nothing was called and nothing
of the text became markup. The pages' own policy would stop most of it: it is off here, so that the
pages are tried and not the policy.
"""

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict

import pytest
from playwright.async_api import Browser, Dialog, Page, Route, expect

from tests.e2e.browser import settled
from tests.e2e.conftest import Visit
from tests.e2e.hostile import PLANTED, Trapped, hostile, set_up
from tests.e2e.opening import Browsers, kept, remember_order
from tests.e2e.people import ADMIN, Desk, Person


@pytest.fixture(scope="module")
async def browsers(browser: Browser, shop_url: str) -> AsyncIterator[Browsers]:
    """Browsers that let everything run, and remember hostile things for these tests alone."""
    async with kept(browser, shop_url, guarded=False) as found:
        yield found


@pytest.fixture
async def page(browsers: Browsers) -> AsyncIterator[Page]:
    """A stranger's page on which nothing may run."""
    async with await (await browsers(None)).new_page() as made, guarded(made):
        yield made


@pytest.fixture(scope="module")
async def trapped(shop_url: str, staff: Desk) -> AsyncIterator[Trapped]:
    async with set_up(shop_url, staff) as found:
        yield found


@asynccontextmanager
async def guarded(page: Page) -> AsyncIterator[None]:
    """Until the end of the block no text runs on the page; it ends with a look for markup."""
    ran: list[str] = []

    async def opened(dialog: Dialog) -> None:
        ran.append(f"asked: {dialog.message}")
        await dialog.dismiss()

    await page.expose_function("ran", lambda field: ran.append(f"called: {field}"))
    page.on("dialog", opened)
    yield
    assert [*await page.evaluate(PLANTED), *ran] == []


async def go(page: Page, path: str) -> None:
    await page.goto(path)
    await settled(page)
    assert await page.evaluate(PLANTED) == []


async def harmless(browsers: Browsers, path: str, person: Person | None = None) -> None:
    """Go there; nothing runs, and nothing has become markup."""
    context = await browsers(person)
    async with await context.new_page() as page, guarded(page):
        await go(page, path)


SHOP_PATHS = (
    "/",
    "/products",
    "/products/{slug}",
    "/sw/products/{slug}",
    "/c/{category_slug}",
    "/search?q=onerror",
    "/search?q=%22%3E%3Cscript%3Eran('q')%3C/script%3E",
    "/products?brand=%22%3E%3Cscript%3Eran('brand')%3C/script%3E",
    "/%3Cimg%20src=x%20onerror=ran('path')%3E",
    "/login?next=javascript:ran('next')",
    "/login?next=//evil.example/",
)
BUYERS_PATHS = (
    "/account",
    "/account/orders",
    "/account/orders/{order}",
    "/account/addresses",
    "/account/profile",
)
ADMIN_PATHS = (
    "",
    "/products",
    "/products?q=onerror",
    "/products/{product}",
    "/products/{product}/preview",
    "/categories",
    "/brands",
    "/imports",
    "/imports/{imported}",
    "/orders",
    "/orders/{order}",
    "/orders/{order}/packing-slip",
    "/payments",
    "/customers",
    "/customers/{customer}",
    "/inventory",
    "/settings/store",
    "/audit-log",
)


@pytest.mark.parametrize("path", SHOP_PATHS)
async def test_no_text_runs_in_the_shop(path: str, browsers: Browsers, trapped: Trapped) -> None:
    await harmless(browsers, _at(path, trapped))


async def test_a_text_that_runs_is_noticed(browsers: Browsers) -> None:
    async with await (await browsers(None)).new_page() as page:
        await page.goto("/offline")
        with pytest.raises(AssertionError, match="called: main"):
            async with guarded(page):
                await page.evaluate(
                    """(text) => new Promise((done) => {
                        document.querySelector('main').innerHTML = text;
                        document.querySelector('img[src=x]').addEventListener('error', done);
                    })""",
                    hostile("main"),
                )


async def test_texts_stand_in_the_shop_as_they_are_kept(
    page: Page, trapped: Trapped, staff: Desk
) -> None:
    await go(page, f"/products/{trapped.slug}")

    heading = await page.get_by_role("heading", level=1).inner_text()
    title = (await staff.get(f"/admin/products/{trapped.product}"))["title"]
    assert "ran('title')" in title
    assert " ".join(heading.split()) == " ".join(title.split())
    source = await (await page.request.get(f"/products/{trapped.slug}")).text()
    state = re.search(r'<script type="application/json" id="state"[^>]*>(.*?)</script>', source)
    assert state is not None
    assert hostile("store") in json.loads(state[1])["store"].values()
    for found in re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', source):
        json.loads(found)


@pytest.mark.parametrize("path", BUYERS_PATHS)
async def test_no_text_runs_for_its_buyer(path: str, browsers: Browsers, trapped: Trapped) -> None:
    await harmless(browsers, _at(path, trapped), trapped.buyer)


@pytest.mark.parametrize("ending", ["", "/confirmed"])
async def test_no_text_runs_for_a_guest(ending: str, page: Page, trapped: Trapped) -> None:
    await remember_order(page, trapped.guest.id, trapped.guest.token)
    await go(page, f"/orders/{trapped.guest.id}{ending}")


@pytest.mark.parametrize("path", ADMIN_PATHS)
async def test_no_text_runs_in_the_admin(path: str, browsers: Browsers, trapped: Trapped) -> None:
    await harmless(browsers, f"/admin{_at(path, trapped)}", ADMIN)


async def test_no_description_runs_where_it_is_written(
    browsers: Browsers, trapped: Trapped
) -> None:
    """Not even one that came past the cleaning."""
    text = hostile("written") + "<p onfocus=ran('p')><a href=\"java\nscript:ran('a')\">out</a></p>"

    async def uncleaned(route: Route) -> None:
        answer = await route.fetch()
        product = await answer.json() | {"description": text}
        await route.fulfill(response=answer, json=product)

    context = await browsers(ADMIN)
    async with await context.new_page() as page, guarded(page):
        await page.route(f"**/api/v1/admin/products/{trapped.product}", uncleaned)
        await go(page, f"/admin/products/{trapped.product}")
        field = page.get_by_role("textbox", name="Description", exact=True)
        await expect(field).to_have_value(text)
        await page.get_by_role("button", name="HTML source").click()
        await expect(field.get_by_text("out")).to_be_visible()
        await field.press("End")


async def test_signing_in_leads_nowhere_else(visit: Visit, trapped: Trapped, shop_url: str) -> None:
    for following in ("javascript:ran('next')", "//evil.example/", "https://evil.example/"):
        page = await (await visit()).new_page()
        await page.goto(f"/login?next={following}")
        await page.get_by_label("E-mail").fill(trapped.buyer.email)
        await page.get_by_label("Password", exact=True).fill(trapped.buyer.password)
        await page.get_by_role("button", name="Sign in").click()
        await page.wait_for_url(lambda url: "/login" not in url)
        assert page.url.startswith(f"{shop_url}/")


def _at(path: str, trapped: Trapped) -> str:
    ids = {name: value for name, value in asdict(trapped).items() if isinstance(value, str)}
    for name, value in ids.items():
        path = path.replace(f"{{{name}}}", value)
    return path
