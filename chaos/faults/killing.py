"""Killing: -9 for API, worker and PostgreSQL at random, and at each of the named crash points."""

import asyncio
import signal
from random import Random
from typing import Never

from chaos.plan import KILL_EVERY
from chaos.world.processes import Child
from chaos.world.shop import Shop

API_POINTS = ("after-stock-hold", "after-provider-call", "after-commit")
WORKER_POINTS = ("inside-webhook", "after-effect", "after-provider-call")
WORKERS = frozenset({"worker"})
PROCESSES = WORKERS | {"api"}
ALL = PROCESSES | {"database"}
ENDINGS = {
    signal.SIGKILL: "-9",
    signal.SIGINT: "fast shutdown",
    signal.SIGQUIT: "immediate shutdown",
}


async def kill(shop: Shop, *, victims: frozenset[str], name: str) -> Never:
    """Until cancelled: strike at random, and at every crash point of the victims in turn."""
    dice = shop.world.random(name)
    points: list[tuple[str, str]] = []
    weights = {"process": 3, "point": 4, "database": 2 if "database" in victims else 0}
    while True:
        what = dice.choices(list(weights), weights=list(weights.values()))[0]
        if what == "database":
            strike_database(shop, dice)
        elif what == "point":
            points = points or _points(dice, victims)
            kind, point = points.pop()
            restart(shop, dice.choice(_of_kind(shop, kind)), CRASH_AT=point)
        else:
            kinds = sorted(victims & PROCESSES)
            _kill_something(shop, dice, [one for kind in kinds for one in _of_kind(shop, kind)])
        await asyncio.sleep(KILL_EVERY * dice.uniform(0.67, 1.33))


def restart(shop: Shop, child: Child, **changed: str) -> None:
    """-9, and at once a new life with these changes of its environment."""
    shop.log.record("kill", {"victim": child.name, "how": "-9", "then": changed})
    child.kill()
    child.start(changed)


def disarm(shop: Shop) -> None:
    """Whoever still waits for its crash point dies now, not in the middle of what comes next."""
    for child in (*shop.apis, *shop.workers):
        if "CRASH_AT" in child.changed and child.is_running():
            restart(shop, child)


def strike_database(
    shop: Shop, dice: Random, *, endings: tuple[signal.Signals, ...] = tuple(ENDINGS)
) -> None:
    """End the server, more often than not without asking it."""
    ending = dice.choice(endings)
    if shop.server.signal(ending):
        kind = "kill" if ending is signal.SIGKILL else "restart"
        shop.log.record(kind, {"victim": "postgresql", "how": ENDINGS[ending]})


def _kill_something(shop: Shop, dice: Random, among: list[Child]) -> None:
    """A whole process group; or of an API only the process that serves."""
    child = dice.choice(among)
    if child.serves and dice.random() < 0.3 and child.kill_worker():
        shop.log.record("kill", {"victim": child.name, "how": "-9, its worker"})
        return
    shop.log.record("kill", {"victim": child.name, "how": "-9"})
    child.kill()


def _of_kind(shop: Shop, kind: str) -> list[Child]:
    return shop.apis if kind == "api" else shop.workers


def _points(dice: Random, victims: frozenset[str]) -> list[tuple[str, str]]:
    """(kind of process, point), shuffled."""
    named = {"api": API_POINTS, "worker": WORKER_POINTS}
    points = [(kind, point) for kind in named if kind in victims for point in named[kind]]
    dice.shuffle(points)
    return points
