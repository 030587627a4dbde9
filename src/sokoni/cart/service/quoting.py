"""What a cart costs, and what its buyer has to know: `priced`, from as few statements as there are.

Cart pages, summary, explanation and checkout all price here, by pricing's one function. Nothing
is written: a notice stays until its line, or the cart, is touched again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
    def cheapest_option(self) -> ShippingOption | None:
        """What a buyer gets who chose no shipping: least price, then fastest, then first."""
        return min(
            self.eligible_options, key=lambda o: (o.amount, o.max_days, o.min_days), default=None
        )

    def shipped_by(self, option: ShippingOption | None) -> "PricedCart":
        """The same cart with this one of its eligible options."""
        quote = _quote(self.lines_to_price, self.market, self.country, self.state, option)
        return replace(self, quote=quote, chosen_option=option, lines=_requoted(self.lines, quote))

    def again(self, basket: Basket) -> "PricedCart":
        """Another state of the same cart in the same place, without asking anybody."""
        chosen = self.chosen_option
        return price_with(
            Facts(market=self.market, sellables=self.sellables, available=self.available),
            basket=basket,
            country=self.country,
            state=self.state,
            shipping_option_id=chosen.id if chosen else None,
        )

    @property
    def lines_to_price(self) -> tuple[LineToPrice, ...]:
        return tuple(
            _to_price(line.item, line.sellable, self.market.currency)
            for line in self.lines
            if line.quote is not None and line.sellable is not None
        )


async def priced(
    db: ReadSession,
    *,
    basket: Basket,
    market: Market | None = None,
    country: str | None = None,
    state: str | None = None,
    shipping_option_id: UUID | None = None,
    known: PricedCart | None = None,
) -> PricedCart:
    """Price a basket, where it was read (its own market and address) or where one asks for.

    Two statements, whatever the number of lines; one more if the basket's region is gone. The
    cart's own shipping option counts unless another is given. One that the basket may not take
    is not charged: `chosen_option` is None and a notice says so. No statement if the same basket
    was priced in the same transaction and market (`known`).
    """
    if known is not None and market in {None, known.market}:
        facts = Facts(market=known.market, sellables=known.sellables, available=known.available)
    else:
        facts = await facts_for(db, basket=basket, market=market)
    return price_with(
        facts, basket=basket, country=country, state=state, shipping_option_id=shipping_option_id
    )


def price_with(
    facts: Facts,
    *,
    basket: Basket,
    country: str | None = None,
    state: str | None = None,
    shipping_option_id: UUID | None = None,
) -> PricedCart:
    """Price a basket from facts that are known already. Pure."""
    if country is None:
        country, state = basket.country, basket.state_code
    lines = tuple(_line(item, facts) for item in basket.items)
    to_price = [
        _to_price(line.item, line.sellable, facts.market.currency)
        for line in lines
        if line.sellable is not None and facts.can_sell(line.item.variant_id)
    ]
    bare = _quote(to_price, facts.market, country, state, None)
    options = pricing.eligible_options(
        facts.market.shipping_options, items_total=bare.totals.items, weight_g=bare.weight_g
    )
    wanted = shipping_option_id or basket.shipping_option_id
    chosen = next((option for option in options if option.id == wanted), None)
    quote = _quote(to_price, facts.market, country, state, chosen) if chosen else bare
    refused = wanted is not None and chosen is None
    return PricedCart(
        basket=basket,
        market=facts.market,
        sellables=facts.sellables,
        available=facts.available,
        country=country,
        state=state,
        lines=_requoted(lines, quote),
        quote=quote,
        eligible_options=options,
        chosen_option=chosen,
        notices=(Notice(NoticeCode.SHIPPING_OPTION_UNAVAILABLE),) if refused else (),
    )


def line_key(item: BasketItem) -> str:
    """The name of a line in quotes and explanations: its wire id."""
    return encode("cli", item.id)


def _line(item: BasketItem, facts: Facts) -> PricedLine:
    sellable = facts.sellables.get(item.variant_id)
    return PricedLine(item=item, sellable=sellable, quote=None, notices=notices_of(item, facts))


def _to_price(item: BasketItem, sellable: Sellable | None, currency: str) -> LineToPrice:
    assert sellable is not None
    assert sellable.unit_price is not None
    return LineToPrice(
        key=line_key(item),
        variant_id=item.variant_id,
        quantity=item.quantity,
        unit_price=sellable.unit_price,
        currency=currency,
        compare_at=sellable.compare_at,
        weight_g=sellable.weight_g or 0,
        taxable=sellable.taxable,
        category_ids=sellable.category_ids,
    )


def _quote(
    lines: Sequence[LineToPrice],
    market: Market,
    country: str | None,
    state: str | None,
    shipping: ShippingOption | None,
) -> Quote:
    context = pricing.context_for(market, country=country, state=state, shipping=shipping)
    return pricing.price(lines, context)


def _requoted(lines: Sequence[PricedLine], quote: Quote) -> tuple[PricedLine, ...]:
    by_key = {line.key: line for line in quote.lines}
    return tuple(replace(line, quote=by_key.get(line_key(line.item))) for line in lines)
