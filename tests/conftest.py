"""Fixtures of all tests: one embedded server, a database per test worker, the real application.

Every worker starts or finds the same server (test profile, no fsync); the last to leave stops it.
Hypothesis tries the same examples in every run, so that a run says something about the code alone;
`--hypothesis-profile=exploring` looks for new ones.
"""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import hypothesis
import pytest
from asgi_lifespan import LifespanManager
from fastapi import FastAPI

from sokoni.apps import registry
from sokoni.apps.api import create_app
from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.db import Database
from sokoni.kernel.embedded import TEST, EmbeddedPostgres
from sokoni.kernel.jobs import Work
from sokoni.kernel.resources import Resources
from sokoni.kernel.settings import Environment, Settings
from sokoni.kernel.signals import EVERYTHING
from sokoni.kernel.worker import Worker
from tests.support import database

ROOT = Path(__file__).parent.parent

hypothesis.settings.register_profile("exploring", deadline=None, print_blob=True)
hypothesis.settings.register_profile("repeatable", deadline=None, print_blob=True, derandomize=True)
hypothesis.settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedPostgres]:
    running = EmbeddedPostgres(ROOT / ".sokoni" / "test" / "postgres", TEST).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def database_url(server: EmbeddedPostgres) -> Iterator[str]:
    """This worker's own database, at the newest migration."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "solo")
    name = f"test_{worker}_{os.getpid()}"
    with database.clone(server, database.template(server), name) as url:
        yield url


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(
        _env_file=None,
        environment=Environment.TEST,
        rate_limit_enabled=False,
        admin_secret="test-admin-secret",
        file_storage_dir=tmp_path_factory.mktemp("media"),
        backend_url="http://shop.test",
        frontend_url="http://shop.test",
        default_currency="EUR",
    )


@pytest.fixture(scope="session")
def clock() -> ShiftedClock:
    return ShiftedClock()


@pytest.fixture(scope="session")
async def app(settings: Settings, database_url: str, clock: ShiftedClock) -> AsyncIterator[FastAPI]:
    """The whole application, its lifespan running, on this worker's database."""
    registry.register_handlers()
    made = create_app(settings, database_url=database_url, clock=clock)
    async with LifespanManager(made):
        yield made


@pytest.fixture
async def db(app: FastAPI, clock: ShiftedClock) -> AsyncIterator[Database]:
    """The application's database, empty before and after; cache and clock are set right again."""
    found: Database = app.state.db
    yield found
    clock.offset *= 0
    async with found.engine.begin() as connection:
        await database.empty(connection)
    app.state.cache.invalidate([EVERYTHING])


@pytest.fixture
async def client(app: FastAPI, db: Database) -> AsyncIterator[httpx.AsyncClient]:
    """An HTTP client in the application's own process. Paths are full: `/api/v1/products`."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as made:
        yield made


@pytest.fixture
def worker(app: FastAPI, db: Database) -> Worker:
    """A worker on the same resources: `await worker.until_idle()` does all that is due."""
    resources: Resources = app.state.resources
    return Worker(work=Work(resources), number=app.state.process_number)
