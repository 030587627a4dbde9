"""The door of pricing: `price(lines, context) -> Quote`, and what belongs to it.

Pure: no database, no clock, no state, so the same arguments always give the same quote. Stages
run in the order of `STAGES`, and each sees what those before it did.
"""

from collections.abc import Callable, Sequence

from sokoni.kernel.money import MAX_AMOUNT
from sokoni.markets.queries import Market, ShippingOption
from sokoni.pricing.errors import TotalTooLarge
from sokoni.pricing.service.draft import Draft
from sokoni.pricing.service.list_price import list_prices
from sokoni.pricing.service.shipping import (
    add_shipping,
    eligible_options,
    free_shipping_from,
)
from sokoni.pricing.service.tax import add_tax
from sokoni.pricing.service.types import (
    MAX_QUANTITY,
    LineToPrice,
    PriceContext,
    Quote,
    QuoteLine,
    QuoteShipping,
    QuoteTax,
    Step,
    StepKind,
    TaxShare,
    Totals,
)

__all__ = [
    "MAX_QUANTITY",
    "LineToPrice",
    "PriceContext",
    "Quote",
    "QuoteLine",
    "QuoteShipping",
    "QuoteTax",
    "Step",
    "StepKind",
    "TaxShare",
    "Totals",
    "context_for",
    "eligible_options",
    "free_shipping_from",
    "items_total_of",
    "price",
    "weight_of",
]

STAGES: tuple[Callable[[Draft], Draft], ...] = (list_prices, add_shipping, add_tax)


def price(lines: Sequence[LineToPrice], context: PriceContext) -> Quote:
    """Price a purchase; no lines cost nothing, shipping included.

    Raises InvalidQuantity, InvalidPrice, MixedCurrencies or TotalTooLarge. Whether the basket may
    take the context's shipping option is for the caller to ask (`eligible_options`).
    """
    draft = Draft(context=context, asked=tuple(lines))
    for stage in STAGES:
        draft = stage(draft)
    return Quote(
        currency=context.currency,
        tax_inclusive=context.tax_inclusive,
        lines=draft.lines,
        shipping=draft.shipping,
        taxes=draft.taxes,
        totals=_totals(draft),
        weight_g=weight_of(draft.asked),
        explain=draft.steps,
    )


def context_for(
    market: Market,
    *,
    country: str | None = None,
    state: str | None = None,
    shipping: ShippingOption | None = None,
) -> PriceContext:
    """The context of a purchase in a market, with the rates of the address as far as it is known.

    A state is compared without regard to case and outer spaces.
    """
    return PriceContext(
        currency=market.currency,
        tax_inclusive=market.tax_inclusive,
        tax_rates=tuple(
            rate
            for rate in market.tax_rates
            if rate.country in {None, country}
            and (rate.state is None or _plain(rate.state) == _plain(state or ""))
        ),
        shipping=shipping,
    )


def items_total_of(lines: Sequence[LineToPrice]) -> int:
    """The items total of their quote, which shipping options ask about before there is one."""
    return sum(line.unit_price * line.quantity for line in lines)


def weight_of(lines: Sequence[LineToPrice]) -> int:
    """The grams that shipping options ask about."""
    return sum(line.weight_g * line.quantity for line in lines)


def _plain(state: str) -> str:
    return state.strip().casefold()


def _totals(draft: Draft) -> Totals:
    items = sum(line.line_total for line in draft.lines)
    discount = sum(line.discount for line in draft.lines)
    shipping = draft.shipping.amount if draft.shipping else 0
    on_top = sum(tax.amount for tax in draft.taxes if not tax.included)
    grand_total = items - discount + shipping + on_top
    if max(items, grand_total) > MAX_AMOUNT:
        raise TotalTooLarge(f"A purchase is at most {MAX_AMOUNT} minor units")
    return Totals(
        items=items,
        discount=discount,
        shipping=shipping,
        tax=on_top,
        tax_included=sum(tax.amount for tax in draft.taxes if tax.included),
        gift_card=0,
        grand_total=grand_total,
    )
