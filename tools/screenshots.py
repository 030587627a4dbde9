"""The pictures in docs/screenshots: every page of the shop and the admin, as the demo shows it.

    python -m tools.screenshots [word …]            take them anew: all, or those named by a word
    python -m tools.screenshots --compare [word …]  the visual lane: compare, keep what differs

Each page is taken on a telephone and on a desk, light and dark, as WebP: small, and sharp enough.
A comparison forgives what differs from day to day (numbers of orders, dates, the compression), and
shows what a person would notice: pictures that differ are put into `.visual/`, beside a map of
where. `tests/e2e/places.py` names the pages; purchases and states are added here.
"""

import asyncio
import io
import shutil
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image, ImageChops
from playwright.async_api import Browser, Page, Route
from tests.e2e.browser import DESKTOP, PHONE, launched, settled, visitor
from tests.e2e.buying import check_out, confirmed, pay, put_into_cart
from tests.e2e.looking import THEMES, look
from tests.e2e.opening import kept, tabs
from tests.e2e.people import ALICE, CARD, DECLINED_CARD, desk, order
from tests.e2e.places import EVERYWHERE, Known, Place, prepare
from tests.e2e.shop import running_shop
from tests.support.waiting import wait_until

ROOT = Path(__file__).parent.parent
PLACE = ROOT / "docs" / "screenshots"
DIFFERENT = ROOT / ".visual"
QUALITY = 70
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
IN_STATES = ("orders", "admin home", "admin orders")
"""Pages that are taken while they wait for the API, and when it fails, too."""

CELL = 8
"""Pixels. Pictures are compared by the mean colours of such squares: letters may differ in them."""
NOTICED = 24
"""Of 255: a square that differs less looks the same."""
TOLERANCE = 0.04
"""The share of squares that may differ."""

Keep = Callable[[str, Image.Image], None]
Show = Callable[[Page], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Album:
    """Where pictures go: `keep` takes each with its name; only those with one of the words."""

    keep: Keep
    words: Sequence[str]

    def wants(self, name: str) -> bool:
        return not self.words or any(word in name for word in self.words)

    async def take(self, name: str, page: Page, *, ready: Show = settled) -> None:
        """The page in its four looks, from the top, once it is ready to be seen."""
        if not self.wants(name):
            return
        for screen in (PHONE, DESKTOP):
            for theme in THEMES:
                await look(page, screen, theme)
                await ready(page)
                await page.evaluate("scrollTo(0, 0)")
                drawn = await page.screenshot(animations="disabled")
                picture = Image.open(io.BytesIO(drawn)).convert("RGB")
                self.keep(f"{name}-{screen.width}-{theme}.webp", picture)


async def take_all(album: Album) -> None:
    """Every page, the way through a purchase, and some pages in their other states."""
    with running_shop() as url:
        known = await _a_days_business(url)
        async with launched() as browser:
            await _purchase(browser, url, album)
            await _pages(browser, url, album, known)
            for state, answer in STATES.items():
                await _states(browser, url, album, known, state, answer)


async def _a_days_business(url: str) -> Known:
    """Orders in all states, so that there is something to see."""
    async with desk(url, ALICE) as alice, desk(url) as staff:
        made = [await order(alice, slug=slug) for slug in SOLD]
        await order(alice, card=DECLINED_CARD)
        for count, each in enumerate(made[:4]):
            for status in MOVES[: count % 4]:
                await staff.post(f"/admin/orders/{each.id}/status", {"status": status})
        known = await prepare(url, staff)

        async def is_counted() -> bool:
            liked = await staff.get("/products", sort="popularity", limit="1")
            return bool(liked["items"][0]["slug"] == SOLD[0])

        # What sells best comes first on the home page.
        await wait_until(is_counted, within=60, what="the popularity of what was sold")
        return replace(known, paid=made[2].id)


async def _purchase(browser: Browser, url: str, album: Album) -> None:
    async with await visitor(browser, url) as context:
        page = await context.new_page()
        await put_into_cart(page, "linden-desk-lamp")
        await put_into_cart(page, "tove-belly-vase")
        await album.take("shop-drawer", page)
        await page.goto("/cart")
        await album.take("shop-cart", page)
        await put_into_cart(page, "haven-stoneware-mug")
        await check_out(page, email="asha@example.com")
        await album.take("shop-checkout", page)
        await pay(page, CARD)
        await confirmed(page)
        await album.take("shop-thanks", page)


async def _pages(browser: Browser, url: str, album: Album, known: Known) -> None:
    async with kept(browser, url) as browsers, tabs(browsers, known) as tab:
        for place in EVERYWHERE:
            if album.wants(name_of(place)):
                page = await tab(place)
                await page.goto(place.at(known))
                await album.take(name_of(place), page)
                await page.close()


def name_of(place: Place) -> str:
    """`shop-home`, `admin-orders`."""
    return str(place) if place.name.startswith("admin") else f"shop-{place}"


async def _never(_route: Route) -> None:
    """The answer does not come."""


async def _fails(route: Route) -> None:
    problem = '{"type": "about:blank", "title": "Internal Server Error", "status": 500}'
    await route.fulfill(status=500, content_type="application/problem+json", body=problem)


STATES = {"loading": _never, "failing": _fails}
OF_THE_SHELL = ("/auth/", "/store/config", "/regions", "/categories")


async def _states(
    browser: Browser,
    url: str,
    album: Album,
    known: Known,
    state: str,
    answer: Callable[[Route], Awaitable[None]],
) -> None:
    async def api(route: Route) -> None:
        if any(part in route.request.url for part in OF_THE_SHELL):
            await route.continue_()
        else:
            await answer(route)

    async def ready(page: Page) -> None:
        shown = ".skeleton, [aria-busy=true]" if state == "loading" else "text=Try again"
        await page.locator(shown).first.wait_for()

    async with kept(browser, url) as browsers, tabs(browsers, known) as tab:
        for place in EVERYWHERE:
            name = f"{name_of(place)}-{state}"
            if place.name in IN_STATES and album.wants(name):
                page = await tab(place)
                # Placeholders that glimmer never come to rest.
                await page.emulate_media(reduced_motion="reduce")
                await page.route("**/api/**", api)
                await page.goto(place.at(known), wait_until="domcontentloaded")
                await album.take(name, page, ready=ready)
                await page.unroute_all(behavior="ignoreErrors")
                await page.close()


def difference(one: Image.Image, other: Image.Image) -> tuple[float, Image.Image]:
    """The share of squares that look different, and a map of them; of another size all do."""
    if one.size != other.size:
        return 1.0, other
    size = (max(1, one.width // CELL), max(1, one.height // CELL))
    small = [each.convert("RGB").resize(size, Image.Resampling.BOX) for each in (one, other)]
    apart = ImageChops.difference(*small).convert("L").point(lambda by: 255 * (by > NOTICED))
    share = apart.histogram()[255] / (size[0] * size[1])
    return share, apart.resize(one.size, Image.Resampling.NEAREST)


def _write(name: str, picture: Image.Image) -> None:
    PLACE.mkdir(parents=True, exist_ok=True)
    file = PLACE / name
    picture.save(file, quality=QUALITY, method=6)
    print(f"{file.relative_to(ROOT)}  {file.stat().st_size // 1024} KB")


@dataclass(slots=True)
class Comparison:
    """What differs from the pictures that are kept."""

    seen: int = 0
    differs: int = 0

    def look_at(self, name: str, picture: Image.Image) -> None:
        self.seen += 1
        before = PLACE / name
        if not before.is_file():
            self._differs(name, picture, "there is no picture of it yet")
            return
        share, where = difference(Image.open(before), picture)
        if share > TOLERANCE:
            self._differs(name, picture, f"{share:.1%} of it looks different")
            where.save(DIFFERENT / f"{Path(name).stem}.where.png")

    def _differs(self, name: str, picture: Image.Image, why: str) -> None:
        self.differs += 1
        DIFFERENT.mkdir(exist_ok=True)
        picture.save(DIFFERENT / f"{Path(name).stem}.png")
        print(f"✗ {name}: {why}")


def main(*arguments: str) -> int:
    words = [each for each in arguments if each != "--compare"]
    if "--compare" not in arguments:
        asyncio.run(take_all(Album(_write, words)))
        return 0
    shutil.rmtree(DIFFERENT, ignore_errors=True)
    comparison = Comparison()
    asyncio.run(take_all(Album(comparison.look_at, words)))
    print(f"{comparison.seen} pictures compared, {comparison.differs} look different.")
    return 1 if comparison.differs else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
