"""The kernel's tests run on a small shop of bells: real routes and tables, no commerce."""

from collections.abc import AsyncIterator

import pytest
from asgi_lifespan import LifespanManager
from fastapi import FastAPI

from sokoni.apps.api import create_app
from sokoni.kernel.access import Authenticator
from sokoni.kernel.clock import ShiftedClock
from sokoni.kernel.settings import Settings
from tests.kernel import bells
from tests.kernel.strangers import Server, serving


@pytest.fixture(scope="session")
async def app(settings: Settings, database_url: str, clock: ShiftedClock) -> AsyncIterator[FastAPI]:
    """An application with the bells' routes alone."""
    await bells.make_table(database_url)
    made = create_app(
        settings, database_url=database_url, clock=clock, modules=(), more=[bells.router]
    )
    async with LifespanManager(made):
        made.state.resources.put(Authenticator, bells.Doorman())
        yield made


@pytest.fixture(autouse=True)
def _quiet() -> None:
    """Each test starts with bells that nobody holds."""
    bells.reset()


@pytest.fixture
async def stranger() -> AsyncIterator[Server]:
    """A stranger's server on loopback."""
    async with serving() as started:
        yield started
