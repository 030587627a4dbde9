"""The quote while it is made: each stage takes a draft and returns the next."""

from dataclasses import dataclass

from sokoni.pricing.service.types import (
    LineToPrice,
    PriceContext,
    QuoteLine,
    QuoteShipping,
    QuoteTax,
    Step,
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known so far. `lines` belong to `asked` one by one, in the same order."""

    context: PriceContext
    asked: tuple[LineToPrice, ...]
    lines: tuple[QuoteLine, ...] = ()
    shipping: QuoteShipping | None = None
    taxes: tuple[QuoteTax, ...] = ()
    steps: tuple[Step, ...] = ()
