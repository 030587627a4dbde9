"""What a cart costs, and what its buyer has to know: `priced`, from as few statements as there are.

Cart pages, summary, explanation and checkout all price here, by pricing's one function. Nothing
is written: a notice stays until its line, or the cart, is touched again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sokoni.cart.queries import Basket, BasketItem
from sokoni.cart.service.facts import Facts, facts_for
from sokoni.cart.service.notices import Notice, NoticeCode, notices_of
from sokoni.catalog.queries import Sellable
from sokoni.kernel.db import ReadSession
from sokoni.kernel.ids import encode
from sokoni.markets.queries import Market, ShippingOption
from sokoni.pricing import service as pricing
from sokoni.pricing.service import LineToPrice, Quote, QuoteLine


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line of the cart. Without `quote` it is not for sale, and not in the totals."""

    item: BasketItem
    sellable: Sellable | None
    quote: QuoteLine | None
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class PricedCart:
    """A cart with its prices. Quote lines have the wire ids of cart lines as keys.

    `eligible_options` in the market's order; `chosen_option` is one of them and is in the quote.
    `free_shipping_from` is an items total, None where no total makes it free.
    """

    basket: Basket
    market: Market
    sellables: Mapping[UUID, Sellable]
    available: Mapping[UUID, int]
    country: str | None
    state: str | None
    lines: tuple[PricedLine, ...]
    quote: Quote
    eligible_options: tuple[ShippingOption, ...]
    chosen_option: ShippingOption | None
    free_shipping_from: int | None
    notices: tuple[Notice, ...]

    @property
    def prices_changed(self) -> bool:
        """Whether a line costs something else than its buyer was last told."""
        codes = {notice.code for line in self.lines for notice in line.notices}
        return NoticeCode.PRICE_CHANGED in codes

    @property
    def unavailable(self) -> tuple[PricedLine, ...]:
        """The lines that cannot be bought at all."""
        return tuple(line for line in self.lines if line.quote is None)

    @property
    def facts(self) -> Facts:
        """What it was priced from."""
        return Facts(market=self.market, sellables=self.sellables, available=self.available)

    def again(self, basket: Basket) -> "PricedCart":
        """Another state of the same cart in the same place, without asking anybody."""
        chosen = self.chosen_option
        return price_with(
            self.facts,
            basket=basket,
            country=self.country,
            state=self.state,
            shipping_option_id=chosen.id if chosen else None,
        )


async def priced(
    db: ReadSession,
    *,
    basket: Basket,
    market: Market | None = None,
    country: str | None = None,
    state: str | None = None,
    shipping_option_id: UUID | None = None,
    or_cheapest: bool = False,
    known: Facts | None = None,
) -> PricedCart:
    """Price a basket, where it was read (its own market and address) or where one asks for.

    Two statements, whatever the number of lines; one more if the basket's region is gone. The
    cart's own shipping option counts unless another is given. One that the basket may not take
    is not charged: `chosen_option` is None and a notice says so; `or_cheapest` charges the cheapest
    one then. No statement if the same transaction has the facts of that market (`known`).
    """
    facts = known
    if facts is None or (market is not None and market != facts.market):
        facts = await facts_for(db, basket=basket, market=market)
    return price_with(
        facts,
        basket=basket,
        country=country,
        state=state,
        shipping_option_id=shipping_option_id,
        or_cheapest=or_cheapest,
    )


def price_with(
    facts: Facts,
    *,
    basket: Basket,
    country: str | None = None,
    state: str | None = None,
    shipping_option_id: UUID | None = None,
    or_cheapest: bool = False,
) -> PricedCart:
    """Price a basket from facts that are known already. Pure, and one quote: what an option asks
    of a basket is known without one.
    """
    if country is None:
        country, state = basket.country, basket.state_code
    market = facts.market
    to_price = {
        item.id: _to_price(item, facts) for item in basket.items if facts.can_sell(item.variant_id)
    }
    asked = tuple(to_price.values())
    items_total, weight_g = pricing.items_total_of(asked), pricing.weight_of(asked)
    options = pricing.eligible_options(
        market.shipping_options, items_total=items_total, weight_g=weight_g
    )
    wanted = shipping_option_id or basket.shipping_option_id
    chosen = next((option for option in options if option.id == wanted), None)
    refused = wanted is not None and chosen is None
    if chosen is None and or_cheapest:
        chosen = _cheapest(options)
    context = pricing.context_for(market, country=country, state=state, shipping=chosen)
    quote = pricing.price(asked, context)
    quoted = dict(zip(to_price, quote.lines, strict=True))
    return PricedCart(
        basket=basket,
        market=market,
        sellables=facts.sellables,
        available=facts.available,
        country=country,
        state=state,
        lines=tuple(_line(item, facts, quoted.get(item.id)) for item in basket.items),
        quote=quote,
        eligible_options=options,
        chosen_option=chosen,
        free_shipping_from=pricing.free_shipping_from(
            market.shipping_options, items_total=items_total, weight_g=weight_g
        ),
        notices=(Notice(NoticeCode.SHIPPING_OPTION_UNAVAILABLE),) if refused else (),
    )


def _cheapest(options: Sequence[ShippingOption]) -> ShippingOption | None:
    """What a buyer gets who chose no shipping: least price, then fastest, then first."""
    return min(options, key=lambda o: (o.amount, o.max_days, o.min_days), default=None)


def _line(item: BasketItem, facts: Facts, quote: QuoteLine | None) -> PricedLine:
    return PricedLine(
        item=item,
        sellable=facts.sellables.get(item.variant_id),
        quote=quote,
        notices=notices_of(item, facts),
    )


def _to_price(item: BasketItem, facts: Facts) -> LineToPrice:
    """A line that can be sold."""
    sellable = facts.sellables[item.variant_id]
    assert sellable.unit_price is not None
    return LineToPrice(
        key=encode("cli", item.id),
        variant_id=item.variant_id,
        quantity=item.quantity,
        unit_price=sellable.unit_price,
        currency=facts.market.currency,
        compare_at=sellable.compare_at,
        weight_g=sellable.weight_g or 0,
        taxable=sellable.taxable,
        category_ids=sellable.category_ids,
    )
