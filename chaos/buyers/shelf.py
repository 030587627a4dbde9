"""What there is to buy: plenty of most things, one thing that everybody wants, some that run out.

Filled through the product's own doors before the first buyer comes; the journal notes the units.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from uuid import UUID

from sokoni.apps.seed.reference import seed_reference
from sokoni.catalog import service as catalog
from sokoni.catalog.models import ProductStatus
from sokoni.catalog.service import PriceDraft, ProductDraft, VariantDraft
from sokoni.inventory import queries as inventory_queries
from sokoni.inventory import service as inventory
from sokoni.kernel.clock import Clock, SystemClock
from sokoni.kernel.db import Database
from sokoni.kernel.ids import encode
from sokoni.kernel.resources import Resources
from sokoni.kernel.settings import asyncpg_url

PLENTY = 1_000_000
PLAIN, SCARCE = 40, 60
FEWEST, MOST = 2, 9  # units of a scarce SKU
# Stripe counts each of these as ISO 4217 does, so the witnesses need not convert.
PRICES = {"USD": 2199, "EUR": 1999, "TZS": 5_500_000, "JPY": 3200}
ACTOR = "chaos"


@dataclass(frozen=True, slots=True)
class Goods:
    """A variant: its id on the wire, and its units at the start."""

    sku: str
    variant_id: str
    units: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """What buyers choose from."""

    plain: tuple[Goods, ...]
    hot: Goods
    scarce: tuple[Goods, ...]

    @property
    def units(self) -> dict[str, int]:
        return {goods.sku: goods.units for goods in (*self.plain, self.hot, *self.scarce)}

    def some(self, dice: Random) -> dict[str, int]:
        """One to four lines, variant → units: mostly plain things, often the hot one."""
        chosen = dice.sample(self.plain, dice.randint(1, 3))
        if dice.random() < 0.35:
            chosen.append(self.hot)
        if dice.random() < 0.2:
            chosen.append(dice.choice(self.scarce))
        return {goods.variant_id: dice.randint(1, 2) for goods in chosen}


async def stocked(database_url: str, *, dice: Random) -> Shelf:
    """Fill an empty shop: markets, products, one warehouse. The database is named directly."""
    db = Database(asyncpg_url(database_url), pool_size=2, statement_timeout_ms=60_000)
    resources = Resources()
    resources.put(Database, db)
    resources.put(Clock, SystemClock())
    now = datetime.now(UTC)
    try:
        await seed_reference(resources)
        async with db.transaction() as tx:
            places = await inventory_queries.locations(tx)
            warehouse = (
                places[0].id
                if places
                else await inventory.create_location(
                    tx, name="Chaos", code="chaos", actor=ACTOR, now=now
                )
            )
        plain = [await _goods(db, f"PLAIN-{n:02}", PLENTY, warehouse, now) for n in range(PLAIN)]
        hot = await _goods(db, "HOT", PLENTY, warehouse, now)
        scarce = [
            await _goods(db, f"SCARCE-{n:02}", dice.randint(FEWEST, MOST), warehouse, now)
            for n in range(SCARCE)
        ]
    finally:
        await db.close()
    return Shelf(plain=tuple(plain), hot=hot, scarce=tuple(scarce))


async def _goods(db: Database, sku: str, units: int, warehouse: UUID, now: datetime) -> Goods:
    draft = ProductDraft(
        title=f"Chaos {sku.lower()}",
        status=ProductStatus.ACTIVE,
        variants=(
            VariantDraft(
                sku=f"CHAOS-{sku}",
                prices=tuple(PriceDraft(currency, amount) for currency, amount in PRICES.items()),
                weight_g=300,
            ),
        ),
    )
    async with db.transaction() as tx:
        made = await catalog.create_product(tx, draft=draft, actor=ACTOR, now=now)
        variant = made.variants[0]
        await inventory.set_stock(tx, {(variant.id, warehouse): units}, now=now, actor=ACTOR)
    return Goods(sku=variant.sku, variant_id=encode("var", variant.id), units=units)
