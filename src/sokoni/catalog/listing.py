"""A door: the query parameters that all lists of products have in common, and their card.

They are read twice: by the framework, and by hot reads (`plain_shop`, `plain_filters`), which
understand the plain ones.
"""

import re
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Request

from sokoni.catalog.queries import Filters, Shop
from sokoni.catalog.schemas.public import CardPicture, ProductCard
from sokoni.kernel.currencies import EXPONENTS
from sokoni.kernel.errors import Invalid
from sokoni.kernel.hot import PlainQuery, Unusual
from sokoni.kernel.ids import RegionId, decode
from sokoni.kernel.money import MAX_AMOUNT
from sokoni.kernel.paging import MAX_LIMIT
from sokoni.kernel.resources import resource
from sokoni.kernel.settings import Settings
from sokoni.kernel.wire import CurrencyCode

__all__ = [
    "ATTR",
    "CardPicture",
    "InShop",
    "NarrowedTo",
    "ProductCard",
    "by_id_or_slug",
    "plain_filters",
    "plain_shop",
]

MOST_ATTRS = 20
attr_pattern = re.compile(r"attr\[([^\[\]=]{1,255})\]")

Amount = Annotated[int | None, Query(ge=0, le=MAX_AMOUNT, description="Minor units, inclusive.")]
ATTR = {
    "name": "attr",
    "in": "query",
    "style": "deepObject",
    "explode": True,
    "description": "`attr[color]=blue`: values of one option are alternatives, options add up.",
    "schema": {"type": "object", "additionalProperties": {"type": "string"}},
    "example": {"color": "blue"},
}


async def _shop(
    settings: Annotated[Settings, resource(Settings)],
    currency: Annotated[CurrencyCode | None, Query()] = None,
    region: Annotated[RegionId | None, Query(description="Whose currency to use.")] = None,
) -> Shop:
    return Shop(otherwise=settings.default_currency, currency=currency, region_id=region)


async def _filters(
    *,
    request: Request,
    category: Annotated[str | None, Query(max_length=255, description="Id or slug.")] = None,
    brand: Annotated[
        list[str] | None, Query(max_length=MAX_LIMIT, description="Any of these ids or slugs.")
    ] = None,
    price_min: Amount = None,
    price_max: Amount = None,
    in_stock: Annotated[bool | None, Query()] = None,
    on_sale: Annotated[bool | None, Query()] = None,
    ids: Annotated[list[str] | None, Query(description="Repeated, or joined by commas.")] = None,
) -> Filters:
    return Filters(
        category=by_id_or_slug("cat", category) if category else None,
        brands=tuple(by_id_or_slug("brd", each) for each in brand or ()),
        price_min=price_min,
        price_max=price_max,
        in_stock=in_stock,
        on_sale=on_sale,
        attrs=_attrs(request),
        ids=_ids(ids) if ids is not None else None,
    )


InShop = Annotated[Shop, Depends(_shop)]
NarrowedTo = Annotated[Filters, Depends(_filters)]


def plain_shop(query: PlainQuery, *, otherwise: str) -> Shop:
    """In whose currency a hot read looks."""
    currency, region = query.text("currency", most=3), query.text("region", most=40)
    if currency is not None and currency not in EXPONENTS:
        raise Unusual
    region_id = decode("reg", region) if region is not None else None
    if region is not None and region_id is None:
        raise Unusual
    return Shop(otherwise=otherwise, currency=currency, region_id=region_id)


def plain_filters(query: PlainQuery) -> Filters:
    """What a hot read narrows down to. Options and lists of ids are for the framework."""
    if "ids" in query.values or any(name.startswith("attr") for name in query.values):
        raise Unusual
    category, brand = query.text("category", most=255), query.text("brand", most=255)
    return Filters(
        category=by_id_or_slug("cat", category) if category is not None else None,
        brands=(by_id_or_slug("brd", brand),) if brand is not None else (),
        price_min=query.number("price_min", most=MAX_AMOUNT),
        price_max=query.number("price_max", most=MAX_AMOUNT),
        in_stock=query.flag("in_stock"),
        on_sale=query.flag("on_sale"),
    )


def by_id_or_slug(prefix: str, text: str) -> UUID | str:
    """The id behind a wire id of this noun, else the text as a slug that can be asked for."""
    return decode(prefix, text) or _storable(text)


def _attrs(request: Request) -> tuple[tuple[str, ...], ...]:
    """`attr[Color]=Blue&attr[color]=red` → `(("color=blue", "color=red"),)`."""
    found: dict[str, list[str]] = {}
    for key, value in request.query_params.multi_items():
        match = attr_pattern.fullmatch(key)
        if match:
            name = _storable(match[1]).lower()
            found.setdefault(name, []).append(f"{name}={_storable(value).lower()}")
    if len(found) > MOST_ATTRS or any(len(values) > MAX_LIMIT for values in found.values()):
        raise Invalid.field("/query/attr", f"must be at most {MOST_ATTRS} options")
    return tuple(tuple(values) for _, values in sorted(found.items()))


def _ids(sent: list[str]) -> tuple[UUID, ...]:
    texts = [text for each in sent for text in each.split(",") if text]
    ids = [decode("prod", text) for text in texts]
    if len(ids) > MAX_LIMIT or None in ids:
        raise Invalid.field("/query/ids", f"must be at most {MAX_LIMIT} ids like prod_…")
    return tuple(found for found in ids if found is not None)


def _storable(text: str) -> str:
    """Without NUL, which no text in the database has: it will find nothing."""
    return text.replace("\x00", "\ufffd")
