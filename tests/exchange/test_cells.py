"""Cells say the same after a way out and in."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sokoni.exchange import cells
from sokoni.exchange.cells import CellError
from sokoni.kernel.spreadsheets import guarded, unguarded

NAMES = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), min_size=1, max_size=12
)


@given(st.text(max_size=20) | st.from_regex(r"'{0,3}[=+\-@\t\r].{0,5}", fullmatch=True))
def test_a_text_comes_back_as_it_was_and_no_spreadsheet_runs_it(text: str) -> None:
    kept = guarded(text)

    assert unguarded(kept) == text
    assert not kept.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(NAMES, max_size=5, unique=True))
def test_tags_come_back_as_they_were(names: list[str]) -> None:
    assert cells.tags(cells.joined_tags(names)) == tuple(names)


@given(st.lists(st.lists(NAMES, min_size=1, max_size=3), max_size=4))
def test_paths_of_categories_come_back_as_they_were(paths: list[list[str]]) -> None:
    assert cells.paths(cells.joined_paths(paths)) == tuple(tuple(path) for path in paths)


def test_a_formula_in_a_title_is_text_in_the_file() -> None:
    out = StringIO()
    csv.writer(out).writerow([guarded('=HYPERLINK("http://x.example","y")')])

    assert out.getvalue() == '"\'=HYPERLINK(""http://x.example"",""y"")"\r\n'


@pytest.mark.parametrize(
    ("text", "currency", "minor_units"),
    [
        ("19.99", "EUR", 1999),
        ("19.9", "EUR", 1990),
        ("19.9900", "EUR", 1999),
        ("1500.00", "JPY", 1500),
        ("1500", "JPY", 1500),
        ("1.005", "KWD", 1005),
        (" 0 ", "TZS", 0),
    ],
)
def test_amounts_are_exact(text: str, currency: str, minor_units: int) -> None:
    assert cells.amount(text, currency) == minor_units


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("1500.50", "JPY"),
        ("19.999", "EUR"),
        ("1.999,00", "EUR"),
        ("€5", "EUR"),
        ("1e3", "EUR"),
        ("5.", "EUR"),
        ("", "EUR"),
        ("9" * 19, "EUR"),
    ],
)
def test_what_is_no_amount_is_refused(text: str, currency: str) -> None:
    with pytest.raises(CellError):
        cells.amount(text, currency)
