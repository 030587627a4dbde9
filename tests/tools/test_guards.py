"""The guards that are broken by `make guards` must still stand where it looks for them."""

from pathlib import Path

import pytest
from tools.guards.guard import Guard
from tools.guards.guards import GUARDS

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_a_guard_stands_once_in_its_file_and_has_tests(guard: Guard) -> None:
    whole = (ROOT / guard.file).read_text()

    assert guard.broken(whole) != whole
    assert all((ROOT / test).exists() for test in guard.tests)


def test_a_guard_that_has_moved_is_noticed() -> None:
    guard = Guard("counted", "shop.py", old="if left:", new="if True:", tests=())

    with pytest.raises(ValueError, match=r"counted: shop\.py has 0 × 'if left:'"):
        guard.broken("if there_are_any:")
