"""What only a telephone has: the sheet of filters, swiping, the bar that stays in reach."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.browser import PHONE, settled
from tests.e2e.conftest import Visit


@pytest.fixture
async def phone(visit: Visit) -> Page:
    return await (await visit(screen=PHONE)).new_page()


async def test_a_filter_is_chosen_in_the_sheet_and_taken_off_by_its_chip(phone: Page) -> None:
    await phone.goto("/products")
    await settled(phone)
    all_of_them = re.compile(r"^60 products|^6\d products")

    await phone.get_by_role("button", name="Filters").tap()
    sheet = phone.get_by_role("dialog", name="Filters")
    await sheet.get_by_role("link", name=re.compile("^Kilima Clay")).tap()
    await sheet.get_by_role("button", name=re.compile(r"^Show 15 products")).tap()

    await expect(sheet).to_be_hidden()
    await expect(phone).to_have_url(re.compile(r"brand=kilima-clay"))
    chips = phone.get_by_role("list", name="Active filters")
    await expect(phone.get_by_role("article")).to_have_count(15)
    await chips.get_by_role("link", name="Remove filter Kilima Clay").tap()

    await expect(chips).to_be_hidden()
    await expect(phone.get_by_role("main").get_by_text(all_of_them).first).to_be_visible()


async def test_more_is_loaded_below_what_there_is(phone: Page) -> None:
    await phone.goto("/products")
    await settled(phone)
    cards = phone.get_by_role("article")
    first = await cards.count()

    await phone.get_by_role("link", name="Load more").tap()

    await expect(cards).to_have_count(2 * first)
    await expect(phone.get_by_role("navigation", name="Pages")).to_contain_text(f"{2 * first} of ")
    titles = await cards.get_by_role("heading").all_inner_texts()
    assert len(set(titles)) == 2 * first


async def test_a_telephone_fetches_no_second_pictures(phone: Page) -> None:
    await phone.goto("/products")
    await settled(phone)
    card = phone.get_by_role("article").first
    await card.get_by_role("button").tap()
    await expect(phone.get_by_role("dialog")).to_be_visible()

    await expect(card.locator("img:not(dialog img)")).to_have_count(1)


async def swipe_to_the_left(phone: Page, target: Locator) -> None:
    """As a finger does it, which a mouse cannot."""
    box = await target.bounding_box()
    assert box is not None
    debugger = await phone.context.new_cdp_session(phone)

    async def touch(kind: str, *along: float) -> None:
        points = [
            {"x": box["x"] + box["width"] * part, "y": box["y"] + box["height"] / 2}
            for part in along
        ]
        event = {"type": kind, "touchPoints": points}
        await debugger.send("Input.dispatchTouchEvent", event)

    await touch("touchStart", 0.9)
    for part in (0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2):
        await touch("touchMove", part)
    await touch("touchEnd")


async def test_pictures_are_swiped_and_enlarged(phone: Page) -> None:
    await phone.goto("/products/haven-stoneware-mug")
    await settled(phone)
    main = phone.get_by_role("main")
    picture = main.get_by_role("img", name="A stoneware mug, terracotta")
    await swipe_to_the_left(phone, picture)

    second = main.get_by_role("button", name=re.compile("^Show picture 2"))
    await expect(second).to_have_attribute("aria-current", "true")
    enlarge = main.get_by_role("button", name="Enlarge the picture")
    await enlarge.tap()
    zoom = phone.get_by_role("dialog", name="A stoneware mug, sage")
    await expect(zoom.get_by_role("img")).to_be_visible()
    await phone.keyboard.press("Escape")

    await expect(zoom).to_be_hidden()
    await expect(enlarge).to_be_focused()


async def test_the_button_to_buy_stays_in_reach(phone: Page) -> None:
    await phone.goto("/products/haven-stoneware-mug")
    await settled(phone)
    bar = phone.get_by_role("button", name="Add to cart", exact=True)
    await expect(bar).to_be_hidden()

    # In one leap, which the button itself is never seen in.
    await phone.get_by_role("contentinfo").scroll_into_view_if_needed()
    await bar.tap()

    cart = phone.get_by_role("dialog", name="Your cart")
    await expect(cart).to_contain_text("Haven Stoneware Mug")
