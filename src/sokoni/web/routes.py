"""Where the pages hang in the application: behind everything that has a name of its own."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import cast

from fastapi import FastAPI
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response

from sokoni.kernel.cache import ReadCache
from sokoni.kernel.errors import NotFound
from sokoni.kernel.resources import Resources
from sokoni.web import files, indexes
from sokoni.web.site import Site


class PageConvertor(Convertor[str]):
    """Any path but those that answer for programs: these have their own 404."""

    regex = r"(?!(?:api|docs|redoc|health|metrics|media|static|admin)(?:/|$)|openapi\.json$).*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("page", PageConvertor())

WORKER = "sw.js"
ROOT_FILES = (
    "favicon.ico",
    "favicon.svg",
    "icon-192.png",
    "icon-512.png",
    "icon-maskable.png",
    WORKER,
)


def install(app: FastAPI) -> None:
    """Add the routes of pages, files and indexes. They need `opened`."""
    for path, endpoint in indexes.ROUTES.items():
        app.add_route(path, endpoint, include_in_schema=False)
    for name in ROOT_FILES:
        app.add_route(f"/{name}", _root_file, include_in_schema=False)
    app.add_route("/static/{name:path}", _static, include_in_schema=False)
    app.add_route("/admin", _admin, include_in_schema=False)
    app.add_route("/admin/{path:path}", _admin, include_in_schema=False)
    app.add_route("/{path:page}", _page, include_in_schema=False)


@asynccontextmanager
async def opened(app: FastAPI, resources: Resources, cache: ReadCache) -> AsyncGenerator[None]:
    """The site of this process, for as long as it lives."""
    site = app.state.site = Site(resources, cache)
    site.building.current()  # the engine is tried now, not when somebody waits
    try:
        yield
    finally:
        await site.close()


def site_of(request: Request) -> Site:
    return cast("Site", request.app.state.site)


async def _page(request: Request) -> Response:
    return await site_of(request).page(request)


async def _admin(request: Request) -> Response:
    return await site_of(request).admin(request)


async def _static(request: Request) -> Response:
    name: str = request.path_params["name"]
    return files.answer(request, site_of(request).building.static, name)


async def _root_file(request: Request) -> Response:
    name = request.url.path.removeprefix("/")
    if name not in ROOT_FILES:
        raise NotFound
    site = site_of(request)
    return files.answer(request, files.PUBLIC, name, more=site.of_workers if name == WORKER else {})
