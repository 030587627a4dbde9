"""What stands in one cell of a file, as text and as value, both ways and without loss.

Texts that spreadsheets would run are guarded (see `kernel.spreadsheets`).
"""

import csv
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal

from sokoni.kernel.money import Money, NotADecimal, format_decimal, parse_decimal

number = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?")
trailing_zeros = re.compile(r"(?<=[0-9])\.0+$|(?<=\.)([0-9]*[1-9])0+$")
escaped = re.compile(r"\\(.)")

GRAMS = {
    "": Decimal(1),
    "g": Decimal(1),
    "kg": Decimal(1000),
    "lb": Decimal("453.59237"),
    "oz": Decimal("28.349523125"),
}
YES = frozenset({"true", "yes", "y", "1"})
NO = frozenset({"false", "no", "n", "0"})
TWO_BILLION = 2_000_000_000


class CellError(ValueError):
    """The cell cannot be read; the message says what to write instead."""


def amount(text: str, currency: str) -> int:
    """`19.99` as minor units; decimals that the currency lacks may be written if they are 0."""
    plain = text.strip()
    try:
        return parse_decimal(plain, currency).amount
    except NotADecimal as error:
        shorter = trailing_zeros.sub(r"\1", plain)
        if shorter != plain:
            with suppress(CellError):
                return amount(shorter, currency)
        raise CellError(f"{error}") from None
    except ValueError as error:
        raise CellError(f"{error}") from None


def decimal(minor_units: int, currency: str) -> str:
    return format_decimal(Money(minor_units, currency))


def flag(text: str) -> bool:
    folded = text.strip().lower()
    if folded in YES | NO:
        return folded in YES
    raise CellError(f"{text!r} is neither TRUE nor FALSE")


def whole(text: str) -> int:
    """A whole number; `3.0` is one."""
    value = _number(text)
    if value != value.to_integral_value() or abs(value) > TWO_BILLION:
        raise CellError(f"{text!r} is not a whole number")
    return int(value)


def grams(text: str, unit: str = "") -> int:
    """A weight in whole grams, rounded half up."""
    factor = GRAMS.get(unit.strip().lower())
    if factor is None:
        raise CellError(f"{unit!r} is not a unit of weight; write g, kg, lb or oz")
    weight = (_number(text) * factor).to_integral_value(ROUND_HALF_UP)
    if weight < 0 or weight > TWO_BILLION:
        raise CellError(f"{text!r} is not a weight")
    return int(weight)


def tags(text: str) -> tuple[str, ...]:
    """`red, "big, bold"` as two tags."""
    line = " ".join(text.split())
    found = next(csv.reader([line], skipinitialspace=True), [])
    return tuple(tag for each in found if (tag := each.strip()))


def joined_tags(names: Iterable[str]) -> str:
    return ", ".join(_quoted(name) if set(name) & {",", '"'} else name for name in names)


def paths(text: str) -> tuple[tuple[str, ...], ...]:
    r"""`Home > Kitchen; Sale` as two paths. A sign that belongs to a name has a \ before it."""
    found = (
        tuple(name for step in _split(path, ">") if (name := escaped.sub(r"\1", step).strip()))
        for path in _split(text, ";")
    )
    return tuple(path for path in found if path)


def joined_paths(categories: Iterable[Sequence[str]]) -> str:
    return "; ".join(
        " > ".join(re.sub(r"([\\>;])", r"\\\1", name) for name in path) for path in categories
    )


def _number(text: str) -> Decimal:
    plain = text.strip()
    if not number.fullmatch(plain):
        raise CellError(f"{text!r} is not a number; write it like 12 or 12.5")
    return Decimal(plain)


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _split(text: str, sign: str) -> list[str]:
    r"""The parts between signs, without those that have a \ before them."""
    return re.findall(rf"((?:\\.|[^\\{sign}]|\\$)+)", text, re.DOTALL)
