"""The build of the front end that this process serves, and the renderer that runs it.

The engine is tried beside the first pages, which do not wait for it: the browser draws them. While
somebody develops, a new build is noticed by its date and taken at the next page.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import structlog

from sokoni.kernel.settings import Settings
from sokoni.web import assets
from sokoni.web.assets import Assets
from sokoni.web.render import choosing
from sokoni.web.render.choosing import Degrading, NotYet

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
        self._trying: asyncio.Task[None] | None = None

    def current(self) -> Build | None:
        """The build as it is now."""
        if self._build is None or self._is_watched:
            dates = _date(self.static / assets.MANIFESTS[assets.ADMIN]), _date(self._bundle)
            if dates != self._built_at:
                self._built_at = dates
                self._open()
        return self._build

    async def ready(self) -> None:
        """Wait until the engine was tried."""
        self.current()
        if self._trying is not None:
            await self._trying

    async def close(self) -> None:
        if self._trying is not None:
            self._trying.cancel()
            await asyncio.gather(self._trying, return_exceptions=True)
        if self._build is not None:
            await self._build.renderer.close()

    def _open(self) -> None:
        before, self._build = self._build, None
        try:
            found = Assets(self.static)
        except FileNotFoundError:
            log.warning("the pages of the shop are not built", wanted=str(self.static))
            return
        if self._trying is not None:
            self._trying.cancel()
        self._build = Build(found, Degrading(NotYet()))
        self._trying = asyncio.create_task(self._try(found, before))

    async def _try(self, found: Assets, before: Build | None) -> None:
        if before is not None:
            await before.renderer.close()
        renderer = await choosing.choose(self._wanted, bundle=self._bundle)
        self._build = Build(found, Degrading(renderer))
        log.info("pages are rendered", renderer=renderer.name)


def _date(path: Path) -> float:
    return path.stat().st_mtime if path.is_file() else 0.0
