"""What happens to databases: no connection left, no space left."""

import asyncio
import time
from contextlib import suppress

import asyncpg

from chaos.world.database import ROLE
from chaos.world.shop import Shop

GRAB_SECONDS = 0.05
HANG_UP = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1"


async def exhaust_connections(shop: Shop, seconds: float) -> None:
    """Hang up on the shop, and take every connection it may have before it can."""
    taken: list[asyncpg.Connection] = []
    async with shop.log.during("connections exhausted"):
        try:
            connection = await asyncpg.connect(shop.world.database_url, timeout=5)
            await connection.fetch(HANG_UP, ROLE)
            await connection.close()
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                try:
                    taken.append(await asyncpg.connect(shop.server.owner_url, timeout=5))
                except (OSError, asyncpg.PostgresError, asyncpg.InternalClientError):
                    await asyncio.sleep(GRAB_SECONDS)
        except (OSError, asyncpg.PostgresError) as error:
            shop.log.record("connections not exhausted", {"error": repr(error)})
            await asyncio.sleep(seconds)
        finally:
            shop.log.record("connections taken", {"number": len(taken)})
            for connection in taken:
                with suppress(Exception):
                    connection.terminate()


async def fill_disk(shop: Shop, seconds: float) -> None:
    """Leave the database without a free byte; it may well go down, and comes back afterwards."""
    disk = shop.server.disk
    if not disk.is_small:
        shop.log.record("disk full", {"phase": "not possible here"})
        await asyncio.sleep(seconds)
        return
    async with shop.log.during("disk full"):
        until = time.monotonic() + seconds
        try:
            ballast = await asyncio.to_thread(disk.fill)
            shop.log.record("ballast", {"bytes": ballast})
            await asyncio.sleep(max(until - time.monotonic(), 0))
        finally:
            disk.free()
