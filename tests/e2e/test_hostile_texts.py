"""Whatever text a person enters, no page runs it: not in the shop, not in the admin.

Each text calls `ran` in the ways that markup can. A page passes when nothing was called and nothing
of the text became markup; that it would have been stopped by the page's policy does not count.
"""

import io
import json
import re
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from urllib.parse import quote

import pytest
from PIL import Image
from playwright.async_api import BrowserContext, Page

from tests.e2e.browser import settled
from tests.e2e.conftest import Visit
from tests.e2e.people import ADMIN, Desk, Order, Person, desk, enter, order


def hostile(field: str) -> str:
    """An image, a way out of attributes and of scripts, and a link that is none."""
    return (
        f"<img src=x onerror=ran('{field}')>\"><script>ran('{field}')</script>"
        f"</script><script>ran('{field}')</script>{{{{7*7}}}} javascript:ran('{field}')"
    )


# Asked of every page: what of the texts has become markup.
PLANTED = """() => [...document.querySelectorAll('*')].flatMap((each) => {
    const handlers = each.getAttributeNames().filter((name) => /^on/i.test(name));
    const links = ['href', 'src', 'action', 'formaction'].filter((name) =>
        /^\\s*javascript:/i.test(each.getAttribute(name) || ''));
    const script = each.localName === 'script' && !each.type.includes('json')
        && /(^|[^\\w])ran\\(/.test(each.textContent);
    return handlers.length || links.length || script ? [each.outerHTML.slice(0, 200)] : [];
})"""


@dataclass(frozen=True, slots=True)
class Trapped:
    """What holds hostile texts in every field that takes one."""

    product: str
    slug: str
    category: str
    category_slug: str
    customer: str
    order: str
    imported: str
    buyer: Person
    guest: Order


@pytest.fixture(scope="module")
async def trapped(shop_url: str, staff: Desk) -> AsyncIterator[Trapped]:
    """Texts in product, category, brand, customer, address, order, import and shop; taken back."""
    store = await staff.get("/admin/store")
    await staff.patch("/admin/store", {"name": hostile("store")})
    category = await staff.post(
        "/admin/categories", {"name": hostile("category"), "description": hostile("category text")}
    )
    product = await _product(staff, category["id"])
    slug = product["slug"]
    buyer = Person("hostile@example.com", "a long enough password", hostile("customer"))
    async with desk(shop_url, None) as stranger:
        person = {"email": buyer.email, "password": buyer.password, "name": buyer.name}
        await stranger.post("/auth/register", person)
    address = {
        "name": hostile("name"),
        "company": hostile("company"),
        "line1": hostile("line1"),
        "line2": hostile("line2"),
        "city": hostile("city"),
        "country": "TZ",
        "phone": "javascript:ran('phone')",
    }
    async with desk(shop_url, buyer) as customer:
        await customer.post("/addresses", address)
        made = await order(customer, slug=slug, email=buyer.email, address=address)
    async with desk(shop_url, None) as stranger:
        guest = await order(stranger, slug=slug, email="guest@example.com", address=address)
    await staff.post(f"/admin/orders/{made.id}/notes", {"note": hostile("note")})
    await staff.post(
        f"/admin/orders/{made.id}/status", {"status": "processing", "note": hostile("move")}
    )
    customers = await staff.get("/admin/customers", q=buyer.email)
    yield Trapped(
        product=product["id"],
        slug=slug,
        category=category["id"],
        category_slug=category["slug"],
        customer=customers["items"][0]["id"],
        order=made.id,
        imported=await _imported(staff),
        buyer=buyer,
        guest=guest,
    )
    await staff.patch("/admin/store", {"name": store["name"]})
    await staff.patch(f"/admin/categories/{category['id']}", {"is_active": False})
    await staff.patch(f"/admin/products/{product['id']}", {"status": "archived"})


async def _product(staff: Desk, category_id: str) -> dict[str, str]:
    product = await staff.post(
        "/admin/products",
        {
            "title": hostile("title"),
            "description": hostile("description")
            + "<a href=\"javascript:ran('link')\">link</a><svg onload=ran('svg')></svg>"
            + "<iframe srcdoc=\"<script>parent.ran('frame')</script>\"></iframe>",
            "status": "active",
            "brand": hostile("brand"),
            "category_ids": [category_id],
            "tags": ["<img src=x onerror=ran('tag')>"],
            "options": [{"name": hostile("option"), "values": [hostile("value"), "plain"]}],
            "variants": [
                {
                    "sku": f"\"><img src=x onerror=ran('sku')>{number}",
                    "options": {hostile("option"): value},
                    "prices": [{"currency": code, "amount": 100000} for code in ("TZS", "USD")],
                }
                for number, value in enumerate((hostile("value"), "plain"))
            ],
            "seo": {"title": hostile("seo"), "description": hostile("seo text")},
        },
    )
    place = (await staff.get("/admin/locations"))["items"][0]["id"]
    for variant in product["variants"]:
        sku = quote(variant["sku"], safe="")
        received = {"location": place, "delta": 50, "reason": "receive", "note": hostile("stock")}
        await staff.post(f"/admin/inventory/{sku}/adjustments", received)
    drawn = io.BytesIO()
    Image.new("RGB", (40, 50), "#b8654a").save(drawn, "PNG")
    await staff.upload(
        f"/admin/products/{product['id']}/images",
        [("files", ("x.png", drawn.getvalue(), "image/png"))],
        {"alt": hostile("alt")},
    )
    return dict(product)


async def _imported(staff: Desk) -> str:
    """A file whose every cell is hostile, most of them wrong, so that the report repeats them."""
    head = ["Handle", "Title", "Vendor", "Tags", "Option1 Name", "Option1 Value", "Variant SKU"]
    cells = [hostile(f"cell {name}").replace('"', '""') for name in head]
    lines = [
        ",".join([*head, "Variant Price"]),
        ",".join(f'"{cell}"' for cell in [*cells, hostile("price").replace('"', '""')]),
    ]
    begun = await staff.upload(
        "/admin/imports",
        {"file": (f"{hostile('file')}.csv", "\n".join(lines).encode(), "text/csv")},
        {"dry_run": "false", "currency": "TZS"},
    )
    return str(begun["id"])


async def harmless(context: BrowserContext, path: str) -> Page:
    """Go there and touch what one can; nothing runs, and nothing has become markup."""
    page = await context.new_page()
    ran: list[str] = []
    await page.expose_function("ran", ran.append)
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    await page.goto(path)
    await settled(page)
    assert ran == []
    assert await page.evaluate(PLANTED) == []
    return page


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
async def test_no_text_runs_in_the_shop(path: str, visit: Visit, trapped: Trapped) -> None:
    await harmless(await visit(), _at(path, trapped))


async def test_texts_stand_in_the_shop_as_they_were_written(visit: Visit, trapped: Trapped) -> None:
    page = await harmless(await visit(), f"/products/{trapped.slug}")

    heading = await page.get_by_role("heading", level=1).inner_text()
    assert " ".join(heading.split()) == " ".join(hostile("title").split())
    source = await (await page.request.get(f"/products/{trapped.slug}")).text()
    state = re.search(r'<script type="application/json" id="state"[^>]*>(.*?)</script>', source)
    assert state is not None
    assert hostile("store") in json.loads(state[1])["store"].values()
    for found in re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', source):
        json.loads(found)


@pytest.mark.parametrize("path", BUYERS_PATHS)
async def test_no_text_runs_for_its_buyer(path: str, visit: Visit, trapped: Trapped) -> None:
    context = await visit()
    await enter(context, trapped.buyer)
    await harmless(context, _at(path, trapped))


@pytest.mark.parametrize("ending", ["", "/confirmed"])
async def test_no_text_runs_for_a_guest(ending: str, visit: Visit, trapped: Trapped) -> None:
    context = await visit()
    kept = json.dumps(json.dumps({trapped.guest.id: trapped.guest.token}))
    await context.add_init_script(f"localStorage.setItem('sokoni.orders', {kept})")
    await harmless(context, f"/orders/{trapped.guest.id}{ending}")


@pytest.mark.parametrize("path", ADMIN_PATHS)
async def test_no_text_runs_in_the_admin(path: str, visit: Visit, trapped: Trapped) -> None:
    context = await visit()
    await enter(context, ADMIN)
    await harmless(context, f"/admin{_at(path, trapped)}")


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
