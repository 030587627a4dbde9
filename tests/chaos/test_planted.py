"""Every planted bug finds what it replaces; one whose ground has moved fails loudly."""

import subprocess
import sys

import pytest
from chaos.planted import BUGS, Moved, plant

from chaos import planted
from sokoni.payments.flows import webhooks
from sokoni.payments.service import settlement
from tests.platform.processes import BARE, ROOT

SERVES = """
from chaos.planted import plant
import sys
import sokoni.payments.flows as flows, sokoni.payments.service as service
before = dict(vars(flows)) | dict(vars(service)) | dict(vars(service.settlement))
from sokoni.payments.service import refunds
answered = refunds.ANSWERED.text
plant(sys.argv[1])
after = dict(vars(flows)) | dict(vars(service)) | dict(vars(service.settlement))
print(sorted(name for name in before if before[name] is not after[name]),
      refunds.ANSWERED.text != answered)
"""
CHANGES = {
    "inbox-first": "['compare_lists', 'process_event', 'reconcile'] False",
    "no-dedup": "['SETTLE', 'receive'] False",
    "late-money-kept": "['_use'] False",
    "sent-first": "['send_refund'] True",
}


def test_there_are_the_four_classic_bugs() -> None:
    assert set(BUGS) == set(CHANGES)


@pytest.mark.parametrize("bug", CHANGES)
def test_a_bug_changes_what_callers_get_and_nothing_else(bug: str) -> None:
    """In another process: this one stays sound."""
    done = subprocess.run(
        [sys.executable, "-c", SERVES, bug],
        env=BARE,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.strip() == CHANGES[bug], done.stderr


def test_an_unknown_bug_is_refused_with_the_names_of_the_known() -> None:
    with pytest.raises(ValueError, match="no bug 'none'; there are: inbox-first, no-dedup"):
        plant("none")


def test_a_function_that_has_moved_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(settlement, "_use")

    with pytest.raises(Moved, match=r"settlement has no _use any more"):
        plant("late-money-kept")


def test_a_function_that_is_only_handed_on_has_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settlement, "_use", webhooks.process_event)

    with pytest.raises(Moved, match=r"_use is not defined in .*settlement any more"):
        plant("late-money-kept")


def test_a_condition_that_is_worded_otherwise_is_missed() -> None:
    with pytest.raises(Moved, match=r"SETTLE does not say 'status = 7' any more"):
        planted._reword(settlement, "SETTLE", "status = 7", "true")


def test_a_module_that_is_gone_is_missed() -> None:
    with pytest.raises(Moved, match=r"no module sokoni\.payments\.gone"):
        planted._module("sokoni.payments.gone")
