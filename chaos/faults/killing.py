"""Killing: -9 for API, worker and PostgreSQL at random, and at each of the named crash points."""

import asyncio
import signal
import time
from random import Random

from chaos.plan import KILL_EVERY
from chaos.world.processes import Child
from chaos.world.shop import Shop

API_POINTS = ("after-stock-hold", "after-provider-call", "after-commit")
WORKER_POINTS = ("inside-webhook", "after-effect", "after-provider-call")
ENDINGS = {
    signal.SIGKILL: "-9",
    signal.SIGINT: "fast shutdown",
    signal.SIGQUIT: "immediate shutdown",
}


async def kill(shop: Shop, seconds: float, *, every: float = KILL_EVERY, name: str) -> None:
    """Strike at random for so long, and at every crash point in turn."""
    dice = shop.world.random(name)
    points = _points(dice)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        what = dice.choices(("process", "point", "database"), weights=(3, 4, 2))[0]
        if what == "database":
            strike_database(shop, dice)
        elif what == "point":
            if not points:
                points = _points(dice)
            serves, point = points.pop()
            restart(shop, dice.choice(shop.apis if serves else shop.workers), CRASH_AT=point)
        else:
            _kill_something(shop, dice)
        await asyncio.sleep(min(every * dice.uniform(0.67, 1.33), max(until - time.monotonic(), 0)))


def restart(shop: Shop, child: Child, **changed: str) -> None:
    """-9, and at once a new life with these changes of its environment."""
    shop.log.record("kill", {"victim": child.name, "how": "-9", "then": changed})
    child.kill()
    child.start(changed)


def strike_database(
    shop: Shop, dice: Random, *, endings: tuple[signal.Signals, ...] = tuple(ENDINGS)
) -> None:
    """End the server, more often than not without asking it."""
    ending = dice.choice(endings)
    if shop.server.signal(ending):
        kind = "kill" if ending is signal.SIGKILL else "restart"
        shop.log.record(kind, {"victim": "postgresql", "how": ENDINGS[ending]})


def _kill_something(shop: Shop, dice: Random) -> None:
    """A whole process group; or of an API only the process that serves."""
    child = dice.choice([*shop.apis, *shop.workers])
    if child.serves and dice.random() < 0.3 and child.kill_worker():
        shop.log.record("kill", {"victim": child.name, "how": "-9, its worker"})
        return
    shop.log.record("kill", {"victim": child.name, "how": "-9"})
    child.kill()


def _points(dice: Random) -> list[tuple[bool, str]]:
    """(in an API, point), shuffled."""
    points = [(True, point) for point in API_POINTS] + [(False, point) for point in WORKER_POINTS]
    dice.shuffle(points)
    return points
