"""Ready JSON, finished for the buyer: lists of cards, one page, joined and never parsed.

What is asked for, and in whose currency, `narrowing` says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec

from sokoni.catalog.models import MEDIA
from sokoni.catalog.queries.narrowing import Filters, Shop, currency_of, narrow
from sokoni.catalog.queries.sorted_page import sorted_page
from sokoni.kernel.errors import Invalid
from sokoni.kernel.paging import decode_cursor, encode_cursor
from sokoni.kernel.reads import Reads, Record
from sokoni.kernel.storage import Storage

MOST_COUNTED = 10_000
A_KEY = "products/0.webp"

PAGE = """
    SELECT p.product_id, p.body FROM catalog.pages AS p
    WHERE p.currency = {currency} AND p.product_id = {product}
"""
BY_ID = "CAST(:product_id AS uuid)"
BY_SLUG = """coalesce(
    (SELECT id FROM catalog.products WHERE slug = :slug),
    (SELECT product_id FROM catalog.slug_redirects WHERE slug = :slug)
)"""

LISTED = "l.card, l.product_id, CAST({column} AS text) AS place"
COUNTED = """
    SELECT found.*, counted.total
    FROM (
        SELECT count(*) AS total FROM (
            SELECT FROM catalog.listings AS l WHERE {narrowed} LIMIT {most_counted} + 1
        ) AS few
    ) AS counted
    LEFT JOIN LATERAL ({page}) AS found ON true
"""


class Sort(StrEnum):
    """The orders of a list; a leading minus turns one round."""

    NEWEST = "newest"
    PRICE = "price"
    PRICE_DOWN = "-price"
    NAME = "name"
    POPULARITY = "popularity"


@dataclass(frozen=True, slots=True)
class Order:
    """What a sort is in SQL: a column, its direction, and the type of its values."""

    column: str
    direction: str
    kind: type


ORDERS = {
    Sort.NEWEST: Order("l.published_at", "DESC", datetime),
    Sort.PRICE: Order("l.price", "ASC", int),
    Sort.PRICE_DOWN: Order("l.price", "DESC", int),
    Sort.NAME: Order("l.sort_name", "ASC", str),
    Sort.POPULARITY: Order("l.popularity", "DESC", int),
}


class ReadyPage(msgspec.Struct, frozen=True):
    """The body of a product's page, and whose it is."""

    product_id: UUID
    body: str


async def listing(
    db: Reads,
    *,
    shop: Shop,
    filters: Filters,
    sort: Sort,
    limit: int,
    cursor: str | None,
    with_total: bool,
    storage: Storage,
) -> str:
    """The JSON of one page of products. One statement. A total ends at `MOST_COUNTED`."""
    narrowed = narrow(shop, filters)
    values = {**narrowed.values, "most": limit + 1}
    if cursor is not None:
        values |= _after(cursor, sort)
    statement = _statement(
        tuple(narrowed.by_subject.items()),
        sort,
        follows=cursor is not None,
        with_total=with_total,
    )
    rows = await db.rows(statement, values)
    total = min(rows[0]["total"], MOST_COUNTED) if with_total else None
    found = [row for row in rows if row["card"] is not None]
    page = found[:limit]
    following = None
    if len(found) > limit:
        following = encode_cursor(_kind(sort), [page[-1]["place"], str(page[-1]["product_id"])])
    ending = {"next_cursor": following} | ({"total": total} if with_total else {})
    tail = msgspec.json.encode(ending).decode().removeprefix("{")
    return f'{{"items":[{finished((row["card"] for row in page), storage)}],{tail}'


async def page(db: Reads, *, shop: Shop, product: UUID | str, storage: Storage) -> ReadyPage | None:
    """The JSON of a product by id, slug or former slug, in one statement.

    None unless it is active and has a price in the currency.
    """
    currency, values = currency_of(shop)
    by_id = isinstance(product, UUID)
    values["product_id" if by_id else "slug"] = product
    statement = _page_statement(currency, BY_ID if by_id else BY_SLUG)
    rows = await db.rows(statement, values)
    return ready(rows[0], storage) if rows else None


def ready(row: Record, storage: Storage) -> ReadyPage:
    """A row with `product_id` and `body`."""
    return ReadyPage(row["product_id"], finished([row["body"]], storage))


def finished(cards: Iterable[str], storage: Storage) -> str:
    """Ready cards (`listings.card`) or pages, joined by commas, with the pictures' addresses."""
    return ",".join(cards).replace(MEDIA, media_address(storage))


def media_address(storage: Storage) -> str:
    """What stands before a key in the address of a picture."""
    return storage.url(A_KEY).removesuffix(A_KEY)


@lru_cache(maxsize=512)
def _statement(
    by_subject: tuple[tuple[str, str], ...], sort: Sort, *, follows: bool, with_total: bool
) -> str:
    """The text depends on which filters there are, never on their values."""
    order = ORDERS[sort]
    later = "<" if order.direction == "DESC" else ">"
    place = f" AND ({order.column}, l.product_id) {later} (:place, CAST(:place_id AS uuid))"
    page = sorted_page(
        dict(by_subject),
        columns=LISTED.format(column=order.column),
        column=order.column,
        direction=order.direction,
        after=place if follows else "",
        most=":most",
    )
    if with_total:
        narrowed = " AND ".join(dict(by_subject).values())
        page = COUNTED.format(page=page, narrowed=narrowed, most_counted=MOST_COUNTED)
    return page


@lru_cache(maxsize=16)
def _page_statement(currency: str, product: str) -> str:
    return PAGE.format(currency=currency, product=product)


def _kind(sort: Sort) -> str:
    return f"products:{sort}"


def _after(cursor: str, sort: Sort) -> dict[str, Any]:
    """The place of the last row of the page before; `Invalid` for what is no cursor."""
    place, product_id = decode_cursor(_kind(sort), cursor, of=tuple[str, UUID])
    kind = ORDERS[sort].kind
    try:
        found = datetime.fromisoformat(place) if kind is datetime else kind(place)
    except ValueError:
        raise Invalid.field(
            "/query/cursor", "is not a cursor of this list; start without one"
        ) from None
    return {"place": found, "place_id": product_id}
