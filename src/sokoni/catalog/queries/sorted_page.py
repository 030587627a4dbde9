"""One page of listings in some order: SQL whose work does not grow with the shop.

A list without a category walks along the index of its order until the page is full. Of a category
the planner cannot know how large it is, and either way to read it is wrong for some: a walk passes
a million listings to find the three of a small shelf, and a large shelf has as many to sort. So
the statement asks first, by so many entries of an index at most, and takes the way that fits.

The products of a shelf are scattered among the newest and the most popular, but not by price and
name: all chairs are called so, and lamps cost less than tables. There a walk may pass the whole
shop, so shelves are read whole up to a larger size.
"""

from collections.abc import Mapping

FEW = 1_000
FEW_IN_A_ROW = 50_000
SCATTERED = ("l.published_at", "l.popularity")
HAS = "l.category_ids @> "

WALK = """
    SELECT {columns} FROM catalog.listings AS l
    WHERE {conditions}
    ORDER BY {column} {direction}, l.product_id {direction}
    LIMIT {most}
"""
# The fence makes the small shelf be read whole, and sorted then; `arraycontains` is the same
# condition on the shelf without its index.
OF_SHELF = """
    WITH shelf AS MATERIALIZED (
        SELECT count(*) <= {few} AS is_small FROM (
            SELECT FROM catalog.product_categories AS p
            WHERE p.category_id IN (
                SELECT c.id FROM catalog.categories AS c
                WHERE c.id = ({wanted})[1] OR c.ancestor_ids @> {wanted}
            )
            LIMIT {few} + 1
        ) AS on_it
    )
    (
        SELECT {columns} FROM (
            SELECT * FROM catalog.listings AS l
            WHERE (SELECT is_small FROM shelf) AND {conditions}
            OFFSET 0
        ) AS l
        ORDER BY {column} {direction}, l.product_id {direction}
        LIMIT {most}
    )
    UNION ALL
    (
        SELECT {columns} FROM catalog.listings AS l
        WHERE NOT (SELECT is_small FROM shelf) AND {walked}
        ORDER BY {column} {direction}, l.product_id {direction}
        LIMIT {most}
    )
"""


def sorted_page(
    by_subject: Mapping[str, str],
    *,
    columns: str,
    column: str,
    direction: str,
    after: str,
    most: str,
) -> str:
    """SQL of the first `most` listings that meet the conditions and lie behind `after`."""
    conditions = " AND ".join(by_subject.values()) + after
    order = {"columns": columns, "column": column, "direction": direction, "most": most}
    shelf = by_subject.get("category")
    if shelf is None:
        return WALK.format(conditions=conditions, **order)
    wanted = shelf.removeprefix(HAS)
    without_index = f"arraycontains(l.category_ids, {wanted})"
    walked = " AND ".join({**by_subject, "category": without_index}.values()) + after
    few = FEW if column in SCATTERED else FEW_IN_A_ROW
    return OF_SHELF.format(few=few, wanted=wanted, conditions=conditions, walked=walked, **order)
