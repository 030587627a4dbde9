"""Texts that would run if a page let them, in every field of the shop that takes one."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import quote
from uuid import uuid4

from PIL import Image

from tests.e2e.people import Desk, Order, Person, desk, order


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


@asynccontextmanager
async def set_up(shop_url: str, staff: Desk) -> AsyncIterator[Trapped]:
    """Texts in product, category, brand, customer, address, order, import and shop; taken back."""
    store = await staff.get("/admin/store")
    await staff.patch("/admin/store", {"name": hostile("store")})
    category = await staff.post(
        "/admin/categories", {"name": hostile("category"), "description": hostile("category text")}
    )
    product = await _product(staff, category["id"])
    slug = product["slug"]
    buyer = Person(
        f"hostile-{uuid4().hex}@example.com", "a long enough password", hostile("customer")
    )
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
                    "sku": f"\"><img src=x onerror=ran('sku')>{uuid4().hex}{number}",
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
