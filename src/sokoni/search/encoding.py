"""Answers of search as bytes: ready cards joined, the rest encoded once."""

from typing import Any

import msgspec

from sokoni.catalog import queries as catalog
from sokoni.kernel.ids import encode
from sokoni.kernel.storage import Storage
from sokoni.search.queries import Completed, Facets, Found


class _Seen(msgspec.Struct):
    """What a suggestion shows of a card."""

    id: str
    slug: str
    title: str
    thumbnail: msgspec.Raw = msgspec.Raw(b"null")


_cards = msgspec.json.Decoder(list[_Seen])


def page(found: Found, storage: Storage, *, took_ms: float, with_total: bool) -> bytes:
    """A SearchPage."""
    rest: dict[str, Any] = {
        "facets": _facets(found.facets) if found.facets else None,
        "suggestion": found.suggestion,
        "took_ms": round(took_ms, 1),
        "next_cursor": found.next_cursor,
    }
    if with_total and found.facets:
        rest["total"] = found.facets.matches
    cards = catalog.finished(found.cards, storage).encode()
    return b'{"items":[' + cards + b"]," + msgspec.json.encode(rest)[1:]


def suggested(completed: Completed, storage: Storage) -> bytes:
    """A Suggested."""
    cards = catalog.finished(completed.cards, storage)
    shelves = [
        {"id": encode("cat", each.id), "slug": each.slug, "name": each.name}
        for each in completed.categories
    ]
    return msgspec.json.encode(
        {
            "words": completed.words,
            "products": _cards.decode(f"[{cards}]"),
            "categories": shelves,
        }
    )


def _facets(facets: Facets) -> dict[str, Any]:
    return {
        "categories": [
            {
                "id": encode("cat", each.id),
                "parent_id": encode("cat", each.parent_id) if each.parent_id else None,
                "slug": each.slug,
                "name": each.name,
                "count": each.count,
            }
            for each in facets.categories
        ],
        "brands": [
            {
                "id": encode("brd", each.id),
                "slug": each.slug,
                "name": each.name,
                "count": each.count,
            }
            for each in facets.brands
        ],
        "price": {
            "currency": facets.currency,
            "min": min((each.low for each in facets.prices), default=None),
            "max": max((each.high for each in facets.prices), default=None),
            "ranges": [
                {"min": each.low, "max": each.high, "count": each.count} for each in facets.prices
            ],
        },
        "in_stock": facets.in_stock,
        "on_sale": facets.on_sale,
        "attributes": [
            {
                "name": name,
                "values": [{"value": each.value, "count": each.count} for each in found],
            }
            for name, found in facets.attributes.items()
        ],
        "approximate": facets.is_approximate,
    }
