"""First stage: the list price of each line, once it is known to make sense."""

from dataclasses import replace

from sokoni.kernel.money import whole
from sokoni.pricing.errors import InvalidPrice, InvalidQuantity, MixedCurrencies
from sokoni.pricing.service.draft import Draft
from sokoni.pricing.service.types import MAX_QUANTITY, LineToPrice, QuoteLine, Step, StepKind


def list_prices(draft: Draft) -> Draft:
    """Multiply unit prices by quantities."""
    for line in draft.asked:
        _check(line, currency=draft.context.currency)
    return replace(
        draft,
        lines=tuple(_priced(line) for line in draft.asked),
        steps=draft.steps + tuple(_step(line) for line in draft.asked),
    )


def _check(line: LineToPrice, *, currency: str) -> None:
    if not 1 <= whole(line.quantity) <= MAX_QUANTITY:
        raise InvalidQuantity(f"A quantity is between 1 and {MAX_QUANTITY}", line=line.key)
    if line.currency != currency:
        raise MixedCurrencies(f"A price in {line.currency} in a {currency} cart", line=line.key)
    if whole(line.unit_price) < 0 or whole(line.compare_at or 0) < 0:
        raise InvalidPrice(line=line.key)


def _priced(line: LineToPrice) -> QuoteLine:
    total = line.unit_price * line.quantity
    return QuoteLine(
        key=line.key,
        variant_id=line.variant_id,
        quantity=line.quantity,
        unit_price=line.unit_price,
        compare_at=line.compare_at,
        line_total=total,
        discount=0,
        taxable_base=total if line.taxable else 0,
    )


def _step(line: LineToPrice) -> Step:
    return Step(
        kind=StepKind.LIST_PRICE,
        subject=line.key,
        amount=line.unit_price * line.quantity,
        in_total=True,
        formula=f"{line.quantity} x {line.unit_price}",
    )
