"""Lists as crawlers walk through them: which address a page has, and where the next one is."""

import httpx
import pytest

from sokoni.kernel.db import Database
from tests.catalog import factories as catalog
from tests.web.opening import opened, shop

pytestmark = pytest.mark.usefixtures("db")

ORIGIN = "http://shop.test"


async def full_shelf(db: Database) -> None:
    """More mugs on a shelf than two pages hold."""
    await shop(db)
    shelf = await catalog.category(db, "Bowls")
    for number in range(50):
        await catalog.create(db, catalog.simple(f"Bowl {number:02}"), category_ids=(shelf,))


@pytest.mark.parametrize("path", ["/products", "/c/bowls", "/sw/c/bowls"])
async def test_each_page_of_a_list_leads_to_the_next_and_is_its_own(
    web: httpx.AsyncClient, db: Database, path: str
) -> None:
    await full_shelf(db)
    address, titles, descriptions, names = path, set(), set(), []
    for _ in range(3):
        page = await opened(web, address)
        assert page.link("canonical") == ORIGIN + address
        titles.add(page.one("title").text)
        descriptions.add(page.meta("description"))
        names += [each["name"] for each in page.structured["ItemList"]["itemListElement"]]
        following = page.all("link", rel="next")
        address = following[0].attributes["href"].removeprefix(ORIGIN) if following else ""
    assert not address
    assert (len(titles), len(descriptions)) == (3, 3)
    bowls = [name for name in names if name.startswith("Bowl")]
    assert sorted(bowls) == [f"Bowl {number:02}" for number in range(50)]


@pytest.mark.parametrize(
    "query",
    ["sort=price", "sort=newest", "in_stock=false", "price_min=1", "attr[color]=Sage", "q=bowl"],
)
@pytest.mark.parametrize("path", ["/products", "/c/bowls"])
async def test_filters_and_sort_canonicalise_to_the_bare_list(
    web: httpx.AsyncClient, db: Database, path: str, query: str
) -> None:
    await full_shelf(db)
    page = await opened(web, f"{path}?{query}")
    assert page.link("canonical") == ORIGIN + path
    assert not page.all("link", rel="next")
    for operation, _, found in page.state["queries"]:
        if operation == "search.products" and found["next_cursor"]:
            further = await opened(web, f"{path}?{query}&cursor={found['next_cursor']}")
            assert further.link("canonical") == ORIGIN + path


async def test_what_narrows_nothing_leaves_a_list_its_own(
    web: httpx.AsyncClient, db: Database
) -> None:
    await full_shelf(db)
    bare = (await opened(web, "/c/bowls")).link("next")
    for query in ("utm_source=x", "sort=sideways", "category=cups", "price_min=cheap"):
        page = await opened(web, f"/c/bowls?{query}")
        assert page.link("canonical") == f"{ORIGIN}/c/bowls"
        assert page.link("next") == bare


async def test_a_cursor_of_another_order_is_no_page(web: httpx.AsyncClient, db: Database) -> None:
    await full_shelf(db)
    following = (await opened(web, "/products")).link("next").removeprefix(ORIGIN)
    for address in (f"{following}&sort=price", "/products?cursor=nope", "/search?cursor=nope"):
        page = await opened(web, address, status=404)
        assert page.meta("robots") == "noindex"
        assert not page.all("link", rel="next")
