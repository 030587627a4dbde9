"""Who asked their device for less motion sees nothing that goes on moving."""

import re

import pytest
from playwright.async_api import Route

from tests.e2e.opening import Tab
from tests.e2e.people import ADMIN, ALICE
from tests.e2e.places import Known, Place

WAITING = [
    Place("orders", "/account/orders", ALICE),
    Place("admin orders", "/admin/orders", ADMIN),
]


@pytest.mark.parametrize("place", WAITING, ids=str)
async def test_placeholders_come_to_rest(place: Place, tab: Tab, known: Known) -> None:
    async def never(_route: Route) -> None:
        """The list does not come."""

    page = await tab(place)
    await page.emulate_media(reduced_motion="reduce")
    await page.route(re.compile(r"/api/v1/(admin/)?orders(\?|$)"), never)
    await page.goto(place.at(known), wait_until="domcontentloaded")
    await page.locator(".skeleton").first.wait_for()

    await page.wait_for_function(
        "() => document.getAnimations().every((each) => each.playState !== 'running')"
    )
    assert await page.locator(".skeleton").count() > 0
    await page.unroute_all(behavior="ignoreErrors")
