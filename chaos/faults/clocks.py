"""One process whose clock is wrong by up to a minute, either way."""

import asyncio

from chaos.faults.killing import restart
from chaos.launch import SKEW
from chaos.world.shop import Shop

LONGEST_SKEW = 40.0


async def skew_one(shop: Shop, seconds: float, *, name: str) -> None:
    """Start a process again with a shifted clock, for so long or until something kills it."""
    dice = shop.world.random(name)
    child = dice.choice([*shop.apis, *shop.workers])
    by = round(dice.uniform(5, LONGEST_SKEW) * dice.choice((1, -1)), 1)
    async with shop.log.during("clock skewed", {"victim": child.name, "seconds": by}):
        restart(shop, child, **{SKEW: str(by)})
        await asyncio.sleep(seconds)
        if SKEW in child.changed:
            child.kill()
