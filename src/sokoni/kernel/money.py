"""Money: whole minor units and a currency, and the few sums a shop may do with them.

Amounts are Python integers in the minor unit of ISO 4217 (1999 is 19.99 EUR, 1999 JPY, 1.999 KWD),
never floats, and never beyond `MAX_AMOUNT`. Rates are basis points (1800 is 18 %). What is rounded
is rounded half away from zero, so a refund mirrors its charge; what is divided is divided by
`split`, which loses nothing. Every refusal here is a `ValueError`, but a number that is not an
integer is a `TypeError`: a mistake of ours and not of a request.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sokoni.kernel.currencies import exponent

MAX_AMOUNT = 10**15
"""The largest amount, in minor units: inside BIGINT, and exact in JSON readers that use doubles."""
WHOLE = 10_000
"""One hundred per cent, in basis points."""

DECIMAL = re.compile(r"(-?)([0-9]{1,18})(?:\.([0-9]{1,18}))?")

# Where Stripe's unit is not ISO's minor unit (docs.stripe.com/currencies, "Minor units" and
# "Special cases"): ISK and UGX have no decimals and are still sent as if they had two; MGA has two
# by ISO and is sent without. HUF and TWD are whole for payouts only, and are charged as they are.
STRIPE_EXPONENTS = {"ISK": 2, "UGX": 2, "MGA": 0}
STRIPE_LAST_DIGIT_IS_ZERO = 3  # currencies of three decimals are charged in tens
TEN_TO_THE = (1, 10, 100, 1000)


class CurrencyMismatch(ValueError):
    """Two currencies met in one sum"""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other} cannot be combined")


class AmountOutOfRange(ValueError):
    """The amount is larger than the shop can count"""


class NotADecimal(ValueError):
    """The text is not an amount in this currency"""


class NotChargeable(ValueError):
    """The payment provider has no number for exactly this amount"""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of a known currency; negative amounts are allowed."""

    amount: int
    currency: str

    def __post_init__(self) -> None:
        exponent(self.currency)
        in_range(self.amount)

    @classmethod
    def zero(cls, currency: str) -> "Money":
        return cls(0, currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __mul__(self, times: int) -> "Money":
        return Money(self.amount * whole(times), self.currency)

    __rmul__ = __mul__

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.amount >= self._same(other)

    def __str__(self) -> str:
        return f"{format_decimal(self)} {self.currency}"

    def _same(self, other: "Money") -> int:
        if not isinstance(other, Money):
            raise TypeError(f"money goes with money, not with {type(other).__name__}")
        if other.currency != self.currency:
            raise CurrencyMismatch(self.currency, other.currency)
        return other.amount


def whole(number: int) -> int:
    """The number itself, if it is an integer and not a bool, float or Decimal."""
    if type(number) is not int:
        raise TypeError(f"an integer is needed, not {type(number).__name__}")
    return number


def in_range(amount: int) -> int:
    """The amount itself, if it is an integer that the shop can count."""
    if not -MAX_AMOUNT <= whole(amount) <= MAX_AMOUNT:
        raise AmountOutOfRange(f"an amount is at most {MAX_AMOUNT} minor units")
    return amount


def parse_decimal(text: str, currency: str, *, allow_negative: bool = False) -> Money:
    """`19.99` EUR as 1999 minor units, exactly; a decimal point, no thousands sign, no rounding."""
    found = DECIMAL.fullmatch(text.strip())
    if found is None:
        raise NotADecimal(f"{text!r} is not an amount; write it like 1999.50")
    sign, units, decimals = found[1], found[2], found[3] or ""
    places = exponent(currency)
    if len(decimals) > places:
        raise NotADecimal(f"{text!r} has too many decimals: {currency} has {places}")
    if sign and not allow_negative:
        raise NotADecimal(f"{text!r} is negative")
    amount = int(units + decimals.ljust(places, "0"))
    return Money(-amount if sign else amount, currency)


def format_decimal(money: Money) -> str:
    """The reverse of `parse_decimal`: `19.99`, `1500` for yen, `-0.005` for dinars."""
    places = exponent(money.currency)
    digits = str(abs(money.amount)).rjust(places + 1, "0")
    sign = "-" if money.amount < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def apply_rate(amount: int, basis_points: int) -> int:
    """That share of the amount: the tax to add to a net price."""
    return _rounded(whole(amount) * _rate(basis_points), WHOLE)


def included_tax(gross: int, basis_points: int) -> int:
    """The tax that a price contains which was set with its tax."""
    return _rounded(whole(gross) * _rate(basis_points), WHOLE + basis_points)


def split(amount: int, weights: Sequence[int]) -> list[int]:
    """Divide an amount by weights so that the parts add up to it exactly.

    By largest remainder; of equal remainders the earlier part gets the unit. A part of weight 0
    gets nothing, so weights that are all 0 can divide only 0.
    """
    if any(whole(weight) < 0 for weight in weights):
        raise ValueError("weights are not negative")
    total = sum(weights)
    if total == 0:
        if whole(amount) != 0:
            raise ValueError("nothing to divide the amount by: every weight is 0")
        return [0] * len(weights)
    size = abs(whole(amount))
    parts = [size * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(size * weights[i] % total))
    for i in by_remainder[: size - sum(parts)]:
        parts[i] += 1
    return parts if amount >= 0 else [-part for part in parts]


def to_stripe(money: Money) -> int:
    """The `amount` that Stripe's API takes for this money; never a rounded one."""
    places = exponent(money.currency)
    theirs = STRIPE_EXPONENTS.get(money.currency, places)
    step = _stripe_step(money.currency)
    if money.amount % step:
        raise NotChargeable(f"{money} is not a multiple of {Money(step, money.currency)}")
    return money.amount * TEN_TO_THE[theirs] // TEN_TO_THE[places]


def from_stripe(amount: int, currency: str) -> Money:
    """The money behind an `amount` and lower-case `currency` of Stripe's API."""
    code = currency.upper()
    places = exponent(code)
    theirs = STRIPE_EXPONENTS.get(code, places)
    ours, rest = divmod(whole(amount) * TEN_TO_THE[places], TEN_TO_THE[theirs])
    if rest:
        raise NotChargeable(f"{amount} is a fraction of the smallest unit of {code}")
    return Money(ours, code)


def _stripe_step(currency: str) -> int:
    """The smallest amount that Stripe can charge, of which all others are multiples."""
    places = exponent(currency)
    if places == STRIPE_LAST_DIGIT_IS_ZERO:
        return 10
    return TEN_TO_THE[max(0, places - STRIPE_EXPONENTS.get(currency, places))]


def _rate(basis_points: int) -> int:
    if whole(basis_points) < 0:
        raise ValueError("a rate is not negative")
    return basis_points


def _rounded(numerator: int, denominator: int) -> int:
    """The quotient, half away from zero."""
    size = (2 * abs(numerator) + denominator) // (2 * denominator)
    return size if numerator >= 0 else -size
