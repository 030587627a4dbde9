"""Four classic bugs, planted by a switch, so that a test can show that the harness has teeth.

`plant` replaces functions of the product in this process, before it serves. A second guard of the
product often makes one mistake harmless; where it would, that guard is taken away as well, and the
bug says which. If something that a bug replaces has moved, planting fails: a bug that is not there
would prove nothing.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime
from importlib import import_module
from types import ModuleType
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import TextClause, text

BUGS: dict[str, Callable[[], None]] = {}
TELLS_OF_MONEY = frozenset({"payment_intent.succeeded", "checkout.session.completed"})
LINGERS = 6.0  # seconds between a mark and its effect: time enough to die in

log = structlog.get_logger(__name__)
_lingering: set[asyncio.Task[None]] = set()


class Moved(Exception):
    """What a planted bug would replace is not where it was."""


def plant(bug: str) -> None:
    """Plant this one. Raises ValueError for an unknown name, Moved when the product has changed."""
    if bug not in BUGS:
        raise ValueError(f"no bug {bug!r}; there are: {', '.join(BUGS)}")
    BUGS[bug]()


def _bug(name: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    def register(planting: Callable[[], None]) -> Callable[[], None]:
        BUGS[name] = planting
        return planting

    return register


@_bug("inbox-first")
def inbox_committed_before_processing() -> None:
    """A webhook is marked as processed, committed, and processed a little later, from memory.

    If the process dies in between, or the provider does not answer, the money is never noticed.
    Taken away: the other events that tell of the same money, reconciling, and settling what turns
    out paid when a session is closed.
    """
    webhooks = _module("sokoni.payments.flows.webhooks")
    process = _defined(webhooks, "process_event")
    inbox_event = _found(webhooks.queries, "inbox_event")
    mark_done = _found(webhooks.service, "mark_done")

    async def marks_first(db: Any, providers: Any, **event: Any) -> None:
        which = {"provider": event["provider"], "event_id": event["event_id"]}
        async with db.reading() as reading:
            stored = await inbox_event(reading, **which)
        if stored is None or stored.done:
            return
        async with db.transaction() as tx:
            await mark_done(tx, **which, order_id=None, now=event["now"])
        if stored.kind in TELLS_OF_MONEY or stored.refund_reference:
            _a_little_later(process(db, providers, **event))

    _replace(process, marks_first)
    _swap(webhooks, "queries", _with(webhooks.queries, inbox_event=_never_done(inbox_event)))
    _look_only_once()


@_bug("no-dedup")
def no_event_dedup() -> None:
    """Every copy of a webhook is acted on, and settling does not ask whether it was done.

    Taken away: the inbox's key, the mark `done`, and the condition of the settling update (which
    stays bounded by what can be given back, or nothing after the second time could be committed).
    """
    inbox = _module("sokoni.payments.service.inbox")
    webhooks = _module("sokoni.payments.flows.webhooks")
    settlement = _module("sokoni.payments.service.settlement")
    receive, task = _defined(inbox, "receive"), _found(inbox, "ProcessWebhook")
    enqueue, inbox_event = (
        _found(inbox.jobs, "enqueue"),
        _found(webhooks.queries, "inbox_event"),
    )

    async def takes_every_copy(tx: Any, *, provider: str, event: Any, now: datetime) -> bool:
        if not await receive(tx, provider=provider, event=event, now=now):
            await enqueue(tx, task(provider=provider, event_id=event.event_id))
        return True

    _replace(receive, takes_every_copy)
    _swap(webhooks, "queries", _with(webhooks.queries, inbox_event=_never_done(inbox_event)))
    _reword(
        settlement, "SETTLE", "status <> 'succeeded'", "(status <> 'succeeded' OR refunded = 0)"
    )


@_bug("late-money-kept")
def late_money_kept() -> None:
    """Money for an order that is over is noted as received, and nothing follows from it."""
    settlement = _module("sokoni.payments.service.settlement")
    use, settled = _defined(settlement, "_use"), _found(settlement, "Settled")

    async def keeps(tx: Any, *, order: Any, **more: Any) -> Any:
        if order.state == "cancelled":
            return settled.RETURNED
        return await use(tx, order=order, **more)

    _replace(use, keeps)


@_bug("sent-first")
def marked_sent_before_sending() -> None:
    """A refund is marked as made, committed, and asked of the provider a little later.

    Taken away: nothing; the mark itself keeps everybody from asking again.
    """
    refunding = _module("sokoni.payments.flows.refunding")
    refunds = _module("sokoni.payments.service.refunds")
    send, find = _defined(refunding, "send_refund"), _found(refunding.queries, "refund")
    mark = text(
        "UPDATE payments.refunds SET status = 'succeeded', updated_at = :now"
        " WHERE id = :id AND status = 'pending' RETURNING id"
    )

    async def marks_first(db: Any, providers: Any, *, refund_id: UUID, now: datetime) -> None:
        async with db.reading() as reading:
            refund = await find(reading, refund_id)
        if refund is None:
            return
        async with db.transaction() as tx:
            is_mine = await tx.scalar(mark, {"id": refund_id, "now": now})
        if is_mine:
            _a_little_later(send(db, providers, refund_id=refund_id, now=now))

    _replace(send, marks_first)
    _reword(refunds, "ANSWERED", "AND status = 'pending'", "AND status <> 'failed'")


def _never_done(inbox_event: Any) -> Any:
    async def find(*args: Any, **named: Any) -> Any:
        event = await inbox_event(*args, **named)
        return None if event is None else replace(event, done=False)

    return find


def _look_only_once() -> None:
    """Nobody looks again for what the webhooks should have told."""

    async def looks_at_nothing(*_args: Any, **_named: Any) -> int:
        return 0

    for module, name in (
        ("sokoni.payments.flows.reconciling", "reconcile"),
        ("sokoni.payments.flows.reconciling", "compare_lists"),
        ("sokoni.checkout.flows.ending", "close_at_provider"),
    ):
        _replace(_defined(_module(module), name), looks_at_nothing)


def _a_little_later(effect: Coroutine[Any, Any, None]) -> None:
    """Do it in memory; if it fails, or the process dies, it is lost."""

    async def linger() -> None:
        await asyncio.sleep(LINGERS)
        try:
            await effect
        except Exception as error:  # noqa: BLE001 - as careless code has it
            log.warning("lost by a planted bug", error=repr(error))

    task = asyncio.create_task(linger())
    _lingering.add(task)
    task.add_done_callback(_lingering.discard)


# The tools. Each fails when what it is to change is not there.


def _module(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise Moved(f"there is no module {name} any more") from error


def _found(module: ModuleType, name: str) -> Any:
    """Something of the product that a bug uses as it is."""
    if not hasattr(module, name):
        raise Moved(f"{module.__name__} has no {name} any more")
    return getattr(module, name)


def _defined(module: ModuleType, name: str) -> Any:
    """A function of this module itself, which a bug will replace."""
    function = _found(module, name)
    if function.__module__ != module.__name__:
        raise Moved(f"{name} is not defined in {module.__name__} any more")
    return function


def _replace(old: Any, new: Any) -> None:
    """Wherever a module of the product knows it, its own and those that hand it on."""
    places = [
        (module, name)
        for module in list(sys.modules.values())
        if getattr(module, "__name__", "").startswith("sokoni.")
        for name, found in list(vars(module).items())
        if found is old
    ]
    if not places:
        raise Moved(f"nobody knows {old.__qualname__} any more")
    for module, name in places:
        setattr(module, name, new)


def _swap(module: ModuleType, name: str, new: Any) -> None:
    """In this module only."""
    _found(module, name)
    setattr(module, name, new)


def _with(module: ModuleType, **changed: Any) -> ModuleType:
    """A copy of a module with some of its names changed."""
    copy = ModuleType(module.__name__)
    vars(copy).update({**vars(module), **changed})
    return copy


def _reword(module: ModuleType, name: str, old: str, new: str) -> None:
    """Change a condition of an SQL statement."""
    statement = _found(module, name)
    if not isinstance(statement, TextClause) or old not in statement.text:
        raise Moved(f"{module.__name__}.{name} does not say {old!r} any more")
    setattr(module, name, text(statement.text.replace(old, new)))
