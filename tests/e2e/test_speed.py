"""How fast a page was for a visitor reaches the figures of the staff."""

from playwright.async_api import Page, Response

from tests.e2e.browser import PHONE, watch
from tests.e2e.conftest import Visit
from tests.e2e.people import Desk
from tests.support.waiting import wait_until

# What a browser does when its visitor looks at something else, for a moment.
LOOK_AWAY = """() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    delete document.visibilityState;
}"""


async def visits(staff: Desk) -> int:
    """Of telephones to the search page, as the report counts them."""
    report = await staff.get("/admin/analytics/vitals", device="phone")
    found = {item["page"]: item for item in report["items"]}
    return int(found["search"]["cls"]["visits"]) if "search" in found else 0


async def looked_away(page: Page, answers: list[Response]) -> bool:
    await page.evaluate(LOOK_AWAY)
    return bool(answers)


async def test_a_visit_is_measured_and_counted_once(visit: Visit, staff: Desk) -> None:
    before = await visits(staff)
    context = await visit(screen=PHONE)
    page = await context.new_page()
    faults = watch(page)
    answers: list[Response] = []
    page.on("response", lambda got: answers.append(got) if "/vitals" in got.url else None)
    await page.goto("/search?q=vase")

    await wait_until(lambda: looked_away(page, answers), what="the beacon", within=20)
    await page.evaluate(LOOK_AWAY)
    await page.goto("/offline")

    assert [answer.status for answer in answers] == [204]
    assert await context.cookies() == []
    assert await visits(staff) > before
    assert faults.told == []
