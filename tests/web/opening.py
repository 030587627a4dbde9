"""A shop with something in it, and its pages as a visitor opens them."""

import httpx

from sokoni.kernel.db import Database
from tests.catalog import factories as catalog
from tests.markets import factories as markets
from tests.web.reading import Document


async def opened(web: httpx.AsyncClient, path: str, *, status: int = 200) -> Document:
    answer = await web.get(path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "undefined" not in answer.text
    return Document(answer.text)


async def shop(db: Database) -> markets.Shop:
    """A shelf with a mug on it, in a shop with regions."""
    made = await markets.shop(db)
    shelf = await catalog.category(db, "Cups")
    await catalog.create(db, category_ids=(shelf,))
    return made
