"""The vocabulary as this process knows it: loaded when first needed, kept fresh in the background.

A request never waits for a refresh, only for the very first load. New words are fetched alone;
everything is read again every `WHOLE_AGAIN` seconds and after a gap in listening, because counts
change and words go.
"""

import asyncio
import time

import structlog
from sqlalchemy import text

from sokoni.kernel.db import Database
from sokoni.kernel.signals import EVERYTHING
from sokoni.search.queries.spelling import MAX_WORDS, Lexicon

TAG = "vocabulary"
WHOLE_AGAIN = 300.0
SETTLE = 0.2
log = structlog.get_logger(__name__)

LOAD = text("""
    SELECT word, listings, number, (
        SELECT CAST(reltuples AS bigint) FROM pg_class
        WHERE oid = CAST('catalog.listings' AS regclass)
    ) AS of_listings
    FROM search.words
    WHERE number > :after
    ORDER BY listings DESC
    LIMIT :most
""")


class Vocabulary:
    """Built once per process. `lexicon()` gives the words known now."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._lexicon: Lexicon | None = None
        self._newest = 0
        self._loaded_at = 0.0
        self._whole = True
        self._loading = asyncio.Lock()
        self._refreshing: asyncio.Task[None] | None = None

    async def lexicon(self) -> Lexicon:
        if self._lexicon is None:
            return await self.refresh()
        if time.monotonic() - self._loaded_at > WHOLE_AGAIN:
            self._whole = True
            self._refresh_soon()
        return self._lexicon

    def hear(self, tags: frozenset[str]) -> None:
        """Some cached reads went stale."""
        if EVERYTHING in tags:
            self._whole = True
        if self._lexicon is not None and tags & {TAG, EVERYTHING}:
            self._refresh_soon()

    def forget(self) -> None:
        """Start anew at the next use."""
        self._lexicon, self._whole = None, True

    async def refresh(self) -> Lexicon:
        """Read what is new, or everything when it is time for that."""
        async with self._loading:
            whole, self._whole = self._whole or self._lexicon is None, False
            self._loaded_at = time.monotonic()
            after = 0 if whole else self._newest
            try:
                async with self._db.reading() as db:
                    rows = (await db.execute(LOAD, {"after": after, "most": MAX_WORDS})).all()
            except BaseException:
                self._whole = self._whole or whole
                raise
            counts: dict[str, int] = {row.word: row.listings for row in rows}
            self._newest = max([after, *(row.number for row in rows)])
            if whole or self._lexicon is None:
                self._lexicon = await asyncio.to_thread(
                    Lexicon, counts, listings=rows[0].of_listings if rows else 0
                )
            elif counts:
                self._lexicon.add(counts)
            return self._lexicon

    async def close(self) -> None:
        if self._refreshing is not None:
            self._refreshing.cancel()
            await asyncio.gather(self._refreshing, return_exceptions=True)

    def _refresh_soon(self) -> None:
        if self._refreshing is None or self._refreshing.done():
            self._refreshing = asyncio.create_task(self._refresh())

    async def _refresh(self) -> None:
        await asyncio.sleep(SETTLE)
        try:
            await self.refresh()
        except Exception as error:  # noqa: BLE001 - the words known so far still serve
            log.warning("the vocabulary could not be read again", error=repr(error))
