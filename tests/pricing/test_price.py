"""One function prices everything, and every minor unit of it can be explained."""

from dataclasses import replace
from uuid import UUID

import pytest

from sokoni.kernel.money import MAX_AMOUNT
from sokoni.markets.queries import Market, ShippingOption
from sokoni.pricing.errors import InvalidPrice, InvalidQuantity, MixedCurrencies, TotalTooLarge
from sokoni.pricing.service import (
    MAX_QUANTITY,
    PriceContext,
    StepKind,
    Totals,
    context_for,
    eligible_options,
    free_shipping_from,
    items_total_of,
    price,
    weight_of,
)
from tests.pricing.factories import line, option, rate

VAT = rate(1, 1800)


def test_tax_comes_on_top_where_prices_are_net() -> None:
    context = PriceContext("EUR", tax_inclusive=False, tax_rates=(VAT,), shipping=option(500))
    quote = price([line("a", 3, 1999), line("b", 1, 1)], context)

    # items 5997 + 1, shipping 500: 18 % of 6498 is 1169.64
    assert quote.totals == Totals(
        items=5998,
        discount=0,
        shipping=500,
        tax=1170,
        tax_included=0,
        gift_card=0,
        grand_total=7668,
    )
    # 1170 by 5997 : 1 : 500 is 1079.79, 0.18 and 90.03
    assert [one.tax for one in quote.lines] == [1080, 0]
    assert quote.shipping is not None
    assert quote.shipping.tax == 90
    assert [(tax.base, tax.amount, tax.included) for tax in quote.taxes] == [(6498, 1170, False)]


def test_tax_is_contained_where_prices_are_gross() -> None:
    context = PriceContext(
        "TZS", tax_inclusive=True, tax_rates=(VAT,), shipping=option(500_000, "TZS")
    )
    quote = price([line("a", 2, 2_500_000, "TZS"), line("b", 1, 1_499_900, "TZS")], context)

    # 6,999,900 x 18 / 118 is 1,067,781.36
    assert quote.totals == Totals(
        items=6_499_900,
        discount=0,
        shipping=500_000,
        tax=0,
        tax_included=1_067_781,
        gift_card=0,
        grand_total=6_999_900,
    )
    # by 5,000,000 : 1,499,900 : 500,000 it is 762,711.61, 228,798.23 and 76,271.16
    assert [one.tax for one in quote.lines] == [762_712, 228_798]
    assert quote.shipping is not None
    assert quote.shipping.tax == 76_271


def test_three_rates_are_each_charged_on_the_base_and_not_on_each_other() -> None:
    rates = (rate(1, 500), rate(2, 998, shipping=False), rate(3, 25))
    context = PriceContext("EUR", tax_inclusive=False, tax_rates=rates, shipping=option(1000))
    quote = price([line("a", 1, 10_010), line("b", 7, 333), line("c", 2, 50)], context)

    # base 12,441 and shipping 1000: 5 % of 13,441, 9.98 % of 12,441, 0.25 % of 13,441
    assert [(tax.base, tax.amount) for tax in quote.taxes] == [
        (13_441, 672),
        (12_441, 1242),
        (13_441, 34),
    ]
    assert quote.totals.tax == 1948
    assert quote.totals.grand_total == 12_441 + 1000 + 1948
    assert quote.shipping is not None
    assert [share.name for share in quote.shipping.taxes] == ["Tax 1", "Tax 3"]


def test_three_contained_rates_share_one_base() -> None:
    rates = (rate(1, 500), rate(2, 1000), rate(3, 500))
    context = PriceContext("KWD", tax_inclusive=True, tax_rates=rates)
    quote = price([line("a", 1, 12_000, "KWD"), line("b", 3, 1, "KWD")], context)

    # 12,003 x 20 / 120 is 2000.5, half up 2001; by 5 : 10 : 5 it is 500.25, 1000.5 and 500.25
    assert [tax.amount for tax in quote.taxes] == [500, 1001, 500]
    assert quote.totals.tax_included == 2001
    assert quote.totals.grand_total == 12_003


def test_contained_tax_of_shipping_counts_only_the_rates_that_cover_it() -> None:
    rates = (rate(1, 1000), rate(2, 1000, shipping=False))
    context = PriceContext("EUR", tax_inclusive=True, tax_rates=rates, shipping=option(1100))
    quote = price([line("a", 1, 12_000)], context)

    # goods 12,000 x 20 / 120 = 2000, half for each; shipping 1100 x 10 / 110 = 100
    assert [tax.amount for tax in quote.taxes] == [1100, 1000]
    assert quote.lines[0].tax == 2000
    assert quote.shipping is not None
    assert quote.shipping.tax == 100


def test_yen_have_no_cents_to_round_to() -> None:
    context = PriceContext("JPY", tax_inclusive=False, tax_rates=(rate(1, 1000),))
    quote = price([line("a", 1, 105, "JPY"), line("b", 1, 100, "JPY")], context)

    # 10 % of 205 is 20.5, half up 21; by 105 : 100 it is 10.76 and 10.24
    assert quote.totals.tax == 21
    assert [one.tax for one in quote.lines] == [11, 10]


def test_untaxed_lines_carry_no_tax() -> None:
    context = PriceContext("EUR", tax_inclusive=False, tax_rates=(VAT,))
    quote = price([line("a", 1, 1000, taxable=False), line("b", 1, 1000)], context)

    assert [(one.taxable_base, one.tax) for one in quote.lines] == [(0, 0), (1000, 180)]
    assert quote.totals.grand_total == 2180


def test_fifty_lines_add_up_to_one_rounding() -> None:
    context = PriceContext("EUR", tax_inclusive=False, tax_rates=(VAT,))
    quote = price([line(str(n), 1, 1) for n in range(50)], context)

    assert quote.totals.tax == 9  # each line alone would round to 0
    assert [one.tax for one in quote.lines] == [1] * 9 + [0] * 41


def test_nothing_costs_nothing_whatever_the_shipping() -> None:
    context = PriceContext("EUR", tax_inclusive=False, tax_rates=(VAT,), shipping=option(500))
    quote = price([], context)

    assert quote.totals == Totals(0, 0, 0, 0, 0, 0, 0)
    assert quote.shipping is None


def test_each_step_says_what_it_is_and_how_it_came_about() -> None:
    context = PriceContext(
        "EUR", tax_inclusive=False, tax_rates=(rate(1, 1825),), shipping=option(500)
    )
    steps = price([line("a", 3, 1999)], context).explain

    assert [(s.kind, s.subject, s.amount, s.in_total, s.formula) for s in steps] == [
        (StepKind.LIST_PRICE, "a", 5997, True, "3 x 1999"),
        (StepKind.SHIPPING, "shipping", 500, True, "Courier"),
        (StepKind.TAX, "Tax 1", 1186, True, "18.25 % of 6497"),
        (StepKind.TAX_SHARE, "a", 1095, False, "5997 / 6497 of 1186 Tax 1"),
        (StepKind.TAX_SHARE, "shipping", 91, False, "500 / 6497 of 1186 Tax 1"),
    ]


def test_contained_tax_is_explained_without_being_counted() -> None:
    context = PriceContext("EUR", tax_inclusive=True, tax_rates=(rate(1, 1000), rate(2, 1000)))
    steps = price([line("a", 1, 1200)], context).explain

    assert [(s.kind, s.amount, s.in_total, s.formula) for s in steps] == [
        (StepKind.LIST_PRICE, 1200, True, "1 x 1200"),
        (StepKind.TAX_INCLUDED, 100, False, "10 % contained in 1200, of 20 % together"),
        (StepKind.TAX_SHARE, 100, False, "1200 / 1200 of 100 Tax 1"),
        (StepKind.TAX_INCLUDED, 100, False, "10 % contained in 1200, of 20 % together"),
        (StepKind.TAX_SHARE, 100, False, "1200 / 1200 of 100 Tax 2"),
    ]


NET = PriceContext("EUR", tax_inclusive=False, tax_rates=(VAT,))


@pytest.mark.parametrize("quantity", [0, -1, MAX_QUANTITY + 1])
def test_impossible_quantities_are_refused(quantity: int) -> None:
    with pytest.raises(InvalidQuantity):
        price([line("a", quantity, 1)], NET)


def test_the_largest_quantity_is_priced() -> None:
    assert price([line("a", MAX_QUANTITY, 100)], NET).totals.items == 1_000_000


def test_negative_prices_are_refused() -> None:
    with pytest.raises(InvalidPrice):
        price([line("a", 1, -1)], NET)
    with pytest.raises(InvalidPrice):
        price([replace(line("a", 1, 1), compare_at=-1)], NET)
    with pytest.raises(InvalidPrice):
        price([line("a", 1, 1)], replace(NET, shipping=option(-1)))


def test_a_second_currency_is_refused() -> None:
    with pytest.raises(MixedCurrencies):
        price([line("a", 1, 1), line("b", 1, 1, "USD")], NET)
    with pytest.raises(MixedCurrencies):
        price([line("a", 1, 1)], replace(NET, shipping=option(1, "USD")))


def test_what_the_shop_cannot_count_is_refused() -> None:
    untaxed = PriceContext("EUR", tax_inclusive=False)
    assert price([line("a", 1, MAX_AMOUNT)], untaxed).totals.grand_total == MAX_AMOUNT
    with pytest.raises(TotalTooLarge):
        price([line("a", 2, MAX_AMOUNT)], untaxed)
    with pytest.raises(TotalTooLarge):
        price([line("a", 1, MAX_AMOUNT), line("b", 1, 1)], untaxed)
    with pytest.raises(TotalTooLarge):
        price([line("a", 1, MAX_AMOUNT)], NET)


def test_floats_are_refused() -> None:
    with pytest.raises(TypeError):
        price([line("a", 1, 1.5)], NET)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        price([line("a", 1.0, 1)], NET)  # type: ignore[arg-type]


def test_shipping_options_are_offered_within_their_bounds() -> None:
    light = replace(option(1), name="light", max_weight_g=1000)
    heavy = replace(option(2), name="heavy", min_weight_g=1000)
    dear = replace(option(0), name="dear", min_total=5000, max_total=9000)
    options = (light, heavy, dear)

    def offered(*, items_total: int, weight_g: int) -> list[str]:
        found = eligible_options(options, items_total=items_total, weight_g=weight_g)
        return [one.name for one in found]

    assert offered(items_total=4999, weight_g=999) == ["light"]
    assert offered(items_total=5000, weight_g=1000) == ["light", "heavy", "dear"]
    assert offered(items_total=9000, weight_g=1001) == ["heavy", "dear"]
    assert offered(items_total=9001, weight_g=1001) == ["heavy"]


def test_the_total_from_which_a_basket_may_ship_for_nothing_is_told() -> None:
    paid = replace(option(490), min_total=100)
    free = replace(option(0), min_total=5000, max_weight_g=1000)
    freer = replace(option(0), min_total=4000, max_total=4500)

    def told(*options: ShippingOption, items_total: int = 100, weight_g: int = 1) -> int | None:
        return free_shipping_from(options, items_total=items_total, weight_g=weight_g)

    assert told(paid) is None
    assert told(paid, free) == told(paid, free, items_total=9000) == 5000
    assert told(paid, free, weight_g=1001) is None
    assert told(free, freer) == 4000
    assert told(free, freer, items_total=4501) == 5000
    assert told(free, option(0)) == 0


def test_weight_counts_every_unit() -> None:
    lines = [replace(line("a", 3, 1), weight_g=250), line("b", 2, 1)]
    assert weight_of(lines) == price(lines, NET).weight_g == 750


def test_the_items_total_is_known_before_there_is_a_quote() -> None:
    lines = [line("a", 3, 199), line("b", 2, 1)]
    assert items_total_of(lines) == price(lines, NET).totals.items == 599


def test_a_country_is_taxed_by_its_own_rates_and_those_of_the_region() -> None:
    everywhere, kenya, uganda = rate(1, 100), rate(2, 200, country="KE"), rate(3, 300, country="UG")
    market = Market(
        region_id=UUID(int=7),
        name="East Africa",
        currency="TZS",
        tax_inclusive=True,
        tax_rates=(everywhere, kenya, uganda),
        shipping_options=(option(5, "TZS"),),
    )

    assert context_for(market).tax_rates == (everywhere,)
    assert context_for(market, country="KE", shipping=option(5, "TZS")) == PriceContext(
        "TZS", tax_inclusive=True, tax_rates=(everywhere, kenya), shipping=option(5, "TZS")
    )
