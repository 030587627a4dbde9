"""What some items would cost, without a cart: the same prices, the same notices, nothing kept."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sokoni.cart.models import CartState
from sokoni.cart.queries import Basket, BasketItem
from sokoni.cart.service.destination import choose_market
from sokoni.cart.service.facts import facts_for
from sokoni.cart.service.opening import Wanted
from sokoni.cart.service.quoting import PricedCart, price_with
from sokoni.cart.service.stock import check_quantity
from sokoni.kernel.db import ReadSession
from sokoni.kernel.ids import new_id


async def summarize(
    db: ReadSession,
    *,
    items: Sequence[Wanted],
    region_id: UUID | None = None,
    country: str | None = None,
    state: str | None = None,
    currency: str | None = None,
    shipping_option_id: UUID | None = None,
    now: datetime,
) -> PricedCart:
    """Price items as a cart of that place would, three statements. Raises as `choose_market`."""
    market = await choose_market(db, region_id=region_id, country=country, currency=currency)
    wanted: dict[UUID, int] = {}
    for item in items:
        wanted[item.variant_id] = wanted.get(item.variant_id, 0) + item.quantity
    for quantity in wanted.values():
        check_quantity(quantity)
    basket = Basket(
        id=new_id(),
        user_id=None,
        state=CartState.OPEN,
        version=1,
        currency=market.currency,
        region_id=market.region_id,
        country=country,
        email=None,
        shipping_address=None,
        billing_address=None,
        shipping_option_id=shipping_option_id,
        updated_at=now,
        items=tuple(
            BasketItem(id=new_id(), variant_id=variant_id, quantity=quantity)
            for variant_id, quantity in wanted.items()
        ),
        market=market,
    )
    facts = await facts_for(db, basket=basket)
    return price_with(facts, basket=basket, country=country, state=state)
