"""Pages as a crawler and a browser without scripts meet them, with an engine and without one."""

import json
from dataclasses import replace

import httpx
import pytest

from sokoni.catalog import service as catalog_service
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.service import CategoryDraft
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode
from sokoni.markets.queries import Market
from sokoni.web import languages
from sokoni.web.policy import hashed
from tests.catalog import factories as catalog
from tests.markets import factories as markets
from tests.web.opening import opened, shop
from tests.web.reading import Document

pytestmark = pytest.mark.usefixtures("db")

MUG = "/products/haven-stoneware-mug"
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'\u2028</script>"


@pytest.mark.parametrize("path", ["/", "/products", "/sw/cart", "/nothing-here"])
async def test_a_shop_without_a_region_is_not_open_until_it_has_one(
    web: httpx.AsyncClient, db: Database, path: str
) -> None:
    page = await opened(web, path, status=503)
    assert page.one("h1").text == "This shop is not open yet"
    assert page.meta("robots") == "noindex"

    await shop(db)
    assert (await web.get(path)).status_code != 503


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/products",
        "/c/cups",
        "/products/haven-stoneware-mug",
        "/sw",
        "/sw/products",
        "/sw/c/cups",
    ],
)
async def test_each_page_has_one_heading_one_canonical_and_valid_data(
    web: httpx.AsyncClient, db: Database, *, is_drawn: bool, path: str
) -> None:
    await shop(db)
    page = await opened(web, path)
    assert len(page.all("h1")) == (1 if is_drawn else 0)
    assert page.link("canonical") == f"http://shop.test{path}"
    assert page.one("title").text
    assert len(page.meta("description")) > 20
    assert page.one("html").attributes["lang"] == ("sw" if path.startswith("/sw") else "en")
    alternates = {
        link.attributes["hreflang"]: link.attributes["href"]
        for link in page.all("link", rel="alternate")
    }
    bare = path.removeprefix("/sw") or "/"
    prefixed = {
        language: f"http://shop.test/{language}{bare}".removesuffix("/")
        for language in languages.LANGUAGES
    }
    first = f"http://shop.test{bare}"
    assert alternates == prefixed | {"en": first, "x-default": first}
    assert page.meta("og:url") == f"http://shop.test{path}"
    assert page.structured
    assert page.state["status"] == 200


async def test_the_state_is_what_the_api_answers_under_the_same_parameters(
    web: httpx.AsyncClient, db: Database
) -> None:
    await shop(db)
    operations = (await web.get("/openapi.json")).json()["paths"]
    addresses = {
        each["get"]["operationId"]: path for path, each in operations.items() if "get" in each
    }
    for path in (
        "/",
        "/products?attr[color]=Sage&sort=price",
        "/c/cups",
        "/products/haven-stoneware-mug",
    ):
        state = (await opened(web, path)).state
        config = (await web.get("/api/v1/store/config")).json()
        assert state["store"] == config
        assert state["region"] == config["regions"][0]["id"]
        assert state["currency"] == "EUR"
        for operation, params, data in state["queries"]:
            url = addresses[operation].format(**params.get("path", {}))
            asked = {
                (f"{name}[{key}]" if key else name): value
                for name, given in params.get("query", {}).items()
                for key, value in (given.items() if isinstance(given, dict) else [("", given)])
            }
            answered = (await web.get(url, params=asked)).json()
            for told in (data, answered):
                told.pop("took_ms", None)
            assert data == answered, operation


async def test_a_product_tells_its_price_stock_and_place(
    web: httpx.AsyncClient, db: Database
) -> None:
    await shop(db)
    page = await opened(web, "/products/haven-stoneware-mug?variant=var_0&utm_source=x")
    product, way = page.structured["Product"], page.structured["BreadcrumbList"]
    offers = product["offers"]
    assert (offers["lowPrice"], offers["highPrice"], offers["priceCurrency"]) == (
        "22.00",
        "24.00",
        "EUR",
    )
    assert offers["availability"] == "https://schema.org/OutOfStock"
    assert [offer["price"] for offer in offers["offers"]] == ["24.00", "22.00"]
    assert "aggregateRating" not in product
    assert [each["name"] for each in way["itemListElement"]] == [
        "Home",
        "Cups",
        "Haven Stoneware Mug",
    ]
    assert page.link("canonical") == "http://shop.test/products/haven-stoneware-mug"
    assert page.meta("og:type") == "product"


async def test_the_region_of_the_cookie_decides_the_currency(
    web: httpx.AsyncClient, db: Database
) -> None:
    made = await shop(db)
    web.cookies.set("sokoni_region", _region_id(made.tanzania))
    state = (await opened(web, "/products/haven-stoneware-mug")).state
    assert (state["currency"], state["region"]) == ("TZS", _region_id(made.tanzania))
    shown = next(data for operation, _, data in state["queries"] if operation == "products.show")
    assert shown["price"] == {"amount": 7_000_000, "currency": "TZS"}
    web.cookies.set("sokoni_region", "reg_nonsense")
    assert (await opened(web, "/products/haven-stoneware-mug")).state["currency"] == "EUR"


@pytest.mark.parametrize(
    "path",
    ["/search?q=mug", "/cart", "/checkout", "/account/orders", "/login", "/offline", "/track"],
)
async def test_pages_of_one_person_and_of_searches_are_not_indexed(
    web: httpx.AsyncClient, db: Database, path: str
) -> None:
    await shop(db)
    assert (await opened(web, path)).meta("robots") == "noindex"


async def test_only_what_surrounds_a_page_of_one_person_is_drawn_here(
    web: httpx.AsyncClient, db: Database
) -> None:
    await shop(db)
    for path, is_shell in {"/cart": True, "/account/orders": True, "/offline": False}.items():
        assert ('<div id="root" data-shell>' in (await web.get(path)).text) is is_shell


async def test_an_unknown_address_is_404_with_a_page(
    web: httpx.AsyncClient, db: Database, *, is_drawn: bool
) -> None:
    await shop(db)
    for path in ("/nope", "/products/nope", "/c/nope", "/sw/nope", "/products?cursor=nope", "/en"):
        page = await opened(web, path, status=404)
        assert page.state["status"] == 404
        assert page.meta("robots") == "noindex"
        assert not page.all("link", rel="canonical")
        assert bool(page.all("h1")) == is_drawn
    assert (await web.get("/api/v1/nope")).headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("former", [ProductStatus.ACTIVE, ProductStatus.DRAFT])
async def test_what_was_sold_once_is_gone_and_what_was_never_sold_is_not_there(
    web: httpx.AsyncClient, db: Database, *, is_drawn: bool, former: ProductStatus
) -> None:
    await markets.shop(db)
    made = await catalog.create(db, catalog.MUG, status=former)
    await catalog.revise(db, made.id, slug="haven-cup")
    await catalog.revise(db, made.id, status=ProductStatus.ARCHIVED)
    status = 410 if former == ProductStatus.ACTIVE else 404
    shown = encode("prod", made.id)
    for address in ("/products/haven-cup", f"/sw{MUG}", f"/products/{shown}"):
        page = await opened(web, address, status=status)
        assert page.state["status"] == status
        assert page.meta("robots") == "noindex"
        assert not page.all("link", rel="canonical")
        assert "Haven" not in page.source
        assert bool(page.all("h1")) == is_drawn
        assert (await web.get(address)).status_code == status
    assert (await web.get("/api/v1/products/haven-cup")).status_code == 404

    await catalog.revise(db, made.id, status=ProductStatus.DRAFT)
    await opened(web, "/products/haven-cup", status=404)
    await catalog.revise(db, made.id, status=ProductStatus.ACTIVE)
    assert (await opened(web, "/products/haven-cup")).meta("og:type") == "product"


async def test_a_renamed_product_is_found_where_it_is_now(
    web: httpx.AsyncClient, db: Database
) -> None:
    await markets.shop(db)
    made = await catalog.create(db)
    await catalog.revise(db, made.id, slug="haven-cup")
    for prefix in ("", "/sw"):
        answer = await web.get(f"{prefix}/products/haven-stoneware-mug?variant=var_1")
        assert answer.status_code == 301
        assert answer.headers["location"] == f"{prefix}/products/haven-cup?variant=var_1"
    assert (await web.get("/products/haven-cup")).status_code == 200


async def test_a_renamed_shelf_is_found_where_it_is_now(
    web: httpx.AsyncClient, db: Database
) -> None:
    await markets.shop(db)
    shelf = await catalog.category(db, "Cups")
    for slug in ("mugs", "beakers", "mugs"):
        async with db.transaction() as tx:
            await catalog_service.revise_category(
                tx,
                category_id=shelf,
                revise=lambda draft, slug=slug: replace(draft, slug=slug),  # type: ignore[misc]
                actor=catalog.ACTOR,
                now=catalog.NOW,
            )
    for former in ("cups", "beakers"):
        answer = await web.get(f"/c/{former}?sort=price")
        assert (answer.status_code, answer.headers["location"]) == (301, "/c/mugs?sort=price")
    assert (await web.get("/c/mugs")).status_code == 200
    await catalog.category(db, "Cups")  # somebody else's address now
    assert (await web.get("/c/cups")).status_code == 200


async def test_what_people_write_never_becomes_markup(web: httpx.AsyncClient, db: Database) -> None:
    shelf = await catalog.category(db, f"Cups {EVIL}")
    async with db.transaction() as tx:
        await catalog_service.revise_category(
            tx,
            category_id=shelf,
            revise=lambda draft: replace(draft, slug="evil"),
            actor=catalog.ACTOR,
            now=catalog.NOW,
        )
    evil = replace(
        catalog.MUG,
        title=f"Mug {EVIL}",
        slug="evil",
        description=EVIL,
        seo_title=EVIL,
        seo_description=EVIL,
        category_ids=(shelf,),
    )
    await catalog.create(db, evil)
    for path in ("/", "/products/evil", "/c/evil", f"/search?q={EVIL}", f"/nope/{EVIL}"):
        text = (await web.get(path)).text
        page = Document(text)
        assert not [each for each in page.elements if "onerror" in each.attributes]
        scripts = [each for each in page.all("script") if "alert" in each.text]
        kinds = {each.attributes.get("type") for each in scripts}
        assert kinds <= {"application/json", "application/ld+json"}
        for each in scripts:
            json.loads(each.text)
            assert "<" not in each.text


async def test_scripts_wait_for_the_first_paint_where_there_is_something_to_paint(
    web: httpx.AsyncClient, db: Database, *, is_drawn: bool
) -> None:
    await shop(db)
    page = await opened(web, MUG)
    waiting = page.source.partition('<template id="scripts">')[2].partition("</template>")[0]
    assert ('<script type="module"' in waiting) is is_drawn
    assert len(page.all("script", type="module")) == 1


async def test_a_policy_names_every_inline_script_and_style(
    web: httpx.AsyncClient, db: Database, *, is_drawn: bool
) -> None:
    await shop(db)
    answer = await web.get("/products")
    rules = answer.headers["content-security-policy"]
    page = Document(answer.text)
    running = [each for each in page.all("script") if each.attributes.get("type") is None]
    assert len(running) == (2 if is_drawn else 1)
    for each in (*running, *page.all("style")):
        assert hashed(each.text) in rules
    assert "'unsafe-inline'" not in rules.replace("style-src-attr 'unsafe-inline'", "")
    assert "stripe" not in rules


async def test_a_shelf_that_is_hidden_has_no_page(web: httpx.AsyncClient, db: Database) -> None:
    await markets.shop(db)
    async with db.transaction() as tx:
        draft = CategoryDraft(name="Secret", is_active=False)
        await catalog_service.create_category(tx, draft=draft, actor=catalog.ACTOR, now=catalog.NOW)
    assert (await web.get("/c/secret")).status_code == 404


def _region_id(market: Market) -> str:
    return encode("reg", market.region_id)
