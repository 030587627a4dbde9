"""The query parameters that search and other lists of products have in common."""

import re
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request

from sokoni.kernel.errors import FieldError, Invalid
from sokoni.kernel.ids import RegionId, decode
from sokoni.kernel.money import MAX_AMOUNT
from sokoni.kernel.wire import CurrencyCode
from sokoni.search.queries import Filters

ATTRIBUTE = re.compile(r"attr\[([^\[\]]{1,64})\]")
MOST_ATTRIBUTES = 10
MOST_VALUES = 20
MOST_IDS = 100

ATTRIBUTES_PARAMETER = {
    "name": "attr",
    "in": "query",
    "style": "deepObject",
    "explode": True,
    "required": False,
    "description": "`attr[color]=blue&attr[color]=red&attr[size]=m`: any of the values of one "
    "option, of every option named. Names and values in lower case.",
    "schema": {
        "type": "object",
        "maxProperties": MOST_ATTRIBUTES,
        "additionalProperties": {"type": "string", "maxLength": 200},
    },
    "example": {"color": "blue"},
}

Slug = Annotated[str, Query(min_length=1, max_length=200)]
Amount = Annotated[int | None, Query(ge=0, le=MAX_AMOUNT, description="Minor units, inclusive.")]


async def _market(
    request: Request,
    currency: CurrencyCode | None = None,
    region: Annotated[
        RegionId | None, Query(description="Prices in its currency, unless one is given.")
    ] = None,
) -> Filters:
    return Filters(
        otherwise=request.app.state.settings.default_currency,
        currency=currency,
        region_id=region,
    )


AskedMarket = Annotated[Filters, Depends(_market)]


async def _filters(
    *,
    request: Request,
    market: AskedMarket,
    category: Annotated[Slug | None, Query(description="Its id or slug.")] = None,
    brand: Annotated[
        list[Slug] | None, Query(max_length=MOST_VALUES, description="Any of these ids or slugs.")
    ] = None,
    price_min: Amount = None,
    price_max: Amount = None,
    in_stock: bool | None = None,
    on_sale: bool | None = None,
    ids: Annotated[
        list[str] | None,
        Query(max_length=MOST_IDS, description="Any of these products, repeated or with commas."),
    ] = None,
) -> Filters:
    return replace(
        market,
        category=_id_or_slug("cat", category, "/query/category") if category else None,
        brands=tuple(_id_or_slug("brd", each, "/query/brand") for each in brand or ()),
        price_min=price_min,
        price_max=price_max,
        in_stock=in_stock,
        on_sale=on_sale,
        attrs=_attributes(request.query_params.multi_items()),
        ids=_ids(ids or []),
    )


Asked = Annotated[Filters, Depends(_filters)]


def _id_or_slug(prefix: str, text: str, pointer: str) -> UUID | str:
    return decode(prefix, text) or _storable(text, pointer)


def _storable(text: str, pointer: str) -> str:
    if "\x00" in text:
        raise Invalid.field(pointer, "must not contain NUL characters")
    return text


def _ids(given: list[str]) -> tuple[UUID, ...]:
    texts = [text for each in given for text in each.split(",") if text]
    if len(texts) > MOST_IDS:
        raise Invalid.field("/query/ids", f"must be {MOST_IDS} at most")
    found = [decode("prod", text) for text in texts]
    wrong = [number for number, product_id in enumerate(found) if product_id is None]
    if wrong:
        raise Invalid(
            "Some of these are no ids of products.",
            errors=[FieldError(f"/query/ids/{number}", "must be like prod_…") for number in wrong],
        )
    return tuple(product_id for product_id in found if product_id is not None)


def _attributes(parameters: list[tuple[str, Any]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for parameter, value in parameters:
        name = ATTRIBUTE.fullmatch(parameter)
        if name is not None:
            pointer = f"/query/{parameter}"
            values = found.setdefault(_storable(name[1], pointer).lower(), [])
            values.append(_storable(value, pointer).lower()[:200])
    if len(found) > MOST_ATTRIBUTES or any(len(each) > MOST_VALUES for each in found.values()):
        raise Invalid.field(
            "/query/attr", f"must be {MOST_ATTRIBUTES} options of {MOST_VALUES} values at most"
        )
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items()}
