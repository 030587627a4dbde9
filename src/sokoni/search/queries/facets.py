"""How many products each further choice would leave: one statement, bounded work.

The counts of a facet ignore that facet's own filter, so that a second colour can be chosen beside
the first. Each is counted over at most `COUNTED` listings; more, and the counts are approximate.
In a large shop they are counted over its front, the most popular products, if enough of these
match: the front's own indexes are small, and the work stays the same however large the shop grows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from sokoni.catalog.queries import Narrowed
from sokoni.kernel.reads import Reads, Record
from sokoni.search.queries.wording import Wording

COUNTED = 5_000
MOST_CHOICES = 50
MOST_VALUES = 300
MOST_RANGES = 6
STEPS = [digit * 10**power for power in range(15) for digit in (1, 2, 5)]

SET = """
    {name} AS MATERIALIZED (
        SELECT {columns} FROM catalog.listings AS l
        WHERE {matched}{narrowed}
        LIMIT :counted + 1
    )"""
FRONT_FIRST = """
    {name}_front AS MATERIALIZED (
        SELECT {columns} FROM catalog.listings AS l
        WHERE l.is_front AND {matched}{narrowed_in_front}
        LIMIT :counted + 1
    ),
    {name} AS MATERIALIZED (
        SELECT * FROM {name}_front WHERE (SELECT count(*) FROM {name}_front) >= :enough
        UNION ALL
        (
            SELECT {columns} FROM catalog.listings AS l
            WHERE (SELECT count(*) FROM {name}_front) < :enough AND {matched}{narrowed}
            LIMIT :counted + 1
        )
    )"""
ENOUGH = 25
"""So many matches in front, a page of them, are counted instead of a hundred times as many."""

INDEXED = "l.document @@ (SELECT query FROM asked) AND "
COMMON = "ts_match_vq(l.document, (SELECT query FROM asked)) AND "
"""The same without the index of words: a plain scan soon has enough of what is everywhere."""

ATTR = "attr:"
OPTION = "l.attrs && "
COLUMNS = {
    "category": "l.category_ids",
    "brand": "l.brand_id",
    "price": "l.price",
    "in_stock": "l.in_stock",
    "on_sale": "l.on_sale",
}
COUNTS = """
    SELECT 'all' AS facet, NULL::uuid AS id, {currency} AS slug,
        NULL AS name, NULL::uuid AS parent_id, count(*) AS number,
        NULL::bigint AS low, NULL::bigint AS high
    FROM {all}
    UNION ALL
    (
        SELECT 'category', category.id, category.slug, category.name, category.parent_id, number,
            NULL, NULL
        FROM (
            SELECT unnest(category_ids) AS id, count(*) AS number FROM {category} GROUP BY 1
        ) AS shelf
        JOIN catalog.categories AS category ON category.id = shelf.id
        ORDER BY number DESC, category.name, category.id
        LIMIT :most_choices
    )
    UNION ALL
    (
        SELECT 'brand', brand.id, brand.slug, brand.name, NULL, number, NULL, NULL
        FROM (SELECT brand_id, count(*) AS number FROM {brand} GROUP BY 1) AS made
        JOIN catalog.brands AS brand ON brand.id = made.brand_id
        ORDER BY number DESC, brand.name, brand.id
        LIMIT :most_choices
    )
    UNION ALL
    SELECT 'price', NULL, NULL, NULL, NULL, count(*), min(price), max(price)
    FROM {price}
    GROUP BY width_bucket(price, CAST(:steps AS bigint[]))
    UNION ALL
    SELECT 'in_stock', NULL, NULL, NULL, NULL, count(*), NULL, NULL FROM {in_stock} WHERE in_stock
    UNION ALL
    SELECT 'on_sale', NULL, NULL, NULL, NULL, count(*), NULL, NULL FROM {on_sale} WHERE on_sale
    """
ALL = "(SELECT FROM catalog.listings AS l WHERE {matched}{narrowed} LIMIT :counted + 1) AS few"
IN_FRONT = """
    UNION ALL
    SELECT 'front', NULL, NULL, NULL, NULL, count(*), NULL, NULL FROM {name}_front
    """
ATTRS = """
    UNION ALL
    (
        SELECT 'attr', NULL, NULL, attr, NULL, count(*), NULL, NULL
        FROM {source}, unnest(attrs) AS attr
        WHERE {which}
        GROUP BY attr
        ORDER BY count(*) DESC, attr
        LIMIT :most_values
    )"""


@dataclass(frozen=True, slots=True)
class Choice:
    """A category or brand, and how many products it would leave."""

    id: UUID
    slug: str
    name: str
    count: int
    parent_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PriceRange:
    """Products whose price is from `low` to `high`, both inclusive, in minor units."""

    low: int
    high: int
    count: int


@dataclass(frozen=True, slots=True)
class AttributeValue:
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts over at most `COUNTED` listings; `matches` is of all filters together.

    `currency` is that of the listings; None in an unknown region.
    """

    currency: str | None
    matches: int
    is_approximate: bool
    categories: list[Choice] = field(default_factory=list)
    brands: list[Choice] = field(default_factory=list)
    prices: list[PriceRange] = field(default_factory=list)
    in_stock: int = 0
    on_sale: int = 0
    attributes: dict[str, list[AttributeValue]] = field(default_factory=dict)


async def facets(
    db: Reads,
    *,
    wording: Wording | None,
    is_common: bool,
    front_first: bool,
    with_total: bool,
    narrowed: Narrowed,
) -> Facets:
    """Count the facets of the listings that match the words and the filters.

    With `front_first`, `matches` counts them all only if `with_total` asks for it.
    """
    values: dict[str, Any] = {
        "counted": COUNTED,
        "most_choices": MOST_CHOICES,
        "most_values": MOST_VALUES,
        "steps": STEPS,
    }
    chosen = [name.removeprefix(ATTR) for name in narrowed.by_subject if name.startswith(ATTR)]
    if wording is not None:
        values["required"] = list(wording.required)
        values["excluded"] = list(wording.excluded)
        values["open_ended"] = wording.open_ended
    values |= {f"named_{number}": f"{name}=" for number, name in enumerate(chosen)}
    matched = "" if wording is None else COMMON if is_common and not front_first else INDEXED
    if front_first:
        values["enough"] = ENOUGH
    statement = _statement(
        tuple(narrowed.by_subject.items()), matched, front_first=front_first, with_total=with_total
    )
    return _read(await db.rows(statement, values | narrowed.values))


@lru_cache(maxsize=256)
def _statement(
    by_subject: tuple[tuple[str, str], ...], matched: str, *, front_first: bool, with_total: bool
) -> str:
    conditions = dict(by_subject)
    some = FRONT_FIRST if front_first else SET
    sets, source = [], {}
    if matched:
        sets.append(
            "asked AS MATERIALIZED"
            " (SELECT search.query(:required, :excluded, :open_ended) AS query)"
        )
    columns = ", ".join((*COLUMNS.values(), "l.attrs"))
    sets.append(
        some.format(
            name="everything",
            columns=columns,
            matched=matched,
            **_joined(conditions.values()),
        )
    )
    for number, name in enumerate(conditions):
        if conditions[name] == COLUMNS.get(name):
            continue  # "in stock": a filter for it leaves all that the facet counts
        if name in COLUMNS or name.startswith(ATTR):
            source[name] = f"without_{number}"
            sets.append(
                some.format(
                    name=source[name],
                    columns=COLUMNS.get(name, "l.attrs"),
                    matched=matched,
                    **_joined(conditions[each] for each in conditions if each != name),
                )
            )
    everything = " AND ".join(conditions.values())
    counts = COUNTS.format(
        currency=_expression(conditions),
        all=ALL.format(matched=matched, narrowed=everything)
        if front_first and with_total
        else "everything",
        **{name: source.get(name, "everything") for name in COLUMNS},
    )
    if front_first:
        for name in ("everything", *source.values()):
            counts += IN_FRONT.format(name=name)
    chosen = [name for name in conditions if name.startswith(ATTR)]
    prefixes = [f":named_{number}" for number in range(len(chosen))]
    others = " AND ".join(f"NOT starts_with(attr, {prefix})" for prefix in prefixes) or "true"
    counts += ATTRS.format(source="everything", which=others)
    for name, prefix in zip(chosen, prefixes, strict=True):
        counts += ATTRS.format(source=source[name], which=f"starts_with(attr, {prefix})")
    return f"WITH {', '.join(sets)} {counts}"


def _joined(conditions: Iterable[str]) -> dict[str, str]:
    """Two spellings: in front the index of all options would be a detour, and is hidden."""
    every = list(conditions)
    hidden = [
        f"arrayoverlap(l.attrs, {each.removeprefix(OPTION)})" if each.startswith(OPTION) else each
        for each in every
    ]
    return {"narrowed": " AND ".join(every), "narrowed_in_front": " AND ".join(hidden)}


def _expression(conditions: Mapping[str, str]) -> str:
    """The currency's own SQL, out of its condition."""
    return conditions["currency"].removeprefix("l.currency = ")


def _read(rows: Sequence[Record]) -> Facets:
    by_facet: dict[str, list[Record]] = {}
    for row in rows:
        by_facet.setdefault(row["facet"], []).append(row)
    matches = by_facet["all"][0]["number"]
    buckets = sorted(
        (
            PriceRange(low=row["low"], high=row["high"], count=row["number"])
            for row in by_facet.get("price", [])
        ),
        key=lambda bucket: bucket.low,
    )
    largest = max(matches, sum(bucket.count for bucket in buckets))
    in_front = max((row["number"] for row in by_facet.get("front", [])), default=0)
    return Facets(
        currency=by_facet["all"][0]["slug"],
        matches=min(matches, COUNTED),
        is_approximate=largest > COUNTED or in_front >= ENOUGH,
        categories=[_choice(row) for row in by_facet.get("category", [])],
        brands=[_choice(row) for row in by_facet.get("brand", [])],
        prices=_merged(buckets),
        in_stock=by_facet["in_stock"][0]["number"],
        on_sale=by_facet["on_sale"][0]["number"],
        attributes=_attributes(by_facet.get("attr", [])),
    )


def _choice(row: Record) -> Choice:
    return Choice(
        id=row["id"],
        slug=row["slug"],
        name=row["name"],
        count=row["number"],
        parent_id=row["parent_id"],
    )


def _attributes(rows: list[Record]) -> dict[str, list[AttributeValue]]:
    found: dict[str, list[AttributeValue]] = {}
    for row in sorted(rows, key=lambda row: (-row["number"], row["name"])):
        name, _, value = row["name"].partition("=")
        found.setdefault(name, []).append(AttributeValue(value=value, count=row["number"]))
    return dict(sorted(found.items()))


def _merged(buckets: list[PriceRange]) -> list[PriceRange]:
    """At most `MOST_RANGES`: the two neighbours with the fewest products become one."""
    ranges = list(buckets)
    while len(ranges) > MOST_RANGES:
        pairs = range(len(ranges) - 1)
        at = min(pairs, key=lambda i: ranges[i].count + ranges[i + 1].count)
        left, right = ranges[at], ranges[at + 1]
        ranges[at : at + 2] = [
            PriceRange(low=left.low, high=right.high, count=left.count + right.count)
        ]
    return ranges
