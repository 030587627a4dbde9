"""The harness has teeth: each planted bug turns a run red, by what that bug does to a shop.

Minutes of a busy machine, so `make test` leaves them out: `make chaos-teeth` runs them.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from chaos.witnesses.finding import Kind

from tests.platform.processes import BARE, ROOT

pytestmark = [pytest.mark.teeth, pytest.mark.timeout(900)]

# A bug bites where a process dies or a buyer repeats himself at the wrong moment, which a short
# run may miss: up to three of them. The first is one whose kills strike the worker.
SEEDS = (54, 55, 56)
# What each bug does that nothing else here does, and words of the finding where the kind alone
# could also mean that the shop had no time to finish.
BITES = {
    "inbox-first": (Kind.WEBHOOK_WITHOUT_EFFECT, ""),
    "no-dedup": (Kind.PAID_WITHOUT_MONEY, "the provider holds 0, the order is paid"),
    "late-money-kept": (Kind.CHARGED_AND_KEPT, "the shop knows of it"),
    "sent-first": (Kind.REFUND_NOT_MADE, ": succeeded, None"),
}


def run(home: Path, *arguments: str, seed: int = SEEDS[0]) -> dict[str, Any]:
    """A short run of the real harness in a process of its own; what it has written."""
    file = home / "outcome.json"
    done = subprocess.run(
        [sys.executable, "-m", "chaos", "--teeth", "--seed", str(seed), "--json", file, *arguments],
        env=BARE,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert file.exists(), done.stdout + done.stderr
    outcome: dict[str, Any] = json.loads(file.read_text())
    outcome["exit code"], outcome["report"] = done.returncode, done.stdout
    return outcome


@pytest.mark.parametrize("bug", BITES)
def test_a_planted_bug_turns_the_run_red_for_its_own_reason(bug: str, tmp_path: Path) -> None:
    reports = []
    for seed in SEEDS:
        outcome = run(tmp_path, "--plant", bug, seed=seed)
        reports.append(outcome["report"])
        if _bitten(outcome, bug):
            assert (outcome["verdict"], outcome["exit code"]) == ("red", 1)
            return
    pytest.fail("\n".join(reports))


def _bitten(outcome: dict[str, Any], bug: str) -> bool:
    kind, words = BITES[bug]
    return any(one["kind"] == kind and words in one["says"] for one in outcome["findings"])


def test_the_same_run_without_a_bug_finds_nothing(tmp_path: Path) -> None:
    outcome = run(tmp_path)

    # So short a run may be vacuous on a slow machine, which says nothing of the shop.
    assert outcome["verdict"] != "red", outcome["report"]
    assert outcome["findings"] == [], outcome["report"]
    assert outcome["laws"]["broken"] == {}
    assert outcome["happened"]["orders"] > 0
    assert outcome["happened"]["auto_refunds"] > 0
