"""Outcomes of runs that never were: enough of everything, and nothing wrong."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from chaos.journal import Journal
from chaos.laws import Watched
from chaos.plan import SMOKE
from chaos.run import Outcome
from chaos.witnesses.quiet import Quiet
from chaos.world import FaultLog, World
from chaos.world.faultlog import Event

from sokoni.kernel.ids import decode, encode, new_id
from tests.chaos.factories import Witnesses

PLAN = SMOKE.lasting(1)


def outcome(
    home: Path,
    journal: Journal,
    *,
    orders: int = 400,
    paid: int = 300,
    kills: int = 20,
    late: int = 10,
    returned: int = 10,
    **changes: Any,
) -> Outcome:
    """A run of a minute in which so much happened."""
    log = FaultLog(home / "faults.jsonl")
    log.close()
    log.events[:] = [
        Event(at, at, "phase", {"name": "kills", "phase": phase})
        for at, phase in ((0.0, "start"), (60.0, "end"))
    ]
    made = Outcome(
        plan=PLAN,
        seed=7,
        world=_world(home, log),
        journal=journal,
        watched=Watched(seconds_checked=60),
        quiet=Quiet(seconds=3.0, waiting={}),
        findings=[],
        expectations=[],
        measured={"probes": 100},
        seconds=90.0,
    )
    _kill(made, kills)
    _shop(journal, orders=orders, paid=paid, late=late)
    _give_back(made.world.provider_ledger, returned)
    return replace(made, **changes)


def _world(home: Path, log: FaultLog) -> World:
    return World(
        api_urls=(),
        database_url="",
        provider_url="",
        provider_ledger=home / "provider.jsonl",
        webhook_secret="",
        hold_seconds=8,
        home=home,
        log=log,
        seed=7,
        environment={},
    )


def _kill(made: Outcome, times: int) -> None:
    log = FaultLog(made.world.home / "more.jsonl")
    for number in range(times):
        made.world.log.events.append(log.record("crash" if number % 2 else "kill"))
    log.close()


def _shop(journal: Journal, *, orders: int, paid: int, late: int) -> None:
    shop = Witnesses(journal)
    for number in range(orders):
        order_id = encode("ord", new_id())
        is_paid = number < paid
        shop.tell(order_id, key=None, payment_status="paid" if is_paid else "pending")
        if number < late:
            journal.paid(buyer="asha", order_id=order_id, reference="pi_1", is_over=True)


def _give_back(path: Path, times: int) -> None:
    """Money for orders that nobody was told to have paid goes back."""
    with path.open("w") as file:
        for _ in range(times):
            order_id = str(decode("ord", encode("ord", new_id())))
            for kind in ("capture", "refund"):
                entry = {
                    "kind": kind,
                    "charge": f"ch_{order_id}",
                    "payment_intent": f"pi_{order_id}",
                    "refund": f"re_{order_id}" if kind == "refund" else None,
                    "amount": 1999,
                    "currency": "eur",
                    "metadata": {"order_id": order_id},
                }
                file.write(json.dumps(entry) + "\n")
