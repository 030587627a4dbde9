"""People buy: a guest on a telephone, bob with the wrong card first, alice with her account."""

import re
from uuid import uuid4

from playwright.async_api import Page, expect

from tests.e2e.browser import PHONE, settled, watch
from tests.e2e.buying import PAID, check_out, confirmed, give_address, pay, put_into_cart
from tests.e2e.conftest import Visit
from tests.e2e.people import ALICE, BOB, CARD, DECLINED_CARD, Person
from tests.e2e.places import Known


async def sign_in(page: Page, person: Person) -> None:
    await page.goto("/login")
    await page.get_by_label("E-mail").fill(person.email)
    await page.get_by_label("Password", exact=True).fill(person.password)
    await page.get_by_role("button", name="Sign in").click()
    await page.wait_for_url("**/account")


async def test_a_guest_finds_by_a_typo_and_buys_on_a_telephone(visit: Visit) -> None:
    page = await (await visit(screen=PHONE)).new_page()
    faults = watch(page)
    await page.goto("/")
    await settled(page)

    await page.get_by_role("link", name="Search").click()
    field = page.get_by_role("main").get_by_role("combobox", name="Search products")
    await field.fill("stonewear mugg")
    await field.press("Enter")
    await page.get_by_role("main").get_by_role("link", name="Haven Stoneware Mug").first.click()
    await page.get_by_role("radio", name="Sage").check(force=True)
    await page.get_by_role("button", name=re.compile(r"^Add to cart ·")).first.click()
    await check_out(page, email="neema@example.com", name="Neema Juma")
    await pay(page, CARD)
    number = await confirmed(page)

    await expect(page.get_by_role("heading", level=1)).to_have_text("Thank you, Neema")
    await expect(page.get_by_role("main")).to_contain_text("Haven Stoneware Mug")
    await expect(page.get_by_role("main")).to_contain_text("neema@example.com")
    assert faults.told == []
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE.width

    stranger = await (await visit(screen=PHONE)).new_page()
    await track(stranger, number=number, email="neema@example.com")
    await expect(stranger.get_by_role("heading", level=1)).to_contain_text(number)
    await expect(stranger.get_by_role("main")).to_contain_text("Haven Stoneware Mug")


async def test_what_a_telephone_says_in_the_drawer_is_heard_there_and_can_be_taken_back(
    visit: Visit,
) -> None:
    page = await (await visit(screen=PHONE)).new_page()
    await page.goto("/products/ora-pendant-light")
    await settled(page)
    await page.get_by_role("button", name="One more").click()
    await page.get_by_role("contentinfo").scroll_into_view_if_needed()
    await page.get_by_role("button", name="Add to cart", exact=True).click()

    drawer = page.get_by_role("dialog", name="Your cart")
    # What stands outside a modal dialog is inert: neither read out nor pressed.
    await expect(
        drawer.get_by_text(re.compile("Ora Pendant Light.* is in your cart"))
    ).to_be_attached()
    await expect(drawer.get_by_role("textbox", name="Quantity")).to_have_value("2")
    await drawer.get_by_role("button", name=re.compile("^Remove Ora")).click()
    await expect(drawer.get_by_text("Your cart is empty")).to_be_visible()
    await drawer.get_by_role("button", name="Undo").click()
    await expect(drawer.get_by_role("textbox", name="Quantity")).to_have_value("2")


async def test_the_order_of_a_guest_comes_along_into_a_new_account(visit: Visit) -> None:
    page = await (await visit(screen=PHONE)).new_page()
    await put_into_cart(page, "haven-stoneware-mug")
    await check_out(page, email=f"rehema-{uuid4().hex}@example.com", name="Rehema Ali")
    await pay(page, CARD)
    number = await confirmed(page)

    await page.get_by_role("button", name="Add a note").click()
    await page.get_by_label("Your note").fill("Ring twice")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("main").get_by_text("Ring twice")).to_be_visible()
    await page.get_by_label("Password", exact=True).fill("a long sentence of mine")
    await page.get_by_role("button", name="Create an account").click()
    await expect(page.get_by_text("Your account is ready")).to_be_visible()
    await page.goto("/account/orders")
    await expect(page.get_by_role("main")).to_contain_text(number)


async def track(page: Page, *, number: str, email: str) -> None:
    await page.goto("/track")
    await page.get_by_label("Order number").fill(number)
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_role("button", name="Find the order").click()


async def test_an_order_is_not_found_with_somebody_elses_address(
    visit: Visit, known: Known
) -> None:
    page = await (await visit()).new_page()

    await track(page, number=known.guest_number, email="stranger@example.com")

    await expect(page.get_by_role("alert")).to_contain_text("We know no order")
    assert page.url.endswith("/track")


async def test_bob_is_declined_and_pays_on_the_second_try(visit: Visit) -> None:
    page = await (await visit()).new_page()
    await sign_in(page, BOB)
    await put_into_cart(page, "tove-belly-vase")
    await page.get_by_role("dialog").get_by_role("link", name="Check out").click()
    await page.get_by_role("button", name="Continue to delivery").click()
    await give_address(page, name=BOB.name)
    await page.get_by_role("button", name="Continue to payment").click()

    await pay(page, DECLINED_CARD)
    await expect(page.get_by_role("alert")).to_contain_text("declined")
    assert not PAID.search(page.url)
    await pay(page, CARD)
    number = await confirmed(page)

    await page.goto("/account/orders")
    orders = page.get_by_role("main").get_by_role("link", name=re.compile(number))
    await expect(orders).to_have_count(1)
    await expect(page.get_by_role("main")).to_contain_text("Confirmed")


async def test_alice_buys_and_tracks_her_order(visit: Visit) -> None:
    page = await (await visit()).new_page()
    await sign_in(page, ALICE)
    await put_into_cart(page, "linden-desk-lamp")
    await page.get_by_role("dialog").get_by_role("link", name="Check out").click()
    await expect(page.get_by_label("E-mail")).to_have_value(ALICE.email)
    await page.get_by_role("button", name="Continue to delivery").click()
    await give_address(page, name=ALICE.name)
    await page.get_by_role("button", name="Continue to payment").click()
    await pay(page, CARD)
    number = await confirmed(page)

    await page.goto("/account/orders")
    await page.get_by_role("main").get_by_role("link", name=re.compile(number)).click()

    await expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    main = page.get_by_role("main")
    await expect(main).to_contain_text("Linden Desk Lamp")
    await expect(main).to_contain_text("Order placed")
    await expect(main).to_contain_text("Payment received")
