"""The build of the front end that this process serves, and the renderer that runs it.

While somebody develops, a new build is noticed by its date and taken at the next page.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import structlog

from sokoni.kernel.settings import Settings
from sokoni.web import assets
from sokoni.web.assets import Assets
from sokoni.web.render import choosing
from sokoni.web.render.choosing import Degrading

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Build:
    """One state of the built files."""

    assets: Assets
    renderer: Degrading


class Building:
    """Opened with the process; `current()` is None where nothing was built."""

    def __init__(self, settings: Settings) -> None:
        place = settings.frontend_dist
        self.static = place / "static" if place else assets.STATIC
        self._bundle = place / "ssr" / "shop.js" if place else assets.BUNDLE
        self._wanted = settings.renderer
        self._is_watched = not settings.is_production
        self._built_at: tuple[float, float] | None = None
        self._build: Build | None = None
        self._lock = asyncio.Lock()

    async def current(self) -> Build | None:
        """The build as it is now; the first to ask waits until the engine was tried."""
        if self._build is not None and not self._is_watched:
            return self._build
        dates = _date(self.static / ".vite" / "manifest.json"), _date(self._bundle)
        if dates == self._built_at:
            return self._build
        async with self._lock:
            if dates != self._built_at:
                await self._open()
                self._built_at = dates
        return self._build

    async def close(self) -> None:
        if self._build is not None:
            await self._build.renderer.close()

    async def _open(self) -> None:
        try:
            found = Assets(self.static)
        except FileNotFoundError:
            self._build = None
            log.warning("the pages of the shop are not built", wanted=str(self.static))
            return
        before, self._build = self._build, None
        if before is not None:
            await before.renderer.close()
        renderer = await choosing.choose(self._wanted, bundle=self._bundle)
        self._build = Build(found, Degrading(renderer))
        log.info("pages are rendered", renderer=renderer.name)


def _date(path: Path) -> float:
    return path.stat().st_mtime if path.is_file() else 0.0
