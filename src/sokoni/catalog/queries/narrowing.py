"""What a list of products is narrowed down to, and in whose currency, as SQL.

The currency is the asked one, else the asked region's, else the default region's, else the
store's, found inside the same statement. A statement's text depends on which filters there are,
never on their values.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

GIVEN = "CAST(:currency AS text)"
OF_REGION = "(SELECT currency FROM markets.regions WHERE id = :region_id)"
OF_SHOP = """coalesce(
    (SELECT currency FROM markets.regions ORDER BY is_default DESC, position, name, id LIMIT 1),
    (SELECT default_currency FROM markets.store),
    :otherwise
)"""


@dataclass(frozen=True, slots=True)
class Shop:
    """In whose currency the caller looks. `otherwise` is used where no market is set up."""

    otherwise: str
    currency: str | None = None
    region_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed down to. Bounds are inclusive, in minor units.

    `category` and `brand` are ids or slugs; `attrs` are alternatives per name, all names at once.
    """

    category: UUID | str | None = None
    brand: UUID | str | None = None
    price_min: int | None = None
    price_max: int | None = None
    in_stock: bool | None = None
    on_sale: bool | None = None
    attrs: tuple[tuple[str, ...], ...] = ()
    ids: tuple[UUID, ...] | None = None


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Conditions on `listings AS l`, and the values of their parameters."""

    conditions: tuple[str, ...]
    values: dict[str, Any]


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
    conditions = [f"l.currency = {currency}"]
    for condition, value in (*_places(filters), *_bounds(filters), *_choices(filters)):
        conditions.append(condition)
        values |= value
    return Narrowed(conditions=tuple(conditions), values=values)


Part = tuple[str, dict[str, Any]]


def _places(filters: Filters) -> Iterator[Part]:
    if isinstance(filters.category, UUID):
        values: dict[str, Any] = {"category": filters.category}
        yield "l.category_ids @> ARRAY[CAST(:category AS uuid)]", values
    elif filters.category is not None:
        by_slug = "SELECT id FROM catalog.categories WHERE slug = :category"
        yield f"l.category_ids @> ARRAY[({by_slug})]", {"category": filters.category}
    if isinstance(filters.brand, UUID):
        yield "l.brand_id = CAST(:brand AS uuid)", {"brand": filters.brand}
    elif filters.brand is not None:
        by_slug = "SELECT id FROM catalog.brands WHERE slug = :brand"
        yield f"l.brand_id = ({by_slug})", {"brand": filters.brand}


def _bounds(filters: Filters) -> Iterator[Part]:
    if filters.price_min is not None:
        yield "l.price >= :price_min", {"price_min": filters.price_min}
    if filters.price_max is not None:
        yield "l.price <= :price_max", {"price_max": filters.price_max}
    if filters.in_stock is not None:
        yield ("l.in_stock" if filters.in_stock else "NOT l.in_stock"), {}
    if filters.on_sale is not None:
        yield ("l.on_sale" if filters.on_sale else "NOT l.on_sale"), {}


def _choices(filters: Filters) -> Iterator[Part]:
    for i, alternatives in enumerate(filters.attrs):
        yield f"l.attrs && CAST(:attr_{i} AS text[])", {f"attr_{i}": list(alternatives)}
    if filters.ids is not None:
        yield "l.product_id = ANY(CAST(:ids AS uuid[]))", {"ids": list(filters.ids)}
