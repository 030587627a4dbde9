"""The filters of a list as they stand in an address, and as the API's client sends them on.

Names are the API's: `category`, `brand` (repeated), `price_min`, `price_max`, `in_stock`,
`on_sale`, `attr[color]`, `sort`, `cursor`, `q`. What is not understood is left out. The front end
reads them the same way, so both ask with the same parameters
(`frontend/src/shop/features/catalog/listing/filters.ts`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sokoni.catalog.listing import by_id_or_slug
from sokoni.catalog.queries import Filters
from sokoni.search.answers import SearchSort
from sokoni.web.pages.page import Visit

LIMIT = 24
OF_ALL = {"limit": LIMIT, "with_total": True}
MOST = 20
MOST_LETTERS = 255
SORTS = {sort.value: sort for sort in SearchSort}
attr = re.compile(r"attr\[([^\[\]=]{1,255})\]")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What was asked: for the search (`filters`, `sort`), and as parameters of its query.

    `is_whole`: nothing narrows the list and the order is its own; it may be a further page of it.
    """

    filters: Filters
    sort: SearchSort | None
    asked: Mapping[str, Any]
    is_whole: bool


def narrowing(visit: Visit, *, category: str | None = None) -> Narrowing:
    """The filters of the visit; `category` is that of the path."""
    asked: dict[str, Any] = {**OF_ALL, **visit.market}
    shelf = category or visit.first("category")[:MOST_LETTERS] or None
    if shelf is not None:
        asked["category"] = shelf
    brands = [value[:MOST_LETTERS] for name, value in visit.query if name == "brand" and value]
    if brands:
        asked["brand"] = brands[:MOST]
    asked |= {name: int(value) for name, value in _numbers(visit)}
    asked |= {name: value == "true" for name, value in _flags(visit)}
    attrs = _attrs(visit)
    if attrs:
        asked["attr"] = {
            name: values[0] if len(values) == 1 else values for name, values in attrs.items()
        }
    if visit.first("sort") in SORTS:
        asked["sort"] = visit.first("sort")
    for name in ("cursor", "q"):
        if visit.first(name):
            asked[name] = visit.first(name)[:1000]
    return Narrowing(
        filters=Filters(
            category=by_id_or_slug("cat", shelf) if shelf is not None else None,
            brands=tuple(by_id_or_slug("brd", brand) for brand in asked.get("brand", ())),
            price_min=asked.get("price_min"),
            price_max=asked.get("price_max"),
            in_stock=asked.get("in_stock"),
            on_sale=asked.get("on_sale"),
            attrs=tuple(
                tuple(f"{name.lower()}={value.lower()}" for value in values)
                for name, values in sorted(attrs.items())
            ),
        ),
        sort=SORTS.get(asked.get("sort", "")),
        asked=asked,
        is_whole=not asked.keys()
        - {*OF_ALL, *visit.market, "cursor", *({"category"} if category else ())},
    )


def _numbers(visit: Visit) -> Iterator[tuple[str, str]]:
    for name in ("price_min", "price_max"):
        value = visit.first(name)
        if re.fullmatch(r"[0-9]{1,15}", value):
            yield name, value


def _flags(visit: Visit) -> Iterator[tuple[str, str]]:
    for name in ("in_stock", "on_sale"):
        if visit.first(name) in {"true", "false"}:
            yield name, visit.first(name)


def _attrs(visit: Visit) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in visit.query:
        match = attr.fullmatch(key)
        if match and value and "\x00" not in key + value:
            values = found.setdefault(match[1], [])
            if len(found) <= MOST and len(values) < MOST:
                values.append(value[:MOST_LETTERS])
    return {name: values for name, values in found.items() if values}
