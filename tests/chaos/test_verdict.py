"""Red, vacuous or green: and why, on one screen."""

import json
from pathlib import Path
from uuid import UUID

import pytest
from chaos.journal import Journal
from chaos.laws import Broken, Watched
from chaos.plan import SMOKE, WHOLE, Plan
from chaos.verdict import Colour, as_json, judge, report, tell
from chaos.witnesses.finding import Finding, Kind
from chaos.witnesses.quiet import Quiet

from sokoni.kernel.ids import encode
from tests.chaos.factories import Witnesses
from tests.chaos.outcomes import outcome

LOST = Finding(Kind.ORDER_MISSING, "ord_1", "number S-1")


def test_a_run_in_which_much_happened_and_nothing_was_wrong_is_green(
    tmp_path: Path, journal: Journal, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tell(outcome(tmp_path, journal)) == 0

    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "GREEN (seed 7)"
    assert "400 orders, 300 told paid" in said[2]
    assert "20 kills in 60 s, 10 payments after the end, 10 automatic refunds" in said[4]


@pytest.mark.parametrize(
    ("little", "says"),
    [
        ({"orders": 20, "paid": 20}, "20 orders, at least"),
        ({"paid": 5}, "5 told paid, at least"),
        ({"kills": 2}, "2 kills, at least"),
        ({"late": 0}, "0 late payments, at least"),
        ({"returned": 0}, "0 auto refunds, at least"),
        ({"watched": Watched()}, "the laws were checked in 0 of 0 seconds"),
        (
            {"watched": Watched(seconds_checked=10, seconds_missed=20)},
            "the laws were checked in 10 of 30 seconds",
        ),
    ],
)
def test_a_run_in_which_too_little_happened_is_vacuous(
    tmp_path: Path, journal: Journal, little: dict[str, object], says: str
) -> None:
    verdict = judge(outcome(tmp_path, journal, **little))  # type: ignore[arg-type]

    assert verdict.colour is Colour.VACUOUS
    assert verdict.exit_code == 2
    assert verdict.too_little[0].startswith(says)


def test_seconds_without_a_database_do_not_make_a_run_vacuous(
    tmp_path: Path, journal: Journal
) -> None:
    watched = Watched(seconds_checked=40, seconds_away=100)

    assert judge(outcome(tmp_path, journal, watched=watched)).colour is Colour.GREEN


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"findings": [LOST]}, "acknowledged order missing: 1"),
        ({"expectations": ["api-1 is not ready after 12 s"]}, "api-1 is not ready after 12 s"),
        ({"quiet": Quiet(120.0, {"jobs queued": 3})}, "no quiet: after 120.0 s still: 3 jobs"),
        (
            {
                "watched": Watched(
                    seconds_checked=60,
                    broken={"law": Broken("law", "stock adds up", 12, 0.0, ("SKU-1",))},
                    seconds_broken={"law": 4},
                )
            },
            "law broken for 4 s, first in second 12: stock adds up",
        ),
    ],
)
def test_anything_wrong_is_red_even_if_little_happened(
    tmp_path: Path, journal: Journal, wrong: dict[str, object], says: str
) -> None:
    run = outcome(tmp_path, journal, orders=1, paid=1, **wrong)  # type: ignore[arg-type]
    verdict = judge(run)

    assert verdict.colour is Colour.RED
    assert verdict.exit_code == 1
    assert verdict.wrong[0].startswith(says)
    assert any(line.startswith(f"✗ {says}") for line in report(run, verdict))


@pytest.mark.parametrize("plan", [WHOLE, SMOKE])
def test_a_buyer_who_was_kept_waiting_makes_a_run_red(
    tmp_path: Path, journal: Journal, plan: Plan
) -> None:
    run = outcome(tmp_path, journal, plan=plan.lasting(1))

    journal.kept_waiting(buyer="asha", path="/checkout", seconds=10 + plan.margin)
    journal.kept_waiting(buyer="asha", path="/checkout", seconds=11 + plan.margin)

    worst = f"the worst in {11 + plan.margin:.1f} s"
    assert judge(run).wrong == (f"1 buyers were not answered within 10 s, {worst}",)


def test_refunds_that_buyers_asked_for_are_not_automatic(tmp_path: Path, journal: Journal) -> None:
    run = outcome(tmp_path, journal, returned=4)
    shown = json.loads(run.world.provider_ledger.read_text().splitlines()[0])
    before = judge(run).happened.auto_refunds

    Witnesses(journal).tell(encode("ord", UUID(shown["metadata"]["order_id"])))

    assert (before, judge(run).happened.auto_refunds) == (4, 3)


def test_the_outcome_is_written_as_json_with_every_finding(
    tmp_path: Path, journal: Journal
) -> None:
    run = outcome(tmp_path, journal, findings=[LOST] * 20)
    file = tmp_path / "outcome.json"

    assert tell(run, json_file=file) == 1

    written = json.loads(file.read_text())
    assert written == json.loads(json.dumps(as_json(run, judge(run)), default=str))
    assert written["verdict"] == "red"
    assert written["seed"] == 7
    assert len(written["findings"]) == 20
    assert written["findings"][0] == {
        "kind": "acknowledged order missing",
        "subject": "ord_1",
        "says": "number S-1",
    }


def test_the_report_fits_one_screen_however_much_is_wrong(tmp_path: Path, journal: Journal) -> None:
    run = outcome(tmp_path, journal, findings=[LOST] * 500)

    assert len(list(report(run, judge(run)))) < 40
