"""What a list of products is narrowed down to, and in whose currency, as SQL.

The currency is the asked one, else the asked region's, else the default region's, else the
store's, found inside the same statement. A statement's text depends on which filters there are,
never on their values.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec

GIVEN = "CAST(:currency AS text)"
OF_REGION = "(SELECT currency FROM markets.regions WHERE id = :region_id)"
OF_SHOP = """coalesce(
    (SELECT currency FROM markets.regions ORDER BY is_default DESC, position, name, id LIMIT 1),
    (SELECT default_currency FROM markets.store),
    :otherwise
)"""


class Shop(msgspec.Struct, frozen=True):
    """In whose currency the caller looks. `otherwise` is used where no market is set up."""

    otherwise: str
    currency: str | None = None
    region_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed down to. Bounds are inclusive, in minor units.

    `category` and `brands` are ids or slugs; `brands` are alternatives, and so are the `attrs` of
    one name (`color=blue`), while all names count at once.
    """

    category: UUID | str | None = None
    brands: tuple[UUID | str, ...] = ()
    price_min: int | None = None
    price_max: int | None = None
    in_stock: bool | None = None
    on_sale: bool | None = None
    attrs: tuple[tuple[str, ...], ...] = ()
    ids: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Conditions on `listings AS l` by what they are about, and the values of their parameters.

    Those are `currency`, `category`, `brand`, `price`, `in_stock`, `on_sale`, `ids` and, for each
    name of `attrs`, `attr:color`.
    """

    by_subject: Mapping[str, str]
    values: dict[str, Any]

    @property
    def conditions(self) -> tuple[str, ...]:
        return tuple(self.by_subject.values())


def currency_of(shop: Shop) -> tuple[str, dict[str, Any]]:
    """The SQL of the caller's currency, and its parameters."""
    if shop.currency is not None:
        return GIVEN, {"currency": shop.currency}
    if shop.region_id is not None:
        return OF_REGION, {"region_id": shop.region_id}
    return OF_SHOP, {"otherwise": shop.otherwise}


def narrow(shop: Shop, filters: Filters) -> Narrowed:
    """The conditions on listings in the caller's currency."""
    currency, values = currency_of(shop)
    by_subject = {"currency": f"l.currency = {currency}"}
    for part in (*_places(filters), *_bounds(filters), *_choices(filters)):
        by_subject[part.subject] = part.condition
        values |= part.values
    return Narrowed(by_subject=by_subject, values=values)


@dataclass(frozen=True, slots=True)
class Part:
    subject: str
    condition: str
    values: dict[str, Any]


def _places(filters: Filters) -> Iterator[Part]:
    if isinstance(filters.category, UUID):
        by_id = "l.category_ids @> ARRAY[CAST(:category AS uuid)]"
        yield Part("category", by_id, {"category": filters.category})
    elif filters.category is not None:
        by_slug = "SELECT id FROM catalog.categories WHERE slug = :category"
        condition = f"l.category_ids @> ARRAY[({by_slug})]"
        yield Part("category", condition, {"category": filters.category})
    if filters.brands:
        by_slug = "SELECT id FROM catalog.brands WHERE slug = ANY(CAST(:brand_slugs AS text[]))"
        yield Part(
            "brand",
            f"l.brand_id = ANY(CAST(:brand_ids AS uuid[]) || ARRAY({by_slug}))",
            {
                "brand_ids": [brand for brand in filters.brands if isinstance(brand, UUID)],
                "brand_slugs": [brand for brand in filters.brands if isinstance(brand, str)],
            },
        )


def _bounds(filters: Filters) -> Iterator[Part]:
    bounds = {"price_min": filters.price_min, "price_max": filters.price_max}
    compared = {"price_min": "l.price >= :price_min", "price_max": "l.price <= :price_max"}
    given = {name: bound for name, bound in bounds.items() if bound is not None}
    if given:
        yield Part("price", " AND ".join(compared[name] for name in given), given)
    if filters.in_stock is not None:
        yield Part("in_stock", "l.in_stock" if filters.in_stock else "NOT l.in_stock", {})
    if filters.on_sale is not None:
        yield Part("on_sale", "l.on_sale" if filters.on_sale else "NOT l.on_sale", {})


def _choices(filters: Filters) -> Iterator[Part]:
    for i, alternatives in enumerate(filters.attrs):
        name = alternatives[0].partition("=")[0]
        condition = f"l.attrs && CAST(:attr_{i} AS text[])"
        yield Part(f"attr:{name}", condition, {f"attr_{i}": list(alternatives)})
    if filters.ids is not None:
        condition = "l.product_id = ANY(CAST(:ids AS uuid[]))"
        yield Part("ids", condition, {"ids": list(filters.ids)})
