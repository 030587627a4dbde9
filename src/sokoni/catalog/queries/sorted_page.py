"""One page of listings in some order: SQL whose work does not grow with the shop.

A list without a category walks along the index of its order until the page is full. One with a
category walks along its shelf (`shelved`), and other filters look at the listings passed: where
these are met by one listing in seven, a page of 24 passes 170. Filters that hardly anything meets
would walk to the end of a shelf of a hundred thousand; after `FAR` the statement turns round and
reads all that stands on the shelf and meets the filters, by way of their indexes.

Shelves do not know how popular their products are, for that changes with each sale. Popular ones
are scattered over the shelves, so of a large shelf they are found along the whole list's order,
and a small shelf (`FEW`) is read whole.

Conditions speak of `listings AS l`; those on columns that shelves have as well are met there.
"""

from collections.abc import Mapping

FEW = 1_000
FAR = 5_000
ON_SHELVES = ("l.published_at", "l.price", "l.sort_name")
HAS = "l.category_ids @> "

WALK = """
    SELECT {columns} FROM catalog.listings AS l
    WHERE {conditions}
    ORDER BY {column} {direction}, l.product_id {direction}
    LIMIT {most}
"""
# The fences (OFFSET 0) make the planner keep to the order of the shelf, one listing after another.
WALK_SHELF = """
    SELECT {columns} FROM catalog.shelved AS s
    CROSS JOIN LATERAL (
        SELECT * FROM catalog.listings AS l
        WHERE l.currency = s.currency AND l.product_id = s.product_id
        OFFSET 0
    ) AS l
    WHERE {on_shelf}
    ORDER BY {place} {direction}, s.product_id {direction}
    LIMIT {most}
"""
WALK_SHELF_SO_FAR = """
    WITH walked AS MATERIALIZED (
        SELECT {columns} FROM (
            SELECT s.currency, {place}, s.product_id FROM catalog.shelved AS s
            WHERE {on_shelf}
            ORDER BY {place} {direction}, s.product_id {direction}
            LIMIT {far}
        ) AS s
        CROSS JOIN LATERAL (
            SELECT * FROM catalog.listings AS l
            WHERE l.currency = s.currency AND l.product_id = s.product_id AND {filters}
            OFFSET 0
        ) AS l
        ORDER BY {place} {direction}, s.product_id {direction}
        LIMIT {most}
    ),
    way AS MATERIALIZED (
        SELECT CASE
            WHEN (SELECT count(*) FROM walked) >= {most} THEN false
            ELSE (
                SELECT count(*) > {far}
                FROM (SELECT FROM catalog.shelved AS s WHERE {on_shelf} LIMIT {far} + 1) AS first
            )
        END AS is_too_far
    )
    SELECT * FROM walked WHERE NOT (SELECT is_too_far FROM way)
    UNION ALL
    (
        SELECT {columns} FROM (
            SELECT * FROM catalog.listings AS l
            WHERE (SELECT is_too_far FROM way) AND {conditions}
            OFFSET 0
        ) AS l
        ORDER BY {column} {direction}, l.product_id {direction}
        LIMIT {most}
    )
"""
# `arraycontains` is the same condition on the shelf without its index.
OF_SHELF = """
    WITH shelf AS MATERIALIZED (
        SELECT count(*) <= {few} AS is_small FROM (
            SELECT FROM catalog.shelved AS s WHERE {on_shelf} LIMIT {few} + 1
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
    if "category" not in by_subject:
        return WALK.format(conditions=conditions, **order)
    wanted = by_subject["category"].removeprefix(HAS)
    if column not in ON_SHELVES:
        without_index = {**by_subject, "category": f"arraycontains(l.category_ids, {wanted})"}
        return OF_SHELF.format(
            few=FEW,
            on_shelf=_on_shelf(wanted, by_subject["currency"]),
            conditions=conditions,
            walked=" AND ".join(without_index.values()) + after,
            **order,
        )
    price = [by_subject["price"]] if "price" in by_subject else []
    on_shelf = _on_shelf(wanted, by_subject["currency"], *price) + _of_shelf(after)
    known = ("category", "currency", "price")
    filters = [condition for name, condition in by_subject.items() if name not in known]
    order |= {"place": _of_shelf(column), "on_shelf": on_shelf}
    if not filters:
        return WALK_SHELF.format(**order)
    return WALK_SHELF_SO_FAR.format(
        far=FAR, filters=" AND ".join(filters), conditions=conditions, **order
    )


def _on_shelf(wanted: str, *conditions: str) -> str:
    return " AND ".join([f"s.category_id = ({wanted})[1]", *map(_of_shelf, conditions)])


def _of_shelf(sql: str) -> str:
    """The same, said of the shelf's own columns."""
    return sql.replace("l.", "s.")
