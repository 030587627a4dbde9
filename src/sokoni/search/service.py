"""Writes of search: the vocabulary learns the words of listings.

Words are inserted, counted and dropped in alphabetical order, so that writers queue.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import text

from sokoni.kernel import signals
from sokoni.kernel.db import WriteSession, lock
from sokoni.search.queries.words import IS_WORD, WORDS_OF_LISTING

TAG = "vocabulary"

LEARN = text(
    f"""
    INSERT INTO search.words (word, listings)
    SELECT DISTINCT word, 1
    FROM catalog.listings, LATERAL ({WORDS_OF_LISTING}) AS words
    WHERE product_id = ANY(CAST(:product_ids AS uuid[])) AND {IS_WORD}
    ORDER BY word
    ON CONFLICT (word) DO NOTHING
    """  # noqa: S608 - a constant
)
COUNT = text(
    """
    INSERT INTO search.words AS known (word, listings)
    SELECT word, listings
    FROM unnest(CAST(:words AS text[]), CAST(:listings AS integer[])) AS counted (word, listings)
    ORDER BY word
    ON CONFLICT (word) DO UPDATE SET listings = excluded.listings
    WHERE known.listings <> excluded.listings
    """
)
DROP = text(
    """
    WITH gone AS MATERIALIZED (
        SELECT word FROM search.words WHERE word = ANY (CAST(:words AS text[]))
        ORDER BY word FOR UPDATE
    )
    DELETE FROM search.words USING gone WHERE words.word = gone.word
    """
)


async def learn(tx: WriteSession, *, product_ids: Collection[UUID]) -> None:
    """Add the words of these products' listings that are new. Safe to repeat."""
    learnt = await tx.execute(LEARN, {"product_ids": list(product_ids)})
    if learnt.rowcount > 0:  # type: ignore[attr-defined]
        signals.changed(tx, TAG)


async def put_counts(tx: WriteSession, *, counts: Mapping[str, int]) -> None:
    """Set in how many listings each of these words is."""
    await lock(tx, "search", TAG)
    words = sorted(counts)
    await tx.execute(COUNT, {"words": words, "listings": [counts[word] for word in words]})
    signals.changed(tx, TAG)


async def drop(tx: WriteSession, *, words: list[str]) -> None:
    """Forget words that no listing has any more."""
    await lock(tx, "search", TAG)
    await tx.execute(DROP, {"words": words})
    signals.changed(tx, TAG)
