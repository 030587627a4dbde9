"""SIGTERM with fifty checkouts in flight: acknowledged orders exist, and the process ends."""

import asyncio
import time
from contextlib import suppress
from random import Random

import asyncpg
import httpx

from chaos.buyers.shelf import Shelf
from chaos.journal import Journal
from chaos.plan import CHECKOUTS_IN_FLIGHT, STOPS_WITHIN
from chaos.world.processes import Child
from chaos.world.shop import PREFIX, Shop
from sokoni.kernel.ids import decode

ADDRESS = {
    "name": "Asha Mrema",
    "line1": "12 Long Road",
    "city": "Berlin",
    "postal_code": "10119",
    "country": "DE",
}
LINE_UP_SECONDS = 0.1  # in which fifty connections are asked for
MARGIN = 3.0  # seconds for the rest of an ending, on a busy machine


async def stop_gently(
    shop: Shop, shelf: Shelf, journal: Journal, *, name: str, checkouts: int = CHECKOUTS_IN_FLIGHT
) -> None:
    """Send the checkouts, then SIGTERM; log what came of both."""
    dice = shop.world.random(name)
    child = dice.choice(shop.apis)
    limits = httpx.Limits(max_connections=checkouts)
    async with (
        shop.log.during("stopped gently", {"victim": child.name}),
        httpx.AsyncClient(trust_env=False, limits=limits, timeout=STOPS_WITHIN + MARGIN) as http,
    ):
        url = f"http://127.0.0.1:{child.serves}{PREFIX}/checkout"
        asked = [
            asyncio.create_task(_checkout(http, url, shelf, dice, journal, f"{name}-{at}"))
            for at in range(checkouts)
        ]
        await _all_accepted(child)
        child.wanted = False
        took = await _stop(child)
        orders = [order for order in await asyncio.gather(*asked) if order is not None]
        child.wanted = True
    shop.log.record(
        "checkouts at SIGTERM",
        {
            "victim": child.name,
            "sent": checkouts,
            "acknowledged": len(orders),
            "missing": await _missing(shop, orders),
            "seconds": took,
            "ended": took is not None,
        },
    )


async def _all_accepted(child: Child) -> None:
    """Connections are accepted in their order: when a later one is answered, all of them are."""
    await asyncio.sleep(LINE_UP_SECONDS)
    async with httpx.AsyncClient(trust_env=False, timeout=STOPS_WITHIN) as http:
        with suppress(httpx.HTTPError):
            await http.get(f"http://127.0.0.1:{child.serves}/health/live")


async def _stop(child: Child) -> float | None:
    """Seconds until it had ended by itself; None if it had to be killed."""
    began = time.monotonic()
    child.ask_to_stop()
    if await child.stopped(within=STOPS_WITHIN + MARGIN):
        return round(time.monotonic() - began, 2)
    child.kill()
    return None


async def _checkout(
    http: httpx.AsyncClient,
    url: str,
    shelf: Shelf,
    dice: Random,
    journal: Journal,
    name: str,
) -> str | None:
    """The order that was acknowledged."""
    goods = dice.choice(shelf.plain)
    card = dice.random() < 0.5
    payment = {"provider": "stripe", "mode": "intent"}
    body = {
        "items": [{"variant_id": goods.variant_id, "quantity": 1}],
        "email": f"{name}@example.com",
        "shipping_address": ADDRESS,
        "payment": {**payment, "payment_method": "pm_card_visa"} if card else payment,
    }
    key = f"{name}-{dice.getrandbits(64):x}"
    journal.sent(buyer=name, key=key, path="/checkout", attempt=1)
    try:
        answer = await http.post(url, json=body, headers={"Idempotency-Key": key})
    except httpx.HTTPError:
        journal.given_up(buyer=name, key=key, path="/checkout")
        return None
    if answer.status_code != 201:
        journal.refused(buyer=name, key=key, status=answer.status_code, problem=answer.text[:200])
        return None
    order = answer.json()["order"]
    journal.told(buyer=name, order=order, key=key)
    return str(order["id"])


async def _missing(shop: Shop, orders: list[str]) -> list[str]:
    ids = {decode("ord", order): order for order in orders}
    connection = await asyncpg.connect(shop.world.database_url, timeout=10)
    try:
        rows = await connection.fetch(
            "SELECT id FROM orders.orders WHERE id = ANY($1::uuid[])", list(ids)
        )
    finally:
        await connection.close()
    found = {str(row["id"]) for row in rows}
    return [order for key, order in ids.items() if str(key) not in found]
