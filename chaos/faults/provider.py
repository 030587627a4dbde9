"""A provider on a bad day: errors before and after the work, hanging, silence and its end.

All the time its webhooks come in one to three copies, late and in no order; some are kept back
until a hold has ended, and then come with the others, now and then the newest first.
"""

import asyncio
from random import Random

import httpx

from chaos.world.shop import Shop

USUAL = {
    "min_copies": 1,
    "max_copies": 3,
    "max_delay": 3.0,
    "reorder": True,
    "drop": 0.06,  # kept back until `flush`: late past expiry
    "pause": 0.5,
}
FOR_LONG = 1_000_000


async def moods(shop: Shop) -> None:
    """Until cancelled: what was kept back comes, later than orders live."""
    dice = shop.world.random("moods")
    seed = shop.world.seed
    await shop.lever("PUT", "behaviour", **USUAL, seed=seed)
    while True:
        await asyncio.sleep(shop.plan.hold * dice.uniform(1.2, 2.0))
        await flush(shop, newest_first=dice.random() < 0.5)


async def flush(shop: Shop, *, newest_first: bool) -> None:
    try:
        said = await shop.lever("POST", "flush", newest_first=newest_first)
    except httpx.HTTPError as error:
        said = {"error": repr(error)}
    shop.log.record("webhooks flushed", {**said, "newest_first": newest_first})


async def misbehave(shop: Shop, seconds: float) -> None:
    """Errors, then silence that ends with the newest first."""
    dice = shop.world.random("provider")
    await errors(shop, dice, seconds * 0.4)
    await silence(shop, seconds * 0.6)


async def errors(shop: Shop, dice: Random, seconds: float, *, remembered: bool = True) -> None:
    """5xx before and after the work, and resets; two or three requests of five are struck.

    `remembered`: also a 5xx that stays under its key. The shop needs a minute and more to find out
    that nothing came of those, so the end of a run does without them.
    """
    kinds = ["error_before", "error_after", "reset_before", "reset_after"]
    kinds += ["error_saved"] if remembered else []
    dice.shuffle(kinds)
    async with shop.log.during("provider errors"):
        try:
            for kind in kinds:
                status = dice.choice([500, 502, 503])
                await _fail(shop, kind=kind, status=status, share=0.1, times=FOR_LONG)
            await asyncio.sleep(seconds)
        finally:
            await shop.lever("DELETE", "faults")


async def hang(shop: Shop, seconds: float) -> None:
    """Every answer takes longer than anybody's patience; half of the work is done before it."""
    async with shop.log.during("provider hangs"):
        try:
            await _fail(shop, kind="hang_after", seconds=30, share=0.5, times=FOR_LONG)
            await _fail(shop, kind="hang_before", seconds=30, times=FOR_LONG)
            await asyncio.sleep(seconds)
        finally:
            await shop.lever("DELETE", "faults")


async def silence(shop: Shop, seconds: float) -> None:
    """No webhook at all, then all of them, the newest first."""
    async with shop.log.during("provider silent"):
        try:
            await shop.lever("PUT", "behaviour", silent=True)
            await asyncio.sleep(seconds)
        finally:
            await shop.lever("PUT", "behaviour", silent=False)
            await flush(shop, newest_first=True)


async def _fail(shop: Shop, **fault: object) -> None:
    # Buyers ask the account as well, by other methods; the levers have paths of their own.
    await shop.lever("POST", "faults", **fault)
