"""Every page of the shop and of the admin, with an example of each thing that a path names.

Paths are templates: `{paid}` stands for the id of alice's paid order, and so on (see `Known`). A
page that is added without a line here turns `test_places.py` red.
"""

from dataclasses import asdict, dataclass

from tests.e2e.people import ADMIN, ALICE, CARD, DECLINED_CARD, Desk, Person, desk, order

PRODUCT = "haven-stoneware-mug"
CATEGORY = "drinkware"
CSV = "Handle,Title,Variant SKU,Variant Price\nlane-tray,Lane Tray,LANE-TRAY,19.00\n"


@dataclass(frozen=True, slots=True)
class Known:
    """Ids, and what else leads to things that are there for certain."""

    paid: str
    declined: str
    guest: str
    guest_number: str
    guest_token: str
    product: str
    sku: str
    customer: str
    imported: str


@dataclass(frozen=True, slots=True)
class Place:
    """A page; `person` sees it signed in. `status` is that of its document."""

    name: str
    path: str
    person: Person | None = None
    status: int = 200

    def at(self, known: Known) -> str:
        return self.path.format(**asdict(known))

    def __str__(self) -> str:
        return self.name.replace(" ", "-")


# Rendered by the server: they can be read without scripts.
DRAWN = [
    Place("home", "/"),
    Place("home in Swahili", "/sw"),
    Place("products", "/products"),
    Place("products filtered", "/products?on_sale=true&sort=price"),
    Place("category", f"/c/{CATEGORY}"),
    Place("product", f"/products/{PRODUCT}"),
    Place("product in Swahili", f"/sw/products/{PRODUCT}"),
    Place("search", "/search?q=lamp"),
    Place("search without results", "/search?q=zzqqxx"),
    Place("offline", "/offline"),
    Place("not found", "/nothing-here", status=404),
    Place("no such product", "/products/nothing-here", status=404),
]

# Of one person alone: the browser draws them.
PRIVATE = [
    Place("cart empty", "/cart"),
    Place("checkout empty", "/checkout"),
    Place("back from paying", "/checkout/success"),
    Place("back without paying", "/checkout/cancelled"),
    Place("login", "/login"),
    Place("register", "/register"),
    Place("track", "/track"),
    Place("order of a guest", "/orders/{guest}"),
    Place("confirmation", "/orders/{guest}/confirmed"),
    Place("account", "/account", ALICE),
    Place("orders", "/account/orders", ALICE),
    Place("orders of a status", "/account/orders?status=confirmed", ALICE),
    Place("orders of no status", "/account/orders?status=refunded", ALICE),
    Place("order paid", "/account/orders/{paid}", ALICE),
    Place("order declined", "/account/orders/{declined}", ALICE),
    Place("addresses", "/account/addresses", ALICE),
    Place("profile", "/account/profile", ALICE),
]

SHOP = DRAWN + PRIVATE

ADMINISTRATION = [
    Place("admin sign-in", "/admin"),
    Place("admin home", "/admin", ADMIN),
    Place("admin products", "/admin/products", ADMIN),
    Place("admin product", "/admin/products/{product}", ADMIN),
    Place("admin preview of a product", "/admin/products/{product}/preview", ADMIN),
    Place("admin categories", "/admin/categories", ADMIN),
    Place("admin brands", "/admin/brands", ADMIN),
    Place("admin imports", "/admin/imports", ADMIN),
    Place("admin new import", "/admin/imports/new", ADMIN),
    Place("admin import", "/admin/imports/{imported}", ADMIN),
    Place("admin orders", "/admin/orders", ADMIN),
    Place("admin order", "/admin/orders/{paid}", ADMIN),
    Place("admin packing slip", "/admin/orders/{paid}/packing-slip", ADMIN),
    Place("admin packing slips", "/admin/orders/packing-slips?ids={paid},{declined}", ADMIN),
    Place("admin payments", "/admin/payments", ADMIN),
    Place("admin customers", "/admin/customers", ADMIN),
    Place("admin customer", "/admin/customers/{customer}", ADMIN),
    Place("admin audit log", "/admin/audit-log", ADMIN),
    Place("admin inventory", "/admin/inventory", ADMIN),
    Place("admin inventory of a variant", "/admin/inventory/skus/{sku}", ADMIN),
    Place("admin reservations", "/admin/inventory/reservations", ADMIN),
    Place("admin locations", "/admin/inventory/locations", ADMIN),
    Place("admin store", "/admin/settings/store", ADMIN),
    Place("admin regions", "/admin/settings/markets", ADMIN),
    Place("admin taxes", "/admin/settings/markets/taxes", ADMIN),
    Place("admin shipping", "/admin/settings/markets/shipping", ADMIN),
    Place("admin roles", "/admin/settings/staff", ADMIN),
    Place("admin people", "/admin/settings/staff/people", ADMIN),
    Place("admin API keys", "/admin/settings/staff/api-keys", ADMIN),
    Place("admin books", "/admin/books", ADMIN),
    Place("admin trial balance", "/admin/trial-balance", ADMIN),
    Place("admin jobs", "/admin/jobs", ADMIN),
    Place("admin schedules", "/admin/jobs/schedules", ADMIN),
    Place("admin not found", "/admin/nothing-here", ADMIN),
]

EVERYWHERE = SHOP + ADMINISTRATION


async def prepare(shop_url: str, staff: Desk) -> Known:
    """Alice has a paid and a declined order, a guest has one, and a file was tried."""
    async with desk(shop_url, ALICE) as alice, desk(shop_url, None) as stranger:
        paid = await order(alice, card=CARD)
        declined = await order(alice, card=DECLINED_CARD)
        guest = await order(stranger, email="guest@example.com")
    product = await staff.get(f"/admin/products/{PRODUCT}")
    customers = await staff.get("/admin/customers", q=ALICE.email)
    begun = await staff.upload(
        "/admin/imports",
        {"file": ("tray.csv", CSV.encode(), "text/csv")},
        {"dry_run": "true", "currency": "USD"},
    )
    return Known(
        paid=paid.id,
        declined=declined.id,
        guest=guest.id,
        guest_number=guest.number,
        guest_token=guest.token,
        product=product["id"],
        sku=product["variants"][0]["sku"],
        customer=customers["items"][0]["id"],
        imported=begun["id"],
    )
