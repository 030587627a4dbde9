"""A description is written as it will look: by keys and buttons, pasted, and read in the shop."""

import pytest
from playwright.async_api import Locator, Page, expect

from tests.e2e.axe import in_all_looks
from tests.e2e.browser import settled, watch
from tests.e2e.conftest import Visit
from tests.e2e.people import ADMIN, Desk, enter

# As the editor would never write it, and as it may well be stored.
STORED = "<div><P>Carved <b>by hand</b>.<p >Oiled.</div>"
WORD = """<html><body><!--StartFragment-->
<p class=MsoNormal><b><span style='color:red'>Care</span></b><o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Oil
it</p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·
</span>Keep it dry</p><script>window.ran = true</script><img src=x onerror="window.ran = true">
<!--EndFragment--></body></html>"""
PASTE = """(field, html) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', html);
    field.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
async def office(visit: Visit) -> Page:
    context = await visit()
    await enter(context, ADMIN)
    return await context.new_page()


async def make(staff: Desk, title: str, description: str = "") -> str:
    """A product in the shop; its id."""
    price = {"currency": "TZS", "amount": 100_000}
    variants = [{"prices": [price]}]
    product = {"title": title, "status": "active", "description": description}
    made = await staff.post("/admin/products", {**product, "variants": variants})
    return str(made["id"])


async def stored(staff: Desk, product: str) -> str:
    return str((await staff.get(f"/admin/products/{product}"))["description"])


async def open_text(office: Page, product: str) -> Locator:
    await office.goto(f"/admin/products/{product}")
    await settled(office)
    return office.get_by_role("textbox", name="Description", exact=True)


async def save(office: Page) -> None:
    await office.keyboard.press("Control+s")
    await expect(office.get_by_role("region", name="Unsaved changes")).to_be_hidden()


async def test_what_is_written_by_keyboard_stands_in_the_shop(
    office: Page, staff: Desk, visit: Visit
) -> None:
    product = await make(staff, "Pemba Stool")
    faults = watch(office)
    text = await open_text(office, product)
    # The label leads to it, as to every field.
    await office.get_by_text("Description", exact=True).first.click()
    await expect(text).to_be_focused()
    keys = office.keyboard
    await keys.type("A ")
    await keys.press("Control+b")
    await keys.type("stout")
    await keys.press("Control+b")
    await keys.type(" stool ")
    await keys.press("Control+i")
    await keys.type("of oak")
    await keys.press("Control+i")
    await keys.press("Enter")
    await keys.press("Control+k")
    address = office.get_by_label("Address of the link")
    await expect(address).to_be_focused()
    await expect(office.get_by_role("dialog")).to_have_count(0)
    await keys.type("example.com")
    await keys.press("Enter")
    await expect(text).to_be_focused()
    await keys.press("Enter")
    await office.get_by_role("button", name="Numbered list").click()
    await keys.type("Sand")
    await keys.press("Enter")
    await keys.type("Oill")
    await keys.press("Backspace")
    await save(office)
    assert faults.told == []

    assert await stored(staff, product) == (
        "<p>A <strong>stout</strong> stool <em>of oak</em></p>\n"
        '<p><a href="https://example.com" rel="noopener noreferrer">https://example.com</a></p>\n'
        "<ol>\n<li>Sand</li>\n<li>Oil</li>\n</ol>"
    )
    await keys.type("ed")
    await expect(text.get_by_role("listitem").last).to_have_text("Oiled")
    slug = (await staff.get(f"/admin/products/{product}"))["slug"]
    shop = await (await visit()).new_page()
    await shop.goto(f"/products/{slug}")
    await expect(shop.get_by_role("listitem").filter(has_text="Sand")).to_be_visible()


async def test_a_text_that_is_only_read_is_not_changed(office: Page, staff: Desk) -> None:
    product = await make(staff, "Pemba Bench", STORED)
    before = await stored(staff, product)
    text = await open_text(office, product)
    await expect(text).to_contain_text("Carved by hand.")
    await text.click()
    await text.press("End")
    unsaved = office.get_by_role("region", name="Unsaved changes")
    await expect(unsaved).to_be_hidden()
    await text.press("!")
    await expect(unsaved).to_be_visible()
    await text.press("Control+z")
    await expect(unsaved).to_be_hidden()
    await text.press("Control+y")
    await office.get_by_role("button", name="Discard").click()
    await expect(text).not_to_contain_text("!")
    await expect(unsaved).to_be_hidden()
    await office.get_by_role("link", name="Back to products").click()
    await expect(office).to_have_url("/admin/products")
    assert await stored(staff, product) == before


async def test_what_is_pasted_is_clean_and_does_not_run(office: Page, staff: Desk) -> None:
    product = await make(staff, "Pemba Shelf")
    text = await open_text(office, product)
    await text.evaluate(PASTE, WORD)
    await expect(text.get_by_role("listitem")).to_have_text(["Oil it", "Keep it dry"])
    assert await office.evaluate("window.ran") is None
    source = office.get_by_role("button", name="HTML source")
    await source.click()
    await expect(text).to_have_value(
        "<p><strong>Care</strong></p>\n<ul>\n<li>Oil it</li>\n<li>Keep it dry</li>\n</ul>\n"
        '<p><img src="x"></p>'
    )
    await text.fill("<table><tr><td>1</td></tr></table>")
    await expect(office.get_by_text("removes table.")).to_be_visible()
    assert await in_all_looks(office) == {}
    await text.fill("<h2>Care</h2>")
    await source.click()
    await expect(text.get_by_role("heading", level=2)).to_have_text("Care")
    await office.get_by_role("button", name="Link", exact=True).click()
    assert await in_all_looks(office) == {}
    await save(office)
    assert await stored(staff, product) == "<h2>Care</h2>"
