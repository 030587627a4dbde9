"""Matches by relevance in a large shop: the most popular products are asked first.

A common word stands in a hundred thousand documents, and an index of words is read to its end
before the first match is known. The front (`catalog.service.front`) has small indexes of its own.
Where its matches fill the page, they are listed, best first, to their end, and after them what
stands behind the front; where they do not, all matches are ranked together. So nothing is lost,
rare words are ranked over everything, and common ones cost what they cost in a small shop.

The cursor says by its tier which of both it was, and how far it has come.
"""

BEHIND, IN_FRONT, TOGETHER = 0, 1, 2

BEST = """
    WITH {asked},
    front AS MATERIALIZED (
        SELECT l.product_id, l.in_stock, l.popularity, l.is_front, {score}
        FROM catalog.listings AS l
        WHERE l.is_front AND l.document @@ (SELECT query FROM asked) AND {narrowed}
        LIMIT :ranked + 1
    ),
    others AS MATERIALIZED (
        SELECT l.product_id, l.in_stock, l.popularity, l.is_front, {score}
        FROM catalog.listings AS l
        WHERE {others} AND l.document @@ (SELECT query FROM asked) AND {narrowed}
        LIMIT :ranked + 1
    ),
    page AS MATERIALIZED (
        SELECT * FROM (
            SELECT {tier} AS tier, score, in_stock, popularity, product_id
            FROM (SELECT * FROM front UNION SELECT * FROM others) AS candidate
        ) AS found
        {after}
        ORDER BY tier DESC, score DESC, in_stock DESC, popularity DESC, product_id DESC
        LIMIT :limit + 1
    )
    SELECT l.card, page.*, asked.is_corrected
    FROM asked
    LEFT JOIN page ON true
    LEFT JOIN catalog.listings AS l ON {currency} AND l.product_id = page.product_id
    ORDER BY page.tier DESC, page.score DESC, page.in_stock DESC, page.popularity DESC,
        page.product_id DESC
    """
BEFORE = """WHERE ({tier}, score, in_stock, popularity, product_id)
    < (:tier, :score, CAST(:in_stock_before AS boolean), :popularity, CAST(:id AS uuid))"""
IS_FULL = "(SELECT count(*) FROM front) > :limit"


def best(tier: int | None, *, asked: str, score: str, narrowed: str, currency: str) -> str:
    """SQL of a page; `tier` is the cursor's, None on the first page."""
    of_all = f"CASE WHEN {IS_FULL} THEN {IN_FRONT} ELSE {TOGETHER} END"
    others = f"NOT {IS_FULL}"
    if tier == TOGETHER:
        of_all, others = str(TOGETHER), "true"
    elif tier is not None:
        left = f"SELECT count(*) FROM front {BEFORE.format(tier=IN_FRONT)}"  # noqa: S608 - constants
        of_all = f"CASE WHEN is_front THEN {IN_FRONT} ELSE {BEHIND} END"
        others = f"NOT l.is_front AND ({left}) <= :limit"
    return BEST.format(
        asked=asked,
        score=score,
        narrowed=narrowed,
        currency=currency,
        tier=of_all,
        others=others,
        after="" if tier is None else BEFORE.format(tier="tier"),
    )
