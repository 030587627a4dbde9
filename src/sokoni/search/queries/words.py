"""Reads for the vocabulary: which words the listings are made of."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from sokoni.kernel.db import ReadSession

WORDS_OF_LISTING = """
    SELECT lexeme AS word FROM unnest(document) AS found (lexeme, positions, weights)
    WHERE weights && '{A,B,D}'
    UNION
    SELECT lexeme FROM
        unnest(attrs) AS attr,
        unnest(to_tsvector('simple', catalog.fold(substr(attr, strpos(attr, '=') + 1))))
"""
"""Words of weight C are options, taken from `attrs`, and SKUs, which are no words."""

IS_WORD = "word ~ '^[^0-9]{3,24}$'"
"""As `spelling.is_word`: codes are left out, for nobody misspells them into another product."""


@dataclass(frozen=True, slots=True)
class ListingKey:
    """A place in the list of all listings."""

    currency: str
    product_id: UUID


@dataclass(frozen=True, slots=True)
class Batch:
    """Some listings in a row."""

    listings: int
    last: ListingKey


FIRST_LISTING = ListingKey(currency="", product_id=UUID(int=0))

NEWEST = text("SELECT coalesce(max(number), 0) FROM search.words")
KNOWN = text(
    "SELECT word FROM search.words WHERE word > :after AND number <= :newest"
    " ORDER BY word LIMIT :limit"
)
# A batch ends with its currency: a range of one column is what the planner can estimate. It took a
# range over both for half the table and read all of it, for every batch.
BATCH = text(
    """
    WITH batch AS MATERIALIZED (
        SELECT currency, product_id FROM catalog.listings
        WHERE (currency, product_id) > (:currency, :product_id)
        ORDER BY currency, product_id
        LIMIT :size
    ),
    same AS (
        SELECT * FROM batch WHERE currency = (SELECT min(currency) FROM batch)
    )
    SELECT currency, product_id, (SELECT count(*) FROM same) AS listings
    FROM same
    ORDER BY product_id DESC
    LIMIT 1
    """
)
# As `WORDS_OF_LISTING`, but by the database's own statistics of documents, and with each option
# value taken apart once for all its listings.
WORDS = text(
    f"""
    WITH options AS (
        SELECT attr, count(*) AS listings
        FROM catalog.listings, unnest(attrs) AS attr
        WHERE currency = :currency
            AND product_id > CAST(:after AS uuid) AND product_id <= CAST(:last AS uuid)
        GROUP BY attr
    ),
    counted AS (
        SELECT word, ndoc AS listings
        FROM ts_stat(
            format(
                'SELECT document FROM catalog.listings WHERE currency = %L'
                ' AND product_id > %L AND product_id <= %L',
                CAST(:currency AS text), CAST(:after AS uuid), CAST(:last AS uuid)
            ),
            'abd'
        )
        UNION ALL
        SELECT lexeme, sum(listings)
        FROM options,
            unnest(to_tsvector('simple', catalog.fold(substr(attr, strpos(attr, '=') + 1))))
        GROUP BY lexeme
    )
    SELECT word, CAST(max(listings) AS bigint) AS listings
    FROM counted
    WHERE {IS_WORD}
    GROUP BY word
    """  # noqa: S608 - a constant
)


async def newest_word(db: ReadSession) -> int:
    """The number of the word that was learnt last; 0 without any."""
    newest: int = await db.scalar(NEWEST)
    return newest


async def words_after(db: ReadSession, *, after: str, newest: int, limit: int) -> list[str]:
    """Words in alphabetical order, without those that came after `newest`."""
    rows = await db.scalars(KNOWN, {"after": after, "newest": newest, "limit": limit})
    return list(rows)


async def batch_after(db: ReadSession, *, after: ListingKey, size: int) -> Batch | None:
    """The next `size` listings, or fewer up to the end of a currency; None after the last."""
    values = {"currency": after.currency, "product_id": after.product_id, "size": size}
    row = (await db.execute(BATCH, values)).one_or_none()
    if row is None:
        return None
    return Batch(
        listings=row.listings, last=ListingKey(currency=row.currency, product_id=row.product_id)
    )


async def words_between(db: ReadSession, *, after: ListingKey, last: ListingKey) -> dict[str, int]:
    """The words of the listings behind `after` up to `last`, with the number of listings.

    All of them are in the currency of `last`: the rest of another one's is not counted.
    """
    is_same = after.currency == last.currency
    rows = await db.execute(
        WORDS,
        {
            "currency": last.currency,
            "after": after.product_id if is_same else FIRST_LISTING.product_id,
            "last": last.product_id,
        },
    )
    return {row.word: row.listings for row in rows}
