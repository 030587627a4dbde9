"""Tests wait for conditions, never for time."""

import asyncio
import time
from collections.abc import Awaitable, Callable


async def wait_until(
    condition: Callable[[], Awaitable[bool]], *, within: float = 15, what: str = "the condition"
) -> None:
    """Poll every 20 ms until the condition holds; fail after `within` seconds."""
    deadline = time.monotonic() + within
    while not await condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not come true within {within} s")
        await asyncio.sleep(0.02)
