"""Buyers: seeded people who shop over HTTP for as long as they are let.

`shop_until` looks at the shelf (first thing, so call it before any fault), then lets `buyers`
people shop side by side, each with dice of their own. What they do is in `stories`, how
they talk to the shop in `door`, how they pay at the provider in `bank`. One member of `staff` is at
work meanwhile.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from random import Random

import httpx

from chaos.buyers import stories
from chaos.buyers.bank import Bank
from chaos.buyers.buyer import Buyer
from chaos.buyers.door import Door, GaveUp
from chaos.buyers.shelf import Shelf, found
from chaos.buyers.staff import Staff, hired
from chaos.buyers.stories import AT_ONCE, WAITING, Setting, Story
from chaos.journal import Journal
from chaos.world import World

__all__ = ["shop_until"]

THINKS = 0.5  # seconds between two stories of a buyer, on average
MOST_WAITING = 40  # stories that wait for a hold to end, side by side
GOES_HOME = 60.0  # seconds after closing time until a buyer who still waits is sent home


@dataclass(frozen=True, slots=True)
class _Shoppers:
    """What all buyers of a run share."""

    world: World
    journal: Journal
    shelf: Shelf
    http: httpx.AsyncClient
    waiting: set[asyncio.Task[None]]

    def door(self, name: str) -> Door:
        dice = self.world.random(f"buyer-{name}")
        return Door(self.http, self.world.api_urls, dice, self.journal, name)

    def buyer(self, name: str) -> Buyer:
        door, bank = self.door(name), Bank(self.http, self.world.provider_url)
        return Buyer(name, door.dice, door, bank, self.shelf, self.journal)


async def shop_until(
    world: World,
    stop: asyncio.Event,
    *,
    journal: Journal,
    buyers: int = 20,
) -> None:
    """Shop until `stop`, then let everybody finish what they began, for a minute at most."""
    shelf = await found(world.database_url)
    await hired(world.database_url)
    journal.goods(shelf.units, counted=shelf.counted)
    limits = httpx.Limits(max_connections=400, max_keepalive_connections=100)
    async with httpx.AsyncClient(limits=limits, trust_env=False) as http:
        shoppers = _Shoppers(world, journal, shelf, http, set())
        tasks = [asyncio.create_task(_shop(shoppers, n, stop)) for n in range(buyers)]
        tasks.append(asyncio.create_task(Staff(shoppers.door("staff"), journal).work(stop)))
        try:
            await stop.wait()
            until = asyncio.timeout(GOES_HOME + world.hold_seconds)
            with suppress(TimeoutError):
                async with until:
                    await asyncio.gather(*tasks)
                    while shoppers.waiting:
                        await asyncio.gather(*shoppers.waiting)
        finally:
            for task in (*tasks, *shoppers.waiting):
                task.cancel()
            await asyncio.gather(*tasks, *shoppers.waiting, return_exceptions=True)
    for task in tasks:  # a buyer that broke is a mistake of the harness
        if not task.cancelled() and (error := task.exception()):
            raise error


async def _shop(shoppers: _Shoppers, number: int, stop: asyncio.Event) -> None:
    setting = Setting(hold_seconds=shoppers.world.hold_seconds)
    customer = shoppers.buyer(f"customer-{number}")
    dice = customer.dice
    for visit in count():
        if stop.is_set():
            return
        story = _choose(dice)
        if story in WAITING:
            if len(shoppers.waiting) < MOST_WAITING:
                guest = shoppers.buyer(f"late-{number}-{visit}")
                task = asyncio.create_task(_tell(story, guest, setting))
                shoppers.waiting.add(task)
                task.add_done_callback(shoppers.waiting.discard)
            continue
        is_customer = story is stories.buys_as_a_customer
        guest = replace(customer, name=f"guest-{number}-{visit}", headers={})
        await _tell(story, customer if is_customer else guest, setting)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), dice.expovariate(1 / THINKS))


async def _tell(story: Story, buyer: Buyer, setting: Setting) -> None:
    with suppress(GaveUp):  # the shop was away for too long; there will be other days
        await story(buyer, setting)


def _choose(dice: Random) -> Story:
    weighted = AT_ONCE | WAITING
    return dice.choices(list(weighted), weights=list(weighted.values()))[0]
