"""Which listings answer a query, best first: one statement, bounded work.

Up to `RANKED` matches are ranked by words and their weights (title over brand, category and tags,
over SKUs and options, over the description); equal ones by stock, popularity and age. When more
match, the most popular of them join in and the rest stay unranked. An exact SKU comes first.
The words as typed count unless they find nothing and a correction is known.

`(SELECT query FROM asked)` hides the query's words from the planner on purpose: it always takes
the index of documents, whose cost is bounded by the LIMIT above it. `ts_match_vq` is the same
match without the index, for walks along another one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sokoni.catalog import queries as catalog
from sokoni.catalog.queries import Narrowed, Order
from sokoni.kernel.paging import decode_cursor, encode_cursor
from sokoni.kernel.reads import Reads, Record
from sokoni.search.queries import front_first as in_front_first
from sokoni.search.queries.wording import Wording

RANKED = 2_000
WALKED = 5_000
SORTED = 10_000
NO_INDEX = -1
"""As a bound: no listing is looked up by its words, the walk along the other index is enough."""

ASKED = """
    asked AS MATERIALIZED (
        SELECT
            search.query(:required, :excluded, :open_ended) AS query,
            search.query(:required, '{}', false) AS whole,
            search.code(:code) AS code,
            false AS is_corrected
    )"""
ASKED_OR_CORRECTED = """
    typed AS MATERIALIZED (
        SELECT search.query(:required, :excluded, :open_ended) AS query
    ),
    asked AS MATERIALIZED (
        SELECT
            CASE WHEN found THEN query ELSE search.query(:better, :excluded, :open_ended) END
                AS query,
            search.query(CASE WHEN found THEN :required ELSE :better END, '{}', false) AS whole,
            search.code(:code) AS code,
            NOT found AS is_corrected
        FROM typed, LATERAL (
            SELECT EXISTS (
                SELECT FROM catalog.listings AS l
                WHERE {currency} AND l.document @@ (SELECT query FROM typed)
            ) AS found
        ) AS look
    )"""
SCORE = """
    (CASE WHEN l.document @@ (SELECT code FROM asked) THEN 1000000 ELSE 0 END
        + round(100 * (ts_rank('{0.1, 0.2, 0.4, 1.0}', l.document, (SELECT query FROM asked))
        + coalesce(ts_rank('{0.1, 0.2, 0.4, 1.0}', l.document, (SELECT whole FROM asked)), 0)))
    )::integer AS score"""
BEST = """
    WITH {asked},
    hits AS MATERIALIZED (
        SELECT l.product_id, l.in_stock, l.popularity, {score}
        FROM catalog.listings AS l
        WHERE l.document @@ (SELECT query FROM asked) AND {narrowed}
        LIMIT :ranked + 1
    ),
    popular AS MATERIALIZED (
        SELECT l.product_id, l.in_stock, l.popularity, {score}
        FROM (
            SELECT * FROM catalog.listings AS l
            WHERE {currency} AND (SELECT count(*) FROM hits) > :ranked
            ORDER BY popularity DESC, product_id DESC
            LIMIT :walked
        ) AS l
        WHERE ts_match_vq(l.document, (SELECT query FROM asked)) AND {narrowed}
    ),
    page AS MATERIALIZED (
        SELECT * FROM (SELECT * FROM hits UNION SELECT * FROM popular) AS candidate
        {after}
        ORDER BY score DESC, in_stock DESC, popularity DESC, product_id DESC
        LIMIT :limit + 1
    )
    SELECT l.card, page.score, page.in_stock, page.popularity, page.product_id,
        {tier} AS tier, asked.is_corrected
    FROM asked
    LEFT JOIN page ON true
    LEFT JOIN catalog.listings AS l ON {currency} AND l.product_id = page.product_id
    ORDER BY page.score DESC, page.in_stock DESC, page.popularity DESC, page.product_id DESC
    """
AFTER_BEST = """WHERE (score, in_stock, popularity, product_id)
            < (:score, CAST(:in_stock_before AS boolean), :popularity, CAST(:id AS uuid))"""
PLACE = {"tier": int, "score": int, "in_stock_before": bool, "popularity": int, "id": UUID}
# The few matches are sorted; of very many the sort's own index is walked.
SORTED_BY = """
    WITH {asked},
    hits AS MATERIALIZED (
        SELECT l.product_id, {column} AS sort_value
        FROM catalog.listings AS l
        WHERE l.document @@ (SELECT query FROM asked) AND {narrowed}
        LIMIT :sorted + 1
    ),
    page AS MATERIALIZED (
        (
            SELECT * FROM hits
            WHERE (SELECT count(*) FROM hits) <= :sorted{after_hits}
            ORDER BY sort_value {direction}, product_id {direction}
            LIMIT :limit + 1
        )
        UNION ALL
        (
            SELECT l.product_id, {column} FROM catalog.listings AS l
            WHERE (SELECT count(*) FROM hits) > :sorted
                AND ts_match_vq(l.document, (SELECT query FROM asked)) AND {narrowed}{after}
            ORDER BY {column} {direction}, l.product_id {direction}
            LIMIT :limit + 1
        )
    )
    SELECT l.card, page.sort_value, page.product_id, asked.is_corrected
    FROM asked
    LEFT JOIN page ON true
    LEFT JOIN catalog.listings AS l ON {currency} AND l.product_id = page.product_id
    ORDER BY page.sort_value {direction}, page.product_id {direction}
    """

BROWSED = "l.card, {column} AS sort_value, l.product_id, false AS is_corrected"


class SearchSort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    PRICE = "price"
    PRICE_DOWN = "-price"
    NAME = "name"
    POPULARITY = "popularity"


ORDERS: dict[SearchSort, Order] = {
    SearchSort(sort): order for sort, order in catalog.ORDERS.items()
}


@dataclass(frozen=True, slots=True)
class Matches:
    """One page: ready cards (with the catalogue's marks), and whether the correction was used."""

    cards: list[str]
    next_cursor: str | None
    is_corrected: bool


async def best(
    db: Reads,
    *,
    wording: Wording,
    better: Wording | None,
    is_common: bool,
    front_first: bool,
    narrowed: Narrowed,
    cursor: str | None,
    limit: int,
) -> Matches:
    """The matches by relevance. `better` is tried when the words as typed find nothing at all.

    `front_first`: in a large shop, the most popular products that match are listed first, where
    they fill a page.
    """
    kind = f"search:{SearchSort.RELEVANCE}"
    values = _words(wording, better) | dict(narrowed.values) | {"limit": limit, "ranked": RANKED}
    tier: int | None = None
    if cursor is not None:
        values |= _behind(kind, cursor, types=PLACE)
        tier = values["tier"]
    parts = {
        "asked": _asked(narrowed, better),
        "score": SCORE,
        "narrowed": " AND ".join(narrowed.conditions),
        "currency": narrowed.by_subject["currency"],
    }
    if front_first:
        sql = in_front_first.best(tier, **parts)
    else:
        after = AFTER_BEST if cursor is not None else ""
        sql = BEST.format(after=after, tier=in_front_first.TOGETHER, **parts)
        values |= {"ranked": NO_INDEX if is_common else RANKED, "walked": WALKED}
    rows = await db.rows(sql, values)
    keys = ("tier", "score", "in_stock", "popularity", "product_id")
    return _page(kind, rows, keys, limit=limit)


async def sorted_by(
    db: Reads,
    *,
    sort: SearchSort,
    wording: Wording | None,
    better: Wording | None,
    is_common: bool,
    narrowed: Narrowed,
    cursor: str | None,
    limit: int,
) -> Matches:
    """The matches, or without a query all listings, in another order."""
    order, kind = ORDERS[sort], f"search:{sort}"
    values: dict[str, Any] = {"limit": limit} | dict(narrowed.values)
    after = after_hits = ""
    if cursor is not None:
        values |= _behind(kind, cursor, types={"place": order.kind, "id": UUID})
        after, after_hits = (
            _after(order, column, product)
            for column, product in ((order.column, "l.product_id"), ("sort_value", "product_id"))
        )
    if wording is not None:
        values |= _words(wording, better) | {"sorted": NO_INDEX if is_common else SORTED}
        del values["code"]
        sql = SORTED_BY.format(
            asked=_asked(narrowed, better).replace(":code", "NULL"),
            narrowed=" AND ".join(narrowed.conditions),
            currency=narrowed.by_subject["currency"],
            column=order.column,
            direction=order.direction,
            after=after,
            after_hits=after_hits,
        )
    else:
        sql = catalog.sorted_page(
            narrowed.by_subject,
            columns=BROWSED.format(column=order.column),
            column=order.column,
            direction=order.direction,
            after=after,
            most=":limit + 1",
        )
    rows = await db.rows(sql, values)
    return _page(kind, rows, ("sort_value", "product_id"), limit=limit)


def _asked(narrowed: Narrowed, better: Wording | None) -> str:
    sql = ASKED_OR_CORRECTED if better else ASKED
    return sql.replace("{currency}", narrowed.by_subject["currency"])


def _words(wording: Wording, better: Wording | None) -> dict[str, Any]:
    values: dict[str, Any] = {
        "required": list(wording.required),
        "excluded": list(wording.excluded),
        "open_ended": wording.open_ended,
        "code": wording.code,
    }
    if better is not None:
        values["better"] = list(better.required)
    return values


def _after(order: Order, column: str, product: str) -> str:
    """The condition for rows behind the cursor."""
    sign = "<" if order.direction == "DESC" else ">"
    return f" AND ({column}, {product}) {sign} (:place, CAST(:id AS uuid))"


def _behind(kind: str, cursor: str, *, types: Mapping[str, type]) -> dict[str, Any]:
    """The sort values of the last row of the page before."""
    of: Any = tuple[tuple(types.values())]  # type: ignore[misc]
    return dict(zip(types, decode_cursor(kind, cursor, of=of), strict=True))


def _page(kind: str, rows: Sequence[Record], keys: Sequence[str], *, limit: int) -> Matches:
    found = [row for row in rows if row["product_id"] is not None]
    last = found[limit - 1] if len(found) > limit else None
    return Matches(
        cards=[row["card"] for row in found[:limit]],
        next_cursor=encode_cursor(kind, [last[key] for key in keys]) if last else None,
        is_corrected=bool(rows) and rows[0]["is_corrected"],
    )
