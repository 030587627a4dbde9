"""Which shipping options a basket may take, and the stage that adds the chosen one."""

from collections.abc import Iterable
from dataclasses import replace

from sokoni.kernel.money import whole
from sokoni.markets.queries import ShippingOption
from sokoni.pricing.errors import InvalidPrice, MixedCurrencies
from sokoni.pricing.service.draft import Draft
from sokoni.pricing.service.types import QuoteShipping, Step, StepKind


def eligible_options(
    options: Iterable[ShippingOption], *, items_total: int, weight_g: int
) -> tuple[ShippingOption, ...]:
    """Those of the options, in their order, whose bounds the basket keeps (bounds included)."""
    return tuple(
        option
        for option in options
        if _within(weight_g, option.min_weight_g, option.max_weight_g)
        and _within(items_total, option.min_total, option.max_total)
    )


def free_shipping_from(
    options: Iterable[ShippingOption], *, items_total: int, weight_g: int
) -> int | None:
    """From which total of its items on a basket of this weight may ship for nothing.

    0 where it always may; None where no total helps.
    """
    return min(
        (
            option.min_total or 0
            for option in options
            if option.amount == 0
            and _within(weight_g, option.min_weight_g, option.max_weight_g)
            and _within(items_total, None, option.max_total)
        ),
        default=None,
    )


def add_shipping(draft: Draft) -> Draft:
    """Add the chosen option's price. An empty basket ships nothing."""
    option = draft.context.shipping
    if option is None or not draft.lines:
        return draft
    if option.currency != draft.context.currency:
        raise MixedCurrencies(f"Shipping in {option.currency} on a {draft.context.currency} cart")
    if whole(option.amount) < 0:
        raise InvalidPrice
    step = Step(
        kind=StepKind.SHIPPING,
        subject="shipping",
        amount=option.amount,
        in_total=True,
        formula=option.name,
    )
    return replace(
        draft,
        shipping=QuoteShipping(option_id=option.id, name=option.name, amount=option.amount),
        steps=(*draft.steps, step),
    )


def _within(value: int, low: int | None, high: int | None) -> bool:
    return (low is None or low <= value) and (high is None or value <= high)
