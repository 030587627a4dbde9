"""Make the pictures in docs/screenshots: the shop's and the admin's pages, as the demo shows them.

    python -m tools.screenshots [name …]     all, or those whose names contain a word

Each page is taken on a telephone and on a desk, light and dark, as WebP: small, and sharp enough.
"""

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page
from tests.e2e.browser import DESKTOP, PHONE, Screen, launched, settled, visitor
from tests.e2e.buying import check_out, confirmed, pay, put_into_cart
from tests.e2e.looking import THEMES, look
from tests.e2e.people import ADMIN, ALICE, CARD, DECLINED_CARD, desk, enter, order
from tests.e2e.shop import running_shop

PLACE = Path(__file__).parent.parent / "docs" / "screenshots"
QUALITY = 76
SOLD = (
    "haven-stoneware-mug",
    "tove-belly-vase",
    "linden-desk-lamp",
    "ora-pendant-light",
    "fjell-dinner-set",
    "sol-table-lamp",
    "morrow-nesting-bowls",
)
MOVES = ("processing", "shipped", "delivered")

Take = Callable[[str, Page], Awaitable[None]]


async def make(wanted: Sequence[str]) -> None:
    PLACE.mkdir(parents=True, exist_ok=True)
    with running_shop() as url:
        shown = await _sell(url)
        async with launched() as browser:
            for screen in (PHONE, DESKTOP):

                async def take(name: str, page: Page, screen: Screen = screen) -> None:
                    if not wanted or any(word in name for word in wanted):
                        await _take(name, page, screen)

                await _shop(browser, url, screen, take)
                await _admin(browser, url, screen, take, order_id=shown)


async def _sell(url: str) -> str:
    """A day's business, so that the admin has something to show; the id of an order under way."""
    async with desk(url, ALICE) as alice, desk(url) as staff:
        made = [await order(alice, slug=slug) for slug in SOLD]
        await order(alice, card=DECLINED_CARD)
        for count, each in enumerate(made[:4]):
            for status in MOVES[: count % 4]:
                await staff.post(f"/admin/orders/{each.id}/status", {"status": status})
    return made[2].id


async def _shop(browser: Browser, url: str, screen: Screen, take: Take) -> None:
    context = await visitor(browser, url, screen=screen)
    page = await context.new_page()
    for name, path in {
        "shop-home": "/",
        "shop-listing": "/products",
        "shop-product": "/products/haven-stoneware-mug",
    }.items():
        await page.goto(path)
        await take(name, page)
    await put_into_cart(page, "linden-desk-lamp")
    await put_into_cart(page, "tove-belly-vase")
    await page.goto("/cart")
    await take("shop-cart", page)
    await put_into_cart(page, "haven-stoneware-mug")
    await check_out(page, email="asha@example.com")
    await take("shop-checkout", page)
    await pay(page, CARD)
    await confirmed(page)
    await take("shop-confirmation", page)
    await context.close()
    context = await visitor(browser, url, screen=screen)
    await enter(context, ALICE)
    page = await context.new_page()
    await page.goto("/account")
    await take("shop-account", page)
    await context.close()


async def _admin(browser: Browser, url: str, screen: Screen, take: Take, *, order_id: str) -> None:
    context = await visitor(browser, url, screen=screen)
    await enter(context, ADMIN)
    page = await context.new_page()
    async with desk(url) as staff:
        product = (await staff.get("/admin/products/haven-stoneware-mug"))["id"]
    for name, path in {
        "home": "",
        "products": "/products",
        "product": f"/products/{product}",
        "orders": "/orders",
        "order": f"/orders/{order_id}",
        "inventory": "/inventory",
        "books": "/books",
    }.items():
        await page.goto(f"/admin{path}")
        await take(f"admin-{name}", page)
    await context.close()


async def _take(name: str, page: Page, screen: Screen) -> None:
    for theme in THEMES:
        await look(page, screen, theme)
        await settled(page)
        await page.evaluate("scrollTo(0, 0)")
        drawn = Image.open(io.BytesIO(await page.screenshot(animations="disabled")))
        file = PLACE / f"{name}-{screen.width}-{theme}.webp"
        drawn.convert("RGB").save(file, quality=QUALITY, method=6)
        print(f"{file.relative_to(PLACE.parent.parent)}  {file.stat().st_size // 1024} KB")


if __name__ == "__main__":
    asyncio.run(make(sys.argv[1:]))
