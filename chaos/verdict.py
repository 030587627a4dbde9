"""The verdict of a run: green, red, or vacuous; told on one screen, and as JSON.

Red is a finding of the witnesses, a broken law, an expectation that was not met, or no quiet.
Vacuous is a run in which too little happened to mean anything: it fails as well.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from chaos.journal import Counts
from chaos.plan import ANSWER_WITHIN, KILLS_A_MINUTE, UNSTRUCK, Plan
from chaos.run import Outcome
from chaos.witnesses import provider
from chaos.witnesses.finding import Finding
from chaos.world import FaultLog

MOST_SHOWN = 6  # findings of one kind, broken laws, expectations
SHARE_OF_SECONDS = 0.5  # of the seconds in which the database answered, checked by the watcher


class Colour(StrEnum):
    GREEN = "green"
    RED = "red"
    VACUOUS = "vacuous"


EXIT_CODES = {Colour.GREEN: 0, Colour.RED: 1, Colour.VACUOUS: 2}


@dataclass(frozen=True, slots=True)
class Happened:
    """How much happened. `auto_refunds`: money that the shop gave back without being asked to."""

    orders: int
    told_paid: int
    kills: int
    struck_seconds: float  # of the phases with kills
    late_payments: int
    auto_refunds: int
    law_seconds: int
    law_seconds_away: int
    law_seconds_missed: int


@dataclass(frozen=True, slots=True)
class Least:
    """What a run must have seen to count, by its length."""

    orders: int
    told_paid: int
    kills: int
    late_payments: int
    auto_refunds: int

    @classmethod
    def of(cls, plan: Plan, struck: float) -> "Least":
        """Per minute, with allowance for what misfortune keeps from happening.

        Kills count by the seconds in which processes were struck.
        """
        minutes = plan.length / 60
        return cls(
            orders=int(120 * minutes),
            told_paid=int(60 * minutes),
            kills=int(KILLS_A_MINUTE * struck / 60),
            late_payments=max(1, int(3 * minutes)),
            auto_refunds=max(1, int(3 * minutes)),
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    colour: Colour
    happened: Happened
    too_little: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self.colour]


def judge(outcome: Outcome) -> Verdict:
    """Red before vacuous: a shop that lost money in a short run has lost money."""
    happened = _happened(outcome)
    wrong = tuple(_wrong(outcome))
    too_little = tuple(vacuous(happened, Least.of(outcome.plan, happened.struck_seconds)))
    colour = Colour.RED if wrong else Colour.VACUOUS if too_little else Colour.GREEN
    return Verdict(colour, happened, too_little, wrong)


def vacuous(happened: Happened, least: Least) -> Iterator[str]:
    """What there was too little of."""
    for name, wanted in asdict(least).items():
        found = getattr(happened, name)
        if found < wanted:
            yield f"{found} {name.replace('_', ' ')}, at least {wanted} are wanted"
    awake = happened.law_seconds + happened.law_seconds_missed
    if happened.law_seconds < max(1, SHARE_OF_SECONDS * awake):
        yield f"the laws were checked in {happened.law_seconds} of {awake} seconds"


def tell(outcome: Outcome, *, json_file: Path | None = None) -> int:
    """Print the report, write it as JSON, and answer the exit code."""
    verdict = judge(outcome)
    print("\n".join(report(outcome, verdict)))
    if json_file is not None:
        json_file.write_text(json.dumps(as_json(outcome, verdict), indent=2, default=str) + "\n")
    return verdict.exit_code


def report(outcome: Outcome, verdict: Verdict) -> Iterator[str]:
    """One screen."""
    counts, happened, watched = outcome.journal.counts(), verdict.happened, outcome.watched
    yield ""
    yield f"chaos: {outcome.plan.name}, seed {outcome.seed}, {outcome.seconds:.0f} s"
    yield from _lines(counts, happened)
    yield (
        f"  laws        checked in {watched.seconds_checked} seconds, database away in "
        f"{watched.seconds_away}, missed {watched.seconds_missed}, slowest {watched.slowest:.2f} s"
    )
    yield f"  quiet       {_quiet(outcome)}"
    for name, value in outcome.measured.items():
        yield f"  measured    {name}: {value}"
    for line in verdict.wrong:
        yield f"✗ {line}"
    for line in verdict.too_little:
        yield f"· vacuous: {line}"
    yield f"{verdict.colour.upper()} (seed {outcome.seed})"


def as_json(outcome: Outcome, verdict: Verdict) -> dict[str, Any]:
    """Everything of the report, and every finding."""
    return {
        "verdict": verdict.colour,
        "plan": asdict(outcome.plan),
        "seed": outcome.seed,
        "seconds": round(outcome.seconds, 1),
        "happened": asdict(verdict.happened),
        "journal": asdict(outcome.journal.counts()),
        "quiet": {"seconds": outcome.quiet.seconds, "waiting": dict(outcome.quiet.waiting)},
        "laws": asdict(outcome.watched),
        "measured": dict(outcome.measured),
        "expectations": outcome.expectations,
        "findings": [asdict(finding) for finding in outcome.findings],
        "wrong": verdict.wrong,
        "too_little": verdict.too_little,
        "log": _tally(outcome),
    }


def _happened(outcome: Outcome) -> Happened:
    counts, watched, log = outcome.journal.counts(), outcome.watched, outcome.world.log
    return Happened(
        orders=counts.orders,
        told_paid=counts.told_paid,
        kills=log.count("kill") + log.count("crash"),
        struck_seconds=round(_struck(log), 1),
        late_payments=counts.paid_late,
        auto_refunds=_auto_refunds(outcome),
        law_seconds=watched.seconds_checked,
        law_seconds_away=watched.seconds_away,
        law_seconds_missed=watched.seconds_missed,
    )


def _struck(log: FaultLog) -> float:
    """The seconds in which processes were killed."""

    def lasted(name: str = "") -> float:
        return sum(end - start for start, end in log.spans("phase", name))

    return lasted() - sum(lasted(name) for name in UNSTRUCK)


def _auto_refunds(outcome: Outcome) -> int:
    """Orders whose money went back although their buyer was never told that they had paid."""
    known = outcome.journal.orders()
    accounts = provider.read(outcome.world.provider_ledger)
    return sum(
        bool(account.given) and not (order_id in known and known[order_id].was_told_paid)
        for order_id, account in accounts.items()
    )


def _wrong(outcome: Outcome) -> Iterator[str]:
    kinds: dict[str, list[Finding]] = {}
    for finding in outcome.findings:
        kinds.setdefault(finding.kind, []).append(finding)
    for kind, findings in kinds.items():
        yield f"{kind}: {len(findings)}"
        for one in findings[:MOST_SHOWN]:
            yield f"    {one.subject}: {one.says}"
    for law, broken in outcome.watched.broken.items():
        seconds = outcome.watched.seconds_broken[law]
        yield f"law broken for {seconds} s, first in second {broken.second}: {broken.says}"
        for example in broken.examples:
            yield f"    {example}"
    if not outcome.quiet.came:
        yield f"no quiet: {_quiet(outcome)}"
    allowed = ANSWER_WITHIN + outcome.plan.margin
    if late := [s for s in outcome.journal.counts().kept_waiting if s > allowed]:
        worst = f"the worst in {max(late):.1f} s"
        yield f"{len(late)} buyers were not answered within {ANSWER_WITHIN:g} s, {worst}"
    yield from outcome.expectations


def _lines(counts: Counts, happened: Happened) -> Iterator[str]:
    yield (
        f"  buyers      {counts.checkouts_sent} checkouts, {counts.orders} orders, "
        f"{counts.told_paid} told paid, {counts.refused} refused, {counts.declined} declines, "
        f"{counts.cancelled} cancelled"
    )
    yield f"  patience    {counts.sent_again} requests sent again, {counts.given_up} given up"
    yield (
        f"  misfortune  {happened.kills} kills in {happened.struck_seconds:.0f} s, "
        f"{happened.late_payments} payments after the end, "
        f"{happened.auto_refunds} automatic refunds"
    )


def _quiet(outcome: Outcome) -> str:
    waiting = ", ".join(f"{number} {what}" for what, number in outcome.quiet.waiting.items())
    after = f"after {outcome.quiet.seconds:.1f} s"
    return f"{after} still: {waiting}" if waiting else after


def _tally(outcome: Outcome) -> Mapping[str, int]:
    """How often each kind of thing began or happened."""
    events = outcome.world.log.events
    return Counter(event.kind for event in events if event.detail.get("phase") != "end")
