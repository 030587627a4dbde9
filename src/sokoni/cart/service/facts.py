"""What other modules say about the variants of a cart: market, price, stock."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sokoni.cart.errors import NoRegions
from sokoni.cart.queries import Basket
from sokoni.catalog import queries as catalog
from sokoni.catalog.queries import Sellable
from sokoni.inventory import queries as inventory
from sokoni.kernel.db import ReadSession
from sokoni.markets import queries as markets
from sokoni.markets.queries import Market


@dataclass(frozen=True, slots=True)
class Facts:
    """What other modules say about some variants in a market; variants without stock have 0."""

    market: Market
    sellables: Mapping[UUID, Sellable]
    available: Mapping[UUID, int]

    def can_sell(self, variant_id: UUID) -> bool:
        """Whether the variant exists, is for sale, and has a price in the market's currency."""
        found = self.sellables.get(variant_id)
        return found is not None and found.is_sellable and found.unit_price is not None


async def facts_for(
    db: ReadSession,
    *,
    basket: Basket | None = None,
    market: Market | None = None,
    also: Collection[UUID] = (),
    with_stock: bool = True,
) -> Facts:
    """Ask about the basket's variants and others. Raises NoRegions in a shop without any.

    Without stock, all have 0: for a caller who takes it in the same transaction.
    """
    market = market or (basket.market if basket else None) or await markets.market_for(db)
    if market is None:
        raise NoRegions
    wanted = {*also, *(item.variant_id for item in (basket.items if basket else ()))}
    if not wanted:
        return Facts(market=market, sellables={}, available={})
    sellables = await catalog.sellables(db, variant_ids=wanted, currency=market.currency)
    if not with_stock:
        return Facts(market=market, sellables=sellables, available={})
    owners = [basket.stock_owner] if basket else []
    available = await inventory.availability(db, wanted, owners=owners)
    return Facts(market=market, sellables=sellables, available=available)
