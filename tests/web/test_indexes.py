"""What crawlers, agents and installers ask for."""

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import httpx
import pytest
from fastapi import FastAPI

from sokoni.catalog.models import ProductStatus
from sokoni.kernel.db import Database
from sokoni.web import languages, sitemap
from tests.catalog import factories as catalog
from tests.support.statements import counted

pytestmark = pytest.mark.usefixtures("db")
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


async def addresses(web: httpx.AsyncClient, path: str) -> list[str]:
    answer = await web.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    root = ET.fromstring(answer.content)  # noqa: S314 - our own
    return [each.text or "" for each in root.iter(f"{MAP}loc")]


async def changes(web: httpx.AsyncClient, path: str) -> dict[str, str]:
    """The days of the last changes by address, of what is in English."""
    root = ET.fromstring((await web.get(path)).content)  # noqa: S314 - our own
    found = {each.findtext(f"{MAP}loc", ""): each.findtext(f"{MAP}lastmod", "") for each in root}
    return {address: at for address, at in found.items() if "/sw" not in address}


def day(number: int) -> datetime:
    return datetime(2026, 3, number, 12, tzinfo=UTC)


async def test_the_sitemap_lists_every_page_in_every_language(
    web: httpx.AsyncClient, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "PRODUCTS", 2)
    monkeypatch.setattr(sitemap, "AT_ONCE", 1)
    await catalog.category(db, "Cups")
    for name in ("Bowl", "Cup", "Jug"):
        await catalog.create(db, catalog.simple(name))
    index = await addresses(web, "/sitemap.xml")
    assert index == [
        "http://shop.test/sitemaps/shelves.xml",
        "http://shop.test/sitemaps/products-1.xml",
        "http://shop.test/sitemaps/products-2.xml",
    ]
    listed = [each for path in index for each in await addresses(web, path)]
    paths = ["", "/products", "/c/cups", "/products/bowl", "/products/cup", "/products/jug"]
    prefixes = ["", *(f"/{language}" for language in languages.LANGUAGES if language != "en")]
    wanted = [f"http://shop.test{prefix}{path}" for path in paths for prefix in prefixes]
    assert sorted(each.removesuffix("/") for each in listed) == sorted(wanted)
    for path in ("/sitemaps/products-3.xml", "/sitemaps/products-0.xml", "/sitemaps/x.xml"):
        assert (await web.get(path)).status_code == 404


async def test_a_shelf_changed_when_what_stands_on_it_or_below_did(
    web: httpx.AsyncClient, db: Database, pages: FastAPI
) -> None:
    cups = await catalog.category(db, "Cups")
    espresso = await catalog.category(db, "Espresso", parent=cups)
    bowls = await catalog.category(db, "Bowls")
    await catalog.category(db, "Empty")
    await catalog.create(db, catalog.simple("Mug"), at=day(3), category_ids=(cups,))
    await catalog.create(db, catalog.simple("Demitasse"), at=day(5), category_ids=(espresso,))
    sold_out = await catalog.create(db, catalog.simple("Bowl"), at=day(1), category_ids=(bowls,))
    await catalog.revise(db, sold_out.id, at=day(4), status=ProductStatus.ARCHIVED)
    plan = replace(catalog.simple("Plan"), status=ProductStatus.DRAFT)
    await catalog.create(db, plan, at=day(9), category_ids=(bowls,))
    assert await changes(web, "/sitemaps/shelves.xml") == {
        "http://shop.test/": "2026-03-05",
        "http://shop.test/products": "2026-03-05",
        "http://shop.test/c/bowls": "2026-03-04",
        "http://shop.test/c/cups": "2026-03-05",
        "http://shop.test/c/empty": "",
        "http://shop.test/c/espresso": "2026-03-05",
    }
    assert await changes(web, "/sitemap.xml") == {
        "http://shop.test/sitemaps/shelves.xml": "2026-03-05",
        "http://shop.test/sitemaps/products-1.xml": "2026-03-05",
    }

    await catalog.create(db, catalog.simple("Vase"), at=day(7))
    pages.state.cache.invalidate(["products"])  # another process told us so
    later = await changes(web, "/sitemaps/shelves.xml")
    assert later["http://shop.test/products"] == "2026-03-07"
    assert later["http://shop.test/c/cups"] == "2026-03-05"


async def test_the_map_of_the_shelves_takes_two_statements_however_many_there_are(
    pages: FastAPI, db: Database
) -> None:
    for number in range(3):
        shelf = await catalog.category(db, f"Shelf {number}")
        await catalog.create(db, catalog.simple(f"Bowl {number}"), category_ids=(shelf,))
    storage = pages.state.site.sources.storage
    with counted(db) as statements:
        made = await sitemap.file(db, storage, name=sitemap.SHELVES, origin="http://shop.test")
    assert made is not None
    assert len(statements) == 2, statements


async def test_robots_keep_out_of_what_belongs_to_one_person(web: httpx.AsyncClient) -> None:
    told = (await web.get("/robots.txt")).text
    for path in ("/api/", "/admin", "/checkout", "/account", "/sw/cart"):
        assert f"Disallow: {path}\n" in told
    assert "Sitemap: http://shop.test/sitemap.xml\n" in told


async def test_agents_read_what_the_shop_sells(web: httpx.AsyncClient, db: Database) -> None:
    cups = await catalog.category(db, "Cups [new]")
    await catalog.category(db, "Espresso", parent=cups)
    told = (await web.get("/llms.txt")).text
    assert told.startswith("# ")
    assert "- [Cups (new)](http://shop.test/c/cups-new)\n" in told
    assert "  - [Espresso](http://shop.test/c/espresso)\n" in told


async def test_the_shop_can_be_installed(web: httpx.AsyncClient) -> None:
    answer = await web.get("/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    for icon in answer.json()["icons"]:
        assert (await web.get(icon["src"])).headers["content-type"] == "image/png"
    worker = await web.get("/sw.js")
    assert worker.headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert "default-src 'self'" in worker.headers["content-security-policy"]
    assert (await web.get("/favicon.ico")).status_code == 200
