"""Product pages, read together.

A page is one row by its key: the way to the database and back costs many times the row. So while a
statement is under way, pages that are asked for wait for the next one, and that reads them all. A
page alone is read by the statement of `ready.page`, at once. Measured on two cores with 16 readers:
see `docs/performance.md`.

A page is always read after it was asked for, so an answer is never older than its question.
"""

import asyncio
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from sokoni.catalog.queries.narrowing import Shop
from sokoni.catalog.queries.ready import ReadyPage, page, ready
from sokoni.kernel.reads import Reads
from sokoni.kernel.storage import Storage

MOST_TOGETHER = 64
MOST_UNDER_WAY = 2

# One kind of key and one currency at a time, as nearly all that come together have in common: the
# driver looks at each element of an array several times.
TOGETHER_BY_SLUG = """
    SELECT asked.number, p.product_id, p.body
    FROM unnest(CAST(:slugs AS text[])) WITH ORDINALITY AS asked (slug, number)
    JOIN catalog.pages AS p ON p.currency = CAST(:currency AS text) AND p.product_id = coalesce(
        (SELECT id FROM catalog.products WHERE slug = asked.slug),
        (SELECT product_id FROM catalog.slug_redirects WHERE slug = asked.slug)
    )
"""
TOGETHER_BY_ID = """
    SELECT asked.number, p.product_id, p.body
    FROM unnest(CAST(:ids AS uuid[])) WITH ORDINALITY AS asked (id, number)
    JOIN catalog.pages AS p ON p.currency = CAST(:currency AS text) AND p.product_id = asked.id
"""

Key = tuple[str, UUID | str]
Waiter = asyncio.Future[ReadyPage | None]


class Pages:
    """The pages that are asked for in this process."""

    def __init__(self, reads: Reads, storage: Storage) -> None:
        self._reads = reads
        self._storage = storage
        self._asked: dict[Key, list[Waiter]] = {}
        self._under_way = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def page(self, *, currency: str, product: UUID | str) -> ReadyPage | None:
        """As `queries.page`, for a known currency."""
        waiter: Waiter = asyncio.get_running_loop().create_future()
        self._asked.setdefault((currency, product), []).append(waiter)
        if self._under_way < MOST_UNDER_WAY:
            self._under_way += 1
            task = asyncio.create_task(self._read_all())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await waiter

    async def _read_all(self) -> None:
        """Begins when all that arrived together has asked.

        Between finding nothing left to read and no longer being under way nobody else runs, so
        nobody waits for a reader who has gone.
        """
        try:
            while self._asked:
                await self._read_some()
        finally:
            self._under_way -= 1

    async def _read_some(self) -> None:
        keys = self._next_keys()
        waiting = [(key, self._asked.pop(key)) for key in keys]
        try:
            found: Mapping[Key, ReadyPage] | Exception = await self._read(keys)
        except Exception as error:  # noqa: BLE001 - raised where the page is waited for
            found = error
        for key, waiters in waiting:
            for waiter in waiters:
                if waiter.done():
                    continue
                if isinstance(found, Exception):
                    waiter.set_exception(found)
                else:
                    waiter.set_result(found.get(key))

    def _next_keys(self) -> list[Key]:
        """The next page, and those after it that one statement can read with it."""
        keys = list(islice(self._asked, MOST_TOGETHER))
        currency, product = keys[0]
        kind = type(product)
        return [key for key in keys if key[0] == currency and isinstance(key[1], kind)]

    async def _read(self, keys: Sequence[Key]) -> Mapping[Key, ReadyPage]:
        if len(keys) == 1:
            currency, product = keys[0]
            shop = Shop(otherwise=currency, currency=currency)
            found = await page(self._reads, shop=shop, product=product, storage=self._storage)
            return {} if found is None else {keys[0]: found}
        currency, product = keys[0]
        products = [each for _, each in keys]
        values: dict[str, Any] = {"currency": currency}
        if isinstance(product, UUID):
            rows = await self._reads.rows(TOGETHER_BY_ID, values | {"ids": products})
        else:
            rows = await self._reads.rows(TOGETHER_BY_SLUG, values | {"slugs": products})
        return {keys[row["number"] - 1]: ready(row, self._storage) for row in rows}
