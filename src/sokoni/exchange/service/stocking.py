"""The units that a file brings: for new variants, or for all with `replace`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sokoni.exchange.columns import Column
from sokoni.exchange.models import StockMode
from sokoni.exchange.options import ImportOptions
from sokoni.exchange.problems import Problem
from sokoni.exchange.service.locations import located
from sokoni.exchange.wanted import HERE, FileProduct
from sokoni.inventory import service as inventory
from sokoni.kernel.db import WriteSession
from sokoni.kernel.ids import encode


@dataclass(frozen=True, slots=True)
class Stocked:
    """A product that went in; `variant_ids` by row of the file."""

    product: FileProduct
    variant_ids: Mapping[int, UUID]
    new_variant_ids: frozenset[UUID]


def moves(product: FileProduct | None, options: ImportOptions) -> bool:
    """Whether the file sets a level of an existing variant to another number."""
    if product is None or options.stock is not StockMode.REPLACE:
        return False
    return any(
        variant.existing is not None
        and any(
            units != variant.existing.units(name)
            for name, units in _named(variant.units, options.location).items()
        )
        for variant in product.variants
    )


async def stock(
    tx: WriteSession,
    stocked: Sequence[Stocked],
    *,
    options: ImportOptions,
    actor: str,
    import_id: UUID,
    now: datetime,
) -> list[Problem]:
    """Set the levels; the problems of those that could not be."""
    replaces = options.stock is StockMode.REPLACE
    wanted = [
        (each, variant, name, units)
        for each in stocked
        for variant in each.product.variants
        if replaces or each.variant_ids[variant.row] in each.new_variant_ids
        for name, units in variant.units.items()
    ]
    names = {name for _, _, name, _ in wanted}
    places = await located(tx, names=names, here=options.location, actor=actor, now=now)
    rows = {}
    levels = {}
    for each, variant, name, units in wanted:
        key = each.variant_ids[variant.row], places[name]
        levels[key] = units
        rows[key] = (variant.row, each.product.handle, name)
    refused = await inventory.set_stock(
        tx, levels, now=now, replace=replaces, actor=actor, note=encode("imp", import_id)
    )
    problems = []
    for level in refused:
        row, handle, name = rows[level.variant_id, level.location_id]
        column = f"Stock / {name}" if name else Column.QUANTITY.value
        message = f"is {level.wanted}, but {level.reserved} units are promised to buyers"
        problems.append(Problem(row, column, message, handle))
    return problems


def _named(units: Mapping[str, int], here: str | None) -> dict[str, int]:
    """Units by the location's name; unknown ones keep their mark and differ from any level."""
    return {(here or HERE) if name == HERE else name: count for name, count in units.items()}
