"""Whatever is in the basket: parts add up to totals, and steps to what they explain."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from sokoni.pricing.service import (
    LineToPrice,
    PriceContext,
    Quote,
    StepKind,
    price,
)
from tests.pricing.factories import line, option, rate

baskets = st.lists(
    st.builds(
        line,
        st.uuids().map(str),
        st.integers(1, 50),
        st.integers(0, 10**6),
        taxable=st.booleans(),
    ),
    min_size=1,
    max_size=50,
)

rate_lists = st.lists(st.tuples(st.integers(0, 3000), st.booleans()), min_size=0, max_size=3).map(
    lambda found: tuple(rate(n, bp, shipping=ships) for n, (bp, ships) in enumerate(found))
)

contexts = st.builds(
    PriceContext,
    st.just("EUR"),
    tax_inclusive=st.booleans(),
    tax_rates=rate_lists,
    shipping=st.none() | st.integers(0, 10**5).map(option),
)


def shares(quote: Quote, rate_id: UUID) -> list[int]:
    shipped = quote.shipping.taxes if quote.shipping else ()
    taxes = [*(share for one in quote.lines for share in one.taxes), *shipped]
    return [share.amount for share in taxes if share.rate_id == rate_id]


@settings(deadline=None)
@given(baskets, contexts)
def test_lines_add_up_to_totals(lines: Sequence[LineToPrice], context: PriceContext) -> None:
    quote = price(lines, context)
    totals = quote.totals

    assert totals.items == sum(one.line_total for one in quote.lines)
    assert totals.shipping == (context.shipping.amount if context.shipping else 0)
    for tax in quote.taxes:
        assert sum(shares(quote, tax.rate_id)) == tax.amount
    parts = sum(one.tax for one in quote.lines) + (quote.shipping.tax if quote.shipping else 0)
    assert parts == totals.tax + totals.tax_included
    assert (totals.tax if context.tax_inclusive else totals.tax_included) == 0
    assert totals.grand_total == (
        totals.items - totals.discount + totals.shipping + totals.tax - totals.gift_card
    )
    assert min(shares_and_sums(quote)) >= 0


def shares_and_sums(quote: Quote) -> list[int]:
    amounts = [share.amount for one in quote.lines for share in one.taxes]
    return [*amounts, quote.totals.tax, quote.totals.tax_included, quote.totals.grand_total]


@settings(deadline=None)
@given(baskets, contexts)
def test_the_explanation_adds_up(lines: Sequence[LineToPrice], context: PriceContext) -> None:
    quote = price(lines, context)

    counted = [step.amount for step in quote.explain if step.in_total]
    assert sum(counted) == quote.totals.grand_total
    divided = [step.amount for step in quote.explain if step.kind is StepKind.TAX_SHARE]
    assert sum(divided) == quote.totals.tax + quote.totals.tax_included
    for one in quote.lines:
        own = [step for step in quote.explain if step.subject == one.key]
        assert sum(s.amount for s in own if s.kind is StepKind.LIST_PRICE) == one.line_total
        assert sum(s.amount for s in own if s.kind is StepKind.TAX_SHARE) == one.tax


@settings(deadline=None)
@given(baskets, contexts, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_change_the_totals(
    lines: list[LineToPrice], context: PriceContext, random: Random
) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)

    assert price(shuffled, context).totals == price(lines, context).totals
    assert price(shuffled, context).taxes == price(lines, context).taxes


@settings(deadline=None)
@given(baskets, contexts)
def test_pricing_twice_gives_the_same_quote(
    lines: Sequence[LineToPrice], context: PriceContext
) -> None:
    assert price(lines, context) == price(lines, context)


@settings(deadline=None)
@given(baskets, st.integers(0, 3000))
def test_a_gross_price_contains_the_tax_that_was_put_on_the_net_one(
    lines: Sequence[LineToPrice], rate_bp: int
) -> None:
    taxed = [replace(one, taxable=True) for one in lines]
    net = PriceContext("EUR", tax_inclusive=False, tax_rates=(rate(1, rate_bp),))
    added = price(taxed, net)
    gross = [line("all", 1, added.totals.grand_total)]
    contained = price(gross, replace(net, tax_inclusive=True))

    assert contained.totals.tax_included == added.totals.tax
    assert contained.totals.grand_total == added.totals.grand_total
