"""The administrator works: a file goes in, a price changes in the shop, an order moves along."""

import re

import pytest
from playwright.async_api import FilePayload, Page, expect

from tests.e2e.browser import settled, watch
from tests.e2e.conftest import Visit
from tests.e2e.people import ADMIN, ALICE, Desk, desk, enter, order

CSV = """\
Handle,Title,Body (HTML),Vendor,Tags,Published,Option1 Name,Option1 Value,Variant SKU,\
Variant Inventory Qty,Variant Price,Status
rift-valley-tray,Rift Valley Tray,<p>Carved from one piece.</p>,Mbao Works,wood,true,Size,Small,\
RVT-S,5,120000,active
rift-valley-tray,,,,,,,Large,RVT-L,5,180000,
rift-valley-bowl,Rift Valley Bowl,<p>Deep.</p>,Mbao Works,wood,true,,,RVB,5,not a price,active
"""


@pytest.fixture
async def office(visit: Visit) -> Page:
    """The administrator's page, signed in by the form."""
    page = await (await visit()).new_page()
    await page.goto("/admin")
    await page.get_by_label("E-mail").fill(ADMIN.email)
    await page.get_by_label("Password").fill(ADMIN.password)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Amina")
    return page


async def go(office: Page, to: str) -> None:
    """By the sidebar, whose entries also say how many things wait there."""
    entry = office.get_by_role("navigation", name="Main").get_by_role("link")
    await entry.filter(has_text=re.compile(rf"^{to}\d*$")).click()


async def find_product(office: Page, title: str) -> None:
    """From the list of products to one of them."""
    await go(office, "Products")
    await office.get_by_role("searchbox", name="Search title or SKU").fill(title)
    await office.get_by_role("link", name=title).click()
    await expect(office.get_by_role("heading", level=1)).to_contain_text(title)


async def test_a_file_is_tried_imported_and_sold(office: Page, visit: Visit) -> None:
    faults = watch(office)
    file = FilePayload(name="trays.csv", mimeType="text/csv", buffer=CSV.encode())
    await go(office, "Import and export")
    await office.get_by_role("link", name="Import products").first.click()
    main = office.get_by_role("main")
    await main.get_by_label("Drop a CSV file here").set_input_files(file)
    await expect(main).to_contain_text("trays.csv")
    await main.get_by_label("Currency of plain prices").select_option("TZS")
    await main.get_by_role("button", name="Try it").click()
    refused = main.get_by_role("row").filter(has_text="rift-valley-bowl")
    await expect(refused.first).to_contain_text("Error")
    await main.get_by_role("button", name="Import", exact=True).click()

    await expect(office.get_by_role("heading", level=1)).to_have_text("trays.csv")
    await expect(main.get_by_text("Done", exact=True)).to_be_visible()
    await expect(refused.first).to_contain_text("Error")

    shop = await (await visit()).new_page()
    await shop.goto("/products/rift-valley-tray")
    await expect(shop.get_by_role("heading", level=1)).to_have_text("Rift Valley Tray")
    await expect(shop.get_by_role("main")).to_contain_text("120,000")
    answer = await shop.goto("/products/rift-valley-bowl")
    assert answer is not None
    assert answer.status == 404
    assert faults.told == []


async def test_a_price_that_is_changed_is_the_price_in_the_shop(office: Page, visit: Visit) -> None:
    faults = watch(office)
    await find_product(office, "Alba Bottle Vase Duo")
    await office.get_by_label("Currency", exact=True).select_option("TZS")
    cells = office.get_by_label(re.compile(r"^Price \(TZS\), "))
    await expect(cells).to_have_count(2)
    for cell in await cells.all():
        await cell.fill("212345")
    await office.get_by_role("button", name="Save", exact=True).click()
    await expect(office.get_by_role("region", name="Unsaved changes")).to_be_hidden()
    assert faults.told == []

    shop = await (await visit()).new_page()
    await shop.goto("/products/alba-bottle-vase-duo")
    await settled(shop)
    await expect(shop.get_by_role("main")).to_contain_text("212,345")


async def test_leaving_with_unsaved_changes_asks_first(office: Page) -> None:
    await find_product(office, "Morrow Nesting Bowls")
    title = office.get_by_label("Title", exact=True)
    await expect(title).to_have_value("Morrow Nesting Bowls")
    await title.fill("Morrow Bowls")

    await go(office, "Orders")
    asked = office.get_by_role("alertdialog").or_(office.get_by_role("dialog"))
    await asked.get_by_role("button", name="Cancel").click()

    await expect(title).to_have_value("Morrow Bowls")
    await office.get_by_role("button", name="Discard").click()
    await expect(title).to_have_value("Morrow Nesting Bowls")


async def test_an_order_goes_from_paid_to_delivered_and_its_buyer_sees_it(
    office: Page, visit: Visit, shop_url: str
) -> None:
    async with desk(shop_url, ALICE) as buyer:
        made = await order(buyer, slug="tove-belly-vase")
    faults = watch(office)
    await go(office, "Orders")
    await office.get_by_role("link", name=made.number).click()
    await expect(office.get_by_role("heading", level=1)).to_contain_text(made.number)

    for step in ("Start processing", "Mark as shipped", "Mark as delivered"):
        await office.get_by_role("main").get_by_role("button", name=step).click()
        dialog = office.get_by_role("dialog")
        await dialog.get_by_role("button", name=step).click()
        await expect(dialog).to_be_hidden()
    main = office.get_by_role("main")
    await expect(main.get_by_role("button", name=re.compile("^(Start|Mark)"))).to_have_count(0)
    await expect(main).to_contain_text("Delivered")
    assert faults.told == []

    context = await visit()
    await enter(context, ALICE)
    page = await context.new_page()
    await page.goto(f"/account/orders/{made.id}")
    await expect(page.get_by_role("heading", level=1)).to_contain_text(made.number)
    await expect(page.get_by_role("main")).to_contain_text("Your order has arrived.")
    await expect(page.get_by_role("main")).to_contain_text("Handed to the carrier")


async def on_the_shelf(staff: Desk, sku: str) -> int:
    """How many units can be sold, at all locations."""
    levels = await staff.get("/admin/inventory", q=sku)
    found = [level["location"]["available"] for level in levels["items"] if level["sku"] == sku]
    assert found
    return sum(found)


async def test_a_cancelled_order_is_paid_back_and_its_goods_go_back_to_the_shelf(
    office: Page, staff: Desk, shop_url: str
) -> None:
    async with desk(shop_url, ALICE) as buyer:
        made = await order(buyer, slug="juno-wool-throw")
    line = (await staff.get(f"/admin/orders/{made.id}"))["lines"][0]
    left = await on_the_shelf(staff, line["sku"])
    faults = watch(office)
    await office.goto(f"/admin/orders/{made.id}")
    await expect(office.get_by_role("heading", level=1)).to_contain_text(made.number)

    await office.get_by_role("button", name="More").click()
    await office.get_by_role("menuitem", name="Cancel order").click()
    dialog = office.get_by_role("dialog")
    await expect(dialog).to_contain_text("The whole payment goes back to the customer")
    await dialog.get_by_role("button", name="Cancel order").click()
    await expect(dialog).to_be_hidden()

    main = office.get_by_role("main")
    await expect(main).to_contain_text("Cancelled")
    await expect(main.get_by_role("button", name="Start processing")).to_have_count(0)
    await expect(main.get_by_text("Refunded", exact=True).first).to_be_visible()
    assert await on_the_shelf(staff, line["sku"]) == left + 1
    assert faults.told == []


async def test_a_product_is_copied_and_then_leaves_the_shop(
    office: Page, staff: Desk, visit: Visit
) -> None:
    price = {"currency": "TZS", "amount": 9_000_000}
    made = await staff.post(
        "/admin/products",
        {"title": "Lamu Chest", "status": "active", "variants": [{"prices": [price]}]},
    )
    faults = watch(office)
    await office.goto(f"/admin/products/{made['id']}")
    title = office.get_by_role("heading", level=1)
    await expect(title).to_contain_text("Lamu Chest")
    await office.get_by_role("button", name="More").click()
    await office.get_by_role("menuitem", name="Duplicate").click()
    await expect(title).to_contain_text("Copy of Lamu Chest")
    await expect(office.get_by_role("main").get_by_text("Draft", exact=True).first).to_be_visible()
    await office.get_by_role("link", name="Preview").click()
    await expect(title).to_have_text("Copy of Lamu Chest")
    await expect(office.get_by_role("main")).to_contain_text("not in the shop yet")
    await expect(office.get_by_role("main")).to_contain_text("90,000")

    await office.goto(f"/admin/products/{made['id']}")
    await office.get_by_role("button", name="More").click()
    archived = office.get_by_role("main").get_by_text("Archived", exact=True).first
    await office.get_by_role("menuitem", name="Archive").click()
    await expect(archived).to_be_visible()
    await office.get_by_text("Undo", exact=True).click()
    await expect(archived).to_be_hidden()
    await expect(office.get_by_role("link", name="View in shop")).to_be_visible()
    await office.get_by_role("button", name="More").click()
    await office.get_by_role("menuitem", name="Archive").click()
    await expect(archived).to_be_visible()
    assert faults.told == []

    shop = await (await visit()).new_page()
    answer = await shop.goto(f"/products/{made['slug']}")
    assert answer is not None
    assert answer.status == 410
