"""Reactions of search to what happens in the shop."""

from collections.abc import Sequence

from sokoni.catalog.events import ProductChanged
from sokoni.kernel import outbox
from sokoni.kernel.db import WriteSession
from sokoni.search import service


@outbox.subscribe_batch(ProductChanged, kind="search.vocabulary")
async def learn_words(tx: WriteSession, events: Sequence[ProductChanged]) -> None:
    """Know the words of products as soon as they are listed."""
    await service.learn(tx, product_ids={event.product_id for event in events})
