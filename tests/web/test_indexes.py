"""What crawlers, agents and installers ask for."""

from xml.etree import ElementTree as ET

import httpx
import pytest

from sokoni.kernel.db import Database
from sokoni.web import languages, sitemap
from tests.catalog import factories as catalog

pytestmark = pytest.mark.usefixtures("db")
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


async def addresses(web: httpx.AsyncClient, path: str) -> list[str]:
    answer = await web.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    root = ET.fromstring(answer.content)  # noqa: S314 - our own
    return [each.text or "" for each in root.iter(f"{MAP}loc")]


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
