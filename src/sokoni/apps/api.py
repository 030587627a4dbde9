"""The API process: routers, middleware and lifespan put together.

A request passes, from the outside in: hot reads → id, log and metrics → the edge (slashes, HEAD,
body sizes, careful headers, unforeseen errors) → CORS → the cache of public reads → patience →
routing.
"""

from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sokoni import __version__
from sokoni.apps import docs, openapi, registry, tables
from sokoni.apps.books import api as books
from sokoni.apps.operations import background, todo
from sokoni.apps.platform import schema
from sokoni.apps.runtime import running
from sokoni.kernel import health, media, problems
from sokoni.kernel.cache import CachedReads, ReadCache
from sokoni.kernel.clock import Clock
from sokoni.kernel.db import Database
from sokoni.kernel.embedded.home import embedded_server
from sokoni.kernel.hot import HotReads, HotTable, raise_failure
from sokoni.kernel.http import Edge, on_every_answer
from sokoni.kernel.observability import logs, metrics
from sokoni.kernel.observability.requests import Requests
from sokoni.kernel.patience import Patience
from sokoni.kernel.resources import Resources
from sokoni.kernel.routing import Api, operation_id
from sokoni.kernel.settings import Environment, Settings, load_settings
from sokoni.kernel.signals import Signals
from sokoni.kernel.storage import Storage
from sokoni.kernel.straight import FoundOnce
from sokoni.web import routes as web

PREFIX = "/api/v1"
CORS_SECONDS = 600
SEEN_BY_SCRIPTS = [
    "ETag",
    "Location",
    "Retry-After",
    "X-Request-ID",
    "Idempotency-Replayed",
    "RateLimit-Limit",
    "RateLimit-Remaining",
    "RateLimit-Reset",
]


class Shop(FastAPI):
    """The application behind its hot reads, for which even its first step would be a long one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.front: ASGIApp = super().__call__

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.front(scope, receive, send)


def create_app(
    settings: Settings | None = None,
    *,
    database_url: str | None = None,
    clock: Clock | None = None,
    modules: Collection[str] = tables.MODULES,
    more: Collection[Api] = (),
    access_log: bool = True,
) -> FastAPI:
    """The application with the routers of `modules` and `more`; settings from the environment."""
    chosen = settings or load_settings()
    chosen.check()
    url = database_url or database_of(chosen)
    cache, table = ReadCache(), HotTable()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with running(chosen, database_url=url, clock=clock) as resources:
            app.state.resources = resources
            app.state.db = resources.get(Database)
            app.state.clock = resources.get(Clock)
            app.state.process_number = resources.get(Signals).number
            resources.get(Signals).on_stale(cache.invalidate)
            hot = registry.hot_reads(resources, modules=modules)
            table.fill(replace(read, path=PREFIX + read.path) for read in hot)
            async with web.opened(app, resources, cache):
                yield
            table.fill(())
            logs.flush()
            metrics.forget_process()

    app = Shop(
        title="Sokoni",
        version=__version__,
        lifespan=lifespan,
        generate_unique_id_function=operation_id,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
    )
    app.state.settings = chosen
    app.state.cache = cache
    app.state.outdated_revisions = schema.outdated()
    problems.install(app)
    operations = (books.router, background.router, todo.router)
    for router in (*registry.routers(modules), *operations, *more):
        app.include_router(router, prefix=PREFIX)
    app.include_router(health.router)
    app.add_route("/metrics", metrics.page, include_in_schema=False)
    app.add_route("/media/{key:path}", _media, include_in_schema=False)
    docs.install(app)
    openapi.install(app)
    if set(modules) >= set(tables.MODULES):
        web.install(app)
    logged = access_log and chosen.environment is not Environment.TEST
    _add_middleware(app, chosen, cache, access_log=logged)
    _add_hot_reads(app, chosen, cache, table, access_log=logged)
    return app


def database_of(settings: Settings) -> str:
    """The configured database, else the embedded one that `sokoni` has started."""
    return settings.external_database or embedded_server(settings).url()


def _add_middleware(
    app: FastAPI, settings: Settings, cache: ReadCache, *, access_log: bool
) -> None:
    """The last one added is the outermost."""
    app.router.middleware_stack = FoundOnce(app.router.middleware_stack)
    app.add_middleware(Patience, unhurried=f"{PREFIX}/admin/")
    app.add_middleware(CachedReads, cache=cache)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["*"],
            allow_headers=["*"],
            allow_credentials="*" not in settings.cors_origins,
            expose_headers=SEEN_BY_SCRIPTS,
            max_age=CORS_SECONDS,
        )
    app.add_middleware(Edge, https_only=settings.is_production)
    app.add_middleware(Requests, access_log=access_log)


def _add_hot_reads(
    app: Shop, settings: Settings, cache: ReadCache, table: HotTable, *, access_log: bool
) -> None:
    """Outermost; an error of theirs is told as those of routes are."""
    is_production = settings.is_production
    app.front = HotReads(
        app.front,
        cache=cache,
        table=table,
        failing=Requests(Edge(raise_failure, https_only=is_production), access_log=access_log),
        careful=on_every_answer(https_only=is_production),
        access_log=access_log,
    )


async def _media(request: Request) -> Response:
    resources: Resources = request.app.state.resources
    return await media.handler(resources.get(Storage))(request)
