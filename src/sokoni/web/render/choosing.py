"""Which renderer this process has. Where it fails, a page goes out without markup.

An engine that fails again and again is left alone for a while; the browser draws the pages then.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from sokoni.web.render.none import NoRenderer
from sokoni.web.render.port import Renderer, RenderFailed

log = structlog.get_logger(__name__)

PROBE_SECONDS = 60.0
MOST_FAILURES = 5
REST_SECONDS = 30.0


async def choose(wanted: str, *, bundle: Path) -> Renderer:
    """The renderer that was wanted, if this machine can run it, else none."""
    if wanted == "none" or not await asyncio.to_thread(bundle.is_file):
        return NoRenderer()
    trouble = await _trouble(bundle)
    if trouble:
        log.warning("pages are drawn by the browser: V8 does not work here", why=trouble)
        return NoRenderer()
    from sokoni.web.render.v8 import V8Renderer  # noqa: PLC0415 - only where it is known to work

    renderer = V8Renderer(await asyncio.to_thread(bundle.read_text, "utf-8"))
    await renderer.warm()
    return renderer


async def _trouble(bundle: Path) -> str:
    """Why V8 cannot render this bundle here; empty if it can."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sokoni.web.render.probing",
        str(bundle),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(PROBE_SECONDS):
            _, told = await process.communicate()
    except BaseException as error:
        process.kill()
        await process.wait()
        if isinstance(error, TimeoutError):
            return f"it did not answer within {PROBE_SECONDS:g} s"
        raise
    if process.returncode == 0:
        return ""
    return told.decode(errors="replace").strip()[-500:] or f"exit code {process.returncode}"


class NotYet(NoRenderer):
    """Stands in while the engine is being tried: its pages are not kept."""

    name = "not yet"


class Degrading:
    """A renderer that never fails: where it should, the markup is empty and `is_whole` false."""

    def __init__(self, renderer: Renderer, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._renderer = renderer
        self._clock = clock
        self._failures = 0
        self._resting_until = 0.0

    @property
    def name(self) -> str:
        return self._renderer.name

    async def render(self, url: str, state: str) -> tuple[str, bool]:
        """The markup, and whether it is all that the renderer has to give."""
        if isinstance(self._renderer, NotYet) or self._clock() < self._resting_until:
            return "", False
        try:
            markup = await self._renderer.render(url, state)
        except RenderFailed as error:
            self._note(error)
            return "", False
        self._failures = 0
        return markup, True

    async def close(self) -> None:
        await self._renderer.close()

    def _note(self, error: RenderFailed) -> None:
        self._failures += 1
        log.error("a page was not rendered", error=str(error))
        if self._failures >= MOST_FAILURES:
            self._failures = 0
            self._resting_until = self._clock() + REST_SECONDS
            log.error("pages are drawn by the browser for a while", seconds=REST_SECONDS)
