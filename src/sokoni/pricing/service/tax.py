"""Last stage: taxes, worked out on the whole purchase and divided over its parts.

A part is a line, or the shipping. On top of prices, each rate applies to the sum of what it
covers. Inside prices, the rates that share a base are taken out of it together (they add up, none
is charged on another) and the result is divided among them by rate. Either way one rounding per
tax, and `split` gives the parts, so that lines always add up to totals.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sokoni.kernel.money import apply_rate, included_tax, split
from sokoni.markets.queries import TaxRate
from sokoni.pricing.service.draft import Draft
from sokoni.pricing.service.types import QuoteTax, Step, StepKind, TaxShare


@dataclass(frozen=True, slots=True)
class _Part:
    """Something taxed, and the rates that cover it."""

    subject: str
    base: int
    rates: tuple[TaxRate, ...]


@dataclass(frozen=True, slots=True)
class _Levy:
    """One tax on some parts: `shares` has one amount for each part of the purchase."""

    rate: TaxRate
    base: int
    amount: int
    shares: list[int]
    formula: str


def add_tax(draft: Draft) -> Draft:
    """Charge each rate of the context, on top of prices or inside them."""
    rates, inclusive = draft.context.tax_rates, draft.context.tax_inclusive
    parts = _parts(draft)
    levies = list(_inside(parts) if inclusive else _on_top(parts, rates))
    shares = [_shares_of(position, levies, rates) for position in range(len(parts))]
    lines = tuple(
        replace(line, tax=_sum(taxes), taxes=taxes)
        for line, taxes in zip(draft.lines, shares, strict=False)
    )
    shipping = draft.shipping
    if shipping is not None:
        shipping = replace(shipping, tax=_sum(shares[-1]), taxes=shares[-1])
    return replace(
        draft,
        lines=lines,
        shipping=shipping,
        taxes=tuple(_total_of(rate, levies, inclusive=inclusive) for rate in rates),
        steps=draft.steps + tuple(_steps(parts, levies, inclusive=inclusive)),
    )


def _parts(draft: Draft) -> list[_Part]:
    rates = draft.context.tax_rates
    parts = [
        _Part(line.key, line.taxable_base, rates if line.taxable_base else ())
        for line in draft.lines
    ]
    if draft.shipping is not None:
        shipped = tuple(rate for rate in rates if rate.applies_to_shipping)
        parts.append(_Part("shipping", draft.shipping.amount, shipped))
    return parts


def _on_top(parts: Sequence[_Part], rates: Sequence[TaxRate]) -> Iterator[_Levy]:
    for rate in rates:
        bases = [part.base if rate in part.rates else 0 for part in parts]
        base = sum(bases)
        amount = apply_rate(base, rate.rate_bp)
        yield _Levy(
            rate=rate,
            base=base,
            amount=amount,
            shares=split(amount, bases),
            formula=f"{percent(rate.rate_bp)} of {base}",
        )


def _inside(parts: Sequence[_Part]) -> Iterator[_Levy]:
    for together in dict.fromkeys(part.rates for part in parts if part.rates):
        bases = [part.base if part.rates == together else 0 for part in parts]
        base, points = sum(bases), [rate.rate_bp for rate in together]
        contained = included_tax(base, sum(points))
        for rate, amount in zip(together, split(contained, points), strict=True):
            yield _Levy(
                rate=rate,
                base=base,
                amount=amount,
                shares=split(amount, bases),
                formula=f"{percent(rate.rate_bp)} contained in {base}"
                + (f", of {percent(sum(points))} together" if len(together) > 1 else ""),
            )


def _shares_of(
    position: int, levies: Sequence[_Levy], rates: Sequence[TaxRate]
) -> tuple[TaxShare, ...]:
    """The taxes on one part, in the order of the rates; those of 0 are left out."""
    amounts = {
        rate: sum(levy.shares[position] for levy in levies if levy.rate == rate) for rate in rates
    }
    return tuple(
        TaxShare(rate_id=rate.id, name=rate.name, rate_bp=rate.rate_bp, amount=amount)
        for rate, amount in amounts.items()
        if amount
    )


def _total_of(rate: TaxRate, levies: Sequence[_Levy], *, inclusive: bool) -> QuoteTax:
    own = [levy for levy in levies if levy.rate == rate]
    return QuoteTax(
        rate_id=rate.id,
        name=rate.name,
        rate_bp=rate.rate_bp,
        base=sum(levy.base for levy in own),
        amount=sum(levy.amount for levy in own),
        included=inclusive,
    )


def _steps(parts: Sequence[_Part], levies: Sequence[_Levy], *, inclusive: bool) -> Iterator[Step]:
    for levy in levies:
        yield Step(
            kind=StepKind.TAX_INCLUDED if inclusive else StepKind.TAX,
            subject=levy.rate.name,
            amount=levy.amount,
            in_total=not inclusive,
            formula=levy.formula,
        )
        for part, share in zip(parts, levy.shares, strict=True):
            if share:
                yield Step(
                    kind=StepKind.TAX_SHARE,
                    subject=part.subject,
                    amount=share,
                    in_total=False,
                    formula=f"{part.base} / {levy.base} of {levy.amount} {levy.rate.name}",
                )


def _sum(taxes: Sequence[TaxShare]) -> int:
    return sum(share.amount for share in taxes)


def percent(basis_points: int) -> str:
    """1825 as `18.25 %`."""
    units, hundredths = divmod(basis_points, 100)
    text = f"{units}.{hundredths:02}".rstrip("0").rstrip(".") if hundredths else str(units)
    return f"{text} %"
