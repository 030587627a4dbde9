"""Pages are kept until what they show changes, and cost a browser that has them a 304."""

import gzip
from dataclasses import replace
from pathlib import Path

import brotli
import httpx
import pytest
from fastapi import FastAPI

from sokoni.catalog import service as catalog_service
from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database
from sokoni.kernel.settings import Settings
from tests.catalog import factories as catalog
from tests.markets import factories as markets
from tests.support.waiting import wait_until
from tests.web.conftest import running

pytestmark = pytest.mark.usefixtures("db")


async def settled(web: httpx.AsyncClient, path: str) -> httpx.Response:
    """The page once it is kept: what was written before was written by another process."""
    seen: list[httpx.Response] = []

    async def is_kept() -> bool:
        seen.append(await web.get(path))
        return len(seen) > 1 and seen[-1].headers["etag"] == seen[-2].headers["etag"]

    await wait_until(is_kept)
    return seen[-1]


async def test_a_page_is_kept_until_what_it_shows_changes(
    web: httpx.AsyncClient, db: Database, pages: FastAPI, *, is_drawn: bool
) -> None:
    await markets.shop(db)
    made = await catalog.create(db)
    first = await settled(web, "/products/haven-stoneware-mug")
    assert "Haven Stoneware Mug" in first.text
    again = await web.get("/products/haven-stoneware-mug?utm_source=mail")
    assert again.headers["etag"] == first.headers["etag"]
    known = {"If-None-Match": first.headers["etag"]}
    unchanged = await web.get("/products/haven-stoneware-mug", headers=known)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    async with db.transaction() as tx:
        await catalog_service.revise_product(
            tx,
            product_id=made.id,
            revise=lambda draft: replace(draft, title="Haven Cup"),
            actor=catalog.ACTOR,
            now=catalog.NOW,
        )
    pages.state.cache.invalidate([f"product:{made.id}"])  # another process told us so
    changed = await web.get("/products/haven-stoneware-mug", headers=known)
    assert changed.status_code == 200
    assert "Haven Cup" in changed.text
    assert is_drawn == ("<p>Haven Cup</p>" in changed.text)


async def test_each_encoding_says_the_same(web: httpx.AsyncClient, db: Database) -> None:
    await markets.shop(db)
    await catalog.create(db)
    await settled(web, "/products")
    seen = {}
    for encoding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)):
        async with web.stream("GET", "/products", headers={"Accept-Encoding": encoding}) as answer:
            body = b"".join([part async for part in answer.aiter_raw()])
        assert answer.headers.get("content-encoding", "") == encoding
        assert answer.headers["vary"] == "Accept-Encoding, Cookie"
        assert answer.headers["cache-control"] == (
            "public, max-age=0, s-maxage=60, stale-while-revalidate=600"
        )
        seen[unpack(body)] = answer.headers["etag"]
    assert len(seen) == 1


async def test_a_page_that_could_not_be_drawn_is_sent_and_not_kept(
    web: httpx.AsyncClient, db: Database, *, is_drawn: bool
) -> None:
    await markets.shop(db)
    await catalog.create(db)
    answer = await web.get("/search?q=throw")
    assert answer.status_code == 200
    assert '<div id="root"></div>' in answer.text
    assert answer.headers["cache-control"].startswith("no-cache" if is_drawn else "public")


async def test_built_files_are_packed_and_kept_for_ever(
    web: httpx.AsyncClient, db: Database
) -> None:
    await markets.shop(db)
    answer = await web.get("/static/assets/shop-1a.js")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "br"
    assert answer.text.startswith("export {};")
    known = {"If-None-Match": answer.headers["etag"]}
    assert (await web.get("/static/assets/shop-1a.js", headers=known)).status_code == 304
    for name in ("../ssr/shop.js", ".vite/shop.json", "assets/nope.js", "assets/%00", ""):
        assert (await web.get(f"/static/{name}")).status_code == 404


async def test_the_admin_is_an_empty_page_that_nobody_indexes(web: httpx.AsyncClient) -> None:
    for path in ("/admin", "/admin/products/new"):
        answer = await web.get(path)
        assert answer.status_code == 200
        assert '<meta name="robots" content="noindex">' in answer.text
        assert "/static/assets/admin-7a.js" in answer.text
        assert answer.headers["cache-control"] == "no-cache"


async def test_without_a_build_the_shop_says_how_to_make_one(
    settings: Settings, database_url: str, clock: ShiftedClock, tmp_path: Path
) -> None:
    async with running(
        settings, database_url=database_url, clock=clock, frontend_dist=tmp_path
    ) as app:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as web:
            for path in ("/", "/admin"):
                answer = await web.get(path)
                assert answer.status_code == 503
                assert "make frontend" in answer.text
            assert (await web.get("/api/v1/products")).status_code == 200
