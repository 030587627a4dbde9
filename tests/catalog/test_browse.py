"""What buyers see: filters, sorts, pages, currencies; each list and page by one statement."""

from datetime import timedelta
from typing import Any

import pytest
from httpx import AsyncClient

from sokoni.catalog import service as catalog
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.service import OptionDraft, PriceDraft, ProductDraft, VariantDraft
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode, new_id
from tests.catalog.factories import NOW, brand, category, create, in_stock, simple
from tests.support.statements import counted

PRODUCTS = "/api/v1/products"


async def listed(client: AsyncClient, **params: Any) -> list[str]:
    response = await client.get(PRODUCTS, params=params)
    assert response.status_code == 200, response.text
    return [item["title"] for item in response.json()["items"]]


def colored(title: str, *values: str, price: int) -> ProductDraft:
    """An active product in some colours and two sizes."""
    options = (OptionDraft("Color", values), OptionDraft("Size", ("S", "M")))
    variants = tuple(
        VariantDraft(options={"Color": value, "Size": size}, prices=(PriceDraft("EUR", price),))
        for value in values
        for size in ("S", "M")
    )
    return ProductDraft(
        title=title, status=ProductStatus.ACTIVE, options=options, variants=variants
    )


@pytest.fixture
async def shop(db: Database) -> dict[str, str]:
    """Lamp (1000, Kilima, on shelf Light below Home), Rug (3000, on sale), Mug (2200, in stock)."""
    home = await category(db, "Home")
    light = await category(db, "Light", parent=home)
    kilima = await brand(db, "Kilima")
    lamp = await create(
        db, colored("Lamp", "Blue", "Red", price=1000), category_ids=(light,), brand_id=kilima
    )
    rug_draft = colored("Rug", "Blue", price=3000)
    sale = tuple(
        VariantDraft(options=v.options, prices=(PriceDraft("EUR", 3000, 4000),))
        for v in rug_draft.variants
    )
    await create(db, rug_draft, variants=sale, category_ids=(home,), at=NOW + timedelta(hours=1))
    mug = await create(db, at=NOW + timedelta(hours=2))
    await create(db, simple("Draft"), status=ProductStatus.DRAFT)
    await create(db, simple("Yen only", currency="JPY"))
    await in_stock(db, {mug.variants[0].id: True})
    async with db.transaction() as tx:
        await catalog.readmodel.add_popularity(tx, {lamp.id: 5, mug.id: 2})
    return {
        "home": encode("cat", home),
        "kilima": encode("brd", kilima),
        "lamp": encode("prod", lamp.id),
        "mug": encode("prod", mug.id),
    }


async def test_each_filter_narrows_down(client: AsyncClient, shop: dict[str, str]) -> None:
    everything = ["Haven Stoneware Mug", "Rug", "Lamp"]
    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({}, everything),
        ({"category": "home"}, ["Rug", "Lamp"]),
        ({"category": shop["home"]}, ["Rug", "Lamp"]),
        ({"category": "light"}, ["Lamp"]),
        ({"category": "unknown"}, []),
        ({"brand": "kilima"}, ["Lamp"]),
        ({"brand": shop["kilima"]}, ["Lamp"]),
        ({"price_min": 1000, "price_max": 2200}, ["Haven Stoneware Mug", "Lamp"]),
        ({"price_min": 1001, "price_max": 2199}, []),
        ({"in_stock": True}, ["Haven Stoneware Mug"]),
        ({"in_stock": False}, ["Rug", "Lamp"]),
        ({"on_sale": True}, ["Haven Stoneware Mug", "Rug"]),
        ({"on_sale": False}, ["Lamp"]),
        ({"attr[color]": "blue"}, ["Rug", "Lamp"]),
        ({"attr[Color]": ["Red", "SAGE"]}, ["Haven Stoneware Mug", "Lamp"]),
        ({"attr[color]": "blue", "attr[size]": "m"}, ["Rug", "Lamp"]),
        ({"attr[color]": "sage", "attr[size]": "m"}, []),
        ({"ids": f"{shop['lamp']},{shop['mug']}"}, ["Haven Stoneware Mug", "Lamp"]),
        ({"ids": encode("prod", new_id())}, []),
        ({"currency": "JPY"}, ["Yen only"]),
        ({"currency": "USD"}, []),
    ]
    for params, titles in cases:
        assert await listed(client, **params) == titles, params


async def test_each_sort_orders(client: AsyncClient, shop: dict[str, str]) -> None:
    mug, rug, lamp = "Haven Stoneware Mug", "Rug", "Lamp"
    assert await listed(client, sort="newest") == [mug, rug, lamp]
    assert await listed(client, sort="price") == [lamp, mug, rug]
    assert await listed(client, sort="-price") == [rug, mug, lamp]
    assert await listed(client, sort="name") == [mug, lamp, rug]
    assert await listed(client, sort="popularity") == [lamp, mug, rug]


@pytest.mark.parametrize(
    ("params", "pointer"),
    [
        ({"sort": "rating"}, "/query/sort"),
        ({"limit": 101}, "/query/limit"),
        ({"ids": "cat_1"}, "/query/ids"),
        ({"cursor": "nonsense"}, "/query/cursor"),
        ({"price_min": -1}, "/query/price_min"),
        ({"currency": "EURO"}, "/query/currency"),
    ],
)
async def test_a_filter_that_cannot_be_is_refused(
    client: AsyncClient, params: dict[str, str], pointer: str
) -> None:
    response = await client.get(PRODUCTS, params=params)

    assert response.status_code == 422
    assert [error["pointer"] for error in response.json()["errors"]] == [pointer]


@pytest.mark.parametrize("sort", ["newest", "price", "-price", "name", "popularity"])
async def test_pages_have_no_gaps_and_no_twins_while_products_arrive(
    client: AsyncClient, db: Database, sort: str
) -> None:
    there = {f"Thing {n}" for n in range(9)}
    for n in range(9):
        await create(db, simple(f"Thing {n}", price=1000 + n // 3), at=NOW)

    seen: list[str] = []
    cursor: str | None = None
    while True:
        params: dict[str, Any] = {"sort": sort, "limit": 2} | ({"cursor": cursor} if cursor else {})
        answer = (await client.get(PRODUCTS, params=params)).json()
        seen += [item["title"] for item in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
        await create(db, simple(f"Late {len(seen)}", price=1001), at=NOW + timedelta(hours=1))

    assert len(seen) == len(set(seen))
    assert there <= set(seen)


async def test_a_total_comes_only_where_it_is_asked_for(client: AsyncClient, db: Database) -> None:
    for n in range(3):
        await create(db, simple(f"Thing {n}"))

    plain = (await client.get(PRODUCTS, params={"limit": 2})).json()
    counting = (await client.get(PRODUCTS, params={"limit": 2, "with_total": True})).json()
    none = (await client.get(PRODUCTS, params={"brand": "x", "with_total": True})).json()

    assert "total" not in plain
    assert counting["total"] == 3
    assert len(counting["items"]) == 2
    assert none == {"items": [], "next_cursor": None, "total": 0}


async def test_prices_are_in_the_asked_currency(client: AsyncClient, db: Database) -> None:
    made = await create(db)

    euros = (await client.get(f"{PRODUCTS}/{made.slug}")).json()
    shillings = (await client.get(f"{PRODUCTS}/{made.slug}", params={"currency": "TZS"})).json()
    yen = await client.get(f"{PRODUCTS}/{made.slug}", params={"currency": "JPY"})

    assert euros["price"] == {"amount": 2200, "currency": "EUR"}
    assert [(v["title"], v["price"]["amount"]) for v in euros["variants"]] == [
        ("Terracotta", 2400),
        ("Sage", 2200),
    ]
    assert euros["variants"][0]["compare_at_price"] == {"amount": 3000, "currency": "EUR"}
    assert euros["variants"][1]["compare_at_price"] is None
    assert [v["title"] for v in shillings["variants"]] == ["Terracotta"]
    assert shillings["price"] == {"amount": 7_000_000, "currency": "TZS"}
    assert yen.status_code == 404


async def test_a_page_has_every_field_of_the_contract(client: AsyncClient, db: Database) -> None:
    shelf = await category(db, "Mugs")
    made = await create(db, category_ids=(shelf,), seo_title="Mug · Kilima")

    page = (await client.get(f"{PRODUCTS}/{encode('prod', made.id)}")).json()

    crumb = {"id": encode("cat", shelf), "slug": "mugs", "name": "Mugs"}
    assert page | {"variants": []} == {
        "id": encode("prod", made.id),
        "slug": "haven-stoneware-mug",
        "title": "Haven Stoneware Mug",
        "brand": None,
        "brand_slug": None,
        "price": {"amount": 2200, "currency": "EUR"},
        "compare_at_price": None,
        "thumbnail": None,
        "hover_image": None,
        "swatches": ["Terracotta", "Sage"],
        "swatch_count": 2,
        "in_stock": False,
        "rating": None,
        "review_count": 0,
        "badges": ["sale"],
        "description": "<p>Thrown and glazed in small batches.</p>",
        "images": [],
        "options": [{"name": "Color", "values": ["Terracotta", "Sage"]}],
        "variants": [],
        "categories": [crumb],
        "breadcrumbs": [crumb],
        "tags": ["coffee", "handmade"],
        "seo": {"title": "Mug · Kilima", "description": None},
        "option_groups": [],
        "add_ons": [],
        "custom_fields": [],
        "subscription_plans": [],
        "published_at": "2026-03-01T12:00:00Z",
        "version": 1,
    }
    assert page["variants"][0] == {
        "id": encode("var", made.variants[0].id),
        "sku": made.variants[0].sku,
        "title": "Terracotta",
        "options": {"Color": "Terracotta"},
        "price": {"amount": 2400, "currency": "EUR"},
        "compare_at_price": {"amount": 3000, "currency": "EUR"},
        "available": None,
        "in_stock": False,
        "image_id": None,
        "weight_g": 380,
        "barcode": None,
    }


@pytest.mark.parametrize("status", [ProductStatus.DRAFT, ProductStatus.ARCHIVED])
async def test_only_active_products_have_a_page(
    client: AsyncClient, db: Database, status: ProductStatus
) -> None:
    made = await create(db, status=status)

    response = await client.get(f"{PRODUCTS}/{made.slug}")

    assert response.status_code == 404
    assert response.json()["type"] == "/problems/product-not-found"


async def test_stock_shows_at_once(client: AsyncClient, db: Database) -> None:
    made = await create(db)
    path = f"{PRODUCTS}/{made.slug}"
    assert (await client.get(path)).json()["in_stock"] is False

    await in_stock(db, {made.variants[1].id: True})

    page = (await client.get(path)).json()
    assert page["in_stock"] is True
    assert [variant["in_stock"] for variant in page["variants"]] == [False, True]
    assert (await client.get(PRODUCTS)).json()["items"][0]["in_stock"] is True


async def test_categories_are_a_tree(client: AsyncClient, db: Database) -> None:
    home = await category(db, "Home")
    await category(db, "Light", parent=home)
    await category(db, "Hidden", is_active=False)

    tree = (await client.get("/api/v1/categories")).json()["items"]
    light = (await client.get("/api/v1/categories/light")).json()
    hidden = await client.get("/api/v1/categories/hidden")

    assert [(root["name"], [c["name"] for c in root["children"]]) for root in tree] == [
        ("Home", ["Light"])
    ]
    assert [crumb["name"] for crumb in light["breadcrumbs"]] == ["Home", "Light"]
    assert light["parent_id"] == encode("cat", home)
    assert hidden.status_code == 404


async def test_brands_are_listed_by_name(client: AsyncClient, db: Database) -> None:
    for name in ("Weft House", "Kilima Clay", "Mbao Works"):
        await brand(db, name)

    first = (await client.get("/api/v1/brands", params={"limit": 2})).json()
    cursor = first["next_cursor"]
    rest = (await client.get("/api/v1/brands", params={"cursor": cursor})).json()

    assert [item["slug"] for item in first["items"]] == ["kilima-clay", "mbao-works"]
    assert [item["slug"] for item in rest["items"]] == ["weft-house"]
    assert rest["next_cursor"] is None


@pytest.mark.parametrize("many", [1, 50])
async def test_a_list_and_a_page_take_one_statement_each(
    client: AsyncClient, db: Database, many: int
) -> None:
    values = tuple(f"Value {n}" for n in range(many))
    wide = ProductDraft(
        title="Wide",
        status=ProductStatus.ACTIVE,
        options=(OptionDraft("Kind", values),),
        variants=tuple(
            VariantDraft(options={"Kind": value}, prices=(PriceDraft("EUR", 100),))
            for value in values
        ),
    )
    await create(db, wide)
    for n in range(many - 1):
        await create(db, simple(f"Thing {n}"))

    filters = {"sort": "price", "with_total": True, "attr[kind]": "value 0", "limit": 50}
    paths: list[tuple[str, dict[str, Any]]] = [
        (PRODUCTS, {"limit": 50}),
        (PRODUCTS, filters),
        (f"{PRODUCTS}/wide", {}),
        ("/api/v1/categories", {}),
        ("/api/v1/brands", {}),
    ]
    for path, params in paths:
        with counted(db) as statements:
            assert (await client.get(path, params=params)).status_code == 200
        assert len(statements) == 1, f"{path} {params}\n{statements}"
