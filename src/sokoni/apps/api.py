"""The API process: routers, middleware and lifespan put together."""

from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from sokoni import __version__
from sokoni.apps import registry, tables
from sokoni.apps.runtime import running
from sokoni.kernel import problems
from sokoni.kernel.clock import Clock
from sokoni.kernel.db import Database
from sokoni.kernel.routing import operation_id
from sokoni.kernel.settings import Settings, load_settings
from sokoni.kernel.signals import Signals

PREFIX = "/api/v1"


def create_app(
    settings: Settings | None = None,
    *,
    database_url: str | None = None,
    clock: Clock | None = None,
    modules: Collection[str] = tables.MODULES,
) -> FastAPI:
    """The application with the routers of `modules`; settings come from the environment."""
    chosen = settings or load_settings()
    chosen.check()
    url = database_url or database_of(chosen)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with running(chosen, database_url=url, clock=clock) as resources:
            app.state.resources = resources
            app.state.db = resources.get(Database)
            app.state.clock = resources.get(Clock)
            app.state.process_number = resources.get(Signals).number
            yield

    app = FastAPI(
        title="Sokoni",
        version=__version__,
        lifespan=lifespan,
        generate_unique_id_function=operation_id,
        redirect_slashes=False,
    )
    app.state.settings = chosen
    problems.install(app)
    for router in registry.routers(modules):
        app.include_router(router, prefix=PREFIX)
    return app


def database_of(settings: Settings) -> str:
    """The configured database, else the embedded one that `sokoni` has started."""
    if settings.external_database is not None:
        return settings.external_database
    from sokoni.kernel.embedded import home  # noqa: PLC0415 - only without a server of one's own

    server: Any = home.embedded_server(settings)
    url: str = server.url()
    return url
