"""What there is to buy: plenty of most things, one that everybody wants, some that run out.

Looked up in the database before the first buyer comes; afterwards buyers know of the stock only
what the shop tells them.
"""

from dataclasses import dataclass, field
from random import Random
from uuid import UUID

import asyncpg

from sokoni.kernel.ids import encode

SCARCE = 10  # units at most
GOODS = """
    SELECT v.sku, v.id, sum(s.on_hand)::bigint AS units
      FROM catalog.variants AS v JOIN inventory.stock_levels AS s ON s.variant_id = v.id
     GROUP BY v.sku, v.id HAVING sum(s.on_hand) > 0 ORDER BY v.sku
"""
COUNTED = "SELECT slug, popularity FROM catalog.products WHERE popularity <> 0"


@dataclass(frozen=True, slots=True)
class Goods:
    """A variant: its id on the wire, and its units at the start."""

    sku: str
    variant_id: str
    units: int


@dataclass(slots=True)
class Shelf:
    """What buyers choose from; `gone` are variants that the shop has said to be sold out.

    `counted`: by product, units that the shop counts as sold already.
    """

    plain: tuple[Goods, ...]
    scarce: tuple[Goods, ...]
    counted: dict[str, int] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    @property
    def units(self) -> dict[str, int]:
        """The stock at the start, by SKU."""
        return {goods.sku: goods.units for goods in (*self.plain, *self.scarce)}

    @property
    def hot(self) -> Goods:
        """What everybody wants: the same for all, until it is sold out."""
        return next((one for one in self.plain if one.variant_id not in self.gone), self.plain[-1])

    def something_scarce(self, dice: Random) -> Goods:
        left = [one for one in self.scarce if one.variant_id not in self.gone]
        return dice.choice(left or self.scarce)

    def some(self, dice: Random) -> dict[str, int]:
        """One to four lines, variant → units: mostly plain things, often the hot one."""
        chosen = dice.sample(self.plain, dice.randint(1, 3))
        if dice.random() < 0.35:
            chosen.append(self.hot)
        if dice.random() < 0.1:
            chosen.append(self.something_scarce(dice))
        return {goods.variant_id: dice.randint(1, 2) for goods in chosen}


async def found(database_url: str) -> Shelf:
    """What the shop sells. Raises ValueError when too little for buyers to fight for."""
    connection = await asyncpg.connect(database_url)
    try:
        rows = await connection.fetch(GOODS)
        counted = dict(await connection.fetch(COUNTED))
    finally:
        await connection.close()
    goods = [Goods(row["sku"], encode("var", UUID(str(row["id"]))), row["units"]) for row in rows]
    shelf = Shelf(
        plain=tuple(one for one in goods if one.units > SCARCE),
        scarce=tuple(one for one in goods if one.units <= SCARCE),
        counted=counted,
    )
    if len(shelf.plain) < 10 or len(shelf.scarce) < 10:
        raise ValueError(f"{len(shelf.plain)} plain and {len(shelf.scarce)} scarce goods: too few")
    return shelf
