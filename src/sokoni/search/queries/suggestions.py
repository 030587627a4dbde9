"""What may be meant while somebody types: products and categories, one statement, bounded work.

Every word must be one of the title, brand, categories or tags; the last may go on. Categories are
those of the products found whose names have the words, too.
Words that very many listings have are looked for in the most popular ones only.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from sokoni.catalog.queries import Shop, currency_of
from sokoni.kernel.reads import Reads
from sokoni.search.queries.wording import Wording

LOOKED_AT = 200
WALKED = 500

ASKED = """
    WITH asked AS MATERIALIZED (
        SELECT search.query(:required, :excluded, :open_ended, 'AB') AS query,
            search.query(:required, :excluded, :open_ended) AS anywhere
    ),
"""
BY_INDEX = """
    hits AS MATERIALIZED (
        SELECT product_id, popularity, in_stock, category_ids, card
        FROM catalog.listings AS l
        WHERE l.currency = {currency} AND l.document @@ (SELECT query FROM asked)
        LIMIT :looked_at
    ),
"""
BY_POPULARITY = """
    hits AS MATERIALIZED (
        SELECT product_id, popularity, in_stock, category_ids, card
        FROM (
            SELECT * FROM catalog.listings AS l WHERE l.currency = {currency}
            ORDER BY popularity DESC, product_id DESC
            LIMIT :walked
        ) AS listing
        WHERE ts_match_vq(document, (SELECT query FROM asked))
    ),
"""
ANSWER = """
    products AS (
        SELECT * FROM hits
        ORDER BY in_stock DESC, popularity DESC, product_id DESC
        LIMIT :limit
    ),
    shelves AS (
        SELECT category.id, category.slug, category.name
        FROM (SELECT unnest(category_ids) AS id, count(*) AS number FROM hits GROUP BY 1) AS shelf
        JOIN catalog.categories AS category ON category.id = shelf.id
        WHERE to_tsvector('simple', catalog.fold(category.name)) @@ (SELECT anywhere FROM asked)
        ORDER BY shelf.number DESC, category.name, category.id
        LIMIT :limit
    )
    SELECT 'product' AS kind, card, NULL::uuid AS id, NULL AS slug, NULL AS name FROM products
    UNION ALL
    SELECT 'category', NULL, id, slug, name FROM shelves
"""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category whose name fits."""

    id: UUID
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Ready cards (with the catalogue's marks) and categories."""

    cards: list[str] = field(default_factory=list)
    categories: list[Shelf] = field(default_factory=list)


async def suggestions(
    db: Reads, *, shop: Shop, wording: Wording, is_common: bool, limit: int
) -> Suggestions:
    """Products and categories for what has been typed so far; `limit` of each at most.

    `is_common`: so many listings have these words that the popular ones are enough to look at.
    """
    values: dict[str, Any] = {
        "required": list(wording.required),
        "excluded": list(wording.excluded),
        "open_ended": wording.words != (),
        "limit": limit,
    }
    values["walked" if is_common else "looked_at"] = WALKED if is_common else LOOKED_AT
    currency, of_shop = currency_of(shop)
    statement = _statement(currency, is_common=is_common)
    rows = await db.rows(statement, values | of_shop)
    return Suggestions(
        cards=[row["card"] for row in rows if row["kind"] == "product"],
        categories=[
            Shelf(id=row["id"], slug=row["slug"], name=row["name"])
            for row in rows
            if row["kind"] == "category"
        ],
    )


@lru_cache(maxsize=8)
def _statement(currency: str, *, is_common: bool) -> str:
    hits = BY_POPULARITY if is_common else BY_INDEX
    return ASKED + hits.format(currency=currency) + ANSWER
