"""The two wires, broken each way in turn, and two thousand clients that hang up."""

import asyncio
import struct
from random import Random
from socket import SO_LINGER, SOL_SOCKET

from chaos.buyers.shelf import Shelf
from chaos.plan import CLIENTS_CUT
from chaos.wire import Mode
from chaos.world.shop import PREFIX, Shop
from sokoni.kernel.ids import new_id

AT_ONCE = 200
LONGEST_HANG = 12.0  # of the database: longer than the 10 s within which the shop has to answer


async def wires(shop: Shop, seconds: float) -> None:
    """Each way of breaking, on each wire; the long hang of the database takes what is left."""
    dice = shop.world.random("wires")
    hang = min(LONGEST_HANG, seconds * 0.45)
    piece = (seconds - hang) / 7
    ways: list[tuple[str, Mode, dict[str, object]]] = [
        ("database", Mode.DELAY, {"seconds": dice.uniform(0.01, 0.04)}),
        ("database", Mode.RESET, {}),
        ("database", Mode.DROP, {"marker": "COMMIT", "share": 0.3}),
        ("provider", Mode.DELAY, {"seconds": dice.uniform(0.1, 1.0)}),
        ("provider", Mode.RESET, {}),
        ("provider", Mode.DROP, {"marker": "POST ", "share": 0.5}),
        ("provider", Mode.HANG, {}),
    ]
    dice.shuffle(ways)
    for wire, mode, how in ways:
        await broken(shop, wire, mode, piece * 0.7, **how)
        await asyncio.sleep(piece * 0.3)
    await broken(shop, "database", Mode.HANG, hang)


async def wires_at_random(shop: Shop, seconds: float) -> None:
    """Short breaks of either wire, for the time when everything happens together."""
    dice = shop.world.random("wires-at-random")
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    while loop.time() < until:
        wire = dice.choice(["database", "provider"])
        mode = dice.choice([Mode.DELAY, Mode.RESET, Mode.DROP, Mode.HANG])
        marker = "COMMIT" if wire == "database" else "POST "
        how = {"seconds": dice.uniform(0.005, 0.03), "marker": marker, "share": 0.3}
        await broken(shop, wire, mode, dice.uniform(0.3, 2.0), **how)
        await asyncio.sleep(dice.uniform(1.0, 4.0))


async def broken(shop: Shop, wire: str, mode: Mode, lasting: float, **how: object) -> None:
    """Break the wire for so many seconds, then mend it."""
    async with shop.log.during("wire", {"wire": wire, "mode": mode, **how}):
        try:
            await shop.wires.order(wire, mode, **how)
            await asyncio.sleep(lasting)
        finally:
            await shop.wires.order(wire, Mode.OK)


async def cut_clients(shop: Shop, shelf: Shelf, *, clients: int = CLIENTS_CUT) -> None:
    """Connections that send a request and are reset 0–200 ms later."""
    dice = shop.world.random("clients")
    room = asyncio.Semaphore(AT_ONCE)
    async with shop.log.during("cut clients", {"clients": clients}):
        cuts = await asyncio.gather(*(_cut(shop, shelf, dice, room) for _ in range(clients)))
    shop.log.record("clients cut", {"sent": sum(cuts), "asked": clients})


async def _cut(shop: Shop, shelf: Shelf, dice: Random, room: asyncio.Semaphore) -> bool:
    """True when the request went out."""
    async with room:
        port = dice.choice(shop.ports.apis)
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
            return False
        socket = writer.get_extra_info("socket")
        socket.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))  # its end is a reset
        writer.write(_request(shelf, dice))
        await asyncio.sleep(dice.uniform(0, 0.2))
        writer.transport.abort()
        return True


def _request(shelf: Shelf, dice: Random) -> bytes:
    """Two of five read, the others write. Nobody pays: whoever hangs up must not be charged."""
    chance, number = dice.random(), new_id().hex
    if chance < 0.4:
        return _bytes("GET", f"/products?currency=USD&limit=24&chaos={number}")
    goods = dice.choice(shelf.plain)
    line = f'{{"variant_id": "{goods.variant_id}", "quantity": 1}}'
    if chance < 0.8:
        return _bytes("POST", "/cart/items", body=line)
    body = (
        f'{{"items": [{line}], "email": "gone-{number}@example.com", "shipping_address": {{'
        '"name": "Asha Mrema", "line1": "12 Long Road", "city": "Berlin", '
        '"postal_code": "10119", "country": "DE"}, '
        '"payment": {"provider": "stripe", "mode": "intent"}}'
    )
    return _bytes("POST", "/checkout", body=body, key=f"gone-{number}")


def _bytes(method: str, path: str, *, body: str = "", key: str = "") -> bytes:
    head = f"{method} {PREFIX}{path} HTTP/1.1\r\nHost: shop\r\n"
    if key:
        head += f"Idempotency-Key: {key}\r\n"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body.encode())}\r\n"
    return (head + "\r\n" + body).encode()
