"""What a buyer narrows a list down to, as SQL. Every filter is one dimension.

The fragments speak of a row of `catalog.listings` by its bare column names; values travel as
parameters. The names of attributes are numbered, so that a statement's text depends on how many
there are and not on what they are called.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

GIVEN_CURRENCY = "market AS MATERIALIZED (SELECT CAST(:currency AS text) AS currency)"
OF_REGION = """market AS MATERIALIZED (
        SELECT (SELECT currency FROM markets.regions WHERE id = :region_id) AS currency
    )"""
OF_DEFAULT_REGION = """market AS MATERIALIZED (
        SELECT coalesce(
            (
                SELECT currency FROM markets.regions
                ORDER BY is_default DESC, position, name, id
                LIMIT 1
            ),
            :otherwise
        ) AS currency
    )"""


@dataclass(frozen=True, slots=True)
class Filters:
    """Inclusive bounds in minor units; values of one attribute are alternatives.

    The currency is the given one, else the region's, else the default region's, else `otherwise`.
    """

    otherwise: str = "XXX"
    currency: str | None = None
    region_id: UUID | None = None
    category: str | UUID | None = None
    brands: tuple[str | UUID, ...] = ()
    price_min: int | None = None
    price_max: int | None = None
    in_stock: bool | None = None
    on_sale: bool | None = None
    attrs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Conditions by dimension (`category`, `price`, `attr:color`), and their parameters.

    `market` is a CTE with one row and one column, `currency`; NULL in an unknown region.
    """

    market: str
    conditions: Mapping[str, str]
    values: Mapping[str, Any]

    def without(self, dimension: str | None) -> str:
        """All conditions but those of one dimension, each with an AND before it."""
        return "".join(
            f" AND {condition}" for name, condition in self.conditions.items() if name != dimension
        )

    def also(self, name: str, condition: str, **values: Any) -> "Narrowing":
        """The same with one more condition."""
        return Narrowing(
            market=self.market,
            conditions={**self.conditions, name: condition},
            values={**self.values, **values},
        )


def narrow(filters: Filters) -> Narrowing:
    """The SQL of these filters."""
    conditions: dict[str, str] = {}
    values: dict[str, Any] = {}
    if filters.currency is not None:
        market, values["currency"] = GIVEN_CURRENCY, filters.currency
    elif filters.region_id is not None:
        market, values["region_id"] = OF_REGION, filters.region_id
    else:
        market, values["otherwise"] = OF_DEFAULT_REGION, filters.otherwise
    if filters.category is not None:
        _category(filters.category, conditions, values)
    if filters.brands:
        conditions["brand"] = (
            "(brand_slug = ANY (CAST(:brand_slugs AS text[]))"
            " OR brand_id = ANY (CAST(:brand_ids AS uuid[])))"
        )
        values["brand_slugs"] = [each for each in filters.brands if isinstance(each, str)]
        values["brand_ids"] = [each for each in filters.brands if isinstance(each, UUID)]
    bounds = {"price_min": filters.price_min, "price_max": filters.price_max}
    compared = {"price_min": "price >= :price_min", "price_max": "price <= :price_max"}
    given = [name for name, bound in bounds.items() if bound is not None]
    if given:
        conditions["price"] = " AND ".join(compared[name] for name in given)
        values |= {name: bounds[name] for name in given}
    for name, wanted in (("in_stock", filters.in_stock), ("on_sale", filters.on_sale)):
        if wanted is not None:
            conditions[name] = name if wanted else f"NOT {name}"
    for number, (name, options) in enumerate(sorted(filters.attrs.items())):
        conditions[f"attr:{name}"] = f"attrs && CAST(:attrs_{number} AS text[])"
        values[f"attrs_{number}"] = [f"{name}={option}" for option in options]
    if filters.ids:
        conditions["ids"] = "product_id = ANY (CAST(:ids AS uuid[]))"
        values["ids"] = list(filters.ids)
    return Narrowing(market=market, conditions=conditions, values=values)


def _category(category: str | UUID, conditions: dict[str, str], values: dict[str, Any]) -> None:
    values["category"] = category
    if isinstance(category, UUID):
        conditions["category"] = "category_ids @> ARRAY[CAST(:category AS uuid)]"
    else:
        conditions["category"] = (
            "category_ids @>"
            " ARRAY[(SELECT id FROM catalog.categories WHERE slug = CAST(:category AS text))]"
        )
