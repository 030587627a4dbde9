"""Counting the vocabulary anew, batch by batch, so that no transaction or statement is long.

Words that are learnt meanwhile stay; only those known at the start and found in no listing go.
"""

from collections import Counter
from dataclasses import dataclass

from sokoni.kernel.db import Database
from sokoni.search import queries, service

LISTINGS = 5_000
WORDS = 10_000


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild has found."""

    listings: int
    words: int
    dropped: int


async def rebuild_vocabulary(db: Database) -> Rebuilt:
    """Count the words of all listings; safe at any time, and to repeat."""
    async with db.reading() as reading:
        newest = await queries.newest_word(reading)
    counts: Counter[str] = Counter()
    listings = 0
    after = queries.FIRST_LISTING
    while True:
        async with db.reading() as reading:
            batch = await queries.batch_after(reading, after=after, size=LISTINGS)
            if batch is None:
                break
            counts.update(await queries.words_between(reading, after=after, last=batch.last))
        after = batch.last
        listings += batch.listings
    words = sorted(counts)
    for start in range(0, len(words), WORDS):
        chunk = {word: counts[word] for word in words[start : start + WORDS]}
        async with db.transaction() as tx:
            await service.put_counts(tx, counts=chunk)
    dropped = await _drop_others(db, counts=counts, newest=newest)
    return Rebuilt(listings=listings, words=len(counts), dropped=dropped)


async def _drop_others(db: Database, *, counts: Counter[str], newest: int) -> int:
    dropped, after = 0, ""
    while True:
        async with db.reading() as reading:
            known = await queries.words_after(reading, after=after, newest=newest, limit=WORDS)
        if not known:
            return dropped
        after = known[-1]
        gone = [word for word in known if word not in counts]
        if gone:
            async with db.transaction() as tx:
                await service.drop(tx, words=gone)
        dropped += len(gone)
