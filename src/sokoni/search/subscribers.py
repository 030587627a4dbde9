"""Reactions of search to what happens in the shop."""

from sokoni.catalog.events import ProductChanged
from sokoni.kernel import outbox
from sokoni.kernel.db import WriteSession
from sokoni.search import service


@outbox.subscribe(ProductChanged, kind="search.vocabulary")
async def learn_words(tx: WriteSession, event: ProductChanged) -> None:
    """Know the words of a product as soon as it is listed."""
    await service.learn(tx, product_id=event.product_id)
