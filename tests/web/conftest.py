"""The application with a tiny build of the front end, once with V8 and once without an engine."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from asgi_lifespan import LifespanManager
from fastapi import FastAPI

from sokoni.apps.api import create_app
from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database
from sokoni.kernel.settings import Settings
from tests.web.built import build


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("dist"))


@asynccontextmanager
async def running(
    settings: Settings, *, database_url: str, clock: ShiftedClock, **changes: object
) -> AsyncIterator[FastAPI]:
    changed = settings.model_copy(update=changes)
    made = create_app(changed, database_url=database_url, clock=clock)
    async with LifespanManager(made, startup_timeout=30):
        yield made


@pytest.fixture(scope="session", params=["v8", "none"])
async def pages(
    request: pytest.FixtureRequest,
    settings: Settings,
    database_url: str,
    clock: ShiftedClock,
    dist: Path,
) -> AsyncIterator[FastAPI]:
    """The application by each renderer."""
    renderer: str = request.param
    async with running(
        settings,
        database_url=database_url,
        clock=clock,
        renderer=renderer,
        frontend_dist=dist,
    ) as app:
        await app.state.site.building.ready()
        app.state.renderer = renderer
        await first_request(app)
        yield app


async def first_request(app: FastAPI) -> None:
    """The framework puts itself together for it, which a busy machine takes seconds for."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        while (await client.get("/health/live")).status_code != 200:
            pass


@pytest.fixture
async def web(pages: FastAPI, db: Database) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without scripts, as far as a test is one."""
    pages.state.cache.invalidate(["*"])
    transport = httpx.ASGITransport(app=pages)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as made:
        yield made


@pytest.fixture
def is_drawn(pages: FastAPI) -> bool:
    """Whether pages have markup."""
    return bool(pages.state.renderer == "v8")
