"""Money is exact: nothing is rounded unseen, nothing mixes, nothing is lost in a division."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

import pytest
from babel.core import get_global
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sokoni.kernel.currencies import EXPONENTS, UnknownCurrency, exponent
from sokoni.kernel.money import (
    MAX_AMOUNT,
    AmountOutOfRange,
    CurrencyMismatch,
    Money,
    NotADecimal,
    NotChargeable,
    apply_rate,
    format_decimal,
    from_stripe,
    included_tax,
    parse_decimal,
    split,
    to_stripe,
)
from sokoni.kernel.wire import MoneyIn, MoneyOut

amounts = st.integers(-MAX_AMOUNT, MAX_AMOUNT)
rates = st.integers(0, 20_000)
moneys = st.builds(Money, amounts, st.sampled_from(sorted(EXPONENTS)))


def test_sums_stay_in_minor_units() -> None:
    assert Money(1999, "EUR") + Money(1, "EUR") == Money(2000, "EUR")
    assert Money(5, "EUR") - Money(7, "EUR") == Money(-2, "EUR")
    assert -Money(5, "EUR") == Money(-5, "EUR")
    assert Money(250, "TZS") * 3 == 3 * Money(250, "TZS") == Money(750, "TZS")
    assert sum([Money(1, "EUR"), Money(2, "EUR")], Money.zero("EUR")) == Money(3, "EUR")


def test_amounts_of_one_currency_are_ordered() -> None:
    assert Money(1, "EUR") < Money(2, "EUR") <= Money(2, "EUR")
    assert Money(2, "EUR") > Money(1, "EUR") >= Money(1, "EUR")
    assert not Money(2, "EUR") < Money(2, "EUR")
    assert Money(1, "EUR") != Money(1, "USD")


@pytest.mark.parametrize(
    "combine",
    [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: a < b,
        lambda a, b: a <= b,
        lambda a, b: a > b,
        lambda a, b: a >= b,
    ],
)
def test_two_currencies_never_meet(combine: Callable[[Money, Money], object]) -> None:
    with pytest.raises(CurrencyMismatch, match="EUR and USD"):
        combine(Money(1, "EUR"), Money(1, "USD"))


@pytest.mark.parametrize("number", [1.0, True, "1", Decimal(1), None])
def test_only_integers_are_amounts(number: int) -> None:
    with pytest.raises(TypeError):
        Money(number, "EUR")
    with pytest.raises(TypeError):
        Money(1, "EUR") * number
    with pytest.raises(TypeError):
        apply_rate(number, 100)
    with pytest.raises(TypeError):
        Money(1, "EUR") + number  # type: ignore[operator]


def test_amounts_have_one_bound() -> None:
    assert Money(MAX_AMOUNT, "EUR").amount == 10**15
    with pytest.raises(AmountOutOfRange):
        Money(MAX_AMOUNT, "EUR") + Money(1, "EUR")
    with pytest.raises(AmountOutOfRange):
        Money(-MAX_AMOUNT - 1, "EUR")


@pytest.mark.parametrize("code", ["eur", "EURO", "XXX", "BGN", "XAU", ""])
def test_unknown_currencies_are_refused(code: str) -> None:
    with pytest.raises(UnknownCurrency):
        Money(1, code)


@pytest.mark.parametrize(
    ("code", "places"),
    [("TZS", 2), ("EUR", 2), ("JPY", 0), ("KWD", 3), ("UGX", 0), ("IQD", 3), ("MGA", 2)],
)
def test_exponents_are_those_of_iso(code: str, places: int) -> None:
    assert exponent(code) == places


def test_the_table_covers_what_babel_knows_with_decimals() -> None:
    """Unicode differs from ISO downwards only (what people write), never in having more."""
    assert len(EXPONENTS) == 155
    fractions = get_global("currency_fractions")
    for code, (digits, *_) in fractions.items():
        if code in EXPONENTS:
            assert digits <= EXPONENTS[code]
    assert {c for c, places in EXPONENTS.items() if places == 0} <= set(fractions)
    current = {
        code
        for territory in get_global("territory_currencies").values()
        for code, _start, end, tender in territory
        if end is None and tender
    }
    assert current - set(EXPONENTS) <= {"BGN"}  # Bulgaria pays in euros since 2026


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("19.99", "EUR", 1999),
        (" 19.9 ", "EUR", 1990),
        ("19", "EUR", 1900),
        ("0", "EUR", 0),
        ("1500", "JPY", 1500),
        ("1.005", "KWD", 1005),
        ("2500", "TZS", 250_000),
        ("10000000000000.00", "EUR", MAX_AMOUNT),
    ],
)
def test_decimals_are_read_exactly(text: str, currency: str, amount: int) -> None:
    assert parse_decimal(text, currency) == Money(amount, currency)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("19.999", "EUR"),
        ("1500.0", "JPY"),
        ("1.0005", "KWD"),
        ("1,999.00", "EUR"),
        ("19,99", "EUR"),
        ("1e3", "EUR"),
        ("+1", "EUR"),
        (".5", "EUR"),
        ("5.", "EUR"),
        ("", "EUR"),
        ("٣", "EUR"),
        ("NaN", "EUR"),
        ("-1.00", "EUR"),
        ("9" * 40, "EUR"),
    ],
)
def test_what_is_not_exactly_an_amount_is_refused(text: str, currency: str) -> None:
    with pytest.raises(NotADecimal):
        parse_decimal(text, currency)


def test_a_decimal_beyond_the_bound_is_refused() -> None:
    with pytest.raises(AmountOutOfRange):
        parse_decimal("10000000000000.01", "EUR")


def test_negative_decimals_are_read_when_asked_for() -> None:
    assert parse_decimal("-1.50", "EUR", allow_negative=True) == Money(-150, "EUR")


@pytest.mark.parametrize(
    ("money", "text"),
    [
        (Money(1999, "EUR"), "19.99"),
        (Money(5, "EUR"), "0.05"),
        (Money(-5, "EUR"), "-0.05"),
        (Money(1500, "JPY"), "1500"),
        (Money(1, "KWD"), "0.001"),
    ],
)
def test_amounts_are_written_with_all_their_decimals(money: Money, text: str) -> None:
    assert format_decimal(money) == text
    assert str(money) == f"{text} {money.currency}"


@settings(deadline=None)
@given(moneys)
def test_what_is_written_is_read_back(money: Money) -> None:
    assert parse_decimal(format_decimal(money), money.currency, allow_negative=True) == money


@pytest.mark.parametrize(
    ("amount", "rate", "tax"),
    [(1999, 1800, 360), (25, 1000, 3), (24, 1000, 2), (-25, 1000, -3), (1, 4999, 0), (1, 5000, 1)],
)
def test_a_rate_is_rounded_half_away_from_zero(amount: int, rate: int, tax: int) -> None:
    assert apply_rate(amount, rate) == tax


@pytest.mark.parametrize(
    ("gross", "rate", "tax"), [(11800, 1800, 1800), (1000, 2000, 167), (-1000, 2000, -167)]
)
def test_a_price_contains_its_tax(gross: int, rate: int, tax: int) -> None:
    assert included_tax(gross, rate) == tax


@settings(deadline=None)
@given(amounts, rates)
def test_rates_agree_with_decimal_arithmetic(amount: int, rate: int) -> None:
    exact = Decimal(amount) * rate / 10_000
    assert apply_rate(amount, rate) == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@settings(deadline=None)
@given(amounts, rates)
def test_tax_put_on_a_price_is_the_tax_it_contains(net: int, rate: int) -> None:
    tax = apply_rate(net, rate)
    assert included_tax(net + tax, rate) == tax


def test_negative_rates_and_weights_are_refused() -> None:
    with pytest.raises(ValueError, match="rate"):
        apply_rate(100, -1)
    with pytest.raises(ValueError, match="rate"):
        included_tax(100, -1)
    with pytest.raises(ValueError, match="weights"):
        split(100, [1, -1])


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (5, [0, 3, 0, 7], [0, 2, 0, 3]),
        (1, [1, 2, 2], [0, 1, 0]),
        (0, [0, 0], [0, 0]),
        (0, [], []),
    ],
)
def test_a_division_loses_nothing(amount: int, weights: list[int], parts: list[int]) -> None:
    assert split(amount, weights) == parts


def test_nothing_is_divided_by_nothing() -> None:
    with pytest.raises(ValueError, match="every weight is 0"):
        split(1, [0, 0])


@settings(deadline=None)
@given(amounts, st.lists(st.integers(0, 10**9), min_size=1).filter(any))
def test_parts_add_up_and_are_less_than_a_unit_from_their_share(
    amount: int, weights: list[int]
) -> None:
    parts = split(amount, weights)
    total = sum(weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * total - amount * weight) < total
    assert split(-amount, weights) == [-part for part in parts]


@pytest.mark.parametrize(
    ("money", "theirs"),
    [
        (Money(1999, "EUR"), 1999),
        (Money(250_000, "TZS"), 250_000),
        (Money(500, "JPY"), 500),
        (Money(5, "ISK"), 500),
        (Money(5, "UGX"), 500),
        (Money(1045, "HUF"), 1045),
        (Money(1045, "TWD"), 1045),
        (Money(5120, "KWD"), 5120),
        (Money(500, "MGA"), 5),
    ],
)
def test_stripe_gets_its_own_units_and_gives_them_back(money: Money, theirs: int) -> None:
    assert to_stripe(money) == theirs
    assert from_stripe(theirs, money.currency.lower()) == money


@pytest.mark.parametrize("money", [Money(5124, "KWD"), Money(101, "MGA")])
def test_what_stripe_cannot_charge_is_refused_and_not_rounded(money: Money) -> None:
    with pytest.raises(NotChargeable, match="not a multiple of"):
        to_stripe(money)


def test_a_fraction_of_a_unit_from_stripe_is_refused() -> None:
    with pytest.raises(NotChargeable, match="fraction"):
        from_stripe(501, "isk")


@settings(deadline=None)
@given(moneys)
def test_stripe_returns_what_it_was_sent(money: Money) -> None:
    step = {2: 100 if money.currency == "MGA" else 1, 3: 10, 0: 1}[exponent(money.currency)]
    chargeable = Money(money.amount // step * step, money.currency)
    assert from_stripe(to_stripe(chargeable), money.currency) == chargeable


def test_money_has_one_form_on_the_wire() -> None:
    out = MoneyOut.of(Money(-1999, "EUR"))
    assert out.model_dump() == {"amount": -1999, "currency": "EUR"}
    assert out.to_money() == Money(-1999, "EUR")
    price = MoneyIn.model_validate_json('{"amount": 1999, "currency": "JPY"}')
    assert price.to_money() == Money(1999, "JPY")


@pytest.mark.parametrize(
    "body",
    [
        '{"amount": "1", "currency": "EUR"}',
        '{"amount": true, "currency": "EUR"}',
        '{"amount": 1.0, "currency": "EUR"}',
        '{"amount": -1, "currency": "EUR"}',
        '{"amount": 1000000000000001, "currency": "EUR"}',
        '{"amount": 1, "currency": "eur"}',
        '{"amount": 1, "currency": "XXX"}',
        '{"amount": 1, "currency": "EUR\\n"}',
        '{"amount": 1}',
        '{"amount": 1, "currency": "EUR", "precision": 2}',
    ],
)
def test_a_loose_amount_is_refused(body: str) -> None:
    with pytest.raises(ValidationError):
        MoneyIn.model_validate_json(body)
