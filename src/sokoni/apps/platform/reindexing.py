"""Writing anew what is derived: the ready rows of the catalogue, and the vocabulary of search."""

from dataclasses import dataclass

from sokoni.catalog.service import readmodel
from sokoni.kernel.db import Database
from sokoni.kernel.settings import asyncpg_url
from sokoni.search import flows


@dataclass(frozen=True, slots=True)
class Reindexed:
    """How much there is now."""

    products: int
    listings: int
    words: int


async def reindex(url: str) -> Reindexed:
    """Safe while the shop is running; each batch is a transaction of its own."""
    db = Database(
        asyncpg_url(url), pool_size=1, statement_timeout_ms=60_000, application="sokoni reindex"
    )
    try:
        products = await readmodel.rebuild_all(db)
        vocabulary = await flows.rebuild_vocabulary(db)
    finally:
        await db.close()
    return Reindexed(products=products, listings=vocabulary.listings, words=vocabulary.words)
