"""The demo shop behind a port, with the front end as its sources are, and its worker."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from sokoni.kernel.embedded import TEST, EmbeddedPostgres
from tests.support.shop import ROOT, served, working
from tools import frontend

FIRST_PAGE_SECONDS = 60


@contextmanager
def running_shop() -> Iterator[str]:
    """Its URL, without a slash at the end. With SOKONI_E2E_URL it is one that runs already.

    Raises `tools.frontend.FrontendError` where the pages cannot be built.
    """
    given = os.environ.get("SOKONI_E2E_URL")
    if given:
        yield given.rstrip("/")
        return
    frontend.build()
    server = EmbeddedPostgres(ROOT / ".sokoni" / "test" / "postgres", TEST).start()
    try:
        with served(server, name=f"browser_{os.getpid()}") as shop, working(shop):
            httpx.get(shop.url, timeout=FIRST_PAGE_SECONDS).raise_for_status()
            yield shop.url
    finally:
        server.stop()
